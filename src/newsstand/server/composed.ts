// Answers that are composed of published documents in a media type of their own: feeds, sitemaps, licences.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { tagOf } from '../../http/etag.ts'
import type { Database } from '../../storage/database.ts'
import { compressible, json, send } from './conditional.ts'

/** What was composed. */
export interface Composed {
  bytes: Buffer
  /** Its media type. */
  type: string
  /** The cache tags of all that it was made of. */
  tags: number[]
  /** Surrogate keys. */
  keys: string[]
  /** Headers of its own. */
  headers?: Record<string, string>
  /** From when on it would be composed otherwise, though nothing was written (ms since 1970). */
  until?: number | undefined
}

/** Sends what `compose` makes, through the response cache. */
export const sendComposed = (
  db: Database,
  request: FastifyRequest,
  reply: FastifyReply,
  compose: () => Promise<Composed>
) =>
  send(db, request, reply, async (wanted) => {
    const { bytes, type, tags, keys, headers, until } = await compose()
    const answer = json(db, await compressible(bytes, wanted), { etag: tagOf(bytes), type, tags, keys })
    return {
      ...answer,
      ...(until !== undefined && { until }),
      headers: { ...answer.headers, ...headers }
    }
  })
