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
const formats = ['date-time', 'bcp47', 'uri', 'uri-reference', 'href', 'email', 'idn-email', 'visible-text']
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

function described(document: object, method: string, url: string): Described | undefined {
  const { paths = {} } = inlined(document) as Document
  const name = method.toLowerCase()
  // An address may be a record to one method and something of its own to another; the router takes what has fewer
  // parameters first.
  const parameters = ([template]: [string, unknown]) => template.split('{').length
  return Object.entries(paths)
    .filter(([template, methods]) => matches(template, url) && name in methods)
    .sort((one, other) => parameters(one) - parameters(other))[0]?.[1][name]
}

const patterns = new Map<string, RegExp>()

/** Whether a URL is at an address of the document, like `/v1/articles/{id}`. */
export function matches(template: string, url: string) {
  const pattern =
    patterns.get(template) ?? new RegExp(`^${template.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+')}$`)
  patterns.set(template, pattern)
  return pattern.test(url.split('?')[0]!)
}

/** Every app of a run has the same document, so its schemas are compiled once. */
const compiled = new Map<string, ValidateFunction>()

/** What of a value is not as a schema of the document says. */
export function faults(document: object, schema: object, value: unknown) {
  const name = JSON.stringify(schema)
  const { components } = document as { components: object }
  const check = compiled.get(name) ?? ajv.compile({ ...schema, components })
  compiled.set(name, check)
  check(value)
  return check.errors ?? []
}
