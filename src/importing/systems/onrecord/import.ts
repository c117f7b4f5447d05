// The command that makes the newsroom of an export in an empty database. It may be ended at any time: run again, it goes on.
import { count } from 'drizzle-orm'
import { exportedTables } from '../../../storage/backups/exports/decisions.ts'
import type { Table } from '../../../storage/columns/rows.ts'
import { allTags, type Database, type Reader } from '../../../storage/database.ts'
import { Refusal } from '../../../storage/opening/refusal.ts'
import { type Arriving, type Checked, check, fileIn, recordsAfter } from './read.ts'
import { writeRecords } from './write.ts'

/** How many records, and about how many characters of them, one transaction writes. */
const batch = { records: 1000, characters: 4_000_000 }

const actor = 'import'

/** Imports an export, and answers how many records it has. `step` is told how many are written. */
export async function importNewsroom(
  path: string,
  open: () => Promise<Database>,
  step: (done: number, total: number) => void
): Promise<number> {
  const found = await check(fileIn(path))
  const db = await open()
  try {
    const from = await begin(db, found)
    await write(db, found, from, (lines) => step(lines - 1, found.lines - 1))
    await db.write(actor, async (tx) => {
      await tx.q.update(tx.t.transfers).set({ finishedAt: tx.now })
      tx.invalidated.add(allTags)
    })
    return found.lines - 1
  } finally {
    await db.close()
  }
}

/** How many lines of the export are in the database: 1, its first line, when it is begun. Throws a Refusal otherwise. */
async function begin(db: Database, { file, sha256 }: Checked): Promise<number> {
  const [transfer] = await db.read.q.select().from(db.read.t.transfers)
  if (transfer?.finishedAt) throw new Refusal('The database is made from an export already: name a new one')
  if (transfer && transfer.sha256 !== sha256)
    throw new Refusal(
      `The database has a part of another export than ${file}: go on with that one, or name a new database`
    )
  if (transfer) return transfer.lines
  const held = await firstHeld(db.read)
  if (held)
    throw new Refusal(
      `The database is not empty (${held.rows} ${held.name}): an export is imported into a new one; name it in DATABASE_URL, and issue tokens afterwards`
    )
  await db.write(actor, async ({ q, t }) => {
    await q.insert(t.transfers).values({ sha256, lines: 1 })
  })
  return 1
}

/** The first table that an export has rows of and that is not empty. */
async function firstHeld({ q, t }: Reader) {
  for (const { name } of exportedTables) {
    const table: Table = t[name]
    const [found] = await q.select({ rows: count() }).from(table)
    if (found!.rows > 0) return { name, rows: found!.rows }
  }
  return undefined
}

async function write(db: Database, found: Checked, from: number, step: (lines: number) => void) {
  let lines = from
  let waiting: Arriving[] = []
  let size = 0
  const flush = async () => {
    const groups = runsOf(waiting)
    lines += waiting.length
    await db.write(actor, async (tx) => {
      for (const records of groups) await writeRecords(tx, records)
      await tx.q.update(tx.t.transfers).set({ lines })
    })
    waiting = []
    size = 0
    step(lines)
  }
  for await (const arriving of recordsAfter(found, from)) {
    waiting.push(arriving)
    size += arriving.size
    if (waiting.length >= batch.records || size >= batch.characters) await flush()
  }
  await flush()
}

/** The records in runs of the same table. */
function runsOf(records: Arriving[]): [Arriving, ...Arriving[]][] {
  const runs: [Arriving, ...Arriving[]][] = []
  for (const record of records) {
    const last = runs.at(-1)
    if (last && last[0].table === record.table && last[0].follows === record.follows) last.push(record)
    else runs.push([record])
  }
  return runs
}
