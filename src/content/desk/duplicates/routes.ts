import type { FastifyInstance } from 'fastify'
import { sendCreated } from '../../../changes/drafts.ts'
import { actorOf } from '../../../http/callers/caller.ts'
import { id, ref, strict } from '../../../http/schemas.ts'
import type { Database } from '../../../storage/database.ts'
import { draftArticle } from '../../articles/assemble.ts'
import { DraftArticle } from '../../articles/schema.ts'
import * as duplicates from './store.ts'

export function routes(app: FastifyInstance, db: Database) {
  app.post<{ Params: { id: string } }>(
    '/articles/:id/duplicate',
    {
      schema: {
        operationId: 'duplicateArticle',
        tags: ['articles'],
        summary: 'Begin a new draft with all that an article says.',
        description:
          'Quotes and attributions are copied, media and sources shared. An embargo, a legal hold and the comment policy hold for the copy too, but for a `closesAt` that is past. Corrections, comments, the canonical URL, the dates of publishing, and assignee, notes and due date stay behind.',
        params: strict({ id: id('art') }),
        response: { 201: ref(DraftArticle) }
      }
    },
    async (request, reply) => {
      const copy = await db.write(actorOf(request), async (tx) =>
        draftArticle(tx, await duplicates.create(tx, request.params.id))
      )
      return sendCreated(request, reply, 'articles', copy)
    }
  )
}
