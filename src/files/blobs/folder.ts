// Files in a folder: each is synced, renamed to its SHA-256, and its folder is synced, before it counts as stored.
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, open, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Blobs } from './blobs.ts'

/** Files up to this size are read at once: a stream costs more than they are worth. */
const readAtOnce = 1024 * 1024

/** The files below this folder, which is made with the first. */
export async function folderBlobs(root: string): Promise<Blobs> {
  const incoming = join(root, 'incoming')
  await mkdir(incoming, { recursive: true, mode: 0o700 })
  // A folder for each two digits: some file systems are slow with a hundred thousand entries in one.
  const pathOf = (digest: string) => join(root, digest.slice(0, 2), digest)

  return {
    incoming,
    async put(digest, path) {
      const target = pathOf(digest)
      await mkdir(dirname(target), { recursive: true, mode: 0o700 })
      // One that is there already is replaced by the same bytes, and counts as put now.
      await rename(path, target)
      await syncFolder(dirname(target))
      await syncFolder(root)
    },
    async read(digest, range) {
      const { start = 0, end = Infinity } = range ?? {}
      return createReadStream(pathOf(digest), { start, end, highWaterMark: readAtOnce / 4 })
    },
    withFile: (digest, work) => work(pathOf(digest)),
    isSurelyMissing: (digest) => !existsSync(pathOf(digest))
  }
}

/** Syncs the entries of a folder to disk. */
async function syncFolder(path: string) {
  const opened = await open(path, 'r')
  try {
    await opened.sync()
  } finally {
    await opened.close()
  }
}
