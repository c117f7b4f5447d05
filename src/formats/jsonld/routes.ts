import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { Config } from '../../config/config.ts'
import type { Article } from '../../content/articles/schema.ts'
import { articleName, movedAnswer } from '../../content/articles/schema.ts'
import { strict } from '../../http/schemas.ts'
import { ofPublisher } from '../../newsstand/documents/cache-tags.ts'
import { sendArticle } from '../../newsstand/server/reply.ts'
import type { Database } from '../../storage/database.ts'
import { withWholeAddresses } from '../addresses.ts'
import { policyOf } from '../ai-use/store.ts'
import { jsonld } from './article.ts'

const mediaType = 'application/ld+json'

/** JSON that may stand in a `script` element of a page as it is: no `<` can end or begin an element there. */
const embeddable = (value: object) => Buffer.from(JSON.stringify(value).replaceAll('<', '\\u003c'))

export function routes(app: FastifyInstance, db: Database, { ONRECORD_SITE_URL: siteUrl }: Config) {
  app.get<{ Params: { id: string } }>(
    '/articles/:id/jsonld',
    {
      schema: {
        operationId: 'getArticleJsonld',
        tags: ['formats'],
        summary: 'A published article as JSON-LD of schema.org, which a page may embed as it stands.',
        params: strict({ id: articleName }),
        response: {
          200: {
            description:
              'A NewsArticle with its Quotations, Claims, corrections and the rights of its pictures.',
            content: { [mediaType]: { schema: Type.Object({}) } }
          },
          308: movedAnswer
        }
      }
    },
    (request, reply) =>
      sendArticle(db, request, reply, request.params.id, {
        type: mediaType,
        tags: [ofPublisher],
        rewrite: async (document) => {
          const article = JSON.parse(document.toString()) as Article
          const policy = await policyOf(db.read, siteUrl)
          return embeddable(jsonld(withWholeAddresses(article, policy.publisher), policy))
        }
      })
  )
}
