// Receiving a file: streamed to disk, counted and hashed on the way, never whole in memory.
import { createHash, randomUUID } from 'node:crypto'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { HttpProblem } from '../../http/problems.ts'
import { free } from '../blobs/freed.ts'

/** A complete file that is on disk, and in no store yet. */
export interface ReceivedFile {
  path: string
  /** SHA-256, in hexadecimal digits. */
  digest: string
  bytes: number
}

const megabyte = 1_000_000

/** How large a file may be, and the setting that says so. */
export interface Limit {
  megabytes: number
  setting: 'ONRECORD_FILE_MB' | 'ONRECORD_IMPORT_MB'
}

/** Writes a stream to a file of this folder. Throws 413 beyond the limit, 422 for nothing, and 507 on a full disk. */
export async function receive(source: Readable, folder: string, limit: Limit): Promise<ReceivedFile> {
  const path = join(folder, `${process.pid}-${randomUUID()}`)
  const hash = createHash('sha256')
  let bytes = 0
  try {
    const file = await open(path, 'wx', 0o600)
    try {
      await writeAll(source, file, (chunk) => {
        bytes += chunk.length
        if (bytes > limit.megabytes * megabyte) throw tooLarge(limit)
        hash.update(chunk)
      })
      if (bytes === 0) throw empty()
      await file.sync()
    } finally {
      await file.close()
    }
    return { path, digest: hash.digest('hex'), bytes }
  } catch (error) {
    await rm(path, { force: true })
    throwFull(error)
  }
}

/**
 * Writes a stream to the end of a file; `look` is called with each piece first, and may throw. The stream is not destroyed
 * then: it may be a request, which is to be answered.
 */
export async function writeAll(source: Readable, file: FileHandle, look: (chunk: Buffer) => void) {
  for await (const chunk of source.iterator({ destroyOnReturn: false })) {
    look(chunk)
    await file.appendFile(chunk)
    // The parser of HTTP makes each piece for its message alone; those of a form are parts of others.
    if (source instanceof IncomingMessage) free(chunk)
  }
}

const tooLarge = ({ megabytes, setting }: Limit) =>
  new HttpProblem('too-large', `The file is larger than the ${megabytes} MB that one may have (${setting}).`)

/** Throws 400 for a connection that ended within a file. */
export function throwBrokenOff(error: Error & { code?: string }): never {
  if (error.code !== 'ECONNRESET') throw error
  throw new HttpProblem('malformed-request', 'The connection ended before the file was complete.')
}

const empty = () => {
  const detail = 'The file is empty: send its bytes.'
  return new HttpProblem('unprocessable', detail, [{ pointer: '', detail }])
}

/** Throws 507 where the disk, or what the user may have of it, is full; other errors as they are. */
export function throwFull(error: unknown): never {
  if (!['ENOSPC', 'EDQUOT'].includes(String((error as NodeJS.ErrnoException).code))) throw error
  throw new HttpProblem('insufficient-storage', 'The disk of the service is full: nothing was written.')
}
