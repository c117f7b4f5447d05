import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { sendDraft } from '../../changes/drafts.ts'
import { singletonRoutes } from '../../changes/singleton.ts'
import type { Config } from '../../config/config.ts'
import { tagOf } from '../../http/etag.ts'
import { patchOf } from '../../http/input/merge-patch.ts'
import { edition, ref, strict } from '../../http/schemas.ts'
import { ofPublisher } from '../../newsstand/documents/cache-tags.ts'
import { compressible, publicAnswer, send } from '../../newsstand/server/conditional.ts'
import type { Database } from '../../storage/database.ts'
import { DraftPublisher, NewPublisher, Publisher } from './schema.ts'
import * as store from './store.ts'

const url = '/publisher'
const tags = ['formats']

export function routes(app: FastifyInstance, db: Database, { ONRECORD_SITE_URL: siteUrl }: Config) {
  const patch = patchOf(NewPublisher, 'PublisherPatch')
  for (const schema of [NewPublisher, Publisher, DraftPublisher, patch]) app.addSchema(schema)

  app.get<{ Querystring: { edition?: string } }>(
    url,
    {
      schema: {
        operationId: 'getPublisher',
        tags,
        summary:
          'Who publishes here, and where: what feeds, sitemaps and structured data say of the newsroom.',
        querystring: strict(edition),
        response: { 200: Type.Union([ref(Publisher), ref(DraftPublisher)]) }
      }
    },
    async (request, reply) => {
      if (request.query.edition === 'draft') return sendDraft(request, reply, await store.current(db.read))
      return send(db, request, reply, async (wanted) => {
        const bytes = Buffer.from(JSON.stringify(await store.publisher(db.read, siteUrl)))
        return publicAnswer(db, await compressible(bytes, wanted), {
          etag: tagOf(bytes),
          tags: [ofPublisher],
          keys: ['publisher']
        })
      })
    }
  )

  singletonRoutes(app, db, {
    ...store,
    url,
    tags,
    schemas: { input: NewPublisher, patch, draft: DraftPublisher },
    put: {
      operationId: 'replacePublisher',
      summary: 'Say who publishes here; what is left out is not said.'
    },
    patch: {
      operationId: 'updatePublisher',
      summary: 'Change what is said of who publishes here (RFC 7396).'
    }
  })
}
