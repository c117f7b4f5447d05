// Checksums of parts (tus 1.0.0, checksum): whether the bytes that came are those that were sent.
import { createHash } from 'node:crypto'
import { HttpProblem } from '../../../http/problems.ts'

/** What a client may name; the protocol asks for SHA-1. */
export const algorithms = ['sha1', 'sha256', 'md5']

export interface Checksum {
  algorithm: string
  /** In Base64. */
  digest: string
}

/** Follows the bytes of a part. `check` throws 460 where they are others than the checksum says; without one, all will do. */
export function following(checksum: Checksum | undefined) {
  const hash = checksum && createHash(checksum.algorithm)
  return {
    update: (chunk: Buffer) => void hash?.update(chunk),
    check() {
      if (checksum !== undefined && hash!.digest('base64') !== checksum.digest) throw mismatch(checksum)
    }
  }
}

const mismatch = ({ algorithm }: Checksum) =>
  new HttpProblem(
    'checksum-mismatch',
    `The ${algorithm} of the bytes that came is another than Upload-Checksum says: none of them is kept, send them again.`
  )
