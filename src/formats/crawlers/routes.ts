import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { Config } from '../../config/config.ts'
import { HttpProblem } from '../../http/problems.ts'
import { strict } from '../../http/schemas.ts'
import { ofList, ofMonth, ofPublisher } from '../../newsstand/documents/cache-tags.ts'
import { months } from '../../newsstand/lists/months.ts'
import { type Composed, sendComposed } from '../../newsstand/server/composed.ts'
import type { Database, Reader } from '../../storage/database.ts'
import { rulesOf } from '../ai-use/rules.ts'
import { policyOf } from '../ai-use/store.ts'
import { apiAddress, type Pages, pagesOf } from '../publisher/addresses.ts'
import type { Publisher } from '../publisher/schema.ts'
import { publisher } from '../publisher/store.ts'
import { entriesOfMonth, maxArticles, newsEntries } from './articles.ts'
import { robots } from './robots.ts'
import { SitemapQuery, sitemapName } from './schema.ts'
import { newsSitemap, sitemap, sitemapIndex } from './sitemap.ts'

const xml = 'application/xml'

type Options = Pick<Config, 'ONRECORD_SITE_URL'> & { clock: () => Date }

/** What is composed for crawlers. */
function composer(db: Database, { ONRECORD_SITE_URL: siteUrl, clock }: Options) {
  async function newsOf(about: Publisher, pages: Pages) {
    const { entries, until } = await newsEntries(db.read, clock(), pages)
    return { bytes: await newsSitemap(entries, about), tags: [ofList('article')], until }
  }

  return {
    async sitemap(name: string, page = 1): Promise<Composed> {
      const about = await publisher(db.read, siteUrl)
      const pages = pagesOf(about, 'Sitemaps')
      const made = await (name === 'index'
        ? indexOf(db.read, about)
        : name === 'news'
          ? newsOf(about, pages)
          : monthOf(db.read, name, page, pages))
      return {
        ...made,
        type: `${xml}; charset=utf-8`,
        tags: [...made.tags, ofPublisher],
        keys: ['articles', 'publisher']
      }
    },
    async robots(): Promise<Composed> {
      const policy = await policyOf(db.read, siteUrl)
      const { rules, tags } = await rulesOf(db.read, policy)
      return {
        bytes: robots(policy.publisher, rules),
        type: 'text/plain; charset=utf-8',
        tags,
        keys: ['articles', 'media', 'ai-use', 'publisher']
      }
    }
  }
}

/** The files that crawlers ask a site for, at the addresses where they do. */
export function wellKnownFiles(app: FastifyInstance, db: Database, options: Options) {
  const compose = composer(db, options)
  const hidden = { schema: { hide: true } }
  app.get('/robots.txt', hidden, (request, reply) => sendComposed(db, request, reply, compose.robots))
  app.get('/sitemap.xml', hidden, (request, reply) =>
    sendComposed(db, request, reply, () => compose.sitemap('index'))
  )
}

export function routes(app: FastifyInstance, db: Database, options: Options) {
  const compose = composer(db, options)
  app.get<{ Params: { name: string }; Querystring: SitemapQuery }>(
    '/sitemaps/:name',
    {
      schema: {
        operationId: 'getSitemap',
        tags: ['formats'],
        summary: 'Sitemaps of the published articles, with their pictures: the index, the news, or a month.',
        params: strict({ name: sitemapName }),
        querystring: SitemapQuery,
        response: {
          200: {
            description: 'The sitemap (sitemaps.org, 0.9; at most 1,000 articles).',
            content: { [xml]: { schema: Type.String({ description: 'The sitemap.' }) } }
          }
        }
      }
    },
    (request, reply) =>
      sendComposed(db, request, reply, () => compose.sitemap(request.params.name, request.query.page))
  )

  app.get(
    '/robots',
    {
      schema: {
        operationId: 'getRobots',
        tags: ['formats'],
        summary: 'What crawlers may do and where the sitemaps are: the robots.txt of the site.',
        response: {
          200: {
            description: 'robots.txt (RFC 9309).',
            content: { 'text/plain': { schema: Type.String({ description: 'The file.' }) } }
          }
        }
      }
    },
    (request, reply) => sendComposed(db, request, reply, compose.robots)
  )
}

/** The index: the news, and the months, newest first, in parts where they have many articles. */
async function indexOf(db: Reader, about: Publisher) {
  const at = (path: string) => apiAddress(about, `/v1/sitemaps/${path}`)!
  const all = (await months(db)).reverse().flatMap(({ month, articles, updatedAt }) =>
    Array.from({ length: Math.ceil(articles / maxArticles) }, (_, i) => ({
      loc: at(i === 0 ? month : `${month}?page=${i + 1}`),
      lastmod: updatedAt
    }))
  )
  return { bytes: sitemapIndex([{ loc: at('news') }, ...all]), tags: [ofList('article')] }
}

/** The sitemap of a month. Throws 404 where it has no articles. */
async function monthOf(db: Reader, month: string, page: number, pages: Pages) {
  const entries = await entriesOfMonth(db, month, page, pages)
  if (entries === undefined)
    throw new HttpProblem(
      'not-found',
      'Nothing was published then: the index tells which sitemaps there are.'
    )
  return { bytes: await sitemap(entries), tags: [ofMonth(month)] }
}
