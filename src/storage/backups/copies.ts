// Online backups. A child process makes them: copying and checking take seconds, and SQLite does both synchronously,
// which would block the event loop.
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
import { isBusy } from '../sqlite/opening/connection.ts'

/** The message with which the child process ends. */
export type Outcome = Copy | { failure: string }

/** The program of a child process, of this folder. */
const programOf = (name: string) => join(import.meta.dirname, `${name}${extname(import.meta.filename)}`)

/** The copy of the database that an export is written from, until it is complete. */
export const snapshotName = (file: string) => `${file}.snapshot`

/** The name of a copy until it is complete. */
export const partialName = (file: string) => `${file}.partial`

const checksumFile = (file: string) => `${file}.sha256`

/** The copies of the database in this file. */
export const copies = (database: string): Copies => ({
  folder: join(dirname(database), 'backups'),
  async make(file, stop) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    try {
      const copy = await inChildProcess('copy', [database, partialName(file)], stop)
      await finish(file, copy)
      return copy
    } finally {
      rmSync(partialName(file), { force: true })
    }
  },
  async export(file, stop) {
    try {
      return await inChildProcess('exports/program', [database, file], stop)
    } catch (error) {
      remove(file)
      throw error
    }
  },
  find(file) {
    const bytes = statSync(file, { throwIfNoEntry: false })?.size
    const sha256 = recordedChecksum(file)
    return bytes !== undefined && sha256 !== undefined ? { bytes, sha256 } : undefined
  },
  remove,
  withLock: (name, work) =>
    // The operating system keeps the lock for as long as the process lives.
    withLock(`${database}.${name}-lock`, () => work(new AbortController().signal))
})

/** Removes a copy or an export, its checksum and what an interrupted one left. */
function remove(file: string) {
  const snapshot = snapshotName(file)
  for (const path of [file, checksumFile(file), partialName(file), snapshot, `${snapshot}.new`])
    rmSync(path, { force: true })
}

/** Runs a program in a child process, which an abort kills. Throws why there is no file. */
async function inChildProcess(name: string, args: [string, string], stop: AbortSignal): Promise<Copy> {
  stop.throwIfAborted()
  rmSync(args[1], { force: true })
  const child = fork(programOf(name), args)
  const end = () => child.kill('SIGKILL')
  stop.addEventListener('abort', end)
  try {
    const ended = once(child, 'exit').then(([code, signal]) => ({
      failure: `The process that made it ended (${signal ?? code}) before it was done.`
    }))
    const reported = once(child, 'message').then(([outcome]) => outcome as Outcome)
    const outcome = await Promise.race([reported, ended])
    if ('failure' in outcome) throw new Error(outcome.failure)
    return outcome
  } finally {
    stop.removeEventListener('abort', end)
  }
}

/** Renames a complete copy to its final name, its checksum first: under that name there is never an incomplete one. */
export async function finish(file: string, { sha256 }: Copy) {
  const sum = partialName(checksumFile(file))
  await writeFile(sum, `${sha256}  ${basename(file)}\n`, { flush: true })
  renameSync(sum, checksumFile(file))
  renameSync(partialName(file), file)
  flush(dirname(file))
}

/** The SHA-256 in the file beside a copy (format of sha256sum). */
export function recordedChecksum(file: string): string | undefined {
  if (!existsSync(checksumFile(file))) return undefined
  return /^[0-9a-f]{64}\b/i.exec(readFileSync(checksumFile(file), 'utf8'))?.[0].toLowerCase()
}

/** Syncs a file, or the entries of a folder, to disk. */
export function flush(path: string) {
  const opened = openSync(path, 'r')
  fsyncSync(opened)
  closeSync(opened)
}

/** Runs `work` under an exclusive SQLite lock on this file, which the operating system frees if the process dies. */
async function withLock(file: string, work: () => Promise<void>): Promise<boolean> {
  const lock = new Sqlite(file, { timeout: 0 })
  try {
    if (!tryLockExclusive(lock)) return false
    await work()
    return true
  } finally {
    lock.close()
  }
}

/** Locks a database exclusively for this connection; false when another one uses it. */
export function tryLockExclusive(connection: InstanceType<typeof Sqlite>): boolean {
  try {
    connection.exec('begin exclusive')
    return true
  } catch (error) {
    if (isBusy(error)) return false
    throw error
  }
}
