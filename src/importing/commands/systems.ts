// The command that reads exports of other systems: `import --as wxr export.xml`.
import { existsSync, statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import type { Database } from '../../storage/database.ts'
import { Refusal } from '../../storage/opening/refusal.ts'
import { defaultLimits, pool } from '../../threads/pool.ts'
import { openExport } from '../systems/archive.ts'
import { type ContentInput, readContent } from '../systems/content.ts'
import { type Loss, RefusedExport, type SystemReader } from '../systems/item.ts'
import { readerNamed, readerOf, readerOfFolder, readers, readFolder } from '../systems/registry.ts'
import { type Counts, writeItems } from '../systems/writer.ts'
import { withCount } from './files.ts'
import { bar, type Output } from './progress.ts'

const module = new URL('../systems/content.ts', import.meta.url).href

export interface SystemOptions {
  /** What the external ids are of; the reader's, if left out. */
  system?: string
  speech: boolean
  publish: boolean
  dry: boolean
  territory?: string
}

/** The names that `--as` takes beside page. */
export const systemNames = readers.map(({ name }) => name)

/** A folder whose pages are no export: they are imported as pages. */
const isPages = (files: { name: string }[], { name }: SystemReader) =>
  name !== 'substack' && name !== 'medium' && files.some((file) => /\.(?:x?html?|txt)$/i.test(file.name))

/** The reader of these paths: the one that is named, or the one that knows all of them. */
export async function readerFor(paths: string[], as: string | undefined): Promise<SystemReader | undefined> {
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
    ? new Refusal(`This export is refused (${error.code}): ${error.message}`)
    : error
}

/** Imports the files of one export; answers whether all of it could be written. */
export async function importSystem(
  paths: string[],
  reader: SystemReader,
  open: () => Promise<Database>,
  options: SystemOptions,
  { out, err, tell }: { out: Output; err: Output; tell(line: object): void }
): Promise<boolean> {
  const missing = paths.find((path) => !existsSync(path))
  if (missing !== undefined) throw new Refusal(`${missing}: there is no such file.`)
  const shown = progressOf(out)
  const { files, close, isFolder } = await openExport(paths, shown.read).catch(refused)
  shown.total(files.reduce((sum, { size }) => sum + size, 0))
  for (const path of paths) out.write(`${path}: an export of ${reader.title}\n`)
  const losses = new Map<string, number>()
  const lose = ({ kind: _, ...loss }: Loss) => {
    losses.set(loss.code, (losses.get(loss.code) ?? 0) + 1)
    tell(loss)
  }
  const db = await open()
  // Bodies are read here, unless reported speech is looked for, which takes longer than to send them to a thread.
  const threads = pool({ ...defaultLimits, threads: availableParallelism(), queue: 64 })
  const read = options.speech
    ? async (input: ContentInput): Promise<ReturnType<typeof readContent>> =>
        JSON.parse(await threads.run({ module, name: 'readContent', input }, 'unprocessable'))
    : readContent
  try {
    const counts = await writeItems(
      db,
      isFolder ? readFolder(reader, files) : reader.read(files),
      { ...options, system: options.system ?? reader.system, actor: 'command line', read },
      { tell: lose, done: shown.done }
    )
    shown.end()
    out.write(`${summaryOf(counts, options.dry)}\n`)
    for (const [code, count] of [...losses].sort(([a], [b]) => (a < b ? -1 : 1)))
      out.write(`  ${code}: ${count}\n`)
    return counts.failed === 0
  } catch (error) {
    shown.end()
    if (!(error instanceof RefusedExport)) throw error
    tell({ place: paths.join(', '), code: error.code, reason: error.message })
    err.write(`This export is refused (${error.code}): ${error.message}\n`)
    return false
  } finally {
    close()
    await threads.close()
    await db.close()
  }
}

const summaryOf = (
  { articles, changed, unchanged, published, comments, left, failed }: Counts,
  dry: boolean
) =>
  [
    `${dry ? 'Nothing was written. ' : ''}${withCount(articles, 'article')} new`,
    ...(published > 0 ? [`${published} of them published`] : []),
    `${changed} changed, ${withCount(comments, 'comment')} new, ${unchanged} as they were, ${left} left out, ${failed} failed.`
  ].join(', ')

/** A bar by the bytes that were read, on a terminal. */
function progressOf(out: Output) {
  // Readers may read a file twice: the second time counts.
  let [total, bytes, last] = [0, 0, 0]
  const show = (text: string) => void (out.isTTY && out.write(text))
  return {
    total(all: number) {
      total = all
    },
    read(more: number) {
      bytes += more
    },
    done({ failed }: Counts) {
      const percent = Math.floor((100 * (bytes % (total + 1))) / Math.max(1, total))
      if (percent === last) return
      last = percent
      show(`\r\x1b[K${bar({ done: percent, total: 100, failed }, out.columns ?? 80)}`)
    },
    end: () => show('\r\x1b[K')
  }
}
