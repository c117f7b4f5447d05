// What several operations or schemas have in common becomes a component, written once and referred to.
import { plainName } from './describing.ts'
import type { Document, Operation, Response, Schema } from './types.ts'
import { operationsOf, pascal, walk } from './types.ts'

/** A place where an object stands that may be a component. */
interface Site<T extends object> {
  value: T
  /** What it may be called, the best first. */
  names: string[]
  refer(reference: { $ref: string }): void
}

/** Moves headers, responses, parameters and bodies that are the same in several places to the components. */
export function shareParts(document: Document) {
  const operations = operationsOf(document)
  const responses = operations.flatMap((operation) =>
    Object.entries(operation.responses).map(([status, response]) => ({ operation, status, response }))
  )
  share(
    document,
    'headers',
    responses.flatMap(({ response: { headers = {} } }) =>
      entrySites(headers, ({ name }) => [pascal(name), `Current${pascal(name)}`])
    )
  )
  const common = commonKinds(operations)
  share(
    document,
    'responses',
    operations.flatMap(({ responses }) =>
      entrySites(responses, ({ name, value }) => nameOf(name, value, common))
    )
  )
  share(
    document,
    'parameters',
    operations.flatMap(({ parameters = [], tags, operationId }) =>
      parameters.map((value, i) => ({
        value,
        names: [
          idName(value) ?? pascal(value.name),
          `${pascal(value.in)}${pascal(value.name)}`,
          `${value.required ? 'Required' : 'Optional'}${pascal(value.name)}`,
          `${pascal(tags[0]!)}${pascal(value.name)}`,
          `${pascal(operationId)}${pascal(value.name)}`
        ],
        refer: (reference) => Object.assign(parameters, { [i]: reference })
      }))
    )
  )
  share(
    document,
    'requestBodies',
    operations.flatMap((operation) =>
      operation.requestBody
        ? [
            {
              value: operation.requestBody,
              names: bodyNames(operation),
              refer: (reference) => Object.assign(operation, { requestBody: reference })
            }
          ]
        : []
    )
  )
}

const bodyNames = ({ requestBody, operationId }: Operation) =>
  [
    ...Object.values(requestBody!.content).map(({ schema }) => schema.$ref?.split('/').at(-1)),
    pascal(operationId)
  ].filter((name) => name !== undefined)

/** Moves the schemas of properties that stand in several places to the components. */
export function shareProperties(document: Document) {
  const { schemas } = document.components
  const sites = Object.entries(schemas).flatMap(([owner, schema]) => {
    const found: (Site<Schema> & { owner: string; property: string })[] = []
    walk(schema, (node) => {
      const { properties = {}, additionalProperties } = node
      if (typeof additionalProperties === 'object')
        found.push({
          value: additionalProperties,
          names: [],
          refer: (reference) => Object.assign(node, { additionalProperties: reference }),
          owner: plainName(owner),
          property: 'value'
        })
      for (const site of entrySites(properties, () => [])) {
        const { items } = site.value
        found.push({ ...site, owner: plainName(owner), property: site.name })
        if (items?.type !== 'object') continue
        const refer = (reference: { $ref: string }) => Object.assign(site.value, { items: reference })
        found.push({
          value: items,
          names: [],
          refer,
          owner: plainName(owner),
          property: site.name.replace(/s$/, '')
        })
      }
    })
    return found
  })
  const gone = new Set<object>()
  const groups = [...Map.groupBy(sites, ({ value }) => canonical(value))]
  // The longest first: what is within a schema that was moved is moved with it.
  for (const [text, all] of groups.sort(([a], [b]) => b.length - a.length)) {
    const group = all.filter(({ value }) => !gone.has(value))
    const [first] = group
    if (first === undefined || text.startsWith('{"$ref"')) continue
    const own = `${first.owner}${pascal(first.property)}`
    const isOwn = first.property === 'id' || group.every(({ owner }) => owner === first.owner)
    const plain = pascal(first.property)
    const others = group.map(({ owner, property }) => `${owner}${pascal(property)}`)
    const names = [...(isOwn ? [own, plain] : [plain, own]), ...others, `${own}Value`]
    const name = names.find((one) => schemas[one] === undefined)
    const reference = { $ref: `#/components/schemas/${name}` }
    const saved = (group.length - 1) * text.length - group.length * JSON.stringify(reference).length
    if (name === undefined || saved < 60) continue
    schemas[name] = first.value
    for (const { value, refer } of group) {
      if (value !== first.value) walk(value, (inner) => gone.add(inner))
      refer(reference)
    }
  }
}

/** A value as text, which is the same for values that differ only in the order of their properties. */
const canonical = (value: object) =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner
  )

/** The places of the values of an object. */
const entrySites = <T extends object>(
  object: Record<string, T>,
  namesOf: (entry: { name: string; value: T }) => string[]
): (Site<T> & { name: string })[] =>
  Object.entries(object).map(([name, value]) => ({
    name,
    value,
    names: namesOf({ name, value }),
    refer: (reference) => Object.assign(object, { [name]: reference })
  }))

/** Moves what stands in several places to the components, under the first of its names that is free. */
function share<T extends object>(document: Document, kind: string, sites: Site<T>[]) {
  const known: Record<string, object> = {}
  for (const group of Map.groupBy(sites, ({ value }) => JSON.stringify(value)).values()) {
    const [first] = group
    const name = first!.names.find((one) => known[one] === undefined)
    if (group.length < 2 || name === undefined) continue
    known[name] = first!.value
    for (const { refer } of group) refer({ $ref: `#/components/${kind}/${name}` })
  }
  document.components[kind] = known
}

/** The name of a parameter that is an id, after the kind of the record: `ArticleId`. */
const idName = ({ description = '' }: { description?: string }) => {
  const noun = /^The id of (?:an?|the) ([a-z ]+)\.$/.exec(description)?.[1]
  return noun && `${pascal(noun)}Id`
}

/** The kinds of problems that a description names. */
const kindsIn = (description: string) => [...description.matchAll(/`([a-z-]+)`: /g)].map(([, kind]) => kind!)

/** The kinds of problems that all responses of a status have. */
function commonKinds(operations: Operation[]) {
  const common = new Map<string, string[]>()
  for (const { responses } of operations)
    for (const [status, { description }] of Object.entries(responses)) {
      const kinds = kindsIn(description)
      if (kinds.length === 0) continue
      common.set(status, common.get(status)?.filter((kind) => kinds.includes(kind)) ?? kinds)
    }
  return common
}

/** Names of a response: after what it answers, or the problems that all of its status have and those it has besides. */
function nameOf(status: string, { description, content }: Response, common: Map<string, string[]>) {
  const kinds = kindsIn(description)
  const answer = content?.['application/json']?.schema.$ref?.split('/').at(-1)
  if (answer) return [answer, `${answer}${status}`, `${answer}${status}Again`]
  if (kinds.length === 0) return [successNames[status] ?? `Status${pascal(status)}`]
  const base = problemNames[status] ?? pascal(kinds[0]!)
  const more = kinds.filter((kind) => !common.get(status)!.includes(kind)).map(pascal)
  return [[base, ...more.filter((kind) => kind !== base)].join('Or')]
}

const successNames: Record<string, string> = {
  204: 'Done',
  304: 'NotModified',
  308: 'Moved',
  '2XX': 'Taken'
}

/** Names for responses that may have several problems. */
const problemNames: Record<string, string> = {
  400: 'Invalid',
  403: 'Forbidden',
  409: 'Conflict',
  422: 'Unprocessable',
  default: 'Refused'
}
