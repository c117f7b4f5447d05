// Which bytes the records name.
import { asc, count, countDistinct, eq, gt, inArray, min } from 'drizzle-orm'
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

const digestOf = ({ digest }: NamedBytes) => digest

/** All uploaded files, by digest. */
export const originals = ({ q, t: { files: f } }: Reader) =>
  pages(
    (after) =>
      q
        .select({ digest: f.digest, bytes: f.bytes })
        .from(f)
        .where(gt(f.digest, after))
        .orderBy(asc(f.digest))
        .limit(pageSize),
    digestOf
  )

/** All renditions that were made, by digest, each once. */
export const renditions = ({ q, t: { renditionFiles: r } }: Reader) =>
  pages(
    (after) =>
      q
        .select({ digest: r.digest, bytes: min(r.bytes).mapWith(Number) })
        .from(r)
        .where(gt(r.digest, after))
        .groupBy(r.digest)
        .orderBy(asc(r.digest))
        .limit(pageSize),
    digestOf
  )

/** How many uploaded files, different renditions and sets of renditions there are. */
export async function countOf({ q, t }: Reader) {
  const { files: f, renditionFiles: r, renditionSets: s } = t
  const [files] = await q.select({ count: count() }).from(f)
  const [renditions] = await q.select({ count: countDistinct(r.digest) }).from(r)
  const [sets] = await q.select({ count: count() }).from(s)
  return { files: files!.count, renditions: renditions!.count, sets: sets!.count }
}

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

/** All sets of renditions, by id. */
export const renditionSets = ({ q, t: { renditionSets: s } }: Reader) =>
  pages(
    (after) => q.select().from(s).where(gt(s.id, after)).orderBy(asc(s.id)).limit(pageSize),
    ({ id }) => id
  )

async function* pages<Row>(
  read: (after: string) => Promise<Row[]>,
  keyOf: (row: Row) => string
): AsyncGenerator<Row> {
  let rows = await read('')
  while (rows.length > 0) {
    yield* rows
    rows = await read(keyOf(rows.at(-1)!))
  }
}
