// Restoring: the draft gets the content of an edition or of an earlier revision. The published edition is not touched,
// nor are slug, dates, hold, embargo, comment policy and notes.
import * as changes from '../../changes/log/store.ts'
import { reanchor } from '../../content/articles/anchoring.ts'
import { draftArticle } from '../../content/articles/assemble.ts'
import { contentOf } from '../../content/articles/content.ts'
import { checkNoLegalHold } from '../../content/articles/guards.ts'
import * as revisions from '../../content/articles/revisions.ts'
import type { Article, DraftArticle } from '../../content/articles/schema.ts'
import * as articles from '../../content/articles/store.ts'
import * as attributions from '../../content/attributions/store.ts'
import { claimAnchor, quoteAnchor, withoutAnchors } from '../../content/body/anchors/anchors.ts'
import { yieldIfLong } from '../../content/body/length.ts'
import { mentions } from '../../content/body/mentions.ts'
import type { Body } from '../../content/body/schema.ts'
import { clearMissingTargets } from '../../content/corrections/targets.ts'
import * as credits from '../../content/credits/store.ts'
import * as media from '../../content/media/store.ts'
import * as quotes from '../../content/quotes/store.ts'
import * as sources from '../../content/sources/store.ts'
import { checkVersion, type Expected } from '../../http/etag.ts'
import { found } from '../../http/problems.ts'
import type { Writer } from '../../storage/database.ts'
import { mergedBylines, withMergedNames } from '../merges/restored.ts'
import * as editions from './store.ts'

/** A revision in the 404 of `found`, which says where those are that there are. */
export const revisionName = 'revision: the list of revisions has those that are kept'

/** Restores an edition with its quotes and attributions. Throws 404, 412, 409, 422. */
export async function restoreEdition(
  tx: Writer,
  id: string,
  number: number,
  versions: Expected
): Promise<DraftArticle> {
  const before = checkVersion(await articles.byIdOrSlug(tx, id), versions, 'article')
  await yieldIfLong(before.body)
  const edition = await editions.foundEdition(tx, id, number, await editions.byNumber(tx, id, number))
  const document = await withMergedNames(tx, edition.document)
  await yieldIfLong(document.body as Body)
  await recreateShared(tx, document)
  const version = before.version + 1
  const all = [...document.quotes.flatMap((quote) => quote.attributions), ...document.attributions]
  const there = new Set([...document.quotes, ...all].map((one) => one.id))
  const { quotes: said, attributions: rests } = await quotes.ofArticle(tx, id)
  if ([...said, ...rests].some((one) => !there.has(one.id))) checkNoLegalHold(before)
  await quotes.replaceAll(tx, id, document.quotes, version)
  await attributions.replaceAll(tx, id, all, version)
  await clearMissingTargets(tx, id, there)
  const content = contentOf({ ...document, body: document.body as Body })
  return writeRestored(tx, before, content, { edition: number })
}

/** Restores an earlier revision; annotations of deleted records are left out. Throws likewise. */
export async function restoreRevision(
  tx: Writer,
  id: string,
  version: number,
  versions: Expected
): Promise<DraftArticle> {
  const before = checkVersion(await articles.byIdOrSlug(tx, id), versions, 'article')
  await yieldIfLong(before.body)
  const { draft } = found(await revisions.byVersion(tx, id, version), revisionName)
  await yieldIfLong(draft.body!)
  const body = await withoutDanglingAnchors(tx, id, draft.body!)
  await yieldIfLong(body)
  const bylines = await mergedBylines(tx, draft.bylines!)
  return writeRestored(tx, before, contentOf({ ...draft, bylines, body }), { revision: version })
}

async function writeRestored(
  tx: Writer,
  { id, version }: articles.WorkingCopy,
  content: ReturnType<typeof contentOf>,
  detail: Record<string, unknown>
) {
  const after = await articles.change(
    tx,
    id,
    [version],
    (now) => ({ ...now, ...content }),
    (body, old) => reanchor(tx, id, body, old)
  )
  await changes.append(tx, {
    action: 'restore',
    kind: 'article',
    id,
    articleId: id,
    version: after.version,
    detail
  })
  return draftArticle(tx, after)
}

/** Recreates sources and media that were deleted since, with their old ids. */
async function recreateShared(tx: Writer, { sources: named, media: shown }: Article) {
  const there = new Set(
    (
      await sources.withAffiliations(
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
      await media.publicForms(
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

/** The body without anchors of quotes and claims that do not exist any more. */
async function withoutDanglingAnchors(tx: Writer, id: string, body: Body): Promise<Body> {
  const said = await quotes.ofArticle(tx, id)
  const known = new Set([...said.quotes, ...said.attributions].map((one) => one.id))
  const dangling = mentions(body).flatMap(({ kind, id }) => {
    if (kind === 'media' || known.has(id)) return []
    return kind === 'quote' ? quoteAnchor(id) : claimAnchor(id)
  })
  return withoutAnchors(body, dangling)
}
