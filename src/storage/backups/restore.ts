// Restoring a backup. The current database stays in place until the last step, which is one atomic rename: after a
// crash there is either the old or the new one.
import {
  chmodSync,
  chownSync,
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync
} from 'node:fs'
import { dirname } from 'node:path'
import Sqlite from 'better-sqlite3'
import { checkFreeSpace } from '../opening/free-space.ts'
import { Refusal } from '../opening/refusal.ts'
import { isOlder } from '../sqlite/open.ts'
import { inspect } from '../sqlite/opening/inspect.ts'
import { highWaterMarkFile } from '../sqlite/opening/mark-file.ts'
import { flush, recordedChecksum, tryLockExclusive } from './copies.ts'
import { sha256 } from './copy.ts'

type Connection = InstanceType<typeof Sqlite>

export interface RestoreOptions {
  /** Restores even if newer changes are lost. */
  force?: boolean
  /** Restores a backup without a .sha256 file. */
  unchecked?: boolean
  now: Date
}

export interface Restored {
  /** Number and time of its latest change; null where there is none. */
  latest: { seq: number; at: string } | null
  /** Whether an older release wrote it. */
  older: boolean
  /** The path of the database that was replaced. */
  previous?: string
}

/** Replaces the database in `file` by a backup. Throws a Refusal that says why it does not. */
export async function restore(
  copy: string,
  file: string,
  { force = false, unchecked = false, now }: RestoreOptions
) {
  if (!existsSync(copy)) throw new Refusal(`There is no file ${copy}`)
  mkdirSync(dirname(file), { recursive: true })
  const incoming = `${file}.restoring`
  try {
    checkFreeSpace(dirname(file), statSync(copy).size)
    copyFileSync(copy, incoming, constants.COPYFILE_FICLONE)
    await verifyChecksum(copy, incoming, unchecked)
    const older = isOlder(inspect(incoming, { label: copy, thorough: true }), copy)
    const restored: Restored = { older, latest: latestChangeIn(incoming) }
    flush(incoming)
    if (existsSync(file)) restored.previous = replace(file, incoming, force, now)
    else moveIntoPlace(incoming, file)
    return restored
  } finally {
    removeAll(incoming)
  }
}

/** Throws a Refusal unless the file has the SHA-256 that was recorded with the backup. */
async function verifyChecksum(copy: string, incoming: string, unchecked: boolean) {
  const expected = recordedChecksum(copy)
  if (expected === undefined) {
    if (unchecked) return
    throw new Refusal(
      `There is no SHA-256 in ${copy}.sha256, so nobody can tell whether ${copy} is as it was made; --unchecked restores it all the same`
    )
  }
  if ((await sha256(incoming)) !== expected)
    throw new Refusal(`${copy} is not as it was made: its SHA-256 is not the one in ${copy}.sha256`)
}

function latestChangeIn(file: string): Restored['latest'] {
  const connection = new Sqlite(file)
  const row = connection
    .prepare<[], NonNullable<Restored['latest']>>('select seq, at from changes order by seq desc limit 1')
    .get()
  connection.close()
  return row ?? null
}

/** Replaces the current database, which is kept under another name. Answers that name. */
function replace(file: string, incoming: string, force: boolean, now: Date): string {
  const previous = `${file}.before-restore-${now.toISOString().replace(/[-:.]/g, '')}`
  const { mode, uid, gid } = statSync(file)
  chmodSync(incoming, mode)
  chownSync(incoming, uid, gid)
  const current = new Sqlite(file, { timeout: 1000 })
  try {
    lockCurrent(current, file, incoming, force)
    linkSync(file, previous)
    moveIntoPlace(incoming, file, previous)
  } finally {
    current.close()
  }
  return previous
}

/** Locks the current database exclusively and checkpoints its write-ahead log. Throws a Refusal when it is in use. */
function lockCurrent(current: Connection, file: string, incoming: string, force: boolean) {
  try {
    // In this mode any other open connection makes locking fail, and one that is opened later has to wait.
    current.pragma('locking_mode = exclusive')
    if (!tryLockExclusive(current)) throw new Refusal(`A program uses ${file}: stop it, then restore`)
    current.exec('commit')
    if (!force) checkLostChanges(current, file, incoming)
    current.pragma('journal_mode = delete')
    current.exec('begin exclusive')
  } catch (error) {
    if (error instanceof Refusal) throw error
    if (!force)
      throw new Refusal(
        `${file}, which is there now, cannot be read (${(error as Error).message}): make sure that no program uses it, and --force puts it aside`,
        { cause: error }
      )
    // A damaged file cannot be locked. It is closed now, or SQLite would look for its log beside the new file later.
    current.close()
  }
}

/** Throws a Refusal when the current database has changes that the backup lacks. */
function checkLostChanges(current: Connection, file: string, incoming: string) {
  current.prepare('attach ? as ours').run(incoming)
  const { changes, since } = current
    .prepare<[], { changes: number; since: string }>(
      `select count(*) as changes, min(at) as since from main.changes a
       where not exists (select 1 from ours.changes b where b.seq = a.seq and b.at = a.at and b.id = a.id)`
    )
    .get()!
  current.exec('detach ours')
  if (changes > 0)
    throw new Refusal(
      `${file} holds ${changes} changes since ${since} that the backup does not: they would be lost; --force restores all the same, and keeps the file under another name`
    )
}

/**
 * Renames it to its final name. The log and the high-water mark of the former database are moved away first: SQLite
 * would apply the one, and the next start would miss the change in the other.
 */
function moveIntoPlace(incoming: string, file: string, previous = `${file}.before-restore`) {
  if (existsSync(`${file}-wal`)) renameSync(`${file}-wal`, `${previous}-wal`)
  if (existsSync(highWaterMarkFile(file))) renameSync(highWaterMarkFile(file), highWaterMarkFile(previous))
  rmSync(`${file}-shm`, { force: true })
  renameSync(incoming, file)
  flush(dirname(file))
}

const removeAll = (file: string) => {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${suffix}`, { force: true })
}
