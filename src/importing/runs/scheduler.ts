// The job that imports exports: one at a time, by one process, which goes on after a restart with what it had begun.
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type JobOptions, startPolling } from '../../changes/polling.ts'
import type { Files } from '../../files/service.ts'
import { found } from '../../http/problems.ts'
import { type Actor, type Database, Unavailable } from '../../storage/database.ts'
import { startPageRetention } from '../records/retention.ts'
import type { Loss } from '../systems/item.ts'
import type { Counts } from '../systems/writing/counts.ts'
import { nameOf } from './schema.ts'
import * as runs from './store.ts'

/** The polling interval, and how often progress is kept, in ms. */
const interval = 500

/** The actor of what no token did. */
const actorName = 'imports'

/** The heap of the thread that reads, in MB. */
const heap = 512

/** How long a file may lie there that belongs to no import: it is being received. */
const day = 86_400_000

type Settings = Parameters<typeof startPageRetention>[1] & { ONRECORD_TERRITORY?: string }

/** Imports exports that are queued, and deletes pages in time, until it is stopped. */
export function startImports(db: Database, settings: Settings & { files: Files }, job: JobOptions) {
  const stops = [startPageRetention(db, settings, job), startExports(db, settings, job)]
  return () => Promise.all(stops.map((stop) => stop()))
}

function startExports(
  db: Database,
  { ONRECORD_TERRITORY: territory, files: store }: Settings & { files: Files },
  { clock, ...job }: JobOptions
) {
  let stopped = false

  async function poll() {
    if ((await runs.nextOpen(db.read)) === undefined) return
    await db.copies.withLock('import', async (lost) => {
      const isOver = () => stopped || lost.aborted
      for (let run = await runs.nextOpen(db.read); run && !isOver(); run = await runs.nextOpen(db.read))
        await work(run, isOver)
    })
  }

  async function work(run: runs.Run, isOver: () => boolean) {
    const path = join(db.importsFolder, run.id)
    try {
      await db.write(actorName, (tx) => runs.start(tx, run))
      const error = await imported(run, path, isOver)
      await db.write(actorName, (tx) => runs.end(tx, run.id, error))
    } catch (error) {
      // Whoever has the lock next goes on with it.
      if (isOver() || isOfDatabase(error)) return
      if (await runs.byId(db.read, run.id)) await fail(run.id, error)
    }
    await rm(path, { force: true })
  }

  async function fail(id: string, error: unknown) {
    const reason = reasonOf(error)
    if (reason === undefined) job.failed(error)
    const told = reason ?? { code: 'internal', reason: 'It is our fault: the log has it.' }
    await db.write(actorName, (tx) => runs.end(tx, id, told))
  }

  /** Does one import; answers why it was refused. */
  async function imported(
    { id, reader, system, quotes, publish, moved, ...run }: runs.Run,
    path: string,
    isOver: () => boolean
  ) {
    const actor: Actor = { name: run.actor, role: run.role }
    const progress = progressOf(id)
    // The readers are loaded where one reads.
    const { importSystemExport } = await import('../systems/writing/import.ts')
    const { counts, refused } = await importSystemExport(
      db,
      { paths: [{ path, name: nameOf(run) }], as: reader, system, speech: quotes, publish },
      { actor, dry: false, moved, territory, heap, store, run: id },
      {
        tell: (loss) => void progress.losses.push(loss),
        keepLosses: (tx, losses) => runs.addLosses(tx, id, losses),
        async done(counts, read) {
          if (isOver()) throw new Error('The service ends, or the lock is lost: whoever has it next goes on.')
          progress.read = read
          if (progress.losses.length > 500 || Date.now() > progress.keptAt + interval)
            await progress.keep(counts)
        }
      }
    )
    await progress.keep(counts)
    return refused ?? null
  }

  const progressOf = (id: string) => ({
    losses: [] as Loss[],
    read: 0,
    keptAt: 0,
    async keep(counts: Counts) {
      const { losses, read } = this
      this.losses = []
      this.keptAt = Date.now()
      await db.write(actorName, async (tx) => {
        found(await runs.byId(tx, id), 'import any more')
        await runs.addLosses(tx, id, losses)
        await runs.keepProgress(tx, id, { counts, read, reported: await runs.reportLength(tx, id) })
      })
    }
  })

  /** Removes files of imports that are over, or were never begun: of requests that a crash interrupted. */
  async function sweep() {
    const names = await readdir(db.importsFolder).catch(() => [])
    const open = new Set(await runs.openIds(db.read))
    for (const name of names) {
      const path = join(db.importsFolder, name)
      const { mtimeMs } = await stat(path)
      if (!open.has(name) && mtimeMs < clock().getTime() - day) await rm(path, { force: true })
    }
  }

  const swept = sweep().catch(job.failed)
  const stopPolling = startPolling(poll, { ...job, interval })
  return async function stop() {
    stopped = true
    await Promise.all([swept, stopPolling()])
  }
}

/** Whether the database cannot take it right now; a store of files has another name. */
const isOfDatabase = (error: unknown) => error instanceof Unavailable && error.what === new Unavailable().what

/** Why the thread that reads could not go on, where the export is why. */
export function reasonOf(error: unknown): { code: string; reason: string } | undefined {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ERR_WORKER_OUT_OF_MEMORY')
    return {
      code: 'too-large-for-memory',
      reason: `Reading it takes more than ${heap} MB of memory: send it in parts, or import it by the command line.`
    }
  if (code === 'ENOENT')
    return { code: 'file-missing', reason: 'Its file is not there any more: send it again.' }
  return undefined
}
