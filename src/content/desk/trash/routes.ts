import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { sendDraft } from '../../../changes/drafts.ts'
import { actorOf } from '../../../http/callers/caller.ts'
import { pagedBy, pageRequestBelow } from '../../../http/input/cursor.ts'
import { mayFail } from '../../../http/problems.ts'
import { id, page, ref, strict } from '../../../http/schemas.ts'
import { uncached } from '../../../http/server/headers.ts'
import type { Database } from '../../../storage/database.ts'
import { DraftArticle } from '../../articles/schema.ts'
import { batchSize } from './retention.ts'
import { Emptied, TrashedArticle, TrashQuery } from './schema.ts'
import * as trash from './store.ts'

const tags = ['trash']
const params = strict({ id: id('art') })

export function routes(
  app: FastifyInstance,
  db: Database,
  { ONRECORD_TRASH_DAYS: days, clock }: { ONRECORD_TRASH_DAYS: number; clock: () => Date }
) {
  for (const schema of [TrashedArticle, Emptied]) app.addSchema(schema)

  app.get<{ Querystring: { limit?: number; cursor?: string } }>(
    '/trash',
    {
      schema: {
        operationId: 'listTrash',
        tags,
        summary: 'Articles that were deleted, the latest first.',
        description:
          'A contributor sees what they deleted themselves. An article in the trash is 404 everywhere else; the sources and media that it names stay in use.',
        querystring: TrashQuery,
        response: { 200: page(ref(TrashedArticle)) }
      },
      ...mayFail('invalid-cursor')
    },
    async (request, reply) => {
      const { limit, before } = pageRequestBelow(request)
      const rows = await trash.list(db.read, actorOf(request), { limit: limit + 1, before, days })
      reply.headers(uncached)
      const { data, next } = pagedBy(request, reply, { rows, limit, keyOf: ({ seq }) => seq })
      return { data: data.map(({ seq: _, ...entry }) => entry), next }
    }
  )

  app.post<{ Params: { id: string } }>(
    '/trash/:id/restore',
    {
      schema: {
        operationId: 'restoreFromTrash',
        tags,
        summary: 'Take an article out of the trash, with all that belongs to it.',
        description:
          'It comes back as a draft, or as withdrawn where readers saw it. Where another article has its slug by now it gets a new one, and the history of the article says so.',
        params,
        response: { 200: ref(DraftArticle) }
      }
    },
    async (request, reply) => {
      const article = await db.write(actorOf(request), (tx) => trash.restore(tx, request.params.id))
      return sendDraft(request, reply, article)
    }
  )
  endingRoutes(app, db, clock)
}

/** Routes for purging. */
function endingRoutes(app: FastifyInstance, db: Database, clock: () => Date) {
  app.delete<{ Params: { id: string } }>(
    '/trash/:id',
    {
      schema: {
        operationId: 'deleteFromTrash',
        tags,
        summary: 'Delete an article in the trash for good; not one that readers saw.',
        params,
        response: { 204: Type.Null() }
      },
      ...mayFail('conflict')
    },
    async (request, reply) => {
      await db.write(actorOf(request), (tx) => trash.purge(tx, request.params.id))
      return reply.code(204).send()
    }
  )

  app.delete(
    '/trash',
    {
      schema: {
        operationId: 'emptyTrash',
        tags,
        summary: 'Delete every article in the trash for good, but those that readers saw.',
        response: { 200: ref(Emptied) }
      }
    },
    async (request, reply) => {
      const instant = clock().toISOString()
      let deleted = 0
      let more = batchSize
      while (more === batchSize) {
        more = await db.write(actorOf(request), (tx) => trash.purgeDeletedBy(tx, instant, batchSize))
        deleted += more
      }
      reply.headers(uncached)
      return { deleted, kept: await trash.countWithEditions(db.read) }
    }
  )
}
