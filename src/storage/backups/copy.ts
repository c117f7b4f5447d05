// Making one backup: from the command line, and as the program of the child process.
import { createHash } from 'node:crypto'
import { closeSync, createReadStream, existsSync, openSync, rmSync, statSync } from 'node:fs'
import { setPriority } from 'node:os'
import { dirname, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Copy } from '../database.ts'
import { checkFreeSpace } from '../opening/free-space.ts'
import { Refusal } from '../opening/refusal.ts'
import { connect } from '../sqlite/opening/connection.ts'
import { inspect } from '../sqlite/opening/inspect.ts'
import { finish, flush, type Outcome, partialName } from './copies.ts'

/** Backs up a database that may be in use to a new file, and checks it. Throws a Refusal that says why it cannot. */
export async function backUp(database: string, to: string, force = false): Promise<Copy> {
  const file = resolve(to)
  if (!existsSync(database)) throw new Refusal(`There is no database at ${database}`)
  if (!force && existsSync(file))
    throw new Refusal(`${file} is there already; --force puts the new backup in its place`)
  rmSync(partialName(file), { force: true })
  try {
    const copy = await copyTo(database, partialName(file))
    await finish(file, copy)
    return copy
  } finally {
    rmSync(partialName(file), { force: true })
  }
}

/**
 * Copies one snapshot (VACUUM INTO) while others write. SQLite's backup API starts over whenever another connection
 * writes (sqlite.org/backup.html): under steady load it never ends.
 */
export async function copyTo(database: string, file: string): Promise<Copy> {
  checkFreeSpace(dirname(file), sizeOf(database) + sizeOf(`${database}-wal`))
  try {
    const source = connect(database, true)
    try {
      // Readable by its owner only: it contains drafts, and the secrets of webhooks.
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

/** The SHA-256 of a file, in hexadecimal digits. */
export async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

if (import.meta.main) {
  // A low priority: processes that serve requests go first.
  setPriority(10)
  const [database, file] = process.argv.slice(2)
  const outcome: Outcome = await copyTo(database!, file!).catch((error: Error) => ({
    failure: error.message
  }))
  // The callback ignores the error of a parent process that has ended meanwhile.
  process.send!(outcome, () => {})
}
