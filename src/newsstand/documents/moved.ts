// Records that became others: who asks for them is sent there.
import { and, eq, sql } from 'drizzle-orm'
import { prepared, type Reader, type Writer } from '../../storage/database.ts'
import { invalidateDocument } from './cache-tags.ts'
import type { Kind } from './kinds.ts'

const movedQuery = prepared(({ q, t: { moved } }) =>
  q
    .select({ to: moved.to })
    .from(moved)
    .where(and(eq(moved.kind, sql.placeholder('kind')), eq(moved.id, sql.placeholder('id'))))
    .prepare('moved_to')
)

/** What a record became in the end, which may have become another in turn; undefined for one that did not. */
export async function movedTo(db: Reader, kind: Kind, id: string): Promise<string | undefined> {
  let to: string | undefined
  for (;;) {
    const [row] = await movedQuery(db).execute({ kind, id: to ?? id })
    if (row === undefined) return to
    to = row.to
  }
}

/** From now on, who asks for the record is sent to the other, once it is no longer public itself. */
export async function setMoved(tx: Writer, kind: Kind, id: string, to: string) {
  await tx.q.insert(tx.t.moved).values({ kind, id, to })
  invalidateDocument(tx, kind, id)
}

/** From now on, it is itself again. */
export async function clearMoved(tx: Writer, kind: Kind, id: string) {
  const { moved } = tx.t
  await tx.q.delete(moved).where(and(eq(moved.kind, kind), eq(moved.id, id)))
  invalidateDocument(tx, kind, id)
}
