// Reading an export of On Record: checked as a whole before anything of it is written.
import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { type Static, Type } from 'typebox'
import { checkerOf } from '../../../config/json-schema.ts'
import { type ExportedTable, exportedTables } from '../../../storage/backups/exports/decisions.ts'
import { exportName, format } from '../../../storage/backups/exports/lines.ts'
import { splitLines } from '../../../storage/backups/exports/split.ts'
import { newestMigration } from '../../../storage/opening/migrations.ts'
import { Refusal } from '../../../storage/opening/refusal.ts'

const Header = Type.Object({
  kind: Type.Literal('export'),
  format: Type.Integer(),
  release: Type.Integer(),
  private: Type.Boolean()
})
const Trailer = Type.Object({ kind: Type.Literal('end'), lines: Type.Integer(), sha256: Type.String() })
const RecordLine = Type.Object({
  kind: Type.String(),
  row: Type.Record(Type.String(), Type.Unknown()),
  follows: Type.Optional(Type.Literal(true))
})

const [isHeader, isTrailer, isRecordLine] = [checkerOf(Header), checkerOf(Trailer), checkerOf(RecordLine)]

/** An export that is whole. */
export interface Checked {
  file: string
  /** How many lines it has before the last one. */
  lines: number
  /** Their SHA-256, by which it is known again. */
  sha256: string
}

/** A record of an export. */
export interface Arriving {
  table: ExportedTable
  /** Whether these are columns of a row that came before. */
  follows: boolean
  row: Record<string, unknown>
  /** In bytes. */
  size: number
}

/** The file of an export: itself, or the one in a folder. */
export const fileIn = (path: string) => (statSync(path).isDirectory() ? join(path, exportName) : path)

/** Reads an export through. Throws a Refusal that says why it is none, or not whole. */
export async function check(file: string): Promise<Checked> {
  const hash = createHash('sha256')
  let lines = 0
  let trailer: Static<typeof Trailer> | undefined
  for await (const bytes of linesOf(file)) {
    if (trailer) throw new Refusal(`${file} goes on after its last line: copy it again`)
    if (lines === 0) checkHeader(file, parsed(bytes, isHeader))
    // Between the first and the last line only the bytes are looked at now.
    if (bytes.length < 200) trailer = parsed(bytes, isTrailer)
    if (trailer) continue
    hash.update(bytes).update('\n')
    lines++
  }
  const sha256 = hash.digest('hex')
  if (lines === 0) throw new Refusal(`${file} is empty: it is no export`)
  if (!trailer)
    throw new Refusal(`${file} is cut off after line ${lines}: let the export go on, or copy it again`)
  if (trailer.lines !== lines || trailer.sha256 !== sha256)
    throw new Refusal(`${file} is damaged: its lines are not those that its last line counts; copy it again`)
  return { file, lines, sha256 }
}

function checkHeader(file: string, header: Static<typeof Header> | undefined) {
  if (!header) throw new Refusal(`${file}: line 1 is not the first line of an export of On Record`)
  const newest = newestMigration()
  if (header.format === format && header.release === newest) return
  const age = header.format > format || header.release > newest ? 'a newer' : 'an older'
  throw new Refusal(
    `${file} was written by ${age} release of On Record: import it with that release, and then update the program`
  )
}

const tables = new Map<string, ExportedTable>(exportedTables.map((table) => [table.name, table]))

/** The records of an export after so many lines. */
export async function* recordsAfter({ file, lines }: Checked, after: number): AsyncGenerator<Arriving> {
  let number = 0
  for await (const bytes of linesOf(file)) {
    number++
    if (number === 1 || number <= after || number > lines) continue
    const line = parsed(bytes, isRecordLine)
    const table = line && tables.get(line.kind)
    if (!table) throw new Refusal(`${file}: line ${number} is no record that this release knows`)
    yield { table, follows: line.follows ?? false, row: line.row, size: bytes.length }
  }
}

async function* linesOf(file: string) {
  for await (const { bytes } of splitLines(file)) yield bytes
}

/** A line as JSON of this form; undefined for any other. */
function parsed<Line>(bytes: Buffer, isOfForm: (line: unknown) => line is Line): Line | undefined {
  try {
    const line: unknown = JSON.parse(bytes.toString())
    return isOfForm(line) ? line : undefined
  } catch {
    return undefined
  }
}
