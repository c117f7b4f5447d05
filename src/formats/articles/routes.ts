// A published article in the forms of others, each at an address of its own.
import type { FastifyInstance } from 'fastify'
import { type TSchema, Type } from 'typebox'
import type { Config } from '../../config/config.ts'
import { type Article, articleName, movedAnswer } from '../../content/articles/schema.ts'
import { strict } from '../../http/schemas.ts'
import { ofPublisher } from '../../newsstand/documents/cache-tags.ts'
import { type ArticleFormName, articleTypes } from '../../newsstand/schema.ts'
import { sendArticle } from '../../newsstand/server/reply.ts'
import type { Database } from '../../storage/database.ts'
import { type Policy, policyOf } from '../ai-use/store.ts'
import { htmlOf } from '../feeds/entries.ts'
import { withWholeAddresses } from '../publisher/addresses.ts'
import { embeddable, jsonld } from './jsonld/article.ts'
import { markdown } from './markdown.ts'
import { ninjs } from './ninjs/item.ts'
import { page, pageHeaders } from './page.ts'
import { plainText } from './text.ts'

interface Form {
  operationId: string
  summary: string
  description: string
  schema: TSchema
  /** Parameters of the media type. */
  parameters?: string
  headers?: Record<string, string>
  write(article: Article, policy: Policy): Buffer | Promise<Buffer>
}

const text = (description: string) => Type.String({ description })
const utf8 = '; charset=utf-8'

/** The forms that Accept may choose too, and ninjs, which has no media type of its own. */
const forms: Record<Exclude<ArticleFormName, 'json'> | 'ninjs', Form> = {
  jsonld: {
    operationId: 'getArticleJsonld',
    summary: 'A published article as JSON-LD of schema.org, which a page may embed as it stands.',
    description: 'A NewsArticle with its Quotations, Claims, corrections and the rights of its pictures.',
    schema: Type.Object({}),
    write: (article, policy) => embeddable(jsonld(article, policy))
  },
  markdown: {
    operationId: 'getArticleMarkdown',
    summary: 'A published article as Markdown, with its data as front matter.',
    description: 'CommonMark with tables of GFM, after YAML.',
    schema: text('The story.'),
    parameters: utf8,
    write: markdown
  },
  text: {
    operationId: 'getArticleText',
    summary: 'A published article as plain text.',
    description: 'The words, with captions and credits, corrections, and who said what.',
    schema: text('The story.'),
    parameters: utf8,
    write: plainText
  },
  html: {
    operationId: 'getArticlePage',
    summary: 'A published article as a page that stands alone.',
    description: 'It has its own style, runs no script, and loads nothing but its pictures.',
    schema: text('The page.'),
    parameters: utf8,
    headers: pageHeaders,
    write: page
  },
  ninjs: {
    operationId: 'getArticleNinjs',
    summary: 'A published article as ninjs 3.3 (IPTC, News in JSON).',
    description: 'Its pictures with their rights, quotes, claims and corrections are associated items.',
    schema: Type.Object({}),
    write: async (article, policy) =>
      Buffer.from(JSON.stringify(ninjs(article, policy, await htmlOf(article))))
  }
}

const types = { ...articleTypes, ninjs: 'application/json' }

export function routes(app: FastifyInstance, db: Database, { ONRECORD_SITE_URL: siteUrl }: Config) {
  for (const [name, form] of Object.entries(forms)) {
    const { operationId, summary, description, schema, parameters = '', headers = {}, write } = form
    const type = types[name as keyof typeof types]
    app.get<{ Params: { id: string } }>(
      `/articles/:id/${name}`,
      {
        schema: {
          operationId,
          tags: ['formats'],
          summary,
          params: strict({ id: articleName }),
          response: { 200: { description, content: { [type]: { schema } } }, 308: movedAnswer }
        }
      },
      (request, reply) =>
        sendArticle(db, request, reply, request.params.id, {
          type: `${type}${parameters}`,
          headers,
          tags: [ofPublisher],
          rewrite: async (document) => {
            const article = JSON.parse(document.toString()) as Article
            const policy = await policyOf(db.read, siteUrl)
            return write(withWholeAddresses(article, policy.publisher), policy)
          }
        })
    )
  }
}
