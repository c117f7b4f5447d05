import type { FastifyInstance } from 'fastify'
import type { Config } from '../../config/config.ts'
import { ref } from '../../http/schemas.ts'
import { ofPublisher } from '../../newsstand/documents/cache-tags.ts'
import { sendComposed } from '../../newsstand/server/composed.ts'
import type { Database } from '../../storage/database.ts'
import { policyOf } from '../ai-use/store.ts'
import { linkHeader, linksOf } from './links.ts'
import { ApiIndex, ApiLink } from './schema.ts'

type Options = Pick<Config, 'ONRECORD_SITE_URL' | 'ONRECORD_WEBSUB_HUB'>

export function routes(app: FastifyInstance, db: Database, options: Options) {
  for (const schema of [ApiLink, ApiIndex]) app.addSchema(schema)
  app.get(
    '',
    {
      schema: {
        operationId: 'getIndex',
        tags: ['about'],
        summary:
          'Where everything is: feeds, sitemaps, oEmbed, licences, lists. Its `Link` header says it, too.',
        response: { 200: ref(ApiIndex) }
      }
    },
    (request, reply) =>
      sendComposed(db, request, reply, async () => {
        const policy = await policyOf(db.read, options.ONRECORD_SITE_URL)
        const links = linksOf(policy, options.ONRECORD_WEBSUB_HUB)
        const { name, url } = policy.publisher
        return {
          bytes: Buffer.from(JSON.stringify({ name, url, links })),
          type: 'application/json; charset=utf-8',
          tags: [ofPublisher],
          keys: ['publisher', 'ai-use'],
          headers: { link: linkHeader(links) }
        }
      })
  )
}
