// Opening a database file: made when there is none, migrated when it is older, refused by name when it is not
// what it should be. Nothing is ever created over a file that is there.
import {
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import Sqlite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { copies } from '../backups/copies.ts'
import type { Database } from '../database.ts'
import { isRebuildDue, noteRebuild } from '../rebuilds.ts'
import { removeUnfinished, unfinishedName } from '../temporary-files.ts'
import { indexed } from '../text/tokenizer.ts'
import { checkVersion, sqlite } from './database.ts'
import { highWaterMark, highWaterMarkFile, readHighWaterMark } from './high-water-mark.ts'
import { checkIntegrity, integrityFault } from './integrity-check.ts'

const migrations = join(import.meta.dirname, '../../../migrations/sqlite')

/** Why a start was refused, for the person who starts it. */
export class Refusal extends Error {}

export interface Opened extends Database {
  /** Where the file is. */
  readonly file: string
  /** Whether this start made it. */
  readonly created: boolean
  /** Whether what an older release published is to be compiled anew: this start migrated it, or one that did not end. */
  readonly migrated: boolean
  /** Looks through a large one for damage while it is served, and rejects with a Refusal; others were looked through. */
  readonly look?: () => Promise<void>
}

export interface Opening {
  /** Another process of this service has looked at it just before: it is there, and is not read again. */
  isChecked?: boolean
  /** In bytes: a larger file is not looked through for damage before it is served. */
  lookFirst?: number
}

/** Where the database of a `file:` URL is. Throws a Refusal for another URL. */
export function fileOf(url: string): string {
  if (!url.startsWith('file:'))
    throw new Refusal(`This release stores in SQLite: DATABASE_URL must be file:PATH, not ${url}`)
  return resolve(url.slice('file:'.length).replace(/^\/\//, ''))
}

/** The database at a `file:` URL. Throws a Refusal when the file there cannot be served. */
export function open(url: string, clock: () => Date = () => new Date(), opening: Opening = {}): Opened {
  const { isChecked = false, lookFirst = Number.POSITIVE_INFINITY } = opening
  const file = fileOf(url)
  if (isChecked) return { ...connected(file, clock), file, created: false, migrated: false }
  // A link that leads nowhere is something: what it should lead to may not be mounted.
  const created = plainly(file, () => lstatSync(file, { throwIfNoEntry: false })) === undefined
  if (created) create(file)
  const state = created ? { migrated: false } : check(file, lookFirst)
  return { ...connected(file, clock), file, created, ...state }
}

/** The database in a file that was checked; what it acknowledges, it marks. */
function connected(file: string, clock: () => Date): Database {
  const db = plainly(file, () => ({ ...sqlite(file, clock), copies: copies(file) }))
  const mark = highWaterMark(db, file)
  return {
    ...db,
    async write(actor, work) {
      const result = await db.write(actor, work)
      await mark.keep()
      return result
    },
    async close() {
      await db.close()
      mark.close()
    }
  }
}

/** Made under another name and renamed when it is whole, so that a crash leaves no half database behind. */
function create(file: string) {
  for (const [what, beside] of [
    ['write-ahead log', `${file}-wal`],
    ['mark', highWaterMarkFile(file)]
  ]) {
    if (!existsSync(beside!)) continue
    throw new Refusal(
      `${file} is missing but its ${what} ${beside} is there: bring the database back, or move the ${what} away`
    )
  }
  const folder = dirname(file)
  mkdirSync(folder, { recursive: true })
  removeUnfinished(file)
  const unfinished = unfinishedName(file)
  // SQLite gives its logs the permissions of the database: drafts, notes and secrets of webhooks are its owner's.
  closeSync(openSync(unfinished, 'wx', 0o600))
  migrateGuarded(unfinished)
  noteRebuild(unfinished, newestMigration(), false)
  renameSync(unfinished, file)
  const directory = openSync(folder, 'r')
  fsyncSync(directory)
  closeSync(directory)
}

/** Throws a Refusal naming what is wrong with the file; brings an older one up to date. */
function check(file: string, lookFirst: number): Pick<Opened, 'migrated' | 'look'> {
  const unseen = plainly(file, () => statSync(file)).size > lookFirst
  const older = isOlder(inspect(file, { look: !unseen }), file)
  // What is to be rewritten is looked through, however large it is.
  if (older && unseen) inspect(file)
  if (older) migrateGuarded(file)
  const migrated = plainly(file, () => isMigrated(file))
  return unseen && !older ? { migrated, look: () => lookLater(file) } : { migrated }
}

/** Whether what is published waits to be compiled anew; notes that it does where nobody has. */
function isMigrated(file: string): boolean {
  const release = newestMigration()
  const isDue = isRebuildDue(file, release)
  if (isDue === undefined) noteRebuild(file, release, true)
  return isDue ?? true
}

async function lookLater(file: string) {
  const fault = await checkIntegrity(file)
  if (fault) throw damaged(file, fault)
}

/** Whether a file with this last migration was left by an older release. Throws a Refusal when it was by a newer one. */
export function isOlder(applied: number, file: string): boolean {
  const newest = newestMigration()
  if (applied > newest) {
    throw new Refusal(
      `${file} was written by a newer release of On Record: update the program, or restore a backup made with this one`
    )
  }
  return applied < newest
}

/** When the last migration of this release was made (ms since 1970). */
function newestMigration(): number {
  const journal = JSON.parse(readFileSync(join(migrations, 'meta/_journal.json'), 'utf8')) as {
    entries: { when: number }[]
  }
  return Math.max(...journal.entries.map(({ when }) => when))
}

export interface Inspection {
  /** What a Refusal calls the file. */
  named?: string
  /** Whether all of its pages are looked at. */
  look?: boolean
  /** Reads all of it, and follows every reference. */
  thorough?: boolean
}

/** When the last applied migration was made (ms since 1970). Throws a Refusal for a damaged or foreign file. */
export const inspect = (
  file: string,
  { named = file, look = true, thorough = false }: Inspection = {}
): number =>
  plainly(named, () => {
    if (statSync(file).size === 0)
      throw new Refusal(`${named} is empty: it is not a database; delete it to start a new newsroom`)
    // It may only read: the last one to close the file would otherwise write the log into it, whosever log it is.
    const connection = new Sqlite(file, { readonly: true, fileMustExist: true })
    try {
      checkVersion(connection)
      const fault = look ? integrityFault(connection, thorough) : undefined
      if (fault) throw damaged(named, fault)
      const last = lastMigration(connection, named)
      checkMark(connection, file)
      return last
    } finally {
      connection.close()
    }
  })

/** Does it; whatever it throws is a Refusal of this file. */
function plainly<T>(file: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal(`${file} cannot be opened: ${(error as Error).message}`, { cause: error })
  }
}

/** Throws a Refusal when the change that was acknowledged last is not there. */
function checkMark(connection: InstanceType<typeof Sqlite>, file: string) {
  const mark = readHighWaterMark(file)
  if (mark === undefined) return
  const { seq, change } = mark
  const marked = connection
    .prepare("select at || ' ' || action || ' ' || kind || ' ' || id from changes where seq = ?")
    .pluck()
  if (marked.get(seq) === change) return
  throw new Refusal(
    `${file} lacks change ${seq} (${change}), which was acknowledged: the file or its write-ahead log ${file}-wal is ` +
      `older, damaged or of another newsroom; bring back both, or delete ${highWaterMarkFile(file)} to go on without what is lost`
  )
}

/** Why a file is refused in which this is wrong. */
const damaged = (file: string, fault: string) => new Refusal(`${file} is damaged: ${fault}`)

function lastMigration(connection: InstanceType<typeof Sqlite>, file: string): number {
  const foreign = `${file} is a database, but not one of On Record`
  const known = connection
    .prepare("select count(*) from sqlite_master where type = 'table' and name = '__drizzle_migrations'")
    .pluck()
  if (known.get() === 0) throw new Refusal(`${foreign}: it has no migration table`)
  const last = connection.prepare('select max(created_at) from __drizzle_migrations').pluck().get()
  if (last === null) throw new Refusal(`${foreign}: its migration table is empty`)
  return Number(last)
}

/** Applies the migrations and proves that no reference was left dangling. */
export function migrateGuarded(file: string, folder = migrations) {
  const connection = new Sqlite(file)
  // SQLite ignores this pragma inside a transaction, and a table rebuild would then cascade.
  connection.pragma('foreign_keys = off')
  connection.pragma('journal_mode = WAL')
  // What the triggers of full text call.
  connection.function('indexed', { deterministic: true }, (text: unknown) => indexed(String(text)))
  migrate(drizzle(connection), { migrationsFolder: folder })
  const dangling = connection.pragma('foreign_key_check') as unknown[]
  connection.close()
  if (dangling.length > 0) throw new Refusal(`migrating ${file} left ${dangling.length} dangling references`)
}
