// Small files in memory, those that were asked for last: to read one anew takes longer than to send it. What lies under
// a digest never changes, and who may have it is asked each time.
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'

/** The largest file that is kept, and how much is kept of all, in bytes. */
export const maxFile = 256 * 1024
const maxKept = 16 * 1024 * 1024

/** Keeps files: answers how one is had by its digest, which is read where it is not known. */
export function smallFiles(read: (digest: string) => Promise<Readable>) {
  const kept = new Map<string, Buffer>()
  let size = 0

  return async function bytesOf(digest: string): Promise<Buffer> {
    const bytes = kept.get(digest) ?? (await buffer(await read(digest)))
    // The last in the map is what was asked for last.
    if (!kept.delete(digest)) size += bytes.length
    kept.set(digest, bytes)
    for (const [oldest, { length }] of kept) {
      if (size <= maxKept) break
      kept.delete(oldest)
      size -= length
    }
    return bytes
  }
}
