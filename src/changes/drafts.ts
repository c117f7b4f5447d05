// Responses with drafts: with their ETag, and never cached.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { draftTag, matchesIfNoneMatch } from '../http/etag.ts'
import { HttpProblem } from '../http/problems.ts'
import { uncached } from '../http/server/headers.ts'
import { jsonOf } from '../storage/text/json-text.ts'

/** Sends a draft, and `more` about the write, uncached; the ETag is that of the draft alone. */
export function sendDraft<T extends { version: number }>(
  request: FastifyRequest,
  reply: FastifyReply,
  draft: T,
  more?: object
) {
  // Encoded once, for the tag, its length and the socket.
  const json = Buffer.from(jsonOf(draft))
  const tag = draftTag(draft, json)
  reply.headers({ etag: tag, ...uncached })
  if (['GET', 'HEAD'].includes(request.method) && matchesIfNoneMatch(request.headers['if-none-match'], tag))
    return reply.code(304).send()
  if (more !== undefined) return reply.send({ ...draft, ...more })
  return reply.header('content-type', 'application/json; charset=utf-8').send(json)
}

/** Sends 201 with a draft and its Location. */
export const sendCreated = <T extends { version: number; id: string }>(
  request: FastifyRequest,
  reply: FastifyReply,
  collection: string,
  draft: T,
  more?: object
) => sendCreatedAt(request, reply, `/v1/${collection}/${draft.id}?edition=draft`, draft, more)

/** Sends 201 with a draft at this Location: a record that has one edition only is at an address that names none. */
export function sendCreatedAt<T extends { version: number }>(
  request: FastifyRequest,
  reply: FastifyReply,
  location: string,
  draft: T,
  more?: object
) {
  reply.code(201).header('location', location)
  return sendDraft(request, reply, draft, more)
}

/** Throws 400 for query parameters that only the other edition has. */
export function checkEdition(query: { edition?: string }, only: { draft?: string[]; published?: string[] }) {
  const draft = query.edition === 'draft'
  const misplaced = (draft ? only.published : only.draft)?.find((name) => name in query)
  if (misplaced === undefined) return
  const detail = draft ? 'is for the published edition only.' : 'needs edition=draft.'
  throw new HttpProblem('invalid-input', `The query: /${misplaced}: ${detail}`, [
    { in: 'query', pointer: `/${misplaced}`, detail }
  ])
}
