// Changing what there is one of, such as settings: guarded by If-Match, a 412 has the current ETag.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../http/callers/caller.ts'
import { type Expected, requiredIfMatch, withCurrentTag } from '../http/etag.ts'
import type { Database, Reader, Writer } from '../storage/database.ts'
import { sendDraft } from './drafts.ts'

/** Answers changes of the record that `current` reads with what `work` made of it. */
export const changeSingleton =
  <Draft extends { version: number }>(db: Database, current: (db: Reader) => Promise<Draft>) =>
  async (
    request: FastifyRequest,
    reply: FastifyReply,
    work: (tx: Writer, versions: Expected) => Promise<Draft>
  ) => {
    const versions = requiredIfMatch(request.headers['if-match'])
    const changed = await db.write(actorOf(request), (tx) =>
      withCurrentTag(
        () => work(tx, versions),
        async () => ({ draft: await current(tx) })
      )
    )
    return sendDraft(request, reply, changed)
  }
