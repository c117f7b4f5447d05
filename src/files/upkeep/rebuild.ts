// Making renditions anew from the files that were uploaded.
import type { Database } from '../../storage/database.ts'
import type { Blobs } from '../blobs/blobs.ts'
import { actor, make } from '../renditions/make.ts'
import { finish, type RenditionSet } from '../renditions/store.ts'
import { byDigest } from '../store.ts'
import { problemOf } from './check.ts'
import { renditionSets } from './named.ts'

export interface RebuildOptions {
  /** Whether those are made anew, too, that are as they were. */
  isForAll: boolean
  /** How many pictures are worked on at once. */
  threads: number
  /** Called for each set that was looked at, with why it could not be made. */
  tell(fault?: string): void
}

/**
 * Makes the sets anew that were not made, or whose bytes are missing or others than they were. Their addresses stay.
 * Answers how many were made.
 */
export async function rebuild(db: Database, store: Blobs, { isForAll, threads, tell }: RebuildOptions) {
  let made = 0
  const sets = renditionSets(db.read)
  async function work() {
    for await (const set of sets) {
      if (!isForAll && (await isSound(store, set))) {
        tell()
        continue
      }
      try {
        await remake(db, store, set)
        made++
        tell()
      } catch (error) {
        tell(`The renditions of ${set.file} could not be made: ${(error as Error).message}`)
      }
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, threads) }, work))
  return made
}

async function isSound(store: Blobs, { state, renditions }: RenditionSet) {
  if (state !== 'ready') return false
  for (const one of renditions) if (await problemOf(store, one, true)) return false
  return true
}

async function remake(db: Database, store: Blobs, set: RenditionSet) {
  const file = await byDigest(db.read, set.file)
  // The picture was deleted meanwhile.
  if (file === undefined) return
  const problem = await problemOf(store, file, true)
  if (problem) throw new Error(`its file ${problem}`)
  const rendered = await make(store, { set, file })
  await db.write(actor, (tx) => finish(tx, set.id, rendered))
}
