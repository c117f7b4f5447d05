// The front page, and the pages of sections.
import type { FastifyRequest } from 'fastify'
import type { ArticleCard } from '../../../content/articles/schema.ts'
import { feedsOf } from '../../../formats/feeds/links.ts'
import { html } from '../../../formats/markup/html.ts'
import { notFound } from '../../../http/problems.ts'
import { ofFacet, ofList } from '../../../newsstand/documents/cache-tags.ts'
import type { Database } from '../../../storage/database.ts'
import type { Page } from '../answer.ts'
import { older } from '../layout.ts'
import { listPage, parameter } from '../read.ts'
import { card } from './cards.ts'

const perPage = 12

/** The newest articles. */
export async function front(db: Database, request: FastifyRequest): Promise<Page> {
  const { items, next, records, tags } = await listPage<ArticleCard>(db.read, request, {
    kind: 'article',
    limit: perPage
  })
  const isFirst = parameter(request, 'cursor') === undefined
  const [lead, ...others] = items
  const main = html`<div class="wide"><h1 class="hidden">The newest stories</h1>
${lead === undefined && html`<p>Nothing is published yet.</p>`}
${lead && isFirst && card(lead, true)}
<div class="cards">${(isFirst ? others : items).map((one) => card(one))}</div>${older(next)}</div>`
  return {
    title: 'The newest stories',
    main,
    alternates: (publisher) => feedsOf(publisher),
    records,
    tags: [...tags, ofList('article')]
  }
}

/** The newest articles of a section. Throws 404. */
export async function section(db: Database, request: FastifyRequest): Promise<Page> {
  const { name } = request.params as { name: string }
  const { items, next, records, tags } = await listPage<ArticleCard>(db.read, request, {
    kind: 'article',
    facets: { section: [name] },
    limit: perPage
  })
  if (items.length === 0) throw notFound('section')
  const main = html`<div class="wide"><h1>${name}</h1><div class="cards">${items.map((one) => card(one))}</div>${older(next)}</div>`
  return {
    title: name,
    main,
    alternates: (publisher) => feedsOf(publisher, name),
    records,
    tags: [...tags, ofFacet('article', { name: 'section', value: name })]
  }
}
