// Files in a folder: each is synced, renamed to its SHA-256, and its folder is synced, before it counts as stored.
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Blobs, isDigest, type StoredBlob } from './blobs.ts'

/** Files up to this size are read at once: a stream costs more than they are worth. */
const readAtOnce = 1024 * 1024

/** The files below this folder, which is made with the first. */
export async function folderBlobs(root: string): Promise<Blobs> {
  const incoming = join(root, 'incoming')
  await mkdir(incoming, { recursive: true, mode: 0o700 })
  // A folder for each two digits: some file systems are slow with a hundred thousand entries in one.
  const pathOf = (digest: string) => join(root, digest.slice(0, 2), digest)

  async function find(digest: string): Promise<StoredBlob | undefined> {
    const found = await stat(pathOf(digest)).catch(() => undefined)
    return found && { digest, bytes: found.size, putAt: found.mtimeMs }
  }

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
    isSurelyMissing: (digest) => !existsSync(pathOf(digest)),
    find,
    remove: (digest) => rm(pathOf(digest), { force: true }),
    async *list() {
      for (const folder of await readdir(root)) {
        if (!/^[0-9a-f]{2}$/.test(folder)) continue
        for (const name of await readdir(join(root, folder))) {
          const blob = isDigest(name) ? await find(name) : undefined
          if (blob) yield blob
        }
      }
    }
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
