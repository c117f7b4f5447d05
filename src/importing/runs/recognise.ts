// What a file that was sent is an export of. Run in a worker thread: a zip may hold many files.
import { HttpProblem, unprocessable } from '../../http/problems.ts'
import { openExport, type UploadedFile } from '../systems/archive.ts'
import { RefusedExport } from '../systems/item.ts'
import type { SystemKind } from '../systems/kinds.ts'
import { readerNamed, readerOf, readerOfFolder } from '../systems/registry.ts'

/** The name of the reader of a file: the one that is asked for, or the one that knows it. Throws 422. */
export async function recognise({
  file,
  as
}: {
  file: UploadedFile
  as?: string | undefined
}): Promise<SystemKind> {
  try {
    const { files, isFolder, close } = await openExport([file])
    try {
      const reader =
        as !== undefined
          ? readerNamed(as)
          : isFolder
            ? await readerOfFolder(files)
            : await readerOf(files[0]!)
      if (reader === undefined) throw unknown()
      return reader.name
    } finally {
      close()
    }
  } catch (error) {
    if (!(error instanceof RefusedExport)) throw error
    throw new HttpProblem('unprocessable', `This export is refused (${error.code}). ${error.message}`)
  }
}

const unknown = () =>
  unprocessable(
    '',
    'What this holds is no export that is known. Say in `as` which system it is of; a page is sent as text/html.'
  )
