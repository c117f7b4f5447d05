// Opening a database file: created when it is missing, migrated when an older release wrote it, refused with the reason
// when it is damaged or foreign. An existing file is never overwritten.
import {
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  statSync
} from 'node:fs'
import { dirname, resolve } from 'node:path'
import Sqlite from 'better-sqlite3'
import { copies } from '../backups/copies.ts'
import type { Database } from '../database.ts'
import { checkFreeSpace } from '../opening/free-space.ts'
import { createTables, migrateGuarded, newestMigration } from '../opening/migrations.ts'
import type { OpenedDatabase, OpenOptions } from '../opening/opened.ts'
import { isRebuildDue, noteRebuild } from '../opening/rebuilds.ts'
import { Refusal } from '../opening/refusal.ts'
import { removeUnfinished, unfinishedName } from '../opening/temporary-files.ts'
import { isPostgres } from '../postgres/connections/address.ts'
import { checkVersion, sqlite } from './database.ts'
import { highWaterMark, highWaterMarkFile, readHighWaterMark } from './high-water-mark.ts'
import { checkIntegrity, integrityFault } from './integrity-check.ts'

/** A database that is a file. */
export interface Opened extends OpenedDatabase {
  readonly file: string
}

/** The path in a `file:` URL. Throws a Refusal for another URL. */
export function fileOf(url: string): string {
  if (!url.startsWith('file:'))
    throw new Refusal(
      isPostgres(url)
        ? 'This command works on a file of SQLite, and DATABASE_URL names a database of PostgreSQL'
        : `DATABASE_URL must be file:PATH or postgres://HOST/NAME, not ${url}`
    )
  return resolve(url.slice('file:'.length).replace(/^\/\//, ''))
}

/** Opens the database at a `file:` URL. Throws a Refusal when the file cannot be served. */
export function open(url: string, clock: () => Date = () => new Date(), options: OpenOptions = {}): Opened {
  const { isChecked = false, checkFirstLimit = Number.POSITIVE_INFINITY } = options
  const file = fileOf(url)
  const named = { file, where: file }
  if (isChecked) return { ...connected(file, clock), ...named, created: false, migrated: false }
  // lstat: a dangling symbolic link counts as existing, because its target may not be mounted yet.
  const created = orRefuse(file, () => lstatSync(file, { throwIfNoEntry: false })) === undefined
  if (created) create(file)
  const state = created ? { migrated: false } : check(file, checkFirstLimit)
  return { ...connected(file, clock), ...named, created, ...state }
}

/** The folders beside a database: of media, where no other is named, and of exports until they are imported. */
export const foldersOf = (file: string) => ({
  filesFolder: `${file}.files`,
  importsFolder: `${file}.imports`
})

/** Connects to a checked file, and moves its high-water mark after every write. */
function connected(file: string, clock: () => Date): Database {
  const db = orRefuse(file, () => ({
    ...sqlite(file, clock),
    copies: copies(file),
    ...foldersOf(file)
  }))
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

/** Creates it under another name and renames it when it is complete, so that a crash leaves no half database behind. */
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
  // SQLite gives its logs the permissions of the database, which holds drafts, notes and secrets: owner only.
  closeSync(openSync(unfinished, 'wx', 0o600))
  createTables(unfinished)
  noteRebuild(unfinished, newestMigration(), false)
  renameSync(unfinished, file)
  const directory = openSync(folder, 'r')
  fsyncSync(directory)
  closeSync(directory)
}

/** Checks a file and migrates an older one. Throws a Refusal that names the fault. */
function check(file: string, checkFirstLimit: number): Pick<Opened, 'migrated' | 'checkInBackground'> {
  const isLarge = orRefuse(file, () => statSync(file)).size > checkFirstLimit
  const older = isOlder(inspect(file, { checkPages: !isLarge }), file)
  // Before a migration the file is always checked, however large it is.
  if (older && isLarge) inspect(file)
  if (older) {
    // A migration may write every page once more into the log before it is brought into the file.
    checkFreeSpace(dirname(file), statSync(file).size)
    migrateGuarded(file)
  }
  const migrated = orRefuse(file, () => isMigrated(file))
  return isLarge && !older ? { migrated, checkInBackground: () => backgroundCheck(file) } : { migrated }
}

/** Whether published documents wait to be recompiled; records that they do where this release has recorded nothing. */
function isMigrated(file: string): boolean {
  const release = newestMigration()
  const isDue = isRebuildDue(file, release)
  if (isDue === undefined) noteRebuild(file, release, true)
  return isDue ?? true
}

async function backgroundCheck(file: string) {
  const fault = await checkIntegrity(file)
  if (fault) throw damaged(file, fault)
}

/** Whether a file whose last migration is `applied` is of an older release. Throws a Refusal for a newer one. */
export function isOlder(applied: number, file: string): boolean {
  const newest = newestMigration()
  if (applied > newest) {
    throw new Refusal(
      `${file} was written by a newer release of On Record: update the program, or restore a backup made with this one`
    )
  }
  return applied < newest
}

export interface InspectOptions {
  /** The name of the file in error messages. */
  label?: string
  /** Whether all of its pages are checked. */
  checkPages?: boolean
  /** Checks all records and foreign keys as well. */
  thorough?: boolean
}

/** When the last applied migration was generated (ms since 1970). Throws a Refusal for a damaged or foreign file. */
export const inspect = (
  file: string,
  { label = file, checkPages: look = true, thorough = false }: InspectOptions = {}
): number =>
  orRefuse(label, () => {
    if (statSync(file).size === 0)
      throw new Refusal(`${label} is empty: it is not a database; delete it to start a new newsroom`)
    // Read-only: the last connection to close would checkpoint the log into the file, even the log of another database.
    const connection = new Sqlite(file, { readonly: true, fileMustExist: true })
    try {
      checkVersion(connection)
      const fault = look ? integrityFault(connection, thorough) : undefined
      if (fault) throw damaged(label, fault)
      const last = lastMigration(connection, label)
      checkMark(connection, file)
      return last
    } finally {
      connection.close()
    }
  })

/** Does `work`; turns whatever it throws into a Refusal that names the file. */
function orRefuse<T>(file: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal(`${file} cannot be opened: ${(error as Error).message}`, { cause: error })
  }
}

/** Throws a Refusal when the last acknowledged change is missing. */
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

/** The Refusal of a damaged file. */
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
