// Calls of agents as requests to the API itself: the same authorisation, limits, validation, `If-Match` and change log.
import type { FastifyInstance, InjectOptions } from 'fastify'
import { withCount } from '../../storage/text/with-count.ts'
import { bodyTypeOf, type Catalogue, type Operation } from './operations.ts'
import { markText, markUntrusted } from './untrusted.ts'

/** Who called: requests of agents are sent with the same token, from the same address. */
export interface Sender {
  authorization?: string | undefined
  remoteAddress: string
}

/** What a tool answers: texts for the model. */
export interface Answer {
  texts: string[]
  isError: boolean
}

/** What `execute` takes. */
export interface Call {
  operation: string
  params?: Record<string, string | number> | undefined
  query?: Record<string, string | number | boolean | string[]> | undefined
  body?: unknown
  ifMatch?: string | undefined
  idempotencyKey?: string | undefined
}

/** The longest answer, in characters: an agent's memory is short. */
const maxLength = 60_000

/** The longest answer that is read, in characters; of longer ones the beginning is passed on as it is. */
const maxRead = 500_000

export const refused = (text: string): Answer => ({ texts: [text], isError: true })

/** Does one operation for an agent. */
export async function execute(
  app: FastifyInstance,
  catalogue: Catalogue,
  call: Call,
  sender: Sender
): Promise<Answer> {
  const operation = catalogue.find(call.operation)
  if (operation === undefined) return refused(unknown(call.operation))
  const expected = catalogue.parametersOf(operation.parameters)
  const needed = expected.filter((one) => one.in === 'path').map(({ name }) => name)
  const missing = needed.filter((name) => !isSegment(call.params?.[name]))
  if (missing.length > 0) return refused(`params needs ${missing.join(' and ')}, as in ${operation.path}.`)
  return send(app, requestOf(operation, call, sender))
}

const unknown = (name: string) =>
  `${JSON.stringify(name)} is no operation for agents. Ask the tool schema for those that are: what readers write themselves, tokens, webhooks, batches and streams are not.`

/** Whether a value can be a segment of a path: `.` and `..` would lead to another one (RFC 3986, 5.2.4). */
const isSegment = (value: string | number | undefined) =>
  value !== undefined && !['', '.', '..'].includes(String(value))

function requestOf(
  operation: Operation,
  call: Call,
  { authorization, remoteAddress }: Sender
): InjectOptions {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(call.params![name]!)
  )
  const query = Object.entries(call.query ?? {}).map(([name, value]) => {
    // A comma within an element of an array is one of its value; in a text, as in an address, it parts values.
    const texts = Array.isArray(value) ? value : String(value).split(',')
    return `${encodeURIComponent(name)}=${texts.map((one) => encodeURIComponent(one)).join(',')}`
  })
  const type = bodyTypeOf(operation)
  return {
    method: operation.method,
    url: query.length > 0 ? `${path}?${query.join('&')}` : path,
    remoteAddress,
    headers: {
      ...(authorization !== undefined && { authorization }),
      ...(call.ifMatch !== undefined && { 'if-match': call.ifMatch }),
      ...(call.idempotencyKey !== undefined && { 'idempotency-key': call.idempotencyKey }),
      ...(call.body !== undefined && { 'content-type': type })
    },
    ...(call.body !== undefined && {
      payload: type === 'text/plain' ? String(call.body) : JSON.stringify(call.body)
    })
  }
}

/** Sends a request to the API, and puts its answer into texts: status and headers, what to mind, the body. */
export async function send(app: FastifyInstance, request: InjectOptions): Promise<Answer> {
  const { statusCode, headers, payload } = await app.inject(request)
  const { etag, location } = headers
  const status = JSON.stringify({ status: statusCode, etag, location, retryAfter: headers['retry-after'] })
  return {
    texts: [status, ...textsOf(String(headers['content-type'] ?? ''), payload)],
    isError: statusCode >= 400
  }
}

/** The body in texts: what others wrote is marked, and what is too long is cut, which is told apart from it. */
function textsOf(type: string, payload: string): string[] {
  if (payload === '') return []
  // To read megabytes would take too long in one turn of the event loop, and most of them would be cut.
  if (!/\bjson\b/.test(type) || payload.length > maxRead) {
    const { value, notice } = markText(payload.slice(0, maxLength))
    return [notice, value, ...leftOff(payload)]
  }
  const { value, notice } = markUntrusted(JSON.parse(payload))
  const body = JSON.stringify(value)
  return [...(notice ? [notice] : []), body.slice(0, maxLength), ...leftOff(body)]
}

const leftOff = ({ length }: string) =>
  length <= maxLength
    ? []
    : [
        `${withCount(length - maxLength, 'more character')} left off: ask for fewer items (limit), or parts of them (fields).`
      ]
