// Files of an export that are read as a whole: JSON, CSV, a text with its front matter.
import { decodedPage } from '../../http/input/charsets.ts'
import { type ExportFile, RefusedExport } from './item.ts'

const megabyte = 1024 * 1024

/** The text of a file of at most so many megabytes. Throws RefusedExport. */
export async function textOf(file: ExportFile, most: number): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of file.chunks()) {
    bytes += chunk.length
    if (bytes > most * megabyte)
      throw new RefusedExport('file-too-large', `${file.name} is larger than ${most} MB.`)
    chunks.push(chunk)
  }
  return decodedPage(Buffer.concat(chunks))
}

/** The value of a file of JSON. Throws RefusedExport, which says where it breaks. */
export async function jsonOf(file: ExportFile, most: number): Promise<unknown> {
  const text = await textOf(file, most)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new RefusedExport(
      'not-json',
      `${file.name} is not JSON, or breaks off: ${(error as Error).message}. Export it anew.`
    )
  }
}

export type Fields = Record<string, unknown>

/** Whether a value of JSON is an object. */
export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The objects in a list; none for what is no list. */
export const fieldsIn = (value: unknown): Fields[] => (Array.isArray(value) ? value.filter(isFields) : [])

/** A text that is there, or a number as one; undefined for anything else. */
export function wordsAt(fields: Fields, ...names: string[]): string | undefined {
  for (const name of names) {
    const value = fields[name]
    if (typeof value === 'string' && value.trim() !== '') return value.trim()
    if (typeof value === 'number') return String(value)
  }
  return undefined
}

/** The same; empty for anything else. */
export const plainAt = (fields: Fields, ...names: string[]): string => wordsAt(fields, ...names) ?? ''

/** The rows of a CSV file (RFC 4180), by the names of its first line. */
export function rowsOf(csv: string): Record<string, string>[] {
  const rows: string[][] = [[]]
  const cell = /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|\r|$)/gy
  for (const [, quoted, plain, end] of csv.matchAll(cell)) {
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain!)
    if (end === '') break
    if (end !== ',') rows.push([])
  }
  const [names = [], ...others] = rows
  return others
    .filter((row) => row.length > 1)
    .map((row) => Object.fromEntries(names.map((name, i) => [name.trim(), row[i] ?? ''])))
}
