import type { FastifyInstance } from 'fastify'
import { sendCreated } from '../../changes/drafts.ts'
import { changeable, currentBy } from '../../changes/records.ts'
import { actorOf } from '../../http/callers/caller.ts'
import { id, ref } from '../../http/schemas.ts'
import type { Database, Reader } from '../../storage/database.ts'
import { listRoute, readRoute } from '../desk/collections.ts'
import { withOutdated } from '../desk/shared-records.ts'
import { DraftMedia, Media, MediaFilters, NewMedia } from './schema.ts'
import * as media from './store.ts'

export function routes(app: FastifyInstance, db: Database) {
  for (const schema of [Media, DraftMedia, NewMedia]) app.addSchema(schema)
  const forms = { published: ref(Media), draft: ref(DraftMedia) }
  const tag = 'media'
  const byId = async (db: Reader, id: string) => {
    const draft = await media.byId(db, id)
    return draft && withOutdated(db, 'media', draft)
  }

  listRoute(app, db, {
    operationId: 'listMedia',
    summary: 'Media, newest first; in the published edition those that a published article shows.',
    url: '/media',
    tag,
    kind: 'media',
    card: Media,
    filters: MediaFilters,
    draft: forms.draft,
    only: { draft: ['externalId'] },
    facets: ({ kind, article, url }) => ({ kind, article, url }),
    list: media.list
  })
  readRoute(app, db, {
    operationId: 'getMedia',
    tag,
    kind: 'media',
    id: id('med'),
    ...forms,
    byId
  })

  app.post<{ Body: NewMedia }>(
    '/media',
    {
      schema: {
        operationId: 'createMedia',
        tags: [tag],
        summary: 'Create a media record.',
        body: ref(NewMedia),
        response: { 201: ref(DraftMedia) }
      }
    },
    async (request, reply) => {
      const file = await db.write(actorOf(request), (tx) => media.create(tx, request.body))
      return sendCreated(request, reply, 'media', { ...file, outdatedIn: 0 })
    }
  )

  changeable(app, db, {
    name: 'Media',
    phrase: 'a media record',
    collection: 'media',
    id: id('med'),
    input: NewMedia,
    output: ref(DraftMedia),
    errors: ['conflict'],
    deleteErrors: ['in-use'],
    current: currentBy(byId),
    change: async (...args) => withOutdated(args[0], 'media', await media.change(...args)),
    remove: media.remove
  })
}
