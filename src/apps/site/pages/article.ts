// The page of an article.
import type { FastifyRequest } from 'fastify'
import type { Article } from '../../../content/articles/schema.ts'
import type { Comment } from '../../../discussion/comments/schema.ts'
import { oembedOf } from '../../../formats/embeds/links.ts'
import { html } from '../../../formats/markup/html.ts'
import { storyHtml } from '../../../formats/markup/story.ts'
import { notFound } from '../../../http/problems.ts'
import { ofDocument, ofFacet, ofSlug } from '../../../newsstand/documents/cache-tags.ts'
import * as published from '../../../newsstand/documents/published.ts'
import { notFoundOrGone } from '../../../newsstand/server/reply.ts'
import type { Database } from '../../../storage/database.ts'
import type { Moved, Page } from '../answer.ts'
import { articlePath, linksTo } from '../layout.ts'
import { listPage, parsed, slugsOf } from '../read.ts'
import { thread } from './comments.ts'
import { alternates } from './translations.ts'

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
  const comments = await listPage<Comment>(db.read, request, {
    kind: 'comment',
    facets: { article: [story.id] },
    limit: 50,
    ascending: true
  })
  const about = story.summary ?? story.dek
  const languages = story.translations.map(({ id, slug }) => [id, slug] as const)
  const graph = `/v1/articles/${story.id}/provenance`
  const markup = await storyHtml(story, linksTo(new Map([...slugs, ...languages])), {
    voices: html`
<details><summary>What rests on what, as a picture</summary><div class="graph" tabindex="0"><img src="${`${graph}?as=svg`}" alt="The chains above as a graph" loading="lazy"></div>
<p><a href="${`${graph}?as=svg`}">The picture by itself</a> · <a href="${graph}">the graph as JSON</a></p></details>`,
    end: html`<a href="${`/v1/articles/${story.id}`}">This story as JSON</a>`
  })
  const main = html`${markup}
${thread(story.id, comments)}`
  return {
    title: story.title,
    main,
    head: html`${about && html`<meta name="description" content="${about}">`}${story.canonicalUrl && html`<link rel="canonical" href="${story.canonicalUrl}">`}${alternates(story)}<link rel="alternate" type="application/json" href="${`/v1/articles/${story.id}`}"><script type="module" src="/site/comments.js"></script>`,
    alternates: (publisher) => oembedOf(story, publisher),
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
