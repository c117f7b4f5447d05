// The files of an export: those that are named, all in a folder, and those in a zip, which is never written to disk.
import { readdirSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { exportFile } from './files.ts'
import { type ExportFile, RefusedExport } from './item.ts'

/** What a zip may hold. Deflate makes at most 1,032 of one byte; texts are a tenth to a thirtieth. */
export const zipLimits = { entries: 100_000, bytes: 4 * 1024 ** 3, ratio: 200, free: 1024 * 1024 }

/** A file that was sent, under the name that it had. */
export interface UploadedFile {
  path: string
  name: string
}

export interface OpenExport {
  files: ExportFile[]
  /** Whether they are what a folder or a zip holds, and not each named. */
  isFolder: boolean
  close(): void
}

/** The files that these paths mean. `read` is told of each piece that was read of one. Throws RefusedExport. */
export async function openExport(
  paths: (string | UploadedFile)[],
  read: (bytes: number) => void = () => {}
): Promise<OpenExport> {
  const zips: ZipFile[] = []
  const close = () => {
    for (const zip of zips) zip.close()
  }
  try {
    const files: ExportFile[] = []
    let isFolder = false
    for (const given of paths) {
      const { path, name } = typeof given === 'string' ? { path: given, name: given } : given
      if (statSync(path).isDirectory()) files.push(...filesIn(path, read))
      else if (await isZip(path)) files.push(...(await entriesOf(path, name, zips, read)))
      else {
        const inside = typeof given === 'string' ? relative(resolve(path, '../..'), resolve(path)) : name
        files.push({ ...exportFile(path, name, read), inside })
        continue
      }
      isFolder = true
    }
    return { files, isFolder, close }
  } catch (error) {
    close()
    throw error
  }
}

/** All files in a folder and below it, by their names there. Links are not followed, hidden files are no exports. */
const filesIn = (path: string, read: (bytes: number) => void) =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter(
      (file) =>
        !relative(path, file)
          .split('/')
          .some((part) => part.startsWith('.'))
    )
    .sort()
    .map((file) => ({ ...exportFile(file, file, read), inside: relative(dirname(resolve(path)), file) }))

async function isZip(path: string) {
  for await (const chunk of exportFile(path).chunks()) return chunk.toString('latin1', 0, 4) === 'PK\x03\x04'
  return false
}

async function entriesOf(path: string, name: string, zips: ZipFile[], read: (bytes: number) => void) {
  const refuse = (code: string, reason: string) => new RefusedExport(code, `${name}: ${reason}`)
  const files: (ExportFile & { inside: string })[] = []
  const stem = basename(name).replace(/\.zip$/i, '')
  let bytes = 0
  try {
    const zip = await openPromise(path, { autoClose: false })
    zips.push(zip)
    if (zip.entryCount > zipLimits.entries)
      throw refuse('zip-too-large', `it holds more than 100,000 files: unpack it and name the folder.`)
    for await (const entry of zip.eachEntry()) {
      const { fileName, uncompressedSize, compressedSize } = entry
      bytes += uncompressedSize
      if (bytes > zipLimits.bytes)
        throw refuse('zip-too-large', 'it holds more than 4 GB: unpack it and name the folder.')
      if (uncompressedSize > zipLimits.free && uncompressedSize > compressedSize * zipLimits.ratio)
        throw refuse('zip-bomb', `${fileName} grows more than 200 times when it is unpacked.`)
      if (fileName.endsWith('/') || isHidden(fileName)) continue
      if (entry.isEncrypted())
        throw refuse('zip-encrypted', `${fileName} is encrypted: unpack it and name the folder.`)
      files.push({ ...entryFile(zip, entry, `${basename(name)}/${fileName}`, read), inside: fileName })
    }
  } catch (error) {
    if (error instanceof RefusedExport) throw error
    throw refuse('zip-broken', `it cannot be read as a zip: ${(error as Error).message.replace(/\.$/, '')}.`)
  }
  return isOfOneFolder(files) ? files : files.map((file) => ({ ...file, inside: `${stem}/${file.inside}` }))
}

/** Whether a zip holds one folder, as most are made: its files are known by that, and not by the name of the zip. */
const isOfOneFolder = (files: { inside: string }[]) =>
  new Set(files.map(({ inside }) => inside.split('/', 1)[0])).size === 1 && files[0]!.inside.includes('/')

/** What macOS puts beside the files, and what begins with a dot. */
const isHidden = (name: string) => name.split('/').some((part) => part.startsWith('.') || part === '__MACOSX')

/** A file in a zip. What is larger than the zip says of it is refused by the library. */
const entryFile = (zip: ZipFile, entry: Entry, name: string, read: (bytes: number) => void): ExportFile => ({
  name,
  size: entry.uncompressedSize,
  async *chunks() {
    try {
      const stream: Readable = await zip.openReadStreamPromise(entry)
      for await (const chunk of stream) {
        read(chunk.length)
        yield chunk
      }
    } catch (error) {
      throw new RefusedExport('zip-broken', `${name} cannot be unpacked: ${(error as Error).message}.`)
    }
  }
})
