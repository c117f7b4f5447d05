import type { FastifyInstance } from 'fastify'
import { sendCreated } from '../../changes/drafts.ts'
import { changeable, currentBy, draftAction } from '../../changes/records.ts'
import { actorOf } from '../../http/callers/caller.ts'
import { found, mayFail } from '../../http/problems.ts'
import { id, ref, strict } from '../../http/schemas.ts'
import type { Database, Reader } from '../../storage/database.ts'
import { listRoute, readRoute } from '../desk/collections.ts'
import { withOutdated } from '../desk/shared-records.ts'
import * as media from '../media/store.ts'
import { approve } from './approval.ts'
import { routes as licences } from './licences/routes.ts'
import { CreditFilters, DraftMediaCredit, MediaCredit, NewMediaCredit } from './schema.ts'
import * as credits from './store.ts'

export function routes(app: FastifyInstance, db: Database) {
  for (const schema of [MediaCredit, DraftMediaCredit, NewMediaCredit]) app.addSchema(schema)
  const forms = { published: ref(MediaCredit), draft: ref(DraftMediaCredit) }
  const tag = 'media-credits'
  const byId = async (db: Reader, id: string) => {
    const draft = await credits.byId(db, id)
    return draft && withOutdated(db, 'credit', draft)
  }

  listRoute(app, db, {
    operationId: 'listMediaCredits',
    summary:
      'Media credits, newest first; in the published edition those of media that a published article shows.',
    url: '/media-credits',
    tag,
    kind: 'credit',
    card: MediaCredit,
    filters: CreditFilters,
    draft: forms.draft,
    only: { published: ['creator', 'supplier', 'licence'] },
    facets: ({ creator, supplier, licence, media, article }) => ({
      creator,
      supplier,
      licence,
      media,
      article
    }),
    list: credits.list
  })
  readRoute(app, db, {
    operationId: 'getMediaCredit',
    tag,
    kind: 'credit',
    id: id('crd'),
    ...forms,
    byId
  })

  app.post<{ Body: NewMediaCredit; Params: { id: string } }>(
    '/media/:id/credits',
    {
      schema: {
        operationId: 'createMediaCredit',
        tags: [tag],
        summary: 'Credit a media file.',
        params: strict({ id: id('med') }),
        body: ref(NewMediaCredit),
        response: { 201: ref(DraftMediaCredit) }
      }
    },
    async (request, reply) => {
      const credit = await db.write(actorOf(request), async (tx) => {
        const { id } = found(await media.byId(tx, request.params.id), 'media')
        return credits.create(tx, id, request.body)
      })
      return sendCreated(request, reply, 'media-credits', { ...credit, outdatedIn: 0 })
    }
  )

  app.post(
    '/media-credits/:id/approve',
    {
      schema: {
        operationId: 'approveMediaCredit',
        tags: [tag],
        summary: 'Approve that a picture is published: as the one whom `approvalBy` names.',
        params: strict({ id: id('crd') }),
        response: { 200: ref(DraftMediaCredit) }
      },
      ...mayFail('stale', 'conflict')
    },
    draftAction(
      db,
      currentBy(byId)
    )(async (tx, id, versions) => withOutdated(tx, 'credit', await approve(tx, id, versions)))
  )
  licences(app, db)

  changeable(app, db, {
    name: 'MediaCredit',
    phrase: 'a media credit',
    collection: 'media-credits',
    id: id('crd'),
    input: NewMediaCredit,
    output: ref(DraftMediaCredit),
    errors: [],
    deleteErrors: ['conflict'],
    current: currentBy(byId),
    change: async (...args) => withOutdated(args[0], 'credit', await credits.change(...args)),
    remove: credits.remove
  })
}
