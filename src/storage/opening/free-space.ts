// Whether a disk has room for what is about to be written: it is asked before anything is begun.
import { statfsSync } from 'node:fs'
import { Refusal } from './refusal.ts'

/** How many bytes are left free, for writes that go on meanwhile. */
const reserved = 16 * 1024 * 1024

/** Throws a Refusal when the disk of a folder has not so many bytes free. */
export function checkFreeSpace(folder: string, bytes: number) {
  const { bavail, bsize } = statfsSync(folder)
  const megabytes = (count: number) => `${Math.ceil(count / 1e6)} MB`
  if (bavail * bsize < bytes + reserved)
    throw new Refusal(
      `There is no room in ${folder}: ${megabytes(bytes + reserved)} are needed, ${megabytes(bavail * bsize)} are free`
    )
}
