// The systems whose exports can be read, and how the kind of a file is told.
import { bloggerReader } from './blogger/reader.ts'
import type { ExportFile, SystemReader } from './item.ts'
import { wxrReader } from './wxr/reader.ts'

/** In the order in which they are asked. */
export const readers: SystemReader[] = [wxrReader, bloggerReader]

export const readerNamed = (name: string): SystemReader | undefined =>
  readers.find((reader) => reader.name === name)

/** How much of a file its kind is told from. */
const headSize = 8192

/** The reader of this file; undefined where none knows it. */
export async function readerOf(file: ExportFile): Promise<SystemReader | undefined> {
  let head = ''
  for await (const chunk of file.chunks()) {
    head += chunk.toString('utf8')
    if (head.length >= headSize) break
  }
  return readers.find((reader) => reader.recognises(head.slice(0, headSize), file.name))
}
