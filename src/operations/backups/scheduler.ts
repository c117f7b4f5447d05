// The backup worker: makes requested and scheduled backups, and exports, one at a time, and removes the oldest. Every process runs
// one; a lock lets one at a time work.
import { dirname, resolve } from 'node:path'
import { type JobOptions, startPolling } from '../../changes/polling.ts'
import type { Files } from '../../files/service.ts'
import { backUpFiles, prune, removeManifest } from '../../files/upkeep/backup.ts'
import { namesFiles } from '../../storage/backups/named-files.ts'
import type { Actor, Copy, Database, Reader } from '../../storage/database.ts'
import * as backups from './store.ts'

/** The polling interval, in ms. */
const interval = 500

const hour = 3_600_000

/** The actor in the change log. */
const actorName = 'backups'

export interface Settings {
  files: Pick<Files, 'blobs'>
  ONRECORD_BACKUP_DIR?: string
  ONRECORD_BACKUP_KEEP: number
  ONRECORD_BACKUP_EVERY: number
  ONRECORD_BACKUP_FILES: string
}

type Requested = Awaited<ReturnType<typeof backups.unfinished>>[number]

/** The path of a backup, once it was started. */
const fileOf = (
  { copies }: Database,
  { ONRECORD_BACKUP_DIR = copies.folder }: Settings,
  row: { file: string | null }
) => resolve(ONRECORD_BACKUP_DIR, row.file!)

/** Removes a backup: its file first, so that a failure can be retried. Throws 404, and 409 while it is being made. */
export async function remove(db: Database, settings: Settings, actor: Actor | string, id: string) {
  const row = await backups.removable(db.read, id)
  if (row.file !== null) {
    const file = fileOf(db, settings, row)
    db.copies.remove(file)
    await removeManifest(file)
    // While a backup is made, the scheduler does this afterwards.
    await db.copies.withLock('backup', async () => void (await prune(dirname(file))))
  }
  await db.write(actor, (tx) => backups.remove(tx, id))
}

/** Adds the files of media to a copy of the database, if backups hold them. Nothing is opened where it names none. */
async function addFiles(file: string, { files, ONRECORD_BACKUP_FILES: which }: Settings, stop: AbortSignal) {
  if (which === 'all' && namesFiles(file)) await backUpFiles(file, await files.blobs(), stop)
}

/** Whether a scheduled backup is due. */
async function isDue(db: Reader, hours: number, now: string): Promise<boolean> {
  if (hours === 0) return false
  const latest = await backups.lastRequestedAt(db)
  return latest === undefined || Date.parse(latest) + hours * hour <= Date.parse(now)
}

/** Runs until it is stopped; a backup that is interrupted by that is made after the next start. */
export function startBackupScheduler(db: Database, settings: Settings, { clock, ...job }: JobOptions) {
  const { ONRECORD_BACKUP_KEEP: keep, ONRECORD_BACKUP_EVERY: hours } = settings
  const stopping = new AbortController()

  async function poll() {
    if (await isDue(db.read, hours, clock().toISOString()))
      // Checked again inside the transaction: another process may have been faster.
      await db.write(actorName, async (tx) => {
        if (await isDue(tx, hours, tx.now)) await backups.create(tx, 'backup')
      })
    if ((await backups.unfinished(db.read)).length > 0) await db.copies.withLock('backup', work)
  }

  /** Runs under the lock: so a backup that is recorded as running was interrupted by a crash. */
  async function work() {
    for (const row of await backups.unfinished(db.read)) {
      if (row.status === 'running') await settleInterrupted(row)
      else await make(row)
    }
    for (const kind of ['backup', 'export'] as const)
      for (const { id } of await backups.beyondRetention(db.read, kind, keep))
        await remove(db, settings, actorName, id)
    await prune(resolve(settings.ONRECORD_BACKUP_DIR ?? db.copies.folder))
  }

  /** A copy under its final name is complete, even if a crash kept it from being recorded. */
  async function settleInterrupted(row: Requested) {
    const file = fileOf(db, settings, row)
    const copy = db.copies.find(file)
    if (copy) {
      await addFiles(file, settings, stopping.signal)
      return db.write(actorName, (tx) => backups.finish(tx, row.id, copy))
    }
    db.copies.remove(file)
    await db.write(actorName, (tx) => backups.fail(tx, row.id, 'The service ended before it was done.'))
  }

  async function make({ id, ...requested }: Requested) {
    const row = await db.write(actorName, (tx) => backups.start(tx, { id, ...requested }))
    if (row === undefined) return
    const file = fileOf(db, settings, row)
    const make = row.kind === 'export' ? db.copies.export : makeWithFiles
    const copy = await make(file, stopping.signal).catch((error: Error) => error)
    if (!(copy instanceof Error)) await db.write(actorName, (tx) => backups.finish(tx, id, copy))
    else if (stopping.signal.aborted) await db.write(actorName, (tx) => backups.resetToWaiting(tx, id))
    else {
      job.failed(copy)
      await db.write(actorName, (tx) => backups.fail(tx, id, copy.message))
    }
  }

  async function makeWithFiles(file: string, stop: AbortSignal): Promise<Copy> {
    const copy = await db.copies.make(file, stop)
    try {
      await addFiles(file, settings, stop)
      return copy
    } catch (error) {
      db.copies.remove(file)
      await removeManifest(file)
      throw error
    }
  }

  const stopPolling = startPolling(poll, { ...job, interval })

  return function stop() {
    stopping.abort()
    return stopPolling()
  }
}
