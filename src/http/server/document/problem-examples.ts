// An example of each kind of problem, for its page.
import type { Kind, Problem } from '../../problems.ts'
import { kinds } from '../../problems.ts'

const places: Partial<Record<Kind, NonNullable<Problem['errors']>[number]>> = {
  'invalid-input': {
    pointer: '/headline',
    detail: 'is not known. Is title meant? This takes: slug, title, ...'
  },
  'invalid-cursor': { in: 'query', pointer: '/cursor', detail: 'is not one that a page of this list gave.' },
  'slug-taken': { pointer: '/slug', detail: 'The slug late-ferry-keeps-sailing is taken.' },
  'checks-failed': {
    pointer: '/media/0/credits',
    code: 'picture-without-credit',
    detail: 'The picture has no credit. Add a credit to the picture that says who made it.'
  },
  stale: { pointer: '/title', detail: 'was changed by The night desk (editor).' },
  unprocessable: { pointer: '/quotes/0/text', detail: 'The words do not stand in the body.' }
}

const details: Record<Kind, string> = {
  'invalid-input': 'Body: /headline: is not known. Is title meant? This takes: slug, title, ...',
  'malformed-json': 'Expected a comma or a brace at line 3, column 5.',
  'malformed-request': 'The address is not a valid URL.',
  'invalid-cursor': 'This cursor is not one that a page of this list gave.',
  'token-missing': 'This needs a token: Authorization: Bearer onr_...',
  'token-invalid': 'The token is unknown, expired or revoked.',
  forbidden: 'The role contributor may not do this; editor, admin may.',
  banned: 'No comments are taken from this author.',
  'challenge-required': 'Solve the challenge of GET /v1/articles/{id}/comment-form, and send it as `proof`.',
  'not-found': 'There is no such article.',
  'method-not-allowed': 'This address takes GET, HEAD, POST.',
  'not-acceptable': 'This is answered in application/json, which `Accept` excludes.',
  'request-timeout': 'The request took too long to arrive.',
  conflict: 'The article is not published: there is nothing to withdraw.',
  'slug-taken': 'The slug late-ferry-keeps-sailing is taken.',
  locked: 'Mara has the article open until 2026-11-02T08:32:00.000Z.',
  'in-use': 'The source is named by 2 quotes.',
  'key-in-progress': 'The first request with this Idempotency-Key is still being answered.',
  'checks-failed': 'A check fails. The picture has no credit.',
  'comments-closed': 'This article takes no comments (any more).',
  gone: 'The article was published once and has been withdrawn.',
  stale: 'The article has been changed since you read it.',
  'unsupported-protocol': 'This is tus 1.0.0, not 0.2.2.',
  'too-large': 'The body is larger than the 2097152 bytes this takes.',
  'uri-too-long': 'The address is longer than the API takes.',
  'unsupported-media-type': 'This takes application/json.',
  'range-not-satisfiable': 'The file has 81544 bytes, and none from 90000 on.',
  unprocessable: 'The words do not stand in the body.',
  'key-reused': 'Another request came with this Idempotency-Key.',
  'precondition-required': 'Changing this needs If-Match with the ETag you read.',
  'expectation-failed': 'The `Expect` of the request cannot be met.',
  'too-many-requests': 'The budget editor is 1200 a minute, and is spent.',
  'headers-too-large': 'The header fields are larger than 16 KB.',
  'checksum-mismatch': 'The sha1 of the bytes that came is another than Upload-Checksum says.',
  internal: 'Something went wrong here; the log knows more under this instance.',
  'not-implemented': 'oEmbed is answered as json or xml, not as yaml.',
  unavailable: 'As many streams are open as there may be.',
  overloaded: 'More is asked than can be answered in time.',
  busy: 'Too many long tasks wait already.',
  'not-ready': 'Not ready: the timetable is late.',
  'insufficient-storage': 'The disk is full. Nothing was written.'
}

/** A problem of this kind, as it is answered. */
export function exampleOf(kind: Kind): Problem {
  const [status, title] = kinds[kind]
  const place = places[kind]
  return {
    type: `/problems/${kind}`,
    title,
    status,
    detail: details[kind],
    ...(place && { errors: [place] })
  }
}
