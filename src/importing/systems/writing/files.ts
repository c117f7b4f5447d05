// The files of an export whose bytes become files of media: received as those that are sent, before the transaction that
// writes what shows them.
import { basename } from 'node:path'
import { Readable } from 'node:stream'
import type { Files, StoredFile } from '../../../files/service.ts'
import { HttpProblem } from '../../../http/problems.ts'
import type { Actor, Writer } from '../../../storage/database.ts'
import { shortened } from '../../proposals/shorten.ts'
import { type OpenExport, openExport, type UploadedFile } from '../archive.ts'
import { type ExportFile, type Loss, RefusedExport } from '../item.ts'
import { byName } from '../local-files.ts'
import type { FileOf } from '../prepare.ts'

/** A file that is stored, and what it is called. */
export type TakenFile = StoredFile & { name: string }

/** What was taken of a batch, by names below the export; why it could not be, where it was not. */
export type Taken = Map<string, StoredFile | string>

export type FileTaker = ReturnType<typeof fileTaker>

/** Takes files of the export at these paths. */
export function fileTaker(files: Files, paths: (string | UploadedFile)[], by: Actor | string) {
  const actor = typeof by === 'string' ? { name: by, role: null } : by
  let opened: { open: OpenExport; names: Map<string, ExportFile> } | undefined

  async function bytesOf(name: string) {
    if (opened === undefined) {
      const open = await openExport(paths)
      opened = { open, names: byName(open.files) }
    }
    return Readable.from(opened.names.get(name)!.chunks())
  }

  async function take(name: string): Promise<StoredFile | string> {
    try {
      return await files.keep(actor, await files.receive(actor, await bytesOf(name)))
    } catch (error) {
      if (error instanceof HttpProblem || error instanceof RefusedExport) return error.message
      throw error
    }
  }

  return {
    /** Takes these, one after the other. */
    async all(names: Iterable<string>): Promise<Taken> {
      const taken: Taken = new Map()
      for (const name of new Set(names)) taken.set(name, await take(name))
      return taken
    },
    /** Writes the record of a file, in the transaction of what shows it. */
    record: async (tx: Writer, file: StoredFile) => files.record(tx, file, await files.blobs()),
    close: () => opened?.open.close()
  }
}

/** What a story shows of what was taken, by the keys of its media, and what is told of the rest. */
export function filesFor(of: FileOf[], taken: Taken | undefined, place: string) {
  const files = new Map<string, TakenFile>()
  const losses: Loss[] = []
  for (const { key, name } of of) {
    const file = taken?.get(name)
    const lose = (code: string, reason: string, words: string) =>
      void losses.push({ kind: 'loss', place, code, reason, words })
    if (typeof file === 'string') lose('file-not-taken', file, name.slice(0, 300))
    else if (file) {
      const called = shortened(basename(name), 255, 'The name of a file', ({ code, detail, words }) =>
        lose(code, detail, words)
      )
      files.set(key, { ...file, name: called })
    }
  }
  return { files, losses }
}
