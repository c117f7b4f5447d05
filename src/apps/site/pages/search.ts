// Search: stories and quotes, by their words.
import type { FastifyRequest } from 'fastify'
import type { ArticleCard } from '../../../content/articles/schema.ts'
import { type Html, html } from '../../../formats/markup/html.ts'
import { date } from '../../../formats/markup/phrases.ts'
import { encodeCursor } from '../../../http/input/cursor.ts'
import { ofList } from '../../../newsstand/documents/cache-tags.ts'
import { withInclusions } from '../../../newsstand/lists/inclusions.ts'
import { placeOf } from '../../../newsstand/lists/listing.ts'
import { highlighted, type Part, snippet } from '../../../newsstand/search/highlights.ts'
import { finder } from '../../../newsstand/search/matches.ts'
import { type FoundWords, search as find } from '../../../newsstand/search/search.ts'
import type { Database } from '../../../storage/database.ts'
import { textBytes } from '../../../storage/text/packed-text.ts'
import { termsOf } from '../../../storage/text/query-parser.ts'
import type { Page } from '../answer.ts'
import { articlePath, older } from '../layout.ts'
import { parameter, parsed } from '../read.ts'
import { originOf, type QuoteItem } from './records.ts'

const perPage = 20
const kinds = ['article', 'quote'] as const
/** As long as a query of the API may be. */
const maxLength = 200

const marked = (parts: Part[]) => parts.map(({ text, match }) => (match ? html`<mark>${text}</mark>` : text))

/** What was found for `q`. */
export async function search(db: Database, request: FastifyRequest): Promise<Page> {
  const q = (parameter(request, 'q') ?? '').slice(0, maxLength)
  const terms = termsOf(q)
  const list = { routeOptions: { url: '/search' }, params: {}, query: { q } }
  const found = await find(db.read, {
    kinds: [...kinds],
    facets: {},
    terms,
    byRelevance: true,
    ascending: false,
    after: placeOf(list, parameter(request, 'cursor')),
    limit: perPage + 1
  })
  const shown = found.slice(0, perPage)
  const next = found.length > perPage ? encodeCursor(list, ...shown.at(-1)!.place) : null
  const quotes = await withInclusions(
    db.read,
    'quote',
    shown.filter(({ kind }) => kind === 'quote'),
    ['article', 'sources']
  )
  const origins = new Map(quotes.items.map(({ id, card }) => [id, originOf(parsed<QuoteItem>(card))]))
  const matches = finder(terms)
  const result = ({ id, kind, headline, words, card }: FoundWords): Html => {
    const text = html`<p>${marked(snippet(textBytes(words), matches))}</p>`
    if (kind === 'quote') return html`<li><p class="kicker">Quote</p>${text}${origins.get(id)}</li>`
    const { slug, language, publishedAt } = parsed<ArticleCard>(card)
    return html`<li lang="${language}" dir="auto"><h2><a href="${articlePath(slug)}">${marked(highlighted(headline, matches))}</a></h2>${text}<p class="meta">${publishedAt && date(publishedAt)}</p></li>`
  }
  const heading = q === '' ? 'Search' : `Search: ${q}`
  const main = html`<div class="narrow"><h1>${heading}</h1>${q !== '' && shown.length === 0 && html`<p role="status">Nothing was found.</p>`}<ol class="plain results">${shown.map(result)}</ol>${older(next, { q })}</div>`
  return {
    title: heading,
    main,
    query: q,
    head: html`<meta name="robots" content="noindex">`,
    lists: ['quote', 'source'],
    records: [...shown, ...quotes.beside],
    tags: [...kinds.map(ofList), ...quotes.tags]
  }
}
