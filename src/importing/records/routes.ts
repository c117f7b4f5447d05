import type { FastifyInstance } from 'fastify'
import { actorOf } from '../../http/callers/caller.ts'
import { pages } from '../../http/input/bodies.ts'
import { mayFail } from '../../http/problems.ts'
import { ref } from '../../http/schemas.ts'
import type { Database } from '../../storage/database.ts'
import { inThread } from '../../threads/run.ts'
import type { propose } from '../proposals/propose.ts'
import { create, storedPage } from './create.ts'
import { reviewRoutes } from './review-routes.ts'
import { ImportReview } from './review-schema.ts'
import {
  Import,
  ImportCard,
  Imported,
  ImportProposal,
  ReviewedRecord,
  SavedPage,
  SourceMatch
} from './schema.ts'
import type { Settings } from './store.ts'

const readPage = inThread<typeof propose>(new URL('../proposals/propose.ts', import.meta.url).href, 'propose')

export function routes(app: FastifyInstance, db: Database, settings: Settings) {
  const schemas = [
    SavedPage,
    ReviewedRecord,
    ImportProposal,
    SourceMatch,
    ImportCard,
    Import,
    Imported,
    ImportReview
  ]
  for (const schema of schemas) app.addSchema(schema)
  reviewRoutes(app, db, settings)

  app.post<{ Body: string }>(
    '/imports',
    {
      schema: {
        operationId: 'importPage',
        tags: ['imports'],
        summary:
          'Read a saved news page into a draft: its quotes, attributions, sources, pictures and credits.',
        description:
          'A proposal for an editor: what is not on the page is left out, and what was guessed is in `warnings`. `proposals` says from which words each quote, claim, source and credit was read; they wait for review at `/v1/imports/{id}/review`. A page that was imported before has the warning `imported-before`.',
        consumes: pages,
        body: ref(SavedPage),
        response: { 201: ref(Imported) }
      },
      ...mayFail('malformed-request', 'unprocessable', 'busy')
    },
    async (request, reply) => {
      const html = request.headers['content-type']!.toLowerCase().startsWith('text/html')
      const page = {
        content: request.body,
        mediaType: html ? ('text/html' as const) : ('text/plain' as const)
      }
      const proposal = await readPage(page)
      const kept = await storedPage(page, settings)
      const imported = await db.write(actorOf(request), (tx) => create(tx, proposal, kept, settings))
      reply.code(201).headers({
        location: `/v1/articles/${imported.article.id}?edition=draft`,
        'cache-control': 'private, no-store'
      })
      return reply.send(imported)
    }
  )
}
