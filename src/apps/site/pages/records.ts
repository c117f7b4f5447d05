// Lists of what is in the stories: who said what, corrections, one source.
import type { FastifyRequest } from 'fastify'
import type { ArticleCard } from '../../../content/articles/schema.ts'
import type { Correction } from '../../../content/corrections/schema.ts'
import type { Quote } from '../../../content/quotes/schema.ts'
import type { Source } from '../../../content/sources/schema.ts'
import { html } from '../../../formats/markup/html.ts'
import { date } from '../../../formats/markup/phrases.ts'
import { correction } from '../../../formats/markup/story.ts'
import { chain } from '../../../formats/markup/voices.ts'
import { ofDocument, ofFacet, ofList } from '../../../newsstand/documents/cache-tags.ts'
import * as published from '../../../newsstand/documents/published.ts'
import { notFoundOrGone } from '../../../newsstand/server/reply.ts'
import type { Database } from '../../../storage/database.ts'
import type { Page } from '../answer.ts'
import { articlePath, linksTo, older } from '../layout.ts'
import { type ListPage, listPage, parsed } from '../read.ts'
import { card } from './cards.ts'

/** A quote with its story, and the sources of its chains. */
export type QuoteItem = Quote & { included: { article: ArticleCard | null; sources: { data: Source[] } } }
type CorrectionItem = Correction & { included: { article: ArticleCard | null } }

const story = (article: ArticleCard | null) =>
  article &&
  html`<p class="meta">In <a href="${articlePath(article.slug)}">${article.title}</a>${article.publishedAt && html`, ${date(article.publishedAt)}`}</p>`

const quote = (item: QuoteItem) =>
  html`<li class="quote"><blockquote lang="${item.language ?? 'und'}" dir="auto">${item.text}</blockquote>${originOf(item)}</li>`

/** Who said a quote, through whom, and in which story. */
export function originOf({ attributions, included: { article, sources } }: QuoteItem) {
  const names = {
    sources: new Map(sources.data.map((one) => [one.id, one])),
    links: linksTo(new Map())
  }
  return html`${attributions.map((one) => chain(one, names))}${story(article)}`
}

/** The newest quotes of all stories, with who said them. */
export async function quotes(db: Database, request: FastifyRequest): Promise<Page> {
  const { items, next, records, tags } = await listPage<QuoteItem>(db.read, request, {
    kind: 'quote',
    include: ['article', 'sources'],
    limit: 20
  })
  const main = html`<div class="narrow"><h1>Who said what</h1><ul class="plain">${items.map(quote)}</ul>${older(next)}</div>`
  return { title: 'Who said what', main, lists: ['quote'], records, tags: [...tags, ofList('quote')] }
}

/** What was corrected, newest first. */
export async function corrections(db: Database, request: FastifyRequest): Promise<Page> {
  const { items, next, records, tags } = await listPage<CorrectionItem>(db.read, request, {
    kind: 'correction',
    include: ['article'],
    limit: 20
  })
  const main = html`<div class="narrow"><h1>Corrections</h1>${items.length === 0 && html`<p>There are none.</p>`}${items.map((one) => html`${correction(one)}${story(one.included.article)}`)}${older(next)}</div>`
  return { title: 'Corrections', main, lists: ['correction'], records, tags: [...tags, ofList('correction')] }
}

/** One source: what it said, the stories it wrote, and those that name it. Throws 404, or 410. */
export async function source(db: Database, request: FastifyRequest): Promise<Page> {
  const { id } = request.params as { id: string }
  const document = await published.documentOf(db.read, 'source', id)
  if (document === undefined) throw await notFoundOrGone(db.read, 'source', id)
  const { name, role, url } = parsed<Source>(document)
  const facets = { source: [id] }
  const said = await listPage<QuoteItem>(db.read, request, {
    ...{ kind: 'quote', facets, limit: 20, cursorIn: 'said' },
    include: ['article', 'sources']
  })
  const storiesOf = (facets: Record<string, string[]>, cursorIn: string) =>
    listPage<ArticleCard>(db.read, request, { kind: 'article', facets, limit: 12, cursorIn })
  const wrote = await storiesOf({ author: [id] }, 'wrote')
  const naming = await storiesOf(facets, 'naming')
  const main = html`<div class="narrow"><h1>${name}</h1>${role && html`<p class="dek">${role}</p>`}${url && html`<p><a href="${url}" rel="noopener">${url}</a></p>`}
${said.items.length > 0 && html`<h2>Said</h2><ul class="plain">${said.items.map(quote)}</ul>${older(said.next, {}, 'said')}`}</div>
${cards(`Stories by ${name}`, wrote, 'wrote')}${cards(`Stories that name ${name}`, naming, 'naming')}`
  return {
    title: name,
    main,
    lists: ['source', 'quote'],
    records: [{ kind: 'source', id, articleId: null }, ...said.records, ...wrote.records, ...naming.records],
    tags: [
      ...said.tags,
      ofDocument('source', id),
      ofFacet('quote', { name: 'source', value: id }),
      ofFacet('article', { name: 'author', value: id }),
      ofFacet('article', { name: 'source', value: id })
    ]
  }
}

/** The stories of a list below a heading, where there are any. */
const cards = (heading: string, { items, next }: ListPage<ArticleCard>, cursorIn: string) =>
  items.length > 0 &&
  html`<div class="wide"><h2>${heading}</h2><div class="cards">${items.map((one) => card(one))}</div>${older(next, {}, cursorIn)}</div>`
