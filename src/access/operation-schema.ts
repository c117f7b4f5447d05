// The parts of the OpenAPI document that all operations share: request headers, responses, and problems.
import { type Kind, kinds, Problem } from '../http/problems.ts'
import { ref } from '../http/schemas.ts'

export interface HeaderSchema {
  type: 'object'
  required?: string[]
  properties: Record<string, object>
}

/** Merges the header schemas of a request. */
export function mergeHeaders(...some: (HeaderSchema | false | undefined)[]): { headers?: HeaderSchema } {
  const all = some.filter((one) => one !== undefined && one !== false)
  if (all.length === 0) return {}
  const required = all.flatMap((one) => one.required ?? [])
  const properties = Object.assign({}, ...all.map((one) => one.properties))
  return { headers: { type: 'object', required, properties } }
}

export const idempotencyKey: HeaderSchema = {
  type: 'object',
  properties: {
    'Idempotency-Key': {
      type: 'string',
      minLength: 1,
      maxLength: 255,
      description:
        'A key of your own for this request. Sent again with the same key within 24 hours, it is answered as it was, with `Idempotency-Replayed: true`, and done once; what was refused, or writes nothing, is not kept, and is tried anew.',
      examples: ['5f1d3c0a-6a52-4a0b-9d4b-0c6a3f4f8e11']
    }
  }
}

/** Node's limit for all header fields together; beyond it, it answers 431. */
const maxLength = 16_384

export const ifMatch = (required: boolean): HeaderSchema => ({
  type: 'object',
  ...(required && { required: ['If-Match'] }),
  properties: {
    'If-Match': {
      type: 'string',
      maxLength,
      description:
        'The ETag of the draft you read, as a proxy may have made it (`W/"..."`), or `*` to overwrite knowingly (RFC 9110, 13.1.1).',
      examples: ['"3-2jmj7l5rSw0yVb_vlWAYkK"']
    }
  }
})

export const ifNoneMatch: HeaderSchema = {
  type: 'object',
  properties: {
    'If-None-Match': {
      type: 'string',
      maxLength,
      description: 'The ETag you have: answered 304 when it still holds.'
    },
    'If-Modified-Since': {
      type: 'string',
      maxLength,
      description:
        'The Last-Modified you have: answered 304 when it still holds. If-None-Match goes before it.'
    }
  }
}

export const notModified = {
  304: { description: 'What you have still holds (RFC 9110, 15.4.5).', type: 'null' }
}

/** The successful responses as JSON with their headers, and `more` for this operation. */
export const successes = (response: object, more: object) =>
  Object.fromEntries(
    Object.entries(response).map(([status, schema]) => [
      status,
      'content' in schema || 'description' in schema ? schema : described(status, schema, more)
    ])
  )

function described(status: string, schema: object, more: object) {
  if (status === '204') return { description: 'Done.', type: 'null' }
  const location = { Location: { type: 'string', description: 'Where it is.' } }
  const etag = {
    ETag: { type: 'string', description: 'The version of this representation, where it has one.' }
  }
  const placed = status === '201' || status === '202'
  const description = status === '201' ? 'Created.' : 'As asked for.'
  return {
    description,
    headers: { ...etag, ...(placed && location), ...more },
    content: { 'application/json': { schema } }
  }
}

/** The header of a replayed POST. */
export const replayed = {
  'Idempotency-Replayed': {
    type: 'string',
    description: '`true` where this Idempotency-Key was answered before: this is that answer.'
  }
}

/** Caching headers of published documents; drafts are `private, no-store`. */
export const standing = {
  'Last-Modified': { type: 'string', description: 'Since when it is so, for a single record.' },
  'Cache-Control': { type: 'string', description: 'How long it may be kept (RFC 9111, RFC 5861).' },
  Vary: { type: 'string', description: 'Accept-Encoding: what the bytes depend on.' },
  'Surrogate-Key': {
    type: 'string',
    description:
      'The lists that the answer depends on and, while they fit into 1000 bytes, ids: purge it by any of them.'
  }
}

const currentTag = { type: 'string', description: 'The version there is now.' }

const retryAfter = { type: 'string', description: 'After how many seconds to ask again.' }

/** draft-ietf-httpapi-ratelimit-headers-10 */
const rateLimit = {
  RateLimit: { type: 'string', description: 'What is left of the budget, and for how many seconds.' },
  'RateLimit-Policy': { type: 'string', description: 'The budget: how many requests in how many seconds.' }
}

/** The headers of the problems of a status, if they have any. */
function headersOf(kinds: Kind[]) {
  const isTemporary = kinds.includes('too-many-requests') || kinds.includes('unavailable')
  const headers = {
    ...(kinds.includes('stale') && { ETag: currentTag }),
    ...(kinds.includes('too-many-requests') && rateLimit),
    ...(isTemporary && { 'Retry-After': retryAfter })
  }
  return Object.keys(headers).length > 0 && { headers }
}

/** One response for each status, which names its problem types. */
export function problems(errors: Kind[]) {
  const statuses = Map.groupBy(new Set(errors), (kind) => kinds[kind][0])
  return Object.fromEntries(
    [...statuses].map(([status, some]) => [
      status,
      {
        description: some.map((kind) => `\`${kind}\`: ${kinds[kind][2]}`).join(' '),
        ...headersOf(some),
        content: { 'application/problem+json': { schema: ref(Problem) } }
      }
    ])
  )
}
