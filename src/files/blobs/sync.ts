import { open } from 'node:fs/promises'

/** Syncs a file, or the entries of a folder, to disk. */
export async function sync(path: string) {
  const opened = await open(path, 'r')
  try {
    await opened.sync()
  } finally {
    await opened.close()
  }
}
