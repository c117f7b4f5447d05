// Writing an export.
import { createHash, type Hash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync
} from 'node:fs'
import { dirname } from 'node:path'
import type { Copy } from '../../database.ts'
import { newestMigration } from '../../opening/migrations.ts'
import { Refusal } from '../../opening/refusal.ts'
import { finish, partialName, snapshotName } from '../copies.ts'
import { copyTo } from '../copy.ts'
import { exportedTables } from './decisions.ts'
import { format, type Header, type RecordLine } from './lines.ts'
import { type Begun, begun } from './resume.ts'
import { lastChange, openSnapshot, recordsOf, type Snapshot } from './rows.ts'

/** How many characters are written at once. */
const chunkSize = 256 * 1024

export interface ExportOptions {
  /** Whether private fields are in it. */
  withPrivate: boolean
  /** The time in its first line. */
  now: Date
}

export interface Written extends Copy {
  lines: number
}

/** Exports a database to a file, and goes on with an export that was interrupted. Throws a Refusal that says why it cannot. */
export async function exportTo(
  database: string,
  file: string,
  { force, ...options }: ExportOptions & { force: boolean }
): Promise<Written> {
  if (!existsSync(database)) throw new Refusal(`There is no database at ${database}`)
  if (!force && existsSync(file))
    throw new Refusal(`${file} is there already; --force puts the new export in its place`)
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const written = await writeLines(database, file, options)
  await finish(file, written)
  return written
}

/** Removes what an interrupted export left. */
function removeBegun(file: string) {
  for (const path of [snapshotName(file), `${snapshotName(file)}.new`, partialName(file)])
    rmSync(path, { force: true })
}

/** Writes all lines, under the name of what is not complete. */
async function writeLines(database: string, file: string, options: ExportOptions): Promise<Written> {
  const from = await prepared(database, file, options)
  const snapshot = openSnapshot(snapshotName(file))
  try {
    const out = output(partialName(file), from)
    if (!from.header) out.add(await headerOf(snapshot, options))
    for await (const line of linesAfter(from.last, snapshot, options)) out.add(line)
    return out.end()
  } finally {
    snapshot.close()
    rmSync(snapshotName(file))
  }
}

/** What an interrupted export of the same fields has, or that of a new one: a copy of the database, and no line. */
async function prepared(database: string, file: string, { withPrivate }: ExportOptions): Promise<Begun> {
  if (existsSync(snapshotName(file))) {
    const found = await begun(partialName(file))
    if (found.header?.private === withPrivate) return found
  }
  removeBegun(file)
  await copyTo(database, `${snapshotName(file)}.new`)
  renameSync(`${snapshotName(file)}.new`, snapshotName(file))
  // Readable by its owner only, as the database.
  closeSync(openSync(partialName(file), 'wx', 0o600))
  return { hash: createHash('sha256'), lines: 0 }
}

const headerOf = async (snapshot: Snapshot, { withPrivate, now }: ExportOptions): Promise<Header> => ({
  kind: 'export',
  format,
  release: newestMigration(),
  change: await lastChange(snapshot),
  at: now.toISOString(),
  private: withPrivate
})

/** The lines of an export after this one. */
async function* linesAfter(
  last: RecordLine | undefined,
  snapshot: Snapshot,
  { withPrivate }: ExportOptions
): AsyncGenerator<RecordLine> {
  let isReached = last === undefined
  for (const table of exportedTables) {
    if (table.private === true && !withPrivate) continue
    for (const follows of table.later ? [false, true] : [false]) {
      const isLast = !isReached && last!.kind === table.name && last!.follows === (follows || undefined)
      isReached ||= isLast
      if (!isReached) continue
      const from = { withPrivate, follows, ...(isLast && { last: last!.row }) }
      for await (const row of recordsOf(snapshot, table, from))
        yield { kind: table.name, ...(follows && { follows }), row }
    }
  }
}

/** Appends lines to a file that has some. */
function output(file: string, { hash, lines: from }: { hash: Hash; lines: number }) {
  const opened = openSync(file, 'a')
  let lines = from
  let waiting = ''
  function write() {
    const bytes = Buffer.from(waiting)
    hash.update(bytes)
    writeSync(opened, bytes)
    waiting = ''
  }
  return {
    add(line: object) {
      waiting += `${JSON.stringify(line)}\n`
      lines++
      if (waiting.length > chunkSize) write()
    },
    /** Writes the last line, and syncs the file. */
    end(): Written {
      write()
      waiting = `${JSON.stringify({ kind: 'end', lines, sha256: hash.copy().digest('hex') })}\n`
      write()
      fsyncSync(opened)
      closeSync(opened)
      return { bytes: statSync(file).size, sha256: hash.digest('hex'), lines }
    }
  }
}
