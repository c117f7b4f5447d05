// The command that takes folders of pictures: `import --as photos PATH...`.
import { createHash } from 'node:crypto'
import { createReadStream, readdirSync, statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { accept } from '../../content/media/metadata/store.ts'
import * as media from '../../content/media/store.ts'
import type { PictureProposal } from '../../files/metadata/schema.ts'
import type { FileSettings, Files } from '../../files/service.ts'
import { mediaOf } from '../../files/serving/visibility.ts'
import type { Database } from '../../storage/database.ts'
import { withCount } from '../../storage/text/with-count.ts'
import { filesOf, type ResolvedPath } from './files.ts'
import { type Output, progress } from './progress.ts'

/** What is taken from folders. HEIC cannot be decoded: each is told of. */
const isPicture = /\.(?:jpe?g|png|webp|avif|gif|tiff?|hei[cf])$/i

/** How many are worked on at once: less than one token may send. */
const atOnce = Math.min(8, Math.max(2, availableParallelism()))

const actor = { name: 'command line', role: null }

export interface PhotoOptions {
  settings: FileSettings
  /** Whether what pictures say of themselves is taken over. */
  accepts: boolean
  out: Output
  err: Output
  /** A line of the report. */
  tell(line: object): void
}

/** What became of a file. */
interface Outcome {
  id: string
  isEarlier: boolean
  credit?: PictureProposal['credit']
}

interface Work {
  db: Database
  files: Files
  accepts: boolean
}

/** Imports pictures, each of the same bytes once; answers whether all could be imported. */
export async function importPhotos(
  paths: string[],
  open: () => Promise<Database>,
  { settings, accepts, out, err, tell }: PhotoOptions
): Promise<boolean> {
  const resolved = paths.map(picturesIn)
  for (const { path, as, problem } of resolved) if (problem === undefined) out.write(`${path}: ${as}\n`)
  const names = [...new Set(resolved.flatMap(({ files }) => files))]
  const counts = { imported: 0, before: 0, failed: 0, uncredited: 0 }
  const fail = (file: string, detail: string) => {
    counts.failed++
    tell({ file, code: 'not-imported', detail })
    return `${file}: ${detail}`
  }
  const shown = progress(out, err, names.length)
  for (const { path, problem } of resolved) if (problem !== undefined) err.write(`${fail(path, problem)}\n`)
  const db = await open()
  const files = filesOf(db, settings, err)
  try {
    const queue = names.values()
    const next = async () => {
      for (const file of queue)
        try {
          const outcome = await importOne({ db, files, accepts }, file)
          shown.done([`${file}: ${lineOf(outcome)}`])
          if (outcome.isEarlier) counts.before++
          else counts.imported++
          if (outcome.isEarlier) continue
          const { id, credit } = outcome
          if (isCredited(credit))
            tell({ file, media: id, code: accepts ? 'credited' : 'credit-proposed', credit })
          else {
            counts.uncredited++
            tell({ file, media: id, code: 'no-credit', detail: 'It does not say who made or supplied it.' })
          }
        } catch (error) {
          shown.failed(fail(file, (error as Error).message))
        }
    }
    await Promise.all(Array.from({ length: atOnce }, next))
    // Whoever ends this here leaves the others to the service.
    await files.queue.drain()
  } finally {
    await files.stop()
    await db.close()
  }
  shown.end()
  out.write(
    `${withCount(counts.imported, 'picture')} imported, ${counts.before} imported before, ${counts.failed} failed; ${counts.uncredited} of the new ones without a word of who made or supplied them.\n`
  )
  return counts.failed === 0
}

/** The pictures that a path means: itself, or those in a folder and below it. */
function picturesIn(path: string): ResolvedPath {
  try {
    if (!statSync(path).isDirectory()) return { path, files: [path], as: 'a picture' }
    const found = readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map(({ parentPath, name }) => join(parentPath, name))
      .sort()
    const files = found.filter((file) => isPicture.test(file))
    const others = found.length - files.length
    const as = `a folder of ${withCount(files.length, 'picture')}`
    return { path, files, as: others > 0 ? `${as}; ${withCount(others, 'other file')} left out` : as }
  } catch (error) {
    return { path, files: [], as: '', problem: (error as Error).message }
  }
}

/** Imports one file, unless a record has the same bytes. */
async function importOne({ db, files, accepts }: Work, path: string): Promise<Outcome> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  const [earlier] = await mediaOf(db.read, hash.digest('hex'))
  if (earlier !== undefined) return { id: earlier, isEarlier: true }
  const store = await files.blobs()
  const file = await files.keep(actor, await files.receive(actor, createReadStream(path)))
  const { digest, kind } = file
  const outcome = await db.write(actor, async (tx): Promise<Outcome> => {
    // The same picture may be in two folders.
    const [earlier] = await mediaOf(tx, digest)
    if (earlier !== undefined) return { id: earlier, isEarlier: true }
    await files.record(tx, file, store)
    const { id } = await media.create(tx, { kind }, undefined, { digest, name: basename(path).slice(0, 255) })
    if (file.metadata === undefined) return { id, isEarlier: false }
    if (accepts) await accept(tx, id, '*', {})
    return { id, isEarlier: false, credit: file.metadata.proposal.credit }
  })
  files.queue.wake()
  return outcome
}

/** Whether a picture says who made or supplied it. */
const isCredited = (credit: Outcome['credit']) => typeof credit?.creditLine === 'string'

function lineOf({ id, isEarlier, credit }: Outcome): string {
  if (isEarlier) return `imported before, as ${id}`
  return `${id} ${isCredited(credit) ? credit!.creditLine : 'without a credit'}`
}
