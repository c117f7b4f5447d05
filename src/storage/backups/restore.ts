// Putting a copy in the place of the database. Until the last step what is there stays there, and the last step is one
// renaming: a crash leaves the one or the other, never neither.
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
import { highWaterMarkFile } from '../sqlite/high-water-mark.ts'
import { inspect, isOlder, Refusal } from '../sqlite/open.ts'
import { flush, recordedChecksum, seized } from './copies.ts'
import { checkRoom, sha256 } from './copy.ts'

type Connection = InstanceType<typeof Sqlite>

export interface Terms {
  /** Restores although changes are lost. */
  force?: boolean
  /** Restores a copy that has no SHA-256 beside it. */
  unchecked?: boolean
  now: Date
}

export interface Restored {
  /** The number and the instant of its latest change; null where nothing was ever changed. */
  latest: { seq: number; at: string } | null
  /** Whether an older release made it. */
  older: boolean
  /** Where the database is that was there. */
  kept?: string
}

/** Puts a copy in the place of the database in `file`. Throws a Refusal saying why it does not. */
export async function restore(copy: string, file: string, { force = false, unchecked = false, now }: Terms) {
  if (!existsSync(copy)) throw new Refusal(`There is no file ${copy}`)
  mkdirSync(dirname(file), { recursive: true })
  const ours = `${file}.restoring`
  try {
    checkRoom(dirname(file), statSync(copy).size)
    copyFileSync(copy, ours, constants.COPYFILE_FICLONE)
    await checkSum(copy, ours, unchecked)
    const older = isOlder(inspect(ours, { named: copy, thorough: true }), copy)
    const restored: Restored = { older, latest: latestIn(ours) }
    flush(ours)
    if (existsSync(file)) restored.kept = replace(file, ours, force, now)
    else settle(ours, file)
    return restored
  } finally {
    removeAll(ours)
  }
}

/** Throws a Refusal unless what was copied has the SHA-256 that stands beside the copy. */
async function checkSum(copy: string, ours: string, unchecked: boolean) {
  const told = recordedChecksum(copy)
  if (told === undefined) {
    if (unchecked) return
    throw new Refusal(
      `There is no SHA-256 in ${copy}.sha256, so nobody can tell whether ${copy} is as it was made; --unchecked restores it all the same`
    )
  }
  if ((await sha256(ours)) !== told)
    throw new Refusal(`${copy} is not as it was made: its SHA-256 is not the one in ${copy}.sha256`)
}

function latestIn(file: string): Restored['latest'] {
  const connection = new Sqlite(file)
  const row = connection
    .prepare<[], NonNullable<Restored['latest']>>('select seq, at from changes order by seq desc limit 1')
    .get()
  connection.close()
  return row ?? null
}

/** Puts it in the place of the database that is there, which is kept. Answers where. */
function replace(file: string, ours: string, force: boolean, now: Date): string {
  const kept = `${file}.before-restore-${now.toISOString().replace(/[-:.]/g, '')}`
  const { mode, uid, gid } = statSync(file)
  chmodSync(ours, mode)
  chownSync(ours, uid, gid)
  const there = new Sqlite(file, { timeout: 1000 })
  try {
    takeOver(there, file, ours, force)
    linkSync(file, kept)
    settle(ours, file, kept)
  } finally {
    there.close()
  }
  return kept
}

/** Takes the database that is there for ourselves, its write-ahead log written into it. Throws a Refusal when that cannot be. */
function takeOver(there: Connection, file: string, ours: string, force: boolean) {
  try {
    // In this mode everybody who has the database open is in the way, and who comes later has to wait.
    there.pragma('locking_mode = exclusive')
    if (!seized(there)) throw new Refusal(`A program uses ${file}: stop it, then restore`)
    there.exec('commit')
    if (!force) checkLoss(there, file, ours)
    there.pragma('journal_mode = delete')
    there.exec('begin exclusive')
  } catch (error) {
    if (error instanceof Refusal) throw error
    if (!force)
      throw new Refusal(
        `${file}, which is there now, cannot be read (${(error as Error).message}): make sure that no program uses it, and --force puts it aside`,
        { cause: error }
      )
    // What cannot be read cannot be held: closed now, SQLite does not look for its log beside another file later.
    there.close()
  }
}

/** Throws a Refusal when the database that is there knows of changes that ours does not. */
function checkLoss(there: Connection, file: string, ours: string) {
  there.prepare('attach ? as ours').run(ours)
  const { changes, since } = there
    .prepare<[], { changes: number; since: string }>(
      `select count(*) as changes, min(at) as since from main.changes a
       where not exists (select 1 from ours.changes b where b.seq = a.seq and b.at = a.at and b.id = a.id)`
    )
    .get()!
  there.exec('detach ours')
  if (changes > 0)
    throw new Refusal(
      `${file} holds ${changes} changes since ${since} that the backup does not: they would be lost; --force restores all the same, and keeps the file under another name`
    )
}

/**
 * Gives it its name. The log and the mark of what was there must not be found beside it: SQLite would apply the one, and
 * a start ask for the change in the other.
 */
function settle(ours: string, file: string, kept = `${file}.before-restore`) {
  if (existsSync(`${file}-wal`)) renameSync(`${file}-wal`, `${kept}-wal`)
  if (existsSync(highWaterMarkFile(file))) renameSync(highWaterMarkFile(file), highWaterMarkFile(kept))
  rmSync(`${file}-shm`, { force: true })
  renameSync(ours, file)
  flush(dirname(file))
}

const removeAll = (file: string) => {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${suffix}`, { force: true })
}
