// The row of a source that becomes another: taken out, and put back.
import { eq } from 'drizzle-orm'
import { updateRow } from '../../storage/columns/rows.ts'
import type { Tables, Writer } from '../../storage/database.ts'
import { addWords } from '../articles/list/desk-words.ts'
import { addNames } from './names.ts'
import { row, wordsOf, writeAddresses } from './store.ts'

type Row = Tables['sources']['$inferSelect']

/** Takes out a source that nothing names any more, and answers its row. */
export async function takeOut(tx: Writer, id: string): Promise<Row> {
  const out = (await row(tx, id))!
  await tx.q.delete(tx.t.sources).where(eq(tx.t.sources.id, id))
  return out
}

/** Puts a source back as it was. What it belonged to may be gone, or be another by now. */
export async function putBack(tx: Writer, out: Row, affiliationId: string | null): Promise<Row> {
  const { q, t, now } = tx
  const back = { ...out, affiliationId, version: out.version + 1, updatedAt: now }
  await q.insert(t.sources).values(back)
  await writeAddresses(tx, back)
  await addNames(tx, back)
  await addWords(tx, 'source', back.id, wordsOf(back))
  return back
}

/** Has a source belong to another one, or to none. */
export async function setAffiliation(tx: Writer, id: string, affiliationId: string): Promise<number> {
  const { version } = (await row(tx, id))!
  const next = { affiliationId, version: version + 1, updatedAt: tx.now }
  await updateRow(tx, tx.t.sources, { id, version }, next)
  return next.version
}
