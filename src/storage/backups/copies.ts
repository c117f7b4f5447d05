// Copies of a database that is in use. Another process makes them: copying and checking take seconds, and SQLite does
// both without a pause in which requests could be answered.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync
} from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { Copies, Copy } from '../database.ts'
import { isBusy } from '../sqlite/database.ts'

/** What the process that copies says in the end. */
export type Outcome = Copy | { failure: string }

const program = join(import.meta.dirname, `copy${extname(import.meta.filename)}`)

/** Where a copy stands until it is whole. */
export const unfinished = (file: string) => `${file}.partial`

const sumOf = (file: string) => `${file}.sha256`

/** The copies of the database in this file. */
export const copies = (database: string): Copies => ({
  folder: join(dirname(database), 'backups'),
  async make(file, stop) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    try {
      const outcome = await apart(database, unfinished(file), stop)
      if ('failure' in outcome) throw new Error(outcome.failure)
      await place(file, outcome)
      return outcome
    } finally {
      rmSync(unfinished(file), { force: true })
    }
  },
  at(file) {
    const bytes = statSync(file, { throwIfNoEntry: false })?.size
    const sha256 = recordedChecksum(file)
    return bytes !== undefined && sha256 !== undefined ? { bytes, sha256 } : undefined
  },
  remove(file) {
    for (const path of [file, sumOf(file), unfinished(file)]) rmSync(path, { force: true })
  },
  alone: (work) => alone(`${database}.backup-lock`, work)
})

/** Has another process copy, and answers what it says; when it is to stop, that process is ended at once. */
async function apart(database: string, file: string, stop: AbortSignal): Promise<Outcome> {
  stop.throwIfAborted()
  rmSync(file, { force: true })
  const child = fork(program, [database, file])
  const end = () => child.kill('SIGKILL')
  stop.addEventListener('abort', end)
  try {
    const ended = once(child, 'exit').then(([code, signal]) => ({
      failure: `The process that made it ended (${signal ?? code}) before it was done.`
    }))
    const told = once(child, 'message').then(([outcome]) => outcome as Outcome)
    return await Promise.race([told, ended])
  } finally {
    stop.removeEventListener('abort', end)
  }
}

/** Gives a copy that is whole its name. A name, once it is there, stands for a whole copy with its sum beside it. */
export async function place(file: string, { sha256 }: Copy) {
  const sum = unfinished(sumOf(file))
  await writeFile(sum, `${sha256}  ${basename(file)}\n`, { flush: true })
  renameSync(sum, sumOf(file))
  renameSync(unfinished(file), file)
  flush(dirname(file))
}

/** The SHA-256 that stands beside a copy, in the form of sha256sum. */
export function recordedChecksum(file: string): string | undefined {
  if (!existsSync(sumOf(file))) return undefined
  return /^[0-9a-f]{64}\b/i.exec(readFileSync(sumOf(file), 'utf8'))?.[0].toLowerCase()
}

/** Waits until a file, or the names in a folder, are on disk. */
export function flush(path: string) {
  const opened = openSync(path, 'r')
  fsyncSync(opened)
  closeSync(opened)
}

/** SQLite locks this file for as long as the work lasts; the system unlocks it when the process is gone, however it went. */
async function alone(file: string, work: () => Promise<void>): Promise<boolean> {
  const lock = new Sqlite(file, { timeout: 0 })
  try {
    if (!seized(lock)) return false
    await work()
    return true
  } finally {
    lock.close()
  }
}

/** Takes a database for this connection alone; false when somebody else uses it. */
export function seized(connection: InstanceType<typeof Sqlite>): boolean {
  try {
    connection.exec('begin exclusive')
    return true
  } catch (error) {
    if (isBusy(error)) return false
    throw error
  }
}
