// Writes what was prepared of an export as PUT /v1/external/{system}/{id}/article does: what changed there and was not
// edited here changes. What each entry was when it came last is kept with what was written of it, in one transaction,
// so an import that was killed goes on where it was, and one that is run again passes over what is the same.
import * as stories from '../../../content/articles/story.ts'
import { Keys } from '../../../content/external/keys.ts'
import { HttpProblem } from '../../../http/problems.ts'
import { publish } from '../../../publishing/compile/publish.ts'
import type { Actor, Database, Reader, Writer } from '../../../storage/database.ts'
import { type Loss, lossOf } from '../item.ts'
import type { Batch, Before, EntryKey, FileOf, Outcome, PreparedArticle } from '../prepare.ts'
import { type Counts, noCounts } from './counts.ts'
import { type Entry, writeEntries } from './entries.ts'
import { type FileTaker, filesFor } from './files.ts'
import type { Written } from './outcomes.ts'
import { type SiteCheck, siteCheck } from './sites.ts'
import * as store from './store.ts'

export interface WriterOptions {
  /** The system of the external ids. */
  system: string
  actor: Actor | string
  /** Whether nothing is written. */
  dry: boolean
  /** Whether the site of the export has another address than the one that the system is known by. */
  moved?: boolean
  /** The country that rights are checked for. */
  territory?: string | undefined
  /** The import over HTTP that it belongs to. */
  run?: string
  /** Takes files of the export; where nobody does, none are. */
  files?: FileTaker | undefined
}

export interface Hooks {
  tell(loss: Loss): void
  /** What is told of an entry, in the transaction that writes it. */
  keepLosses?(tx: Writer, losses: Loss[]): Promise<void>
  /** A batch is written. */
  done(counts: Counts, read: number): Promise<void> | void
}

/** Answers of these entries what became of them before. */
export const beforeOf =
  (db: Reader, { system, run }: Pick<WriterOptions, 'system' | 'run'>) =>
  async (keys: EntryKey[]): Promise<(Before | null)[]> => {
    const found = await store.importedOf(db, system, keys)
    return keys.map(({ kind, id }) => {
      const row = found.get(`${kind} ${id}`)
      return row
        ? { digest: row.digest, outcome: run !== undefined && row.run === run ? row.outcome : null }
        : null
    })
  }

/** Writes all batches; answers what became of their entries, and why the rest was refused, if it was. */
export async function writeBatches(
  db: Database,
  batches: AsyncIterable<Batch>,
  options: WriterOptions,
  hooks: Hooks
): Promise<{ counts: Counts; refused?: { code: string; reason: string } }> {
  const counts = { ...noCounts }
  const sites = siteCheck(db, options)
  let refused: { code: string; reason: string } | undefined
  for await (const { entries, read, ...batch } of batches) {
    const other = await sites.check(entries)
    if (other) return { counts, refused: other }
    for (const entry of entries) if (entry.kind === 'loss') hooks.tell(entry)
    const work = entries.filter(
      (entry): entry is Entry => entry.kind === 'article' || entry.kind === 'comment'
    )
    if (!options.dry) for (const loss of await writeFiles(db, entries, sites, options)) hooks.tell(loss)
    const written = await writeBatch(db, work, { ...options, sites }, hooks)
    for (const [i, { outcome, losses, isKept = false }] of written.entries()) {
      if (!isKept) for (const loss of losses) hooks.tell(loss)
      count(counts, work[i]!, outcome)
    }
    await hooks.done(counts, read)
    refused = batch.refused
  }
  return { counts, ...(refused && { refused }) }
}

/** Writes the files that belong to no article; those that are here already stay as they are. */
async function writeFiles(
  db: Database,
  entries: Batch['entries'],
  sites: SiteCheck,
  { actor, files }: WriterOptions
): Promise<Loss[]> {
  const found = entries.filter((entry) => entry.kind === 'media')
  if (found.length === 0) return []
  const taken = await files?.all(namesOf(found))
  const losses: Loss[] = []
  await db.write(actor, async (tx) => {
    losses.length = 0
    await sites.keep(tx)
    for (const { media, files: of, place } of found) {
      const keys = new Keys()
      const local = filesFor(of, taken, place)
      losses.push(...local.losses)
      for (const [key, file] of local.files) {
        await files!.record(tx, file)
        keys.files.set(key, file)
      }
      await stories.createShared(tx, keys, { media })
    }
  })
  return losses
}

const namesOf = (entries: { files: FileOf[] }[]) =>
  entries.flatMap(({ files }) => files.map(({ name }) => name))

function count(counts: Counts, { kind }: Entry, outcome: Outcome | 'failed') {
  if (outcome === 'left' || outcome === 'failed' || outcome === 'unchanged') counts[outcome]++
  else if (kind === 'comment') counts[outcome === 'created' ? 'comments' : 'unchanged']++
  else if (outcome === 'changed') counts.changed++
  else {
    counts.articles++
    if (outcome === 'published') counts.published++
  }
}

type Result = Omit<Written, 'outcome'> & {
  outcome: Outcome | 'failed'
  /** Whether its losses are kept already. */
  isKept?: boolean
}

/** Writes these in one transaction; where one of them cannot be, each in its own. */
async function writeBatch(
  db: Database,
  entries: Entry[],
  { sites, ...options }: WriterOptions & { sites: SiteCheck },
  hooks: Hooks
): Promise<Result[]> {
  const isOpen = (entry: Entry) => settled(entry, options) === undefined
  const shown = entries.filter((entry) => entry.kind === 'article').filter(isOpen)
  const taken = await options.files?.all(namesOf(shown))
  const write = async (tx: Writer, some: Entry[]): Promise<Result[]> => {
    const open = some.filter(isOpen)
    if (open.length > 0) await sites.keep(tx)
    const written = await writeEntries(tx, open, { ...options, ...(taken && { taken }) })
    const results = new Map(open.map((entry, i) => [entry, written[i]!]))
    const all = some.map((entry) => settled(entry, options) ?? results.get(entry)!)
    if (!hooks.keepLosses || options.dry) return all
    for (const { losses } of all) await hooks.keepLosses(tx, losses)
    return all.map((one) => ({ ...one, isKept: true }))
  }
  const results: Result[] = entries.every((entry) => settled(entry, options))
    ? entries.map((entry) => settled(entry, options)!)
    : await db
        .write(options.actor, (tx) => write(tx, entries))
        .catch(async (error) => {
          if (!(error instanceof HttpProblem)) throw error
          const all: Result[] = []
          for (const entry of entries)
            all.push(
              await db
                .write(options.actor, async (tx) => (await write(tx, [entry]))[0]!)
                .catch(failedOf(entry))
            )
          return all
        })
  return Promise.all(
    results.map((result, i) =>
      result.toPublish === undefined
        ? result
        : published(
            db,
            entries[i] as PreparedArticle,
            { ...result, toPublish: result.toPublish },
            options,
            hooks
          )
    )
  )
}

const failedOf =
  ({ item: { place } }: Entry) =>
  (error: unknown): Result => {
    if (!(error instanceof HttpProblem)) throw error
    const loss = { kind: 'loss', place, code: 'not-imported', reason: error.message } as const
    return { outcome: 'failed', losses: [loss] }
  }

/** What becomes of an entry of which nothing is to be written. */
function settled(entry: Entry, { dry }: WriterOptions): Written | undefined {
  const { digest, before } = entry
  if (before?.digest === digest) return { outcome: before.outcome ?? 'unchanged', losses: [] }
  if (entry.kind === 'article') {
    const { story, item, losses } = entry
    if (item.status === 'killed') {
      if (!dry) return undefined
      return {
        outcome: 'left',
        losses: [lossOf(item, 'killed', 'Its agency withdrew it: it was not taken.')]
      }
    }
    if (story === undefined) return { outcome: 'left', losses }
    return dry ? { outcome: 'created', losses } : undefined
  }
  return dry ? { outcome: 'created', losses: [] } : undefined
}

/** Publishes an article that was written, and keeps in the same transaction that it is done; or why it cannot be. */
async function published(
  db: Database,
  { item, digest }: PreparedArticle,
  { toPublish: id, ...result }: Result & { toPublish: string },
  { actor, territory, system, run = '' }: WriterOptions,
  hooks: Hooks
): Promise<Result> {
  const entry = { system, kind: 'article' as const, externalId: item.id, recordId: id, run, digest }
  const outcome = result.outcome === 'created' ? 'published' : (result.outcome as Outcome)
  try {
    await db.write(actor, async (tx) => {
      await publish(tx, id, '*', { territory })
      await store.keep(tx, { ...entry, outcome })
    })
    return { ...result, outcome }
  } catch (error) {
    if (!(error instanceof HttpProblem)) throw error
    const reason = [error.message, ...(error.errors ?? []).map(({ detail }) => detail)].join(' ')
    const losses = [lossOf(item, 'not-published', reason.slice(0, 1000))]
    await db.write(actor, async (tx) => {
      await hooks.keepLosses?.(tx, losses)
      await store.keep(tx, { ...entry, outcome: result.outcome as Outcome })
    })
    return { ...result, losses: [...result.losses, ...losses] }
  }
}
