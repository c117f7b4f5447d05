// Whom an article accuses and who was asked to reply: they name a source as chains do.
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Tables, Writer } from '../../storage/database.ts'
import * as merges from './store.ts'

const tables = (t: Tables) => [
  { kind: 'allegation' as const, table: t.allegations },
  { kind: 'reply' as const, table: t.replyRequests }
]

/** Has allegations and requests for a reply name the other source. */
export async function moveParties(tx: Writer, { id: mergeId, into }: merges.Merge) {
  for (const { kind, table } of tables(tx.t)) {
    const moved = await tx.q
      .update(table)
      .set({ sourceId: into, version: sql`${table.version} + 1`, updatedAt: tx.now })
      .where(eq(table.sourceId, mergeId))
      .returning({ id: table.id })
    await merges.addMoves(
      tx,
      moved.map(({ id: record }) => ({ mergeId, kind, record, position: 0 }))
    )
  }
}

/** Has those that were moved, and name the other source still, name the source again. */
export async function restoreParties(tx: Writer, { id: mergeId, into }: merges.Merge) {
  const { mergeMoves: m } = tx.t
  for (const { kind, table } of tables(tx.t)) {
    const moved = tx.q
      .select({ id: m.record })
      .from(m)
      .where(and(eq(m.mergeId, mergeId), eq(m.kind, kind)))
    await tx.q
      .update(table)
      .set({ sourceId: mergeId, version: sql`${table.version} + 1`, updatedAt: tx.now })
      .where(and(eq(table.sourceId, into), inArray(table.id, moved)))
  }
}
