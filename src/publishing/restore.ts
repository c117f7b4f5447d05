// Restoring: an edition, or an earlier draft, becomes the draft. What is published is never touched.
import { settled } from '../articles/anchoring.ts'
import * as revisions from '../articles/revisions.ts'
import type { Article, DraftArticle, NewArticle } from '../articles/schema.ts'
import * as articles from '../articles/store.ts'
import { draft } from '../articles/whole.ts'
import * as attributions from '../attributions/store.ts'
import { claimAnchor, quoteAnchor, released } from '../body/anchors.ts'
import { mentions } from '../body/mentions.ts'
import type { Body } from '../body/schema.ts'
import * as changes from '../changes/store.ts'
import * as credits from '../credits/store.ts'
import { type Expected, guarded } from '../etag.ts'
import * as media from '../media/store.ts'
import { found } from '../problems.ts'
import * as quotes from '../quotes/store.ts'
import * as sources from '../sources/store.ts'
import type { Writer } from '../storage/database.ts'
import * as editions from './editions.ts'

/** Makes an edition the draft, with its quotes and attributions. Throws 404, 412, 409, 422. */
export async function restoreEdition(
  tx: Writer,
  id: string,
  number: number,
  versions: Expected
): Promise<DraftArticle> {
  const before = guarded(await articles.byName(tx, id), versions, 'article')
  const { document } = found(await editions.byNumber(tx, id, number), 'edition')
  await bringBack(tx, document)
  const version = before.version + 1
  await quotes.replaceAll(tx, id, document.quotes, version)
  const all = [...document.quotes.flatMap((quote) => quote.attributions), ...document.attributions]
  await attributions.replaceAll(tx, id, all, version)
  return restored(tx, before, { ...articles.inputOf(before), ...contentOf(document) }, { edition: number })
}

/** Makes an earlier draft the draft; what it was annotated with and is no longer there is left out. Throws likewise. */
export async function restoreRevision(
  tx: Writer,
  id: string,
  version: number,
  versions: Expected
): Promise<DraftArticle> {
  const before = guarded(await articles.byName(tx, id), versions, 'article')
  const { draft } = found(await revisions.byVersion(tx, id, version), 'revision')
  const body = await withoutStrays(tx, id, draft.body as Body)
  return restored(tx, before, { ...draft, body }, { revision: version })
}

async function restored(
  tx: Writer,
  { id, version }: articles.Working,
  input: NewArticle,
  detail: Record<string, unknown>
) {
  const after = await articles.change(
    tx,
    id,
    [version],
    () => input,
    (body) => settled(tx, id, body)
  )
  await changes.append(tx, {
    action: 'restore',
    kind: 'article',
    id,
    articleId: id,
    version: after.version,
    detail
  })
  return draft(tx, after)
}

/** What of an edition a draft is made of. */
const contentOf = (article: Article): NewArticle => ({
  slug: article.slug,
  title: article.title,
  dek: article.dek,
  summary: article.summary,
  language: article.language,
  section: article.section,
  tags: article.tags,
  dateline: article.dateline,
  bylines: article.bylines,
  body: article.body as Body,
  leadMediaId: article.leadMediaId,
  origin: article.origin,
  canonicalUrl: article.canonicalUrl,
  publishedAt: article.publishedAt,
  commentPolicy: article.commentPolicy,
  extra: article.extra
})

/** Makes those of its sources and media anew that were deleted since, under their old ids. */
async function bringBack(tx: Writer, { sources: named, media: shown }: Article) {
  const there = new Set(
    (
      await sources.named(
        tx,
        named.map(({ id }) => id)
      )
    ).map(({ id }) => id)
  )
  const missing = new Map(named.filter(({ id }) => !there.has(id)).map((one) => [one.id, one]))
  const create = async ({ id, ...source }: (typeof named)[number]): Promise<void> => {
    if (!missing.delete(id)) return
    const above = missing.get(source.affiliationId ?? '')
    if (above) await create(above)
    await sources.create(tx, source, id)
  }
  for (const source of [...missing.values()]) await create(source)
  const files = new Set(
    (
      await media.shown(
        tx,
        shown.map(({ id }) => id)
      )
    ).map(({ media }) => media.id)
  )
  for (const { id, credits: of, ...file } of shown) {
    if (files.has(id)) continue
    await media.create(tx, file, id)
    for (const { id: creditId, mediaId, ...credit } of of) await credits.create(tx, mediaId, credit, creditId)
  }
}

/** The body without the anchors of quotes and claims that the article does not have any more. */
async function withoutStrays(tx: Writer, id: string, body: Body): Promise<Body> {
  const said = await quotes.saidIn(tx, id)
  const known = new Set([...said.quotes, ...said.attributions].map((one) => one.id))
  return mentions(body).reduce((rest, one) => {
    if (one.kind === 'media' || known.has(one.id)) return rest
    return released(rest, one.kind === 'quote' ? quoteAnchor(one.id) : claimAnchor(one.id))
  }, body)
}
