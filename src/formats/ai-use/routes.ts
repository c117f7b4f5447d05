import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { singletonRoutes } from '../../changes/singleton.ts'
import type { Config } from '../../config/config.ts'
import { type Article, articleName, movedAnswer } from '../../content/articles/schema.ts'
import { patchOf } from '../../http/input/merge-patch.ts'
import { HttpProblem, mayFail } from '../../http/problems.ts'
import { strict } from '../../http/schemas.ts'
import { ofPublisher } from '../../newsstand/documents/cache-tags.ts'
import { addHeaders } from '../../newsstand/server/added-headers.ts'
import { type Composed, sendComposed } from '../../newsstand/server/composed.ts'
import { sendArticle } from '../../newsstand/server/reply.ts'
import type { Database } from '../../storage/database.ts'
import { headersOfRecord } from './headers.ts'
import { pageOf, termsOfArticle } from './resolve.ts'
import { rsl, rslType } from './rsl.ts'
import { rulesOf } from './rules.ts'
import { AiUse, NewAiUse } from './schema.ts'
import * as store from './store.ts'
import { isSaid, tdmReservation } from './terms.ts'

const url = '/ai-use'
const tags = ['formats']
type Options = Pick<Config, 'ONRECORD_SITE_URL'>

const licence = (description: string) => ({
  200: {
    description,
    content: { [rslType]: { schema: Type.String({ description: 'The file.' }) } }
  }
})

/** What is composed for machines that ask for the terms of the whole site. */
function composer(db: Database, { ONRECORD_SITE_URL: siteUrl }: Options) {
  const keys = ['articles', 'media', 'ai-use', 'publisher']
  return {
    async rsl(): Promise<Composed> {
      const policy = await store.policyOf(db.read, siteUrl)
      const { rules, tags } = await rulesOf(db.read, policy)
      if (rules.length === 0) throw nothingSaid()
      const bytes = rsl(rules, policy.publisher, policy.aiUse.termsUrl)
      return { bytes, type: `${rslType}; charset=utf-8`, tags, keys }
    },
    async tdmrep(): Promise<Composed> {
      const policy = await store.policyOf(db.read, siteUrl)
      const { rules, tags } = await rulesOf(db.read, policy)
      const { termsUrl } = policy.aiUse
      // The file is about its own host.
      const entries = rules
        .filter(({ pattern }) => pattern.startsWith('/'))
        .map(({ pattern, terms }) => {
          const reservation = tdmReservation(terms)
          return {
            location: pattern,
            'tdm-reservation': reservation,
            ...(reservation === 1 && termsUrl && { 'tdm-policy': termsUrl })
          }
        })
      return {
        bytes: Buffer.from(JSON.stringify(entries)),
        type: 'application/json; charset=utf-8',
        tags,
        keys
      }
    }
  }
}

const nothingSaid = () =>
  new HttpProblem(
    'not-found',
    'Nothing is said of what machines may do here: an editor says it with /v1/ai-use.'
  )

/** The files that machines ask a site for, at the addresses where they do. */
export function wellKnownFiles(app: FastifyInstance, db: Database, options: Options) {
  const compose = composer(db, options)
  const hidden = { schema: { hide: true } }
  app.get('/.well-known/tdmrep.json', hidden, (request, reply) =>
    sendComposed(db, request, reply, compose.tdmrep)
  )
  app.get('/license.xml', hidden, (request, reply) => sendComposed(db, request, reply, compose.rsl))
}

export function routes(app: FastifyInstance, db: Database, options: Options) {
  addHeaders(db, (record) => headersOfRecord(db.read, options.ONRECORD_SITE_URL, record))
  settingRoutes(app, db)
  const compose = composer(db, options)

  app.get(
    '/rsl',
    {
      schema: {
        operationId: 'getRsl',
        tags,
        summary: 'What machines may do with what is published here, and what it costs: an RSL file.',
        response: licence('Really Simple Licensing 1.0.')
      },
      ...mayFail('not-found')
    },
    (request, reply) => sendComposed(db, request, reply, compose.rsl)
  )

  app.get(
    '/tdmrep',
    {
      schema: {
        operationId: 'getTdmrep',
        tags,
        summary: 'Whether rights of text and data mining are reserved, by address (TDMRep).',
        response: {
          200: {
            description: 'What belongs at `/.well-known/tdmrep.json`.',
            content: { 'application/json': { schema: Type.Array(Type.Object({})) } }
          }
        }
      }
    },
    (request, reply) => sendComposed(db, request, reply, compose.tdmrep)
  )

  app.get<{ Params: { id: string } }>(
    '/articles/:id/rsl',
    {
      schema: {
        operationId: 'getArticleRsl',
        tags,
        summary: 'What machines may do with this article: an RSL file of it alone.',
        params: strict({ id: articleName }),
        response: { ...licence('Really Simple Licensing 1.0.'), 308: movedAnswer }
      }
    },
    (request, reply) =>
      sendArticle(db, request, reply, request.params.id, {
        type: `${rslType}; charset=utf-8`,
        tags: [ofPublisher],
        rewrite: async (document) => {
          const article = JSON.parse(String(document)) as Article
          const policy = await store.policyOf(db.read, options.ONRECORD_SITE_URL)
          const terms = termsOfArticle(policy, article)
          const page = pageOf(policy, article)
          if (!isSaid(terms) || page === undefined) throw nothingSaid()
          return rsl([{ pattern: page, terms }], policy.publisher, policy.aiUse.termsUrl)
        }
      })
  )
}

function settingRoutes(app: FastifyInstance, db: Database) {
  const patch = patchOf(NewAiUse, 'AiUsePatch')
  for (const schema of [NewAiUse, AiUse, patch]) app.addSchema(schema)

  singletonRoutes(app, db, {
    ...store,
    url,
    tags,
    schemas: { input: NewAiUse, patch, draft: AiUse },
    get: {
      operationId: 'getAiUse',
      summary: 'What machines that read may do, as it was said: of the site, sections, articles, pictures.'
    },
    put: {
      operationId: 'replaceAiUse',
      summary: 'Say what machines that read may do; what is left out is not said.'
    },
    patch: {
      operationId: 'updateAiUse',
      summary: 'Change what is said of machines that read (RFC 7396): one article, by its id, say.'
    }
  })
}
