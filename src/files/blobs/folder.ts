// Files in a folder: each is synced, renamed to its SHA-256, and its folder is synced, before it counts as stored.

import { createReadStream, existsSync, rmSync, statSync } from 'node:fs'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Blobs, StoredBlob } from './blobs.ts'
import { ifMissing } from './if-missing.ts'
import { sync } from './sync.ts'

/** Files up to this size are read at once: a stream costs more than they are worth. */
const readAtOnce = 1024 * 1024

/** How many files are listed at once. */
const listedAtOnce = 500

/** The files below this folder, which is made with the first. */
export async function folderBlobs(root: string): Promise<Blobs> {
  const incoming = join(root, 'incoming')
  await mkdir(incoming, { recursive: true, mode: 0o700 })
  // A folder for each two digits: some file systems are slow with a hundred thousand entries in one.
  const pathOf = (digest: string) => join(root, digest.slice(0, 2), digest)

  /** The folders of files whose entries were synced by this process. */
  const kept = new Set<string>()

  /** Makes a folder where it is not there; it is there for good when this answers, whichever process made it. */
  async function keepFolder(folder: string) {
    const made = await mkdir(folder, { recursive: true, mode: 0o700 })
    if (made === undefined && kept.has(folder)) return
    await sync(root)
    kept.add(folder)
  }

  async function find(digest: string): Promise<StoredBlob | undefined> {
    const found = await stat(pathOf(digest)).catch(ifMissing)
    return found && { digest, bytes: found.size, putAt: found.mtimeMs }
  }

  return {
    incoming,
    async put(digest, path) {
      const target = pathOf(digest)
      await keepFolder(dirname(target))
      // One that is there already is replaced by the same bytes, and counts as put now.
      await rename(path, target)
      await sync(dirname(target))
    },
    async read(digest, range) {
      const { start = 0, end = Infinity } = range ?? {}
      return createReadStream(pathOf(digest), { start, end, highWaterMark: readAtOnce / 4 })
    },
    withFile: (digest, work) => work(pathOf(digest)),
    isSurelyMissing: (digest) => !existsSync(pathOf(digest)),
    find,
    async *list() {
      for (const folder of await readdir(root)) {
        if (!/^[0-9a-f]{2}$/.test(folder)) continue
        const names = (await readdir(join(root, folder))).filter((name) => /^[0-9a-f]{64}$/.test(name))
        for (let i = 0; i < names.length; i += listedAtOnce) {
          const found = await Promise.all(names.slice(i, i + listedAtOnce).map(find))
          yield found.filter((one) => one !== undefined)
        }
      }
    },
    removeOld: (digest, before, whileUnnamed) =>
      whileUnnamed(() => {
        const found = statSync(pathOf(digest), { throwIfNoEntry: false })
        if (!(Number(found?.mtimeMs) < before)) return false
        rmSync(pathOf(digest))
        return true
      }),
    removeInterrupted: (before) => removeInterruptedIn(incoming, before)
  }
}

/** Removes the files of a folder that were not written to since then. Answers how many there were. */
export async function removeInterruptedIn(incoming: string, before: number): Promise<number> {
  let removed = 0
  for (const name of await readdir(incoming)) {
    const path = join(incoming, name)
    const found = await stat(path).catch(ifMissing)
    // One that is complete meanwhile is no longer here.
    if (!(Number(found?.mtimeMs) < before)) continue
    await rm(path, { force: true })
    removed++
  }
  return removed
}
