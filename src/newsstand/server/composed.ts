// Answers that are composed of published documents in a media type of their own: feeds, sitemaps, licences.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { tagOfLong } from '../../http/etag.ts'
import type { Database } from '../../storage/database.ts'
import { compressible, publicAnswer, send } from './conditional.ts'

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

/**
 * Sends what `compose` makes, through the response cache. Where Accept chooses between several forms at one address,
 * `variant` names the one that it chose.
 */
export const sendComposed = (
  db: Database,
  request: FastifyRequest,
  reply: FastifyReply,
  compose: () => Promise<Composed>,
  variant?: string
) =>
  send(
    db,
    request,
    reply,
    async (wanted) => {
      const { bytes, type, tags, keys, headers, until } = await compose()
      const info = { etag: await tagOfLong(bytes), type, tags, keys }
      const answer = publicAnswer(db, await compressible(bytes, wanted), info)
      return {
        ...answer,
        ...(until !== undefined && { until }),
        headers: {
          ...answer.headers,
          ...(variant !== undefined && { vary: `accept, ${answer.headers.vary}` }),
          ...headers
        }
      }
    },
    variant
  )
