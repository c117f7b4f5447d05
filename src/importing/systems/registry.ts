// The systems whose exports can be read, and how the kind of a file is told.
import { bloggerReader } from './blogger/reader.ts'
import { feedReader } from './feeds/reader.ts'
import { ghostReader } from './ghost/reader.ts'
import type { ExportFile, Item, SystemReader } from './item.ts'
import { kinds } from './kinds.ts'
import { isMediaFile } from './local-files.ts'
import { markdownReader } from './markdown/reader.ts'
import { mediumReader } from './newsletters/medium.ts'
import { substackReader } from './newsletters/substack.ts'
import { ninjsReader } from './wires/ninjs.ts'
import { newsmlReader, nitfReader } from './wires/reader.ts'
import { wordpressReader } from './wordpress/reader.ts'
import { wxrReader } from './wxr/reader.ts'
import { decoderFor } from './xml/read.ts'

/** In the order in which they are asked: what is a feed or a folder of Markdown besides goes last. */
export const readers: SystemReader[] = [
  wxrReader,
  wordpressReader,
  bloggerReader,
  ghostReader,
  substackReader,
  mediumReader,
  ninjsReader,
  newsmlReader,
  nitfReader,
  feedReader,
  markdownReader
]

/** The reader of this name. */
export const readerNamed = (name: string): SystemReader | undefined =>
  readers.find((reader) => reader.name === name)

/** How much of a file its kind is told from. */
const headSize = 8192

/** How many files of a folder its kind is told from. */
const maxAsked = 500

async function headOf(file: ExportFile): Promise<string> {
  let head = ''
  let decoder: TextDecoder | undefined
  for await (const chunk of file.chunks()) {
    decoder ??= decoderFor(chunk)
    head += decoder.decode(chunk, { stream: true })
    if (head.length >= headSize) break
  }
  return head.slice(0, headSize)
}

/** The reader of this file; undefined where none knows it. */
export async function readerOf(file: ExportFile): Promise<SystemReader | undefined> {
  const head = await headOf(file)
  return readers.find((reader) => reader.recognises(head, file.name))
}

/** The reader of a folder or a zip: the first that knows one of its files. */
export async function readerOfFolder(files: ExportFile[]): Promise<SystemReader | undefined> {
  const found = new Set<SystemReader>()
  for (const file of files.slice(0, maxAsked)) {
    const reader = await readerOf(file)
    if (reader) found.add(reader)
  }
  return readers.find((reader) => found.has(reader))
}

/** Reads the files of a folder or a zip; what the reader does not know among them is told, and left out. */
export async function* readFolder(reader: SystemReader, files: ExportFile[]): AsyncIterable<Item> {
  if (reader.isFolder) return yield* reader.read(files)
  const known: ExportFile[] = []
  for (const file of files) {
    // Those that a text shows are taken with it.
    if (isMediaFile(file.name)) continue
    if (reader.recognises(await headOf(file), file.name)) known.push(file)
    else {
      const reason = `It is no export of ${kinds[reader.name].title}.`
      yield { kind: 'loss', place: file.name, code: 'file-left-out', reason }
    }
  }
  yield* reader.read(known.length > 0 ? known : files)
}
