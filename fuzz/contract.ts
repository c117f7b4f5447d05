// The contract: whatever is answered, the OpenAPI document says so. The tests and the fuzz driver ask it here.
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { inlined } from './document.ts'

interface Described {
  responses: Record<string, Response>
}
interface Response {
  description?: string
  content?: Record<string, { schema: object }>
}
interface Document {
  paths?: Record<string, Record<string, Described>>
}

/** What came back. */
export interface Answer {
  status: number
  headers: Record<string, unknown>
  body: string
}

/** How an answer breaks the contract. */
export interface Breach {
  what: string
  detail: object
}

const ajv = new Ajv2020({ strict: false, allErrors: true })
const formats = [
  'date-time',
  'bcp47',
  'uri',
  'uri-reference',
  'href',
  'email',
  'idn-email',
  'visible-text',
  'binary'
]
for (const format of formats) ajv.addFormat(format, true)

const problem = { $ref: '#/components/schemas/Problem' }

/** How an answer is not what the document says of its operation, or undefined. */
export function breach(document: object, method: string, url: string, answer: Answer): Breach | undefined {
  const { status, body } = answer
  const operation = described(document, method, url)
  const type = mediaType(answer)
  const broken = (what: string, detail: object = { body: body.slice(0, 2000) }) => ({
    what: `${method} ${url}: ${what}`,
    detail
  })
  const response = operation && responseTo(operation, answer)
  if (operation && response === undefined) return broken(`the document knows no ${status}`)
  // What no operation takes is answered by a problem, and nothing else.
  const content = operation ? response!.content : { 'application/problem+json': { schema: problem } }
  if (content === undefined || method === 'HEAD')
    return body === '' ? undefined : broken(`${status} has no body`)
  const schema = content[type]?.schema
  if (schema === undefined) return broken(`${status} is not ${type}`)
  if (!type.endsWith('json')) return undefined
  const value = parsed(body)
  if (value === undefined) return broken(`${status} is not JSON`)
  const errors = faults(document, /[?&]fields=/.test(url) ? partial(document, schema) : schema, value)
  if (errors.length === 0) return undefined
  return broken(`${status} is not as documented`, { errors, body: body.slice(0, 2000) })
}

/** The response of the operation: of its status, or the one for what any request may be refused with. */
function responseTo({ responses }: Described, { status, body }: Answer): Response | undefined {
  const { [status]: own, default: general } = responses
  if (own || general === undefined || status < 400) return own
  const kind = String((parsed(body) as { type?: string } | undefined)?.type)
    .split('/')
    .at(-1)
  return body === '' || general.description?.includes(`\`${kind}\`: `) ? general : undefined
}

interface Listing {
  $ref?: string
  anyOf?: Listing[]
  items?: Listing
  properties?: { data?: Listing }
  required?: string[]
}

/** The schema of a page whose items have only the `fields` that were asked for. */
function partial(document: object, schema: Listing): Listing {
  const { components } = document as { components: { schemas: Record<string, Listing> } }
  const of = ({ $ref, ...rest }: Listing) => ($ref ? components.schemas[$ref.split('/').at(-1)!]! : rest)
  const item = (one: Listing): Listing => {
    const { required: _, anyOf, ...rest } = of(one)
    return { ...rest, ...(anyOf && { anyOf: anyOf.map(item) }) }
  }
  const { properties, anyOf, ...page } = of(schema)
  if (anyOf) return { anyOf: anyOf.map((one) => partial(document, one)) }
  // A problem is no page.
  if (properties?.data === undefined) return schema
  const data = of(properties.data)
  return { ...page, properties: { ...properties, data: { ...data, items: item(data.items!) } } }
}

/** The content type of an answer, without its parameters; '' where there is none. */
export const mediaType = ({ headers }: Answer) => String(headers['content-type'] ?? '').split(';')[0]!

/** The value of a JSON text, or undefined. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The `next` of a page, where there is one. */
export function nextOf(body: string): string | number | undefined {
  const page = parsed(body) as { next?: string | number | null } | null | undefined
  return page?.next ?? undefined
}

/** The addresses of a document by their method and number of segments, with fewest parameters first: as the router goes. */
type Addresses = Map<string, [pattern: RegExp, operation: Described][]>
const addresses = new WeakMap<object, Addresses>()

function addressesOf(document: object): Addresses {
  const known = addresses.get(document)
  if (known) return known
  const { paths = {} } = inlined(document) as Document
  const made: Addresses = new Map()
  const parameters = ([template]: [string, unknown]) => template.split('{').length
  for (const [template, methods] of Object.entries(paths).sort(
    (one, other) => parameters(one) - parameters(other)
  ))
    for (const [method, operation] of Object.entries(methods)) {
      const key = keyOf(method, template)
      made.set(key, [...(made.get(key) ?? []), [patternOf(template), operation]])
    }
  addresses.set(document, made)
  return made
}

const keyOf = (method: string, path: string) => `${method.toLowerCase()} ${path.split('/').length}`

// An address may be a record to one method and something of its own to another.
function described(document: object, method: string, url: string): Described | undefined {
  const path = url.split('?')[0]!
  const near = addressesOf(document).get(keyOf(method, path)) ?? []
  return near.find(([pattern]) => pattern.test(path))?.[1]
}

const patterns = new Map<string, RegExp>()

/** What matches the paths of an address of the document, like `/v1/articles/{id}`. */
function patternOf(template: string): RegExp {
  const known = patterns.get(template)
  if (known) return known
  const pattern = new RegExp(`^${template.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+')}$`)
  patterns.set(template, pattern)
  return pattern
}

/** Whether a URL is at an address of the document. */
export const matches = (template: string, url: string) => patternOf(template).test(url.split('?')[0]!)

/** The operations at a URL, those first that name more of it: /v1/sources/duplicates goes before /v1/sources/{id}. */
export const operationsAt = <One extends { path: string }>(operations: One[], url: string): One[] =>
  operations
    .filter(({ path }) => matches(path, url))
    .sort((one, other) => one.path.split('{').length - other.path.split('{').length)

/** The schemas that are compiled, by their text: every app of a run has the same document. */
const compiled = new Map<string, ValidateFunction>()
const compiledSchemas = new WeakMap<object, ValidateFunction>()

/** The documents whose components the compiler knows, and under which name: it would go through all of them each time. */
const known = new Map<string, string>()
const names = new WeakMap<object, string>()

function nameOf({ components }: { components: object }): string {
  const earlier = names.get(components)
  if (earlier) return earlier
  const text = JSON.stringify(components)
  const name = known.get(text) ?? `document-${known.size}`
  if (!known.has(text)) ajv.addSchema({ components }, name)
  known.set(text, name)
  names.set(components, name)
  return name
}

/** What of a value is not as a schema of the document says. */
export function faults(document: object, schema: object, value: unknown) {
  const check = compiledSchemas.get(schema) ?? validatorOf(document, schema)
  compiledSchemas.set(schema, check)
  check(value)
  return check.errors ?? []
}

function validatorOf(document: object, schema: object): ValidateFunction {
  const name = nameOf(document as { components: object })
  const text = JSON.stringify(schema).replaceAll('"#/components/', `"${name}#/components/`)
  const check = compiled.get(text) ?? ajv.compile(JSON.parse(text))
  compiled.set(text, check)
  return check
}
