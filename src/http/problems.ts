// Problem details for all errors of the API (RFC 9457).
import type { Fault, Problem } from './server/problem-schema.ts'

export type { Fault, Problem }

/** Every problem type: its status, title, and what a client can do about it. */
export const kinds = {
  'invalid-input': [
    400,
    'Invalid input',
    'A field, parameter or header is missing, unknown or not of the form the OpenAPI document gives. `errors` names each place.'
  ],
  'malformed-json': [
    400,
    'Malformed JSON',
    'The body is not JSON, is not UTF-8, says a key twice, has too many keys, items or levels, or has a text that cannot be stored (U+0000, a lone surrogate).'
  ],
  'malformed-request': [
    400,
    'Malformed request',
    'The request is not valid HTTP, its address is not a valid URL, or has a U+0000 in it, which no text here may have.'
  ],
  'invalid-cursor': [
    400,
    'Invalid cursor',
    'A cursor is only what `next` of the page before said. Begin again without one.'
  ],
  'token-missing': [401, 'Token missing', 'This needs `Authorization: Bearer onr_...`.'],
  'token-invalid': [
    401,
    'Token invalid',
    'The token is unknown, expired, revoked or rotated out; or a JWT that is not good here.'
  ],
  forbidden: [403, 'Forbidden', 'The role of this token may not do that.'],
  banned: [403, 'Banned', 'Nothing is taken from this author or network.'],
  'challenge-required': [
    403,
    'Challenge required',
    'What readers send must come with a proof of work now: solve the `challenge` of the comment form, and send it as `proof`. Each counts once.'
  ],
  'not-found': [
    404,
    'Not found',
    'There is nothing here. What is not published is, to the public, not there.'
  ],
  'method-not-allowed': [405, 'Method not allowed', 'The `Allow` header says what this address takes.'],
  'not-acceptable': [
    406,
    'Not acceptable',
    'The `Accept` header excludes every content type in which this is answered; the detail names them.'
  ],
  'request-timeout': [408, 'Request timeout', 'The request took too long to arrive.'],
  conflict: [409, 'Conflict', 'What stands there does not allow it; the detail says what.'],
  'slug-taken': [409, 'Slug taken', 'Another article has this slug.'],
  locked: [
    409,
    'Locked',
    'Somebody else is at work on the article, until the time the detail says. An editor may break the lock.'
  ],
  'in-use': [409, 'In use', 'Another record refers to this one.'],
  'key-in-progress': [
    409,
    'Key in progress',
    'The first request with this Idempotency-Key is still being answered. Ask again after `Retry-After` seconds.'
  ],
  'checks-failed': [
    409,
    'Checks failed',
    'The article cannot be published as it is. `errors` names every failed check and its place in the draft.'
  ],
  'comments-closed': [409, 'Comments closed', 'This article takes no comments (any more).'],
  gone: [410, 'Gone', 'It was published once and has been withdrawn; or it was a file that was refused.'],
  stale: [
    412,
    'Stale version',
    'It has been changed since. Read it again and send its current ETag, which `ETag` tells, in `If-Match`. For an article `errors` names the fields that are different now, and who changed them, where that is still known.'
  ],
  'unsupported-protocol': [412, 'Unsupported protocol', 'Files come in parts by tus 1.0.0 (`Tus-Version`).'],
  'too-large': [413, 'Too large', 'The body is larger than this operation takes.'],
  'uri-too-long': [414, 'URI too long', 'The address is longer than the API takes.'],
  'unsupported-media-type': [
    415,
    'Unsupported media type',
    'The `Accept` header (for PATCH: `Accept-Patch`) says which content types this address takes. A compressed body is not taken: `Accept-Encoding` says so.'
  ],
  'range-not-satisfiable': [
    416,
    'Range not satisfiable',
    'The file has no bytes there; `Content-Range` tells how many it has.'
  ],
  'expectation-failed': [417, 'Expectation failed', 'The `Expect` of the request cannot be met.'],
  unprocessable: [
    422,
    'Unprocessable content',
    'The input is well formed, but what it says cannot be: a record it names is not there, or its words are not. `errors` names each place.'
  ],
  'key-reused': [
    422,
    'Key reused',
    'Another request came with this Idempotency-Key in the last 24 hours. Each request has a key of its own.'
  ],
  'precondition-required': [
    428,
    'Precondition required',
    'Send the ETag you read in `If-Match`, or `If-Match: *` to overwrite knowingly (RFC 6585).'
  ],
  'too-many-requests': [
    429,
    'Too many requests',
    'More than there is room for in a while. Ask again after `Retry-After` seconds; where there is a `RateLimit`, it tells how much is left.'
  ],
  'headers-too-large': [431, 'Headers too large', 'The header fields are larger than the API takes.'],
  'checksum-mismatch': [460, 'Checksum mismatch', 'Other bytes came than `Upload-Checksum` says.'],
  internal: [500, 'Internal error', 'It is our fault; the log has it under the request id in `instance`.'],
  'not-implemented': [501, 'Not implemented', 'oEmbed has no such format; the detail names those it has.'],
  unavailable: [
    503,
    'Unavailable',
    'The database cannot take this right now, or the issuer of the token cannot be reached. Try again after `Retry-After` seconds.'
  ],
  overloaded: [
    503,
    'Overloaded',
    'More is asked than can be answered in time; who has a token is served longest. Try again after `Retry-After` seconds.'
  ],
  busy: [
    503,
    'Busy',
    'Too many long tasks (conversions of large bodies, imports, comparisons) wait already. Send it again after `Retry-After` seconds.'
  ],
  'not-ready': [503, 'Not ready', 'The service cannot do its work at present; the detail says why.'],
  'insufficient-storage': [
    507,
    'Insufficient storage',
    'The disk of the service is full. Nothing was written, and reads go on; send it again when there is room.'
  ]
} as const satisfies Record<string, readonly [number, string, string]>
export type Kind = keyof typeof kinds

export class HttpProblem extends Error {
  readonly kind: Kind
  errors: Fault[] | undefined
  readonly headers: Record<string, string>
  /** In a batch: the problem of the operation that failed. */
  readonly problem?: Problem

  constructor(kind: Kind, detail: string, errors?: Fault[], headers: Record<string, string> = {}) {
    super(detail)
    this.kind = kind
    this.errors = errors
    this.headers = headers
  }

  get status() {
    return kinds[this.kind][0]
  }
}

export const notFound = (what: string) => new HttpProblem('not-found', `There is no such ${what}.`)

/** Answers the row, or throws 404. */
export function found<T>(row: T | undefined, what: string): T {
  if (row === undefined) throw notFound(what)
  return row
}

/** A 422 that names one place of the body. */
export const unprocessable = (pointer: string, detail: string) =>
  new HttpProblem('unprocessable', detail, [{ pointer, detail }])

/** The response body. A 404 is byte for byte the same for everybody, so it has no `instance`. */
export function toProblem({ kind, message, errors, problem }: HttpProblem, requestId: string): Problem {
  const [status, title] = kinds[kind]
  const instance = status === 404 || status === 410 ? {} : { instance: requestId }
  return {
    type: `/problems/${kind}`,
    title,
    status,
    detail: message,
    ...instance,
    ...(errors && { errors }),
    ...(problem && { problem })
  }
}

/** Runs `work` on a part of the body, and prefixes the pointers of a problem that it throws. */
export async function prefixPointers<T>(pointer: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof HttpProblem)
      error.errors = error.errors?.map((fault) => ({ ...fault, pointer: pointer + fault.pointer }))
    throw error
  }
}

/** Declares in a route's options which problems it may answer, beyond those implied by its schema. */
export const mayFail = (...errors: Kind[]) => ({ config: { errors } as object })
