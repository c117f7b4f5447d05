import type { FastifyInstance } from 'fastify'
import { sendCreated } from '../../changes/drafts.ts'
import { changeable, currentBy } from '../../changes/records.ts'
import { actorOf } from '../../http/callers/caller.ts'
import { found, mayFail } from '../../http/problems.ts'
import { id, ref, strict } from '../../http/schemas.ts'
import type { Database } from '../../storage/database.ts'
import * as articles from '../articles/store.ts'
import { listRoute, readRoute } from '../desk/collections.ts'
import { Correction, CorrectionFilters, DraftCorrection, NewCorrection } from './schema.ts'
import * as corrections from './store.ts'

export function routes(app: FastifyInstance, db: Database) {
  for (const schema of [Correction, DraftCorrection, NewCorrection]) app.addSchema(schema)
  const forms = { published: ref(Correction), draft: ref(DraftCorrection) }
  const tag = 'corrections'

  listRoute(app, db, {
    operationId: 'listCorrections',
    summary: 'Corrections, newest first.',
    url: '/corrections',
    tag,
    kind: 'correction',
    card: Correction,
    filters: CorrectionFilters,
    draft: forms.draft,
    facets: ({ article, kind }) => ({ article, kind }),
    list: corrections.list
  })
  readRoute(app, db, {
    operationId: 'getCorrection',
    tag,
    kind: 'correction',
    id: id('cor'),
    ...forms,
    byId: corrections.byId
  })

  app.post<{ Body: NewCorrection; Params: { id: string } }>(
    '/articles/:id/corrections',
    {
      schema: {
        operationId: 'createCorrection',
        tags: [tag],
        summary: 'Correct an article; the correction is public once the article is published again.',
        params: strict({ id: id('art') }),
        body: ref(NewCorrection),
        response: { 201: ref(DraftCorrection) }
      },
      ...mayFail('unprocessable', 'conflict')
    },
    async (request, reply) => {
      const correction = await db.write(actorOf(request), async (tx) => {
        const article = found(await articles.byIdOrSlug(tx, request.params.id), 'article')
        return corrections.create(tx, article.id, request.body)
      })
      return sendCreated(request, reply, 'corrections', correction)
    }
  )

  changeable(app, db, {
    name: 'Correction',
    phrase: 'a correction',
    collection: 'corrections',
    id: id('cor'),
    input: NewCorrection,
    errors: ['unprocessable', 'conflict'],
    deleteErrors: ['conflict'],
    output: ref(DraftCorrection),
    current: currentBy(corrections.byId),
    change: corrections.change,
    remove: corrections.remove
  })
}
