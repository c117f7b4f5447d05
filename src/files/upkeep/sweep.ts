// Bytes that no record names: of uploads that ended between the two, and of records that were deleted.
import { type JobOptions, startPolling } from '../../changes/polling.ts'
import type { Database, Reader } from '../../storage/database.ts'
import type { Blobs, StoredBlob } from '../blobs/blobs.ts'
import { named } from './named.ts'

/** How long bytes lie before they are taken for such, in ms: much longer than any upload. */
export const grace = 24 * 60 * 60 * 1000

/** How often each process looks, in ms. */
const hourly = 60 * 60 * 1000

export interface Swept {
  /** Complete files that no record names. */
  orphans: number
  /** Files that were never complete. */
  interrupted: number
}

/** The complete files that no record names, some at a time. */
export async function* orphansIn(db: Reader, store: Blobs): AsyncIterable<StoredBlob[]> {
  for await (const blobs of store.list()) {
    const known = await named(
      db,
      blobs.map(({ digest }) => digest)
    )
    yield blobs.filter(({ digest }) => !known.has(digest))
  }
}

/** Removes what no record names, and nobody has put there since `before` (ms since 1970). */
export async function sweep(db: Database, store: Blobs, before: number): Promise<Swept> {
  const swept = { orphans: 0, interrupted: await store.removeInterrupted(before) }
  for await (const some of orphansIn(db.read, store)) {
    for (const { digest, putAt } of some) {
      // In a transaction, so that no process writes a record of it meanwhile (Files.record).
      const whileUnnamed = (work: () => boolean) =>
        db.write('files', async (tx) => !(await named(tx, [digest])).has(digest) && work())
      if (putAt < before && (await store.removeOld(digest, before, whileUnnamed))) swept.orphans++
    }
  }
  return swept
}

export interface SweepOptions extends JobOptions {
  interval?: number
}

/** Sweeps until it is stopped. */
export function startSweeping(
  db: Database,
  blobs: () => Promise<Blobs>,
  { clock, interval = hourly, ...job }: SweepOptions
) {
  const look = async () => sweep(db, await blobs(), clock().getTime() - grace)
  return startPolling(look, { ...job, interval })
}
