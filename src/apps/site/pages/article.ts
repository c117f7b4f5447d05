// The page of an article.
import type { FastifyRequest } from 'fastify'
import type { Article } from '../../../content/articles/schema.ts'
import type { Body } from '../../../content/body/schema.ts'
import type { Correction } from '../../../content/corrections/schema.ts'
import { titles } from '../../../content/corrections/titles.ts'
import type { Comment } from '../../../discussion/comments/schema.ts'
import { notFound } from '../../../http/problems.ts'
import { ofDocument, ofFacet, ofSlug } from '../../../newsstand/documents/cache-tags.ts'
import * as published from '../../../newsstand/documents/published.ts'
import { notFoundOrGone } from '../../../newsstand/server/reply.ts'
import type { Database } from '../../../storage/database.ts'
import type { Moved, Page } from '../answer.ts'
import { bodyHtml } from '../body.ts'
import { type Html, html } from '../html.ts'
import { articlePath, date } from '../layout.ts'
import { listPage, parsed, slugsOf } from '../read.ts'
import { byline, kicker } from './cards.ts'
import { thread } from './comments.ts'
import { figure } from './figure.ts'
import { alternates, otherLanguages } from './translations.ts'
import { numbersOf, voices } from './voices.ts'

/** A correction as readers see it. */
export const correction = ({ kind, text, was, now, publishedAt }: Correction) =>
  html`<div class="correction"><h3>${titles[kind]}${publishedAt && html`, ${date(publishedAt)}`}</h3><p>${text}</p>${was && html`<p>It said: <del>${was}</del>${now && html` It says now: <ins>${now}</ins>`}</p>`}</div>`

const corrections = (all: Correction[]): Html | null =>
  all.length === 0
    ? null
    : html`<section class="corrections" aria-labelledby="corrected"><h2 id="corrected">What was corrected</h2>${all.map(correction)}</section>`

/** The article of this slug, or where it is now. Throws 404, or 410. */
export async function article(db: Database, request: FastifyRequest): Promise<Page | Moved> {
  const { slug } = request.params as { slug: string }
  const row = await published.bySlug(db.read, slug)
  if (row === undefined) return moved(db, slug)
  const story = parsed<Article>(row.bytes!)
  const ours = story.quotes.flatMap(({ attributions }) => attributions).concat(story.attributions)
  const slugs = await slugsOf(
    db.read,
    ours.flatMap(({ hops }) => hops.flatMap(({ articleId }) => articleId ?? []))
  )
  const names = { sources: new Map(story.sources.map((one) => [one.id, one])), slugs }
  const comments = await listPage<Comment>(db.read, request, {
    kind: 'comment',
    facets: { article: [story.id] },
    limit: 50,
    ascending: true
  })
  const about = story.summary ?? story.dek
  const lead = story.media.find(({ id }) => id === story.leadMediaId)
  const main = html`<article class="story" lang="${story.language}" dir="auto">
<header class="narrow">${kicker(story.section)}<h1>${story.title}</h1>${story.dek && html`<p class="dek">${story.dek}</p>`}
<p class="meta" lang="en">${byline(story.bylines)} ${story.publishedAt && date(story.publishedAt)}${story.corrections.length > 0 && html` · <a href="#corrected">corrected</a>`}${story.quotes.length > 0 && html` · <a href="#who">who said what</a>`}</p>
${otherLanguages(story)}
${story.retracted && html`<p class="notice" lang="en" role="note"><strong>This story is retracted.</strong></p>`}</header>
${lead && html`<div class="picture">${figure(lead, 'eager')}</div>`}
<div class="narrow body">${bodyHtml(story.body as Body, { media: story.media, numbers: numbersOf(story) })}</div>
<div class="narrow" lang="en">${corrections(story.corrections)}${voices(story, names)}
<p class="meta">${story.origin?.publisher && html`First published by ${story.origin.url ? html`<a href="${story.origin.url}" rel="noopener">${story.origin.publisher}</a>` : story.origin.publisher}. `}<a href="${`/v1/articles/${story.id}`}">This story as JSON</a></p></div>
</article>
${thread(story.id, comments)}`
  return {
    title: story.title,
    main,
    head: html`${about && html`<meta name="description" content="${about}">`}${story.canonicalUrl && html`<link rel="canonical" href="${story.canonicalUrl}">`}${alternates(story)}<link rel="alternate" type="application/json" href="${`/v1/articles/${story.id}`}"><script type="module" src="/site/comments.js"></script>`,
    records: [{ kind: 'article', id: story.id, articleId: story.id }, ...comments.records],
    lists: ['source', 'media', 'comment'],
    tags: [
      ofDocument('article', story.id),
      ofFacet('comment', { name: 'article', value: story.id }),
      ...[...slugs.keys()].map((id) => ofDocument('article', id))
    ]
  }
}

async function moved(db: Database, slug: string): Promise<Moved> {
  const id = await published.articleAtFormerSlug(db.read, slug)
  if (id === undefined) throw notFound('article')
  const now = (await slugsOf(db.read, [id])).get(id)
  if (now === undefined) throw await notFoundOrGone(db.read, 'article', id)
  return { location: articlePath(now), id, tags: [ofDocument('article', id), ofSlug(slug.normalize('NFC'))] }
}
