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
import { copies } from '../backups/copies.ts'
import type { Database } from '../database.ts'
import { checkFreeSpace } from '../opening/free-space.ts'
import { createTables, migrateGuarded, newestMigration } from '../opening/migrations.ts'
import type { OpenedDatabase, OpenOptions } from '../opening/opened.ts'
import { isRebuildDue, noteRebuild } from '../opening/rebuilds.ts'
import { Refusal } from '../opening/refusal.ts'
import { removeUnfinished, unfinishedName } from '../opening/temporary-files.ts'
import { isPostgres } from '../postgres/connections/address.ts'
import { sqlite } from './database.ts'
import { highWaterMark } from './high-water-mark.ts'
import { checkIntegrity } from './integrity-check.ts'
import { damaged, inspect, orRefuse } from './opening/inspect.ts'
import { highWaterMarkFile } from './opening/mark-file.ts'

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
