// Where the bytes of files are: each under its SHA-256, written once and never changed.
import type { Readable } from 'node:stream'

/** A part of a file: its first and its last byte. */
export interface ByteRange {
  start: number
  end: number
}

/** A file as it lies in the store. */
export interface StoredBlob {
  digest: string
  bytes: number
  /** When it was put there last, in ms since 1970. */
  putAt: number
}

/** A store of files. */
export interface Blobs {
  /** A folder of this machine for files that are not complete; what is moved from here to the store costs no copy. */
  readonly incoming: string
  /** Takes over the complete file at `path`, which is on disk. It is there for good when this answers, and not at `path`. */
  put(digest: string, path: string, type: string): Promise<void>
  /** The bytes of a file. Throws where it is not there. */
  read(digest: string, range?: ByteRange): Promise<Readable>
  /** Runs `work` on the file as a file of this machine. */
  withFile<T>(digest: string, work: (path: string) => Promise<T>): Promise<T>
  /** Whether a file is there, told at once where that can be: inside a transaction nothing else may be awaited. */
  isSurelyMissing(digest: string): boolean
  find(digest: string): Promise<StoredBlob | undefined>
  /** All files, some at a time, in no order. */
  list(): AsyncIterable<StoredBlob[]>
  /**
   * Removes a file that was put there last before this, and that no record names. Answers whether it did.
   * `whileUnnamed` runs work while no process can write a record of it, and answers false where there is one.
   */
  removeOld(
    digest: string,
    before: number,
    whileUnnamed: (work: () => boolean) => Promise<boolean>
  ): Promise<boolean>
  /** Removes what was not written to since then, and was never complete. Answers how many there were. */
  removeInterrupted(before: number): Promise<number>
}
