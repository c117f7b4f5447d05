// The parts of the OpenAPI document that all operations share: request headers, responses, and problems.

import { type Kind, kinds } from '../http/problems.ts'
import { ref } from '../http/schemas.ts'
import { Problem } from '../http/server/problem-schema.ts'

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
      description: 'The ETag you have: answered 304 when it still holds.',
      examples: ['"hcJ5Q2m3jWnpZ8tq4pJv0w"']
    },
    'If-Modified-Since': {
      type: 'string',
      maxLength,
      description:
        'The Last-Modified you have: answered 304 when it still holds. If-None-Match goes before it.',
      examples: ['Mon, 02 Nov 2026 08:30:00 GMT']
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
      'content' in schema || 'description' in schema ? schema : responseOf(status, schema, more)
    ])
  )

function responseOf(status: string, schema: object, more: object) {
  if (status === '204') return { description: 'Done.', type: 'null' }
  const location = {
    Location: {
      type: 'string',
      description: 'Where it is.',
      examples: ['/v1/articles/art_01k9v3w8zhe5ra4gxm7y2bqd6c']
    }
  }
  const placed = status === '201' || status === '202'
  const description = status === '201' ? 'Created.' : 'Done.'
  return {
    description,
    headers: { ...(placed && location), ...more },
    content: { 'application/json': { schema } }
  }
}

/** The version of what is answered. */
export const entityTag = {
  ETag: {
    type: 'string',
    description: 'The version of this representation, where it has one.',
    examples: ['"3-2jmj7l5rSw0yVb_vlWAYkK"']
  }
}

/** The header of a replayed POST. */
export const replayedHeader = {
  'Idempotency-Replayed': {
    type: 'string',
    description: '`true` where this Idempotency-Key was answered before: this is that answer.',
    examples: ['true']
  }
}

/** Caching headers of published documents; drafts are `private, no-store`. */
export const publishedHeaders = {
  'Last-Modified': {
    type: 'string',
    description: 'Since when it is so, for a single record.',
    examples: ['Mon, 02 Nov 2026 08:30:00 GMT']
  },
  'Cache-Control': {
    type: 'string',
    description: 'How long it may be kept (RFC 9111, RFC 5861).',
    examples: ['public, max-age=60, stale-while-revalidate=60']
  },
  'Surrogate-Key': {
    type: 'string',
    description:
      'The lists that the answer depends on and, while they fit into 1000 bytes, ids: purge it by any of them.',
    examples: ['articles art_01k9v3w8zhe5ra4gxm7y2bqd6c']
  }
}

const currentTag = {
  type: 'string',
  description: 'The version there is now.',
  examples: ['"4-0yVb_vlWAYkK2jmj7l5rSw"']
}

const retryAfter = {
  type: 'string',
  description: 'After how many seconds to ask again, with 429 and 503.',
  examples: ['7']
}

/** draft-ietf-httpapi-ratelimit-headers-10 */
export const rateLimit = {
  RateLimit: {
    type: 'string',
    description: 'What is left of the budget, and for how many seconds; where requests are counted.',
    examples: ['"editor";r=1180;t=42']
  }
}

/** Told with a refusal; with every answer it is sent too. */
const ratePolicy = {
  'RateLimit-Policy': {
    type: 'string',
    description: 'The budget: how many requests in how many seconds.',
    examples: ['"editor";q=1200;w=60']
  }
}

/** What any request may be refused with, whatever it asks for: one response of every operation tells of it. */
export const general: Kind[] = [
  'token-missing',
  'token-invalid',
  'forbidden',
  'key-in-progress',
  'key-reused',
  'not-acceptable',
  'too-large',
  'uri-too-long',
  'unsupported-media-type',
  'too-many-requests',
  'internal',
  'unavailable',
  'overloaded',
  'busy',
  'insufficient-storage'
]

/** The response of the operation for these problems. */
const problemResponse = (some: Kind[], headers: object) => ({
  description: some.map((kind) => `\`${kind}\`: ${kinds[kind][2]}`).join(' '),
  ...(Object.keys(headers).length > 0 && { headers }),
  content: { 'application/problem+json': { schema: ref(Problem) } }
})

const generalResponse = problemResponse(general, {
  ...rateLimit,
  ...ratePolicy,
  'Retry-After': retryAfter
})

/** One response for each status, which names its problem types; and one for what any request may be refused with. */
export function problems(errors: Kind[]) {
  const special = [...new Set(errors)].filter((kind) => !general.includes(kind)).sort()
  const statuses = Map.groupBy(special, (kind) => kinds[kind][0])
  return {
    ...Object.fromEntries(
      [...statuses].map(([status, some]) => [
        status,
        problemResponse(some, {
          ...(some.includes('stale') && { ETag: currentTag }),
          ...(some.includes('not-ready') && { 'Retry-After': retryAfter })
        })
      ])
    ),
    default: generalResponse
  }
}
