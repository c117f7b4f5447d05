// Writes entries of an export: articles with their addresses and proposals, comments, and kill notices.
import { hasListeners } from '../../../changes/log/outbox.ts'
import * as articles from '../../../content/articles/store.ts'
import { Keys } from '../../../content/external/keys.ts'
import * as external from '../../../content/external/put.ts'
import { gathering } from '../../../storage/columns/gathering.ts'
import { yieldIfDue } from '../../../storage/commits/turns.ts'
import type { Writer } from '../../../storage/database.ts'
import { keepProposals, unclearNames } from '../../records/proposals.ts'
import { lossOf } from '../item.ts'
import type { PreparedArticle, PreparedComment } from '../prepare.ts'
import { writeComments } from './comments.ts'
import { filesFor } from './files.ts'
import { kill } from './kills.ts'
import type { EntryOptions, Written } from './outcomes.ts'
import * as store from './store.ts'

export type Entry = PreparedArticle | PreparedComment

/**
 * Writes entries, the comments behind the articles; answers what became of each, in the order in which they are given,
 * and what of it is not there.
 */
export async function writeEntries(tx: Writer, entries: Entry[], options: EntryOptions): Promise<Written[]> {
  const written = new Map<Entry, Written>()
  const writing = await newWriting(tx)
  for (const entry of entries) {
    if (entry.kind === 'comment') continue
    await yieldIfDue()
    written.set(entry, await writeOne(writing, entry, options))
  }
  await writing.flush()
  const comments = entries.filter((entry) => entry.kind === 'comment')
  const ofComments = comments.length > 0 ? await writeComments(tx, comments, options) : []
  for (const [i, one] of ofComments.entries()) written.set(comments[i]!, one)
  return entries.map((entry) => written.get(entry)!)
}

/** The transaction of a batch, and what of its new articles is written together. */
interface Writing {
  tx: Writer
  /** The transaction that new articles are written with, which keeps rows until `flush`. */
  together: Writer
  addresses: { path: string; articleId: string }[]
  kept: store.KeptEntry[]
  /** Writes what is kept: before anything that may read it. */
  flush(): Promise<void>
}

async function newWriting(tx: Writer): Promise<Writing> {
  const { t } = tx
  const { tx: together, flush } = gathering(tx, [
    ...[t.articleTags, t.articleBylines, t.articleMedia],
    ...[t.quotes, t.attributions, t.hops, t.revisions, t.externalSends, t.imports],
    // Deliveries to webhooks need the numbers of changes.
    ...((await hasListeners(tx)) ? [] : [t.changes])
  ])
  const addresses: Writing['addresses'] = []
  const kept: store.KeptEntry[] = []
  return {
    ...{ tx, together, addresses, kept },
    async flush() {
      await flush()
      await store.keepAddresses(tx, addresses.splice(0))
      await store.keepAll(tx, kept.splice(0))
    }
  }
}

async function writeOne(writing: Writing, entry: PreparedArticle, options: EntryOptions) {
  if (entry.item.status !== 'killed') return writeArticle(writing, entry, options)
  await writing.flush()
  return kill(writing.tx, entry.item, options.system)
}

async function writeArticle(
  writing: Writing,
  { item, story, files: of, losses, evidence, digest, before, isPublished }: PreparedArticle,
  { system, run = '', files, taken }: EntryOptions
): Promise<Written> {
  const entry = { system, kind: 'article' as const, externalId: item.id }
  const id = await external.articleOf(writing.tx, { system, id: item.id })
  if (id === undefined && before !== null)
    return {
      outcome: 'left',
      losses: [lossOf(item, 'deleted-here', 'It was deleted here since it was imported: that stays.')]
    }
  // What is there may be read, which is kept as yet where the entry stands twice in an export.
  if (id !== undefined) await writing.flush()
  const tx = id === undefined ? writing.together : writing.tx
  const { slug, ...others } = story!
  const holder = slug ? await articles.byIdOrSlug(tx, slug) : undefined
  const isTaken = holder !== undefined && holder.id !== id
  const keys = new Keys(unclearNames(story!, evidence))
  const local = filesFor(of, taken, item.place)
  for (const [key, file] of local.files) {
    await files!.record(tx, file)
    keys.files.set(key, file)
  }
  const written = isTaken ? others : story!
  const { article, isNew, unchanged, kept } = await external.put(
    tx,
    { system, id: item.id },
    written,
    undefined,
    keys
  )
  writing.addresses.push(...pathsOf(item).map((path) => ({ path, articleId: article.id })))
  await keepProposals(tx, article, { evidence, keys, story: story!, digest, place: item.place, system, run })
  // One that was written before the import was killed, and not yet published, is what it was then.
  const first = before?.digest === '' ? before.outcome : null
  const outcome = first ?? (isNew ? 'created' : unchanged ? 'unchanged' : 'changed')
  writing.kept.push({
    ...{ ...entry, recordId: article.id, run, outcome },
    digest: isPublished ? '' : digest
  })
  const told = [...losses, ...local.losses]
  if (isTaken)
    told.push({
      ...lossOf(item, 'slug-made-anew', 'Another article has its address here: one is made from its title.'),
      words: slug!
    })
  for (const { pointer, detail } of kept) told.push({ ...lossOf(item, 'kept', detail), words: pointer })
  return { outcome, losses: told, ...(isPublished && { toPublish: article.id }) }
}

/** The paths, with their queries, of the addresses that an article had. */
function pathsOf({ addresses, url }: PreparedArticle['item']): string[] {
  const all = [...addresses, ...(url ? [url] : [])]
  const paths = all.flatMap((address) => {
    const { pathname = '/', search = '' } = URL.parse(address, 'http://site.invalid') ?? {}
    const path = pathname + search
    return path === '/' || path.length > 2000 ? [] : [path]
  })
  return [...new Set(paths)]
}
