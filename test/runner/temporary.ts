import { existsSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'

/** Where tests make their files: in memory, if there is much of it, because most of the time of a commit is the disk's. */
export function temporary(): string {
  const memory = '/dev/shm'
  if (!existsSync(memory)) return tmpdir()
  const { bavail, bsize } = statfsSync(memory)
  return bavail * bsize > 4 * 2 ** 30 ? memory : tmpdir()
}
