// The settings that the forms of the published side are made of: a row each, by its name.
import { eq, sql } from 'drizzle-orm'
import { prepared, type Reader, type Tables, type Writer } from '../../storage/database.ts'

export type Row = Tables['publisher']['$inferSelect']

const query = prepared(({ q, t: { publisher: p } }) =>
  q
    .select()
    .from(p)
    .where(eq(p.id, sql.placeholder('id')))
    .prepare('publisher')
)

/** The row of this name, once somebody said something. */
export async function row(db: Reader, id: string): Promise<Row | undefined> {
  const [found] = await query(db).execute({ id })
  return found
}

/** Writes the row of this name. */
export async function put(tx: Writer, id: string, about: object): Promise<Row> {
  const { publisher: p } = tx.t
  const set = { about: about as Record<string, unknown>, updatedAt: tx.now }
  const [written] = await tx.q
    .insert(p)
    .values({ id, ...set, version: 1, createdAt: tx.now })
    .onConflictDoUpdate({ target: p.id, set: { ...set, version: sql`${p.version} + 1` } })
    .returning()
  return written!
}
