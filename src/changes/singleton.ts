// Changing what there is one of, such as settings: guarded by If-Match, a 412 has the current ETag.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { TObject } from 'typebox'
import { actorOf } from '../http/callers/caller.ts'
import { type Expected, requiredIfMatch, withCurrentTag } from '../http/etag.ts'
import { type Kind, mayFail } from '../http/problems.ts'
import { ref } from '../http/schemas.ts'
import type { Database, Reader, Writer } from '../storage/database.ts'
import { sendDraft } from './drafts.ts'
import { patched } from './records.ts'

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

/** What the operations of a singleton say of themselves in the document. */
interface Described {
  operationId: string
  summary: string
}

/** A record that there is one of. */
interface Singleton<New extends object, Draft extends { version: number }> {
  url: string
  tags: string[]
  /** What is written, what a merge patch of it may have, and what is answered. */
  schemas: { input: TObject; patch: TObject; draft: TObject }
  current: (db: Reader) => Promise<Draft>
  change: (tx: Writer, versions: Expected, edit: (now: New) => New) => Promise<Draft>
  /** What changing it may fail with beside a version that is not the current one. */
  errors?: Kind[]
  /** Reading it as the desk does; where readers are told of it, its own module answers them. */
  get?: Described
  put: Described
  patch: Described
}

/** GET, where it is described, PUT and PATCH (RFC 7396) of a record that there is one of. */
export function singletonRoutes<New extends object, Draft extends { version: number }>(
  app: FastifyInstance,
  db: Database,
  { url, tags, schemas, current, change, errors = [], get, put, patch }: Singleton<New, Draft>
) {
  const respond = changeSingleton(db, current)
  const response = { 200: ref(schemas.draft) }
  const failing = mayFail('stale', 'precondition-required', ...errors)

  if (get)
    app.get(url, { schema: { ...get, tags, response } }, async (request, reply) =>
      sendDraft(request, reply, await current(db.read))
    )

  // The body was validated against `input`, which New describes.
  app.put(
    url,
    { ...failing, schema: { ...put, tags, body: ref(schemas.input), response } },
    (request, reply) =>
      respond(request, reply, (tx, versions) => change(tx, versions, () => request.body as New))
  )

  app.patch(
    url,
    { ...failing, schema: { ...patch, tags, body: ref(schemas.patch), response } },
    (request, reply) => {
      const edit = patched<New>(request, ref(schemas.input))
      return respond(request, reply, (tx, versions) => change(tx, versions, edit))
    }
  )
}
