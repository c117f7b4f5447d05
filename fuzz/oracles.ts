// What must hold of every answer, whatever was asked.
import { type Answer, breach, mediaType, parsed } from './contract.ts'
import { keyed, personal, publicStates, stricter } from './hints.ts'
import { strangers } from './html.ts'
import type { Parts, Request } from './requests.ts'
import type { Expectation } from './twists.ts'
import { isGuarded, type Scene } from './valid.ts'
import { secretWord } from './world.ts'

/** A request, and what was answered. */
export interface Exchange {
  parts: Parts
  request: Request
  answer: Answer
  /** What was made of a request that ought to succeed, or ''. */
  twist: string
  expects: Expectation
}

/** What is wrong with an answer, or undefined. */
type Oracle = (exchange: Exchange, scene: Scene) => string | undefined

/** Every oracle that needs no more than the answer, by what it holds. */
export const oracles: Record<string, Oracle> = {
  // 501 is what oEmbed says of a format that it does not have.
  'no answer is a failure of the server': ({ answer: { status } }) =>
    status === 0 || (status >= 500 && status !== 501) ? 'an answer below 500' : undefined,
  'answers are as documented': asDocumented,
  'the answer fits the request': fits,
  'who may is let through': letThrough,
  'a 405 says what the address takes': allows,
  'a 415 says what is taken': accepts,
  'what is secret stays so': keepsSecrets,
  'HTML has nothing but what bodies are made of': cleanHtml
}

function asDocumented({ request, answer }: Exchange, { document }: Scene) {
  if (answer.status === 0) return undefined
  const broken = breach(document, request.method, request.url, answer)
  return broken && `what the document says: ${broken.what} ${JSON.stringify(broken.detail).slice(0, 600)}`
}

/** What is larger than what the answer says is taken is not looked at any further. */
function fits({ request, answer: { status, body }, expects }: Exchange) {
  const limit = Number(/ larger than the (\d+) bytes /.exec(body)?.[1] ?? Infinity)
  const isTooLarge = status === 413 && Buffer.byteLength(request.body ?? '') > limit
  return expects.statuses(status) || isTooLarge ? undefined : expects.said
}

function letThrough({ parts, answer, twist }: Exchange) {
  const { operation, role, headers } = parts
  const admitted = !isGuarded(parts) || (role !== null && operation.roles.includes(role))
  const itself =
    parts.method === operation.method && headers.authorization === undefined && twist !== 'what was deleted'
  if (!itself || !admitted) return undefined
  const who = role ?? 'anybody'
  if (answer.status === 401) return `no 401: ${who} may`
  const { name } = operation
  if (answer.status === 403 && !personal.includes(name) && (role === 'admin' || !stricter.includes(name)))
    return `no 403: ${who} may`
  return undefined
}

function allows({ parts, answer }: Exchange, { operations }: Scene) {
  // An operation that does others passes on what those are answered.
  const isOther = parts.method === parts.operation.method && parts.operation.statuses.includes('405')
  if (answer.status !== 405 || isOther) return undefined
  const taken = operations.filter(({ path }) => path === parts.operation.path).map(({ method }) => method)
  const all = [...taken, ...(taken.includes('GET') ? ['HEAD'] : [])].sort().join(', ')
  const told = String(answer.headers.allow ?? '')
    .split(/, */)
    .filter((method) => method !== 'OPTIONS')
    .sort()
    .join(', ')
  return told === all ? undefined : `Allow: ${all}`
}

function accepts({ parts, answer }: Exchange) {
  if (answer.status !== 415) return undefined
  const header = parts.method === 'PATCH' ? 'accept-patch' : 'accept'
  const told = String(answer.headers[header] ?? '')
  const missing = Object.keys(parts.operation.bodies ?? {}).filter((type) => !told.includes(type))
  return missing.length === 0 ? undefined : `${header}: ${missing.join(', ')}`
}

/** What is read without the desk has nothing that only the desk knows. */
function keepsSecrets({ parts, request, answer }: Exchange, { world }: Scene) {
  if ((isGuarded(parts) && parts.role !== null) || keyed.includes(parts.operation.name)) return undefined
  const told = JSON.stringify(answer.headers) + answer.body
  // Who asks for a word may be told it again, where something is wrong with the question.
  if (request.url.includes(secretWord) && answer.status >= 400) return undefined
  if (String(request.body ?? '').includes(secretWord)) return undefined
  return world.betrays(told) ? 'no word of what was never published' : undefined
}

function cleanHtml({ request, answer }: Exchange) {
  if (!request.url.includes('body=html') || answer.status !== 200) return undefined
  const record = parsed(answer.body) as { body?: unknown } | undefined
  const found = typeof record?.body === 'string' ? strangers(record.body) : []
  return found.length > 0 ? `no ${found.join(', ')}` : undefined
}

/** What an exchange breaks: the names of the oracles, and what they expected. */
export function verdicts(exchange: Exchange, scene: Scene): { oracle: string; expected: string }[] {
  return Object.entries(oracles).flatMap(([oracle, holds]) => {
    const expected = holds(exchange, scene)
    return expected === undefined ? [] : [{ oracle, expected }]
  })
}

/** Whether an answer says of a record that it is public at once. */
export const isPublic = ({ body }: Answer) =>
  publicStates.includes(String((parsed(body) as { status?: string } | undefined)?.status))

/** Whether an answer is JSON. */
export const isJson = (answer: Answer) => mediaType(answer).endsWith('json')
