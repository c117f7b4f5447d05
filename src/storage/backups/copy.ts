// Making one copy: for the command line, and as the program of the process that copies.
import { createHash } from 'node:crypto'
import { closeSync, createReadStream, existsSync, openSync, rmSync, statfsSync, statSync } from 'node:fs'
import { setPriority } from 'node:os'
import { dirname, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Copy } from '../database.ts'
import { connect } from '../sqlite/database.ts'
import { inspect, Refusal } from '../sqlite/open.ts'
import { flush, type Outcome, place, unfinished } from './copies.ts'

/** What is left free beside a copy, in bytes: the newsroom goes on writing. */
const spare = 16 * 1024 * 1024

/** Copies a database that may be in use to a new file, whole and checked. Throws a Refusal saying why it cannot. */
export async function backUp(database: string, to: string, force = false): Promise<Copy> {
  const file = resolve(to)
  if (!existsSync(database)) throw new Refusal(`There is no database at ${database}`)
  if (!force && existsSync(file))
    throw new Refusal(`${file} is there already; --force puts the new backup in its place`)
  rmSync(unfinished(file), { force: true })
  try {
    const copy = await written(database, unfinished(file))
    await place(file, copy)
    return copy
  } finally {
    rmSync(unfinished(file), { force: true })
  }
}

/**
 * Copies in one read transaction, whatever is written meanwhile. SQLite's backup API begins anew whenever another
 * connection writes (sqlite.org/backup.html): under a steady load it never ends.
 */
async function written(database: string, file: string): Promise<Copy> {
  checkRoom(dirname(file), sizeOf(database) + sizeOf(`${database}-wal`))
  try {
    const source = connect(database, true)
    try {
      // Only its owner may read it: it holds drafts, and the secrets of webhooks.
      closeSync(openSync(file, 'wx', 0o600))
      source.prepare('vacuum into ?').run(file)
    } finally {
      source.close()
    }
  } catch (error) {
    throw new Refusal(`${database} cannot be copied: ${(error as Error).message}`, { cause: error })
  }
  flush(file)
  inspect(file, { thorough: true })
  return { bytes: sizeOf(file), sha256: await sha256(file) }
}

const sizeOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? 0

/** Throws a Refusal when a folder has no room for so many bytes. */
export function checkRoom(folder: string, bytes: number) {
  const { bavail, bsize } = statfsSync(folder)
  const megabytes = (count: number) => `${Math.ceil(count / 1e6)} MB`
  if (bavail * bsize < bytes + spare)
    throw new Refusal(
      `There is no room in ${folder}: ${megabytes(bytes + spare)} are needed, ${megabytes(bavail * bsize)} are free`
    )
}

/** The SHA-256 of a file, in hexadecimal digits. */
export async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

if (import.meta.main) {
  // Those who serve go first.
  setPriority(10)
  const [database, file] = process.argv.slice(2)
  const outcome: Outcome = await written(database!, file!).catch((error: Error) => ({
    failure: error.message
  }))
  // Whoever asked may be gone by now: then there is nobody to tell.
  process.send!(outcome, () => {})
}
