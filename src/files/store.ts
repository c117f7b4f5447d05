// The records of files.
import { and, eq, gte, notExists, sum } from 'drizzle-orm'
import { rowsIn } from '../storage/columns/rows.ts'
import { prepared, type Reader, type Tables, type Writer } from '../storage/database.ts'
import type { Inspected } from './intake/inspect.ts'
import * as metadata from './metadata/store.ts'

export type FileRow = Tables['files']['$inferSelect']

/** Records a file whose bytes are stored; one that is known already stays as it is. */
export async function insert(
  tx: Writer,
  { metadata: said, ...file }: Inspected & { digest: string; bytes: number }
) {
  await tx.q
    .insert(tx.t.files)
    .values({ ...file, addedBy: tx.actor.name, createdAt: tx.now })
    .onConflictDoNothing()
  if (said) await metadata.keep(tx, file.digest, said)
}

export async function byDigest({ q, t }: Reader, digest: string): Promise<FileRow | undefined> {
  const [row] = await q.select().from(t.files).where(eq(t.files.digest, digest))
  return row
}

/** These files, by their digests. */
export async function byDigests(db: Reader, digests: string[]): Promise<Map<string, FileRow>> {
  const rows = await rowsIn(db, db.t.files, 'digest', digests)
  return new Map(rows.map((row) => [row.digest, row]))
}

const totalQuery = prepared(({ q, t: { files: f } }) =>
  q
    .select({ bytes: sum(f.bytes).mapWith(Number) })
    .from(f)
    .prepare('bytes_of_files')
)

/** How many bytes all uploaded files have. */
export async function totalBytes(db: Reader): Promise<number> {
  const [row] = await totalQuery(db).execute()
  return row?.bytes ?? 0
}

/** How many bytes this holder of a token added since then. */
export async function bytesAddedBy(
  { q, t: { files: f } }: Reader,
  name: string,
  since: string
): Promise<number> {
  const [row] = await q
    .select({ bytes: sum(f.bytes).mapWith(Number) })
    .from(f)
    .where(and(eq(f.addedBy, name), gte(f.createdAt, since)))
  return row?.bytes ?? 0
}

/**
 * Removes the record of a file, and those of its renditions, where no record of media has it any more. Its bytes are
 * removed afterwards (upkeep/sweep.ts).
 */
export async function removeUnused({ q, t: { files: f, media: m } }: Writer, digest: string) {
  const users = q.select({ id: m.id }).from(m).where(eq(m.file, digest))
  await q.delete(f).where(and(eq(f.digest, digest), notExists(users)))
}
