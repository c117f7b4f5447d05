// Whether the bytes are there that the records name, and what they were.
import { createHash } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import type { Reader } from '../../storage/database.ts'
import { withCount } from '../../storage/text/with-count.ts'
import type { Blobs } from '../blobs/blobs.ts'
import { type NamedBytes, originals, picturesOf, renditions } from './named.ts'
import { orphansIn } from './sweep.ts'

export interface Checked {
  files: number
  renditions: number
  /** How many complete files no record names. */
  orphans: number
}

/**
 * Holds all records against the bytes; with `digests` each is read and hashed. `tell` is called for each of them, with
 * its fault if it has one.
 */
export async function check(
  db: Reader,
  store: Blobs,
  { digests, tell }: { digests: boolean; tell(fault?: string): void }
): Promise<Checked> {
  const checked = { files: 0, renditions: 0, orphans: 0 }
  for await (const one of originals(db)) {
    checked.files++
    const problem = await problemOf(store, one, digests)
    tell(problem && `The file ${one.digest} ${problem}`)
  }
  for await (const one of renditions(db)) {
    checked.renditions++
    const problem = await problemOf(store, one, digests)
    tell(problem && `The rendition ${one.digest} of ${await picturesOf(db, one.digest)} ${problem}`)
  }
  for await (const some of orphansIn(db, store)) checked.orphans += some.length
  return checked
}

/** What is wrong with the bytes of a record; nothing where they are as they were. */
export async function problemOf(store: Blobs, { digest, bytes }: NamedBytes, digests: boolean) {
  const found = await store.find(digest)
  if (found === undefined) return 'is missing'
  if (found.bytes !== bytes) return `has ${withCount(found.bytes, 'byte')}, not ${bytes}`
  if (!digests) return undefined
  const hash = createHash('sha256')
  await pipeline(await store.read(digest), hash)
  return hash.digest('hex') === digest ? undefined : 'has other bytes than it had'
}
