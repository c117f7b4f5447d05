import type { FastifyInstance } from 'fastify'
import { currentBy, draftAction } from '../../../changes/records.ts'
import { PictureProposal } from '../../../files/metadata/schema.ts'
import { found, mayFail } from '../../../http/problems.ts'
import { id, ref, strict } from '../../../http/schemas.ts'
import { uncached } from '../../../http/server/headers.ts'
import type { Database } from '../../../storage/database.ts'
import { DraftMedia } from '../schema.ts'
import * as media from '../store.ts'
import { withUsage } from '../usage.ts'
import { MediaMetadata, MetadataAcceptance } from './schema.ts'
import { accept, metadataOf } from './store.ts'

/** What a file says of itself, and taking it over. */
export function routes(app: FastifyInstance, db: Database) {
  for (const schema of [PictureProposal, MediaMetadata, MetadataAcceptance]) app.addSchema(schema)
  const shared = { tags: ['media'], params: strict({ id: id('med') }) }

  app.get<{ Params: { id: string } }>(
    '/media/:id/metadata',
    {
      schema: {
        ...shared,
        operationId: 'getMediaMetadata',
        summary: 'What a picture says of itself (XMP, IIM, EXIF), and the credit that is proposed by it.',
        response: { 200: ref(MediaMetadata) }
      }
    },
    async ({ params: { id } }, reply) => {
      const { properties: values, ...read } = found(await metadataOf(db.read, id), 'metadata')
      return reply.headers(uncached).send({ mediaId: id, ...read, values })
    }
  )

  app.post(
    '/media/:id/metadata/accept',
    {
      schema: {
        ...shared,
        operationId: 'acceptMediaMetadata',
        summary: 'Take over what a picture says of itself: a credit, caption, people and place, the time.',
        body: ref(MetadataAcceptance),
        response: { 200: ref(DraftMedia) }
      },
      ...mayFail('stale', 'conflict', 'unprocessable')
    },
    draftAction(
      db,
      currentBy(media.byId)
    )(async (tx, id, versions, request) =>
      withUsage(tx, await accept(tx, id, versions, request.body as MetadataAcceptance))
    )
  )
}
