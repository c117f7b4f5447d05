// Imports: a page that was read becomes a draft, and a record of what was proposed.
import { hash } from 'node:crypto'
import { promisify } from 'node:util'
import { deflate } from 'node:zlib'
import { and, desc, eq, or } from 'drizzle-orm'
import * as changes from '../../changes/log/store.ts'
import { isNotTrashed } from '../../content/articles/soft-deletion.ts'
import * as stories from '../../content/articles/story.ts'
import { plainText } from '../../content/body/text.ts'
import { Keys } from '../../content/external/keys.ts'
import { newId } from '../../http/ids.ts'
import type { Warning } from '../../http/schemas.ts'
import type { Reader, Writer } from '../../storage/database.ts'
import type { ProposedStory, SavedFile } from '../proposals/propose.ts'
import { countDoubtful } from './current-records.ts'
import { proposalsOf, unclearNames } from './proposals.ts'
import type { Imported } from './schema.ts'
import * as imports from './store.ts'

/** A page as it is kept. */
export interface StoredPage {
  mediaType: SavedFile['mediaType']
  digest: string
  bytes: number
  /** Undefined where no pages are kept. */
  deflated: Buffer | undefined
  file?: string
}

/** What the same page has in common, however it was sent. */
export const digestOf = (content: string) => hash('sha256', content)

/** What is kept of a page, worked out before a transaction is opened. */
export async function storedPage(
  { content, mediaType }: SavedFile,
  { ONRECORD_IMPORT_DAYS: days }: imports.Settings,
  file?: string
): Promise<StoredPage> {
  const deflated = days > 0 ? await promisify(deflate)(content) : undefined
  const bytes = Buffer.byteLength(content)
  return { mediaType, digest: digestOf(content), bytes, deflated, ...(file && { file }) }
}

/** How many earlier imports of a page are told of. */
const maxEarlier = 5

/** Earlier imports of this page, newest first: of the same content, or of the same address. */
export function earlierImports(
  db: Reader,
  { digest, canonicalUrl }: { digest: string; canonicalUrl?: string | null }
) {
  const { imports: i } = db.t
  const same = or(eq(i.digest, digest), canonicalUrl ? eq(i.canonicalUrl, canonicalUrl) : undefined)
  return db.q
    .select({ id: i.id, articleId: i.articleId, createdAt: i.createdAt, digest: i.digest })
    .from(i)
    .where(and(same, isNotTrashed(db, i.articleId)))
    .orderBy(desc(i.id))
    .limit(maxEarlier)
}

/** The draft that a proposal becomes, and its import, which waits for review. */
export async function create(
  tx: Writer,
  { story, warnings: read, evidence }: ProposedStory,
  { deflated, bytes, ...page }: StoredPage,
  settings: imports.Settings
): Promise<Imported> {
  const { q, t, now, actor } = tx
  const { canonicalUrl = null } = story
  const earlier = await earlierImports(tx, { ...page, canonicalUrl })
  const warnings = [...read, ...earlier.map((one) => importedBefore(one, page.digest, canonicalUrl))]
  const keys = new Keys(unclearNames(story, evidence))
  const article = await stories.create(tx, story, keys)
  const id = newId('imp')
  const proposals = await proposalsOf(tx, article, evidence, keys)
  warnings.push(...knownSources(story, keys))
  const waiting = proposals.length
  const status = waiting > 0 ? ('waiting' as const) : ('decided' as const)
  const text = [article.title, plainText(story.body!)].join('\n\n')
  const edited = { version: 1, createdAt: now, updatedAt: now }
  const by = { actor: actor.name, role: actor.role }
  const counts = { waiting, doubtful: countDoubtful(proposals) }
  const row = { id, articleId: article.id, status, canonicalUrl, text, proposals, ...counts, warnings }
  await q.insert(t.imports).values({ ...row, ...page, ...by, ...edited })
  if (deflated) await q.insert(t.importPages).values({ importId: id, deflated, bytes, at: now })
  await changes.append(tx, { action: 'create', kind: 'import', id, articleId: article.id, version: 1 })
  const made = await imports.importForm(tx, (await imports.byId(tx, id))!, settings)
  const { proposals: proposed, matches, warnings: _, ...card } = made
  const { sources, media, quotes } = article
  const attributions = [...quotes.flatMap(({ attributions }) => attributions), ...article.attributions]
  return {
    ...{ article, sources, media, quotes, attributions, warnings },
    import: card,
    proposals: proposed,
    matches
  }
}

const importedBefore = (
  one: { id: string; articleId: string; createdAt: string; digest: string },
  digest: string,
  canonicalUrl: string | null
): Warning => ({
  code: 'imported-before',
  detail: `${one.digest === digest ? 'The same page' : 'A page of the same address'} was imported before, at ${one.createdAt}: import ${one.id}, article ${one.articleId}.`,
  words: (canonicalUrl ?? '').slice(0, 300)
})

/** A warning for each source of the page that was taken to be one of the newsroom's. */
const knownSources = ({ sources = [] }: ProposedStory['story'], keys: Keys): Warning[] =>
  sources.flatMap(({ key = '', name }) => {
    const id = keys.id('src', key)
    if (!keys.known.has(id)) return []
    const detail = `${name} was taken to be the source ${id}, which the newsroom had.`.slice(0, 500)
    return [{ code: 'source-known', detail, words: name }]
  })
