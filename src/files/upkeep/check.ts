// Whether the bytes are there that the records name, and what they were.
import { createHash } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import type { Reader } from '../../storage/database.ts'
import type { Blobs } from '../blobs/blobs.ts'
import { type NamedBytes, named, originals, picturesOf, renditions } from './named.ts'

export interface Checked {
  files: number
  renditions: number
  /** How many complete files no record names. */
  orphans: number
}

/** Holds all records against the bytes; with `digests` each is read and hashed. `tell` is called with each fault. */
export async function check(
  db: Reader,
  store: Blobs,
  { digests, tell }: { digests: boolean; tell(fault: string): void }
): Promise<Checked> {
  const checked = { files: 0, renditions: 0, orphans: 0 }
  for await (const one of originals(db)) {
    checked.files++
    const problem = await problemOf(store, one, digests)
    if (problem) tell(`The file ${one.digest} ${problem}`)
  }
  for await (const one of renditions(db)) {
    checked.renditions++
    const problem = await problemOf(store, one, digests)
    if (problem) tell(`The rendition ${one.digest} of ${await picturesOf(db, one.digest)} ${problem}`)
  }
  for await (const blobs of store.list()) {
    const known = await named(
      db,
      blobs.map(({ digest }) => digest)
    )
    checked.orphans += blobs.length - known.size
  }
  return checked
}

async function problemOf(store: Blobs, { digest, bytes }: NamedBytes, digests: boolean) {
  const found = await store.find(digest)
  if (found === undefined) return 'is missing'
  if (found.bytes !== bytes) return `has ${found.bytes} bytes, not ${bytes}`
  if (!digests) return undefined
  const hash = createHash('sha256')
  await pipeline(await store.read(digest), hash)
  return hash.digest('hex') === digest ? undefined : 'has other bytes than it had'
}
