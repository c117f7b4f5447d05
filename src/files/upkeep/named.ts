// Which bytes the records name.
import { asc, eq, gt, inArray, min } from 'drizzle-orm'
import type { Reader } from '../../storage/database.ts'

/** Those of these digests that the record of a file or of a rendition names. */
export async function named({ q, t }: Reader, digests: string[]): Promise<Set<string>> {
  const { files: f, renditionFiles: r } = t
  const originals = await q.select({ digest: f.digest }).from(f).where(inArray(f.digest, digests))
  const renditions = await q.select({ digest: r.digest }).from(r).where(inArray(r.digest, digests))
  return new Set([...originals, ...renditions].map(({ digest }) => digest))
}

/** What a record says of the bytes it names. */
export interface NamedBytes {
  digest: string
  bytes: number
}

/** How many records are read at once. */
const pageSize = 500

/** All uploaded files, by digest. */
export const originals = ({ q, t: { files: f } }: Reader) =>
  pages((after) =>
    q
      .select({ digest: f.digest, bytes: f.bytes })
      .from(f)
      .where(gt(f.digest, after))
      .orderBy(asc(f.digest))
      .limit(pageSize)
  )

/** All renditions that were made, by digest, each once. */
export const renditions = ({ q, t: { renditionFiles: r } }: Reader) =>
  pages((after) =>
    q
      .select({ digest: r.digest, bytes: min(r.bytes).mapWith(Number) })
      .from(r)
      .where(gt(r.digest, after))
      .groupBy(r.digest)
      .orderBy(asc(r.digest))
      .limit(pageSize)
  )

/** The uploaded files whose renditions have this digest among them. */
export async function picturesOf({ q, t }: Reader, digest: string): Promise<string[]> {
  const { renditionSets: s, renditionFiles: r } = t
  const rows = await q
    .selectDistinct({ file: s.file })
    .from(r)
    .innerJoin(s, eq(r.setId, s.id))
    .where(eq(r.digest, digest))
  return rows.map(({ file }) => file)
}

async function* pages(read: (after: string) => Promise<NamedBytes[]>): AsyncIterable<NamedBytes> {
  let rows = await read('')
  while (rows.length > 0) {
    yield* rows
    rows = await read(rows.at(-1)!.digest)
  }
}
