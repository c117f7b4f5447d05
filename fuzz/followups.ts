// What must hold between an answer and those that follow: each asks once more, or a few times.
import { type Answer, nextOf, operationsAt, parsed } from './contract.ts'
import { choicesOf } from './document.ts'
import { desk, emptying, hashed, outliving, restless } from './hints.ts'
import { type Exchange, isJson } from './oracles.ts'
import { at, freeTexts, type Path, pointer } from './places.ts'
import type { Parts } from './requests.ts'
import { deskUrl, type Scene } from './valid.ts'

/** Asks for something more as the sender of a request did, or as somebody else. */
export interface Asking {
  again(change?: {
    method?: string
    url?: string
    headers?: Record<string, string>
    role?: string | null
    body?: string
  }): Promise<Answer>
  scene: Scene
}

/** What is wrong, or undefined. */
type FollowUp = (exchange: Exchange, asking: Asking) => Promise<string | undefined>

/** Every follow-up, by what it holds. */
export const followUps: Record<string, FollowUp> = {
  'what was made is where Location says': located,
  'texts come back byte for byte': unchanged,
  'what was written is read back': readBack,
  'what was deleted is gone': gone,
  'there is a next page': nextPage,
  'two reads are alike': twice,
  'what is known is not sent again': notModified,
  'HEAD is GET without a body': headed,
  'HTML of what was written is clean': asHtml
}

/** How often each is made, of the times that it could be. */
export const often: Record<string, number> = {
  'what was made is where Location says': 1,
  'texts come back byte for byte': 1,
  'what was written is read back': 0.3,
  'what was deleted is gone': 1,
  'there is a next page': 0.5,
  'two reads are alike': 0.1,
  'what is known is not sent again': 0.15,
  'HEAD is GET without a body': 0.15,
  'HTML of what was written is clean': 0.5
}

const isRead = ({ parts, answer }: Exchange) =>
  parts.method === 'GET' &&
  answer.status === 200 &&
  answer.headers.etag !== undefined &&
  !restless.test(parts.operation.path)

async function located({ answer }: Exchange, asking: Asking) {
  if (answer.status !== 201) return undefined
  const { location } = answer.headers
  if (typeof location !== 'string') return 'a Location'
  const { status } = await readAt(location, asking)
  return status === 200 ? undefined : `200 at ${location}, not ${status}`
}

/** What an admin reads at an address; at the desk, where the public may not see it yet. */
async function readAt(url: string, { again, scene }: Asking) {
  const answer = await again({ method: 'GET', url, role: 'admin' })
  const read = operationsAt(scene.operations, url).find(({ method }) => method === 'GET')
  const hasDesk = read && choicesOf(read, desk.parameter).includes(desk.value)
  if (answer.status === 200 || url.includes('?') || !hasDesk) return answer
  return await again({ method: 'GET', url: `${url}?${desk.parameter}=${desk.value}`, role: 'admin' })
}

const wrote = ({ parts, answer }: Exchange) =>
  ['POST', 'PUT', 'PATCH'].includes(parts.method) &&
  parts.raw === undefined &&
  answer.status < 300 &&
  isJson(answer) &&
  parts.type?.endsWith('json')

/** The first text of a body that an answer has otherwise. Records that were made along with it have an order of their own. */
function altered({ document }: Scene, { operation, type, body }: Parts, got: unknown): string | undefined {
  const isRecord = (path: Path) =>
    path.some((name, i) => typeof name === 'number' && has(at(got, path.slice(0, i + 1)), 'id'))
  const isKept = (path: Path) => !isRecord(path) && !hashed.includes(pointer(path))
  const other = freeTexts(document, operation.bodies![type!]!, body).find(({ path }) => {
    const stored = textAt(got, path)
    return typeof stored === 'string' && stored !== textAt(body, path) && isKept(path)
  })
  if (other === undefined) return undefined
  const [sent, stored] = [body, got].map((value) => JSON.stringify(textAt(value, other.path)))
  return `${pointer(other.path)} as it was sent: ${sent}, not ${stored}`
}

/** The text at a place; of a span, that of its block: annotations may part a span. */
function textAt(value: unknown, path: Path): unknown {
  const [list, , name] = path.slice(-3)
  if (list !== 'children' || name !== 'text') return at(value, path)
  const spans = at(value, path.slice(0, -2))
  return Array.isArray(spans) ? spans.map((span: { text?: string }) => span.text).join('') : undefined
}

const has = (value: unknown, name: string) => typeof value === 'object' && value !== null && name in value

async function unchanged(exchange: Exchange, { scene }: Asking) {
  if (!wrote(exchange)) return undefined
  const { parts, answer } = exchange
  return altered(scene, parts, parsed(answer.body))
}

async function readBack(exchange: Exchange, asking: Asking) {
  const { scene } = asking
  const { parts, answer } = exchange
  const url = answer.headers.location ?? deskUrl(scene, parts)
  if (!wrote(exchange) || typeof url !== 'string') return undefined
  const read = await readAt(url, asking)
  if (read.status !== 200) return `200 at ${url}, not ${read.status}`
  return altered(scene, parts, parsed(read.body))
}

/** After a deletion there is nothing to read at the desk, to change or to delete. */
async function gone({ parts, answer }: Exchange, { scene, again }: Asking) {
  const { operation } = parts
  if (!operation.name.startsWith('delete') || answer.status !== 204) return undefined
  const url = deskUrl(scene, parts)
  const stays = scene.operations.some(({ name, path }) => path === operation.path && outliving.includes(name))
  if (url === undefined || stays) return undefined
  const reads = [{ method: 'GET', url, role: 'admin' }]
  const writes = scene.operations
    .filter((one) => one.path === operation.path && ['PATCH', 'DELETE'].includes(one.method))
    .map(({ method, bodies = {} }) => {
      const [type] = Object.keys(bodies)
      return {
        method,
        url: url.split('?')[0]!,
        role: 'admin',
        // An upload needs to be told where it goes on.
        headers: { 'If-Match': '*', 'Upload-Offset': '0', ...(type && { 'content-type': type }) },
        ...(type && { body: '{}' })
      }
    })
  for (const one of [...reads, ...writes]) {
    const answer = await again(one)
    if (answer.status === 404 || answer.status === 410 || isEmptied(operation.name, answer)) continue
    return `404 or 410 for ${one.method} ${one.url}, not ${answer.status}`
  }
  return undefined
}

/** Whether only the place of what was deleted is left, where that may be. */
function isEmptied(name: string, { status, body }: Answer) {
  if (name !== emptying.operation || status !== 200) return false
  const record = parsed(body)
  return emptying.texts.every((text) => at(record, text) === '')
}

async function nextPage({ parts, answer }: Exchange, { again }: Asking) {
  const isPage = parts.method === 'GET' && answer.status === 200 && isJson(answer)
  if (!isPage || !nextOf(answer.body)) return undefined
  const url = /<([^>]+)>; *rel="?next/.exec(String(answer.headers.link ?? ''))?.[1]
  if (url === undefined) return 'a Link to the next page'
  const { status } = await again({ url })
  return status === 200 ? undefined : `200 at ${url}, not ${status}`
}

async function twice(exchange: Exchange, { again }: Asking) {
  if (!isRead(exchange)) return undefined
  const { answer } = exchange
  const other = await again()
  const alike =
    other.status === 200 && other.body === answer.body && other.headers.etag === answer.headers.etag
  return alike ? undefined : 'the same answer to the same question'
}

async function notModified(exchange: Exchange, { again }: Asking) {
  if (!isRead(exchange)) return undefined
  const { status, body } = await again({ headers: { 'If-None-Match': String(exchange.answer.headers.etag) } })
  return status === 304 && body === '' ? undefined : `304 without a body to If-None-Match, not ${status}`
}

/** What may be another in the next answer. */
const passing = /^(date|x-request-id|connection|keep-alive|transfer-encoding|ratelimit.*|age)$/

async function headed(exchange: Exchange, { again }: Asking) {
  if (!isRead(exchange)) return undefined
  const { headers } = exchange.answer
  const head = await again({ method: 'HEAD' })
  const names = Object.keys({ ...headers, ...head.headers }).filter((name) => !passing.test(name))
  const other = names.find((name) => String(headers[name]) !== String(head.headers[name]))
  if (head.status === 200 && head.body === '' && other === undefined) return undefined
  return `HEAD as GET: ${head.status}, ${other ? `${other}: ${headers[other]}` : 'no body'}`
}

/** A body that was just written is read as HTML, which an oracle looks at. */
async function asHtml(exchange: Exchange, { scene, again }: Asking) {
  const { parts, answer } = exchange
  const location =
    typeof answer.headers.location === 'string' ? answer.headers.location : deskUrl(scene, parts)
  if (!wrote(exchange) || location === undefined) return undefined
  const path = location.split('?')[0]!
  const read = scene.operations.find(
    (one) =>
      one.method === 'GET' &&
      one.path.split('/').length === path.split('/').length &&
      choicesOf(one, 'body').includes('html') &&
      path.startsWith(one.path.split('{')[0]!)
  )
  if (read === undefined) return undefined
  const url = `${path}?${desk.parameter}=${desk.value}&body=html`
  const { status } = await again({ method: 'GET', url, role: 'admin' })
  return status === 200 ? undefined : `200 at ${url}, not ${status}`
}
