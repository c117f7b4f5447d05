import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { sendDraft } from '../../changes/drafts.ts'
import { patched } from '../../changes/records.ts'
import { changeSingleton } from '../../changes/singleton.ts'
import type { Config } from '../../config.ts'
import { tagOf } from '../../http/etag.ts'
import { patchOf } from '../../http/input/merge-patch.ts'
import { mayFail } from '../../http/problems.ts'
import { edition, ref, strict } from '../../http/schemas.ts'
import { ofPublisher } from '../../newsstand/documents/cache-tags.ts'
import { compressible, json, send } from '../../newsstand/server/conditional.ts'
import type { Database } from '../../storage/database.ts'
import { DraftPublisher, NewPublisher, Publisher } from './schema.ts'
import * as store from './store.ts'

const url = '/publisher'
const tags = ['formats']

export function routes(app: FastifyInstance, db: Database, { ONRECORD_SITE_URL: siteUrl }: Config) {
  const patch = patchOf(NewPublisher, 'PublisherPatch')
  for (const schema of [NewPublisher, Publisher, DraftPublisher, patch]) app.addSchema(schema)
  const response = { 200: ref(DraftPublisher) }
  const failing = mayFail('stale', 'precondition-required')

  const change = changeSingleton(db, store.current)

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
        return json(db, await compressible(bytes, wanted), {
          etag: tagOf(bytes),
          tags: [ofPublisher],
          keys: ['publisher']
        })
      })
    }
  )

  app.put<{ Body: NewPublisher }>(
    url,
    {
      ...failing,
      schema: {
        operationId: 'replacePublisher',
        tags,
        summary: 'Say who publishes here; what is left out is not said.',
        body: ref(NewPublisher),
        response
      }
    },
    (request, reply) =>
      change(request, reply, (tx, versions) => store.change(tx, versions, () => request.body))
  )

  app.patch(
    url,
    {
      ...failing,
      schema: {
        operationId: 'updatePublisher',
        tags,
        summary: 'Change what is said of who publishes here (RFC 7396).',
        body: ref(patch),
        response
      }
    },
    (request, reply) => {
      const edit = patched<NewPublisher>(request, ref(NewPublisher))
      return change(request, reply, (tx, versions) => store.change(tx, versions, edit))
    }
  )
}
