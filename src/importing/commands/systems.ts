// The command that reads exports of other systems: `import --as wxr export.xml`.
import { existsSync, statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { FileSettings } from '../../files/service.ts'
import type { Database } from '../../storage/database.ts'
import { Refusal } from '../../storage/opening/refusal.ts'
import { withCount } from '../../storage/text/with-count.ts'
import { openExport } from '../systems/archive.ts'
import { type Loss, RefusedExport, type SystemReader } from '../systems/item.ts'
import { kinds } from '../systems/kinds.ts'
import { readerNamed, readerOf, readerOfFolder } from '../systems/registry.ts'
import type { Counts } from '../systems/writing/counts.ts'
import { importSystemExport } from '../systems/writing/import.ts'
import { filesOf } from './files.ts'
import { bar, type Output } from './progress.ts'
import { mirrored, readerOfSite, siteIn } from './sites.ts'

/** The heap of the thread that reads, in MB: XML is streamed, exports in JSON are read whole. */
const heapFor = ({ name }: SystemReader) => (/^(?:wxr|blogger|newsml|nitf|feed)$/.test(name) ? 512 : 2048)

export interface SystemOptions {
  /** What the external ids are of; the reader's, if left out. */
  system?: string
  speech: boolean
  publish: boolean
  dry: boolean
  /** Whether the site has another address than the one that the system is known by. */
  moved: boolean
  territory?: string
  /** Whether a live site may be in a private network. */
  fetchPrivate: string
  /** Where the files of media lie. */
  settings: FileSettings
}

/** Where it is told what became of an export. */
interface Reporting {
  out: Output
  err: Output
  /** A line of the report. */
  tell(line: object): void
}

/**
 * Whether the pages of a folder are no export: they are imported as pages. Plain text has to be most of it, since a licence, or
 * notes, stand beside exports, too.
 */
const isPages = (files: { name: string }[], { name }: SystemReader) =>
  name !== 'substack' &&
  name !== 'medium' &&
  (files.some((file) => /\.x?html?$/i.test(file.name)) || isMostlyText(files))

const isMostlyText = (files: { name: string }[]) =>
  files.filter((file) => /\.txt$/i.test(file.name)).length > files.length / 2

/** The reader of these paths: the one that is named, or the one that knows all of them. */
export async function readerFor(paths: string[], as: string | undefined): Promise<SystemReader | undefined> {
  if (siteIn(paths) !== undefined) return readerOfSite(as)
  if (as !== undefined) return readerNamed(as)
  const found: (SystemReader | undefined)[] = []
  for (const path of paths) found.push(existsSync(path) ? await readerOfPath(path) : undefined)
  const [first] = found
  if (found.every((reader) => reader === first)) return first
  throw new Refusal('These are files of different kinds: import those of each kind by themselves.')
}

/** The reader of a file, a folder or a zip. Throws Refusal for a zip that nobody knows. */
async function readerOfPath(path: string): Promise<SystemReader | undefined> {
  const { files, close, isFolder } = await openExport([path]).catch(refused)
  try {
    if (!isFolder) return await readerOf(files[0]!)
    const reader = await readerOfFolder(files)
    if (statSync(path).isDirectory()) return reader && isPages(files, reader) ? undefined : reader
    if (reader) return reader
    throw new Refusal(
      `${path}: this zip holds no export that is known. Name its kind with --as, or unpack it.`
    )
  } finally {
    close()
  }
}

const refused = (error: unknown) => {
  throw error instanceof RefusedExport
    ? new Refusal(`This export is refused (${error.code}). ${error.message}`)
    : error
}

/** Imports one export, from files or from a live site; answers whether all of it could be written. */
export async function importSystem(
  paths: string[],
  reader: SystemReader,
  open: () => Promise<Database>,
  options: SystemOptions,
  reporting: Reporting
): Promise<boolean> {
  const site = siteIn(paths)
  const missing = site ? undefined : paths.find((path) => !existsSync(path))
  if (missing !== undefined) throw new Refusal(`${missing}: there is no such file.`)
  const db = await open()
  try {
    if (site === undefined) return await importFiles(db, paths, reader, options, reporting)
    const folder = await mirrored(db, site, options, reporting).catch(refused)
    const isDone = await importFiles(db, [folder], reader, options, reporting)
    if (isDone && !options.dry) await rm(folder, { recursive: true })
    return isDone
  } finally {
    await db.close()
  }
}

async function importFiles(
  db: Database,
  paths: string[],
  reader: SystemReader,
  { system = kinds[reader.name].system, speech, publish, dry, moved, territory, settings }: SystemOptions,
  { out, err, tell }: Reporting
): Promise<boolean> {
  const { files, close, isFolder } = await openExport(paths).catch(refused)
  const shown = progressOf(
    out,
    files.reduce((sum, { size }) => sum + size, 0)
  )
  close()
  for (const path of paths) out.write(`${path}: an export of ${kinds[reader.name].title}\n`)
  const losses = new Map<string, number>()
  const lose = ({ kind: _, ...loss }: Loss) => {
    losses.set(loss.code, (losses.get(loss.code) ?? 0) + 1)
    tell(loss)
  }
  // Files lie beside the texts of folders and zips alone.
  const store = isFolder ? filesOf(db, settings, err) : undefined
  const { counts, refused: why } = await importSystemExport(
    db,
    { paths, as: reader.name, system, speech, publish },
    { actor: 'command line', dry, moved, territory, heap: heapFor(reader), ...(store && { store }) },
    { tell: lose, done: shown.done }
  ).finally(async () => {
    await store?.queue.drain()
    await store?.stop()
  })
  shown.end()
  if (why) {
    tell({ place: paths.join(', '), ...why })
    err.write(`This export is refused (${why.code}). ${why.reason}\n`)
    return false
  }
  out.write(`${summaryOf(counts, dry)}\n`)
  for (const [code, count] of [...losses].sort(([a], [b]) => (a < b ? -1 : 1)))
    out.write(`  ${code}: ${count}\n`)
  return counts.failed === 0
}

const summaryOf = (
  { articles, changed, unchanged, published, comments, left, failed }: Counts,
  dry: boolean
) =>
  [
    `${dry ? 'Nothing was written. ' : ''}${withCount(articles, 'article')} new`,
    ...(published > 0 ? [`${published} of them published`] : []),
    `${changed} changed, ${withCount(comments, 'comment')} new, ${unchanged} unchanged, ${left} left out, ${failed} failed.`
  ].join(', ')

/** A bar by the bytes that were read, on a terminal. */
function progressOf(out: Output, total: number) {
  let last = 0
  const show = (text: string) => void (out.isTTY && out.write(text))
  return {
    done({ failed }: Counts, bytes: number) {
      // Readers may read a file twice: the second time counts.
      const percent = Math.floor((100 * (bytes % (total + 1))) / Math.max(1, total))
      if (percent === last) return
      last = percent
      show(`\r\x1b[K${bar({ done: percent, total: 100, failed }, out.columns ?? 80)}`)
    },
    end: () => show('\r\x1b[K')
  }
}
