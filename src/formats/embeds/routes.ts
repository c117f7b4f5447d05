// Quote cards, and oEmbed: how pages of others show what is published here.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Config } from '../../config/config.ts'
import type { Article } from '../../content/articles/schema.ts'
import type { Quote } from '../../content/quotes/schema.ts'
import { preferred } from '../../http/input/negotiation.ts'
import { HttpProblem, mayFail } from '../../http/problems.ts'
import { id, ref, strict } from '../../http/schemas.ts'
import { ofDocument, ofPublisher } from '../../newsstand/documents/cache-tags.ts'
import * as published from '../../newsstand/documents/published.ts'
import { sendComposed } from '../../newsstand/server/composed.ts'
import { notFoundOrGone } from '../../newsstand/server/reply.ts'
import type { Database } from '../../storage/database.ts'
import { headersOfRecord } from '../ai-use/headers.ts'
import { pagesOf, withWholeAddresses } from '../publisher/addresses.ts'
import { publisher } from '../publisher/store.ts'
import { meantBy } from './address.ts'
import { cardOf } from './card.ts'
import { cardHeaders, cardHtml } from './card-html.ts'
import { cardSvg } from './card-svg.ts'
import { articleEmbed, asXml, quoteEmbed } from './oembed.ts'
import { type CardForm, CardQuery, cardTypes, Oembed, OembedQuery } from './schema.ts'

type Options = Pick<Config, 'ONRECORD_SITE_URL'>

export function routes(app: FastifyInstance, db: Database, options: Options) {
  app.addSchema(Oembed)
  cardRoute(app, db, options)
  oembedRoute(app, db, options)
}

const writers = { html: cardHtml, svg: cardSvg }

function cardRoute(app: FastifyInstance, db: Database, { ONRECORD_SITE_URL: siteUrl }: Options) {
  const text = Type.String({ description: 'The card in this form.' })
  app.get<{ Params: { id: string }; Querystring: CardQuery }>(
    '/quotes/:id/card',
    {
      schema: {
        operationId: 'getQuoteCard',
        tags: ['formats'],
        summary:
          'A published quote as a card that other pages show: its words, whose they are, according to whom.',
        description:
          'A page for a frame or a picture, by `as` or else by `Accept`. It has no script, link or outside reference, and its policy (`sandbox`) allows none.',
        params: strict({ id: id('quo') }),
        querystring: CardQuery,
        response: {
          200: {
            description: 'The card.',
            content: Object.fromEntries(Object.values(cardTypes).map((type) => [type, { schema: text }]))
          }
        }
      }
    },
    (request, reply) => {
      const form = request.query.as ?? negotiated(request)
      const { id } = request.params
      return sendComposed(
        db,
        request,
        reply,
        async () => {
          const row = await published.byId(db.read, 'quote', id)
          const article = row && (await published.documentOf(db.read, 'article', row.articleId!))
          if (row === undefined || article === undefined) throw await notFoundOrGone(db.read, 'quote', id)
          // As: the documents of published records are written by publishing alone.
          const quote = JSON.parse(String(row.bytes)) as Quote
          const card = cardOf(
            quote,
            JSON.parse(String(article)) as Article,
            await publisher(db.read, siteUrl)
          )
          const terms = await headersOfRecord(db.read, siteUrl, {
            kind: 'quote',
            id,
            articleId: row.articleId
          })
          return {
            bytes: writers[form](card),
            type: `${cardTypes[form]}; charset=utf-8`,
            tags: [ofDocument('quote', id), ofDocument('article', row.articleId!), ofPublisher],
            keys: [id, row.articleId!, 'publisher'],
            headers: { ...terms, ...cardHeaders }
          }
        },
        // What Accept chose is kept apart from what the address names.
        request.query.as ? undefined : form
      )
    }
  )
}

/** The form that the client prefers: a page, unless it is a picture that is looked for. */
function negotiated({ headers: { accept } }: FastifyRequest): CardForm {
  return preferred(accept, Object.values(cardTypes)) === cardTypes.svg ? 'svg' : 'html'
}

function oembedRoute(app: FastifyInstance, db: Database, { ONRECORD_SITE_URL: siteUrl }: Options) {
  app.get<{ Querystring: OembedQuery }>(
    '/oembed',
    {
      schema: {
        operationId: 'getOembed',
        tags: ['formats'],
        summary: 'How another page shows an article or a quote of this newsroom (oEmbed 1.0).',
        querystring: OembedQuery,
        response: {
          200: {
            description: 'What to show.',
            content: {
              'application/json': { schema: ref(Oembed) },
              'text/xml': { schema: Type.String({ description: 'The same as XML.' }) }
            }
          }
        }
      },
      ...mayFail('not-found', 'not-implemented')
    },
    (request, reply) => {
      const { url, format = 'json', maxwidth, maxheight } = request.query
      if (format !== 'json' && format !== 'xml')
        throw new HttpProblem('not-implemented', `oEmbed is answered as json or xml, not as ${format}.`)
      return sendComposed(db, request, reply, async () => {
        const about = await publisher(db.read, siteUrl)
        const pages = pagesOf(about, 'Embeds')
        const meant = await meantBy(db.read, url, pages)
        if (meant === undefined)
          throw new HttpProblem(
            'not-found',
            'No published article or quote of this newsroom has this address: ask with that of its page, or of /v1/articles or /v1/quotes.'
          )
        const { article, quoteId, tags } = meant
        const whole = withWholeAddresses(article, about)
        const query = { ...(maxwidth && { maxwidth }), ...(maxheight && { maxheight }) }
        const asked = { publisher: about, pages, query }
        const embed = quoteId ? quoteEmbed(whole, quoteId, asked) : articleEmbed(whole, asked)
        const isXml = format === 'xml'
        return {
          bytes: isXml ? asXml(embed) : Buffer.from(JSON.stringify(embed)),
          type: isXml ? 'text/xml; charset=utf-8' : 'application/json; charset=utf-8',
          tags: [...tags, ofDocument('article', article.id), ofPublisher],
          keys: [article.id, 'publisher']
        }
      })
    }
  )
}
