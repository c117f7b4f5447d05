// What a file is, by its bytes; run in a worker thread. Pictures are decoded once, by sharp, which is the judge of
// whether they are whole.
import { open } from 'node:fs/promises'
import { HttpProblem } from '../../http/problems.ts'
import { readCredentials } from '../metadata/credentials.ts'
import { type PictureMetadata, readPicture } from '../metadata/read.ts'
import type { ContentCredentials } from '../metadata/schema.ts'
import { gifBreaksOff } from './gif.ts'
import { mp4BreaksOff } from './mp4.ts'
import { checkOneFormat, isPage, isSvg } from './polyglots.ts'
import { scansOf } from './scans.ts'
import { types, usualName, whyNotTaken } from './types.ts'

/** What was found of a file. */
export interface Inspected {
  type: string
  kind: 'image' | 'video' | 'audio' | 'document'
  /** Upright; null where it is no picture. */
  width: number | null
  height: number | null
  frames: number | null
  /** What a picture says of itself. */
  metadata?: PictureMetadata
  /** What its signature says; null where it has none. */
  credentials?: ContentCredentials | null
}

export interface Uninspected {
  path: string
  bytes: number
  /** What the client, or a server, said it is. */
  declared?: string | undefined
  /** Certificates whose signatures are trusted, in PEM. */
  anchors?: string | undefined
}

/** The largest pictures, in pixels: of formats that are decoded strip by strip, and of those that are decoded whole. */
const maxPixels = { streamed: 120_000_000, whole: 50_000_000 }
/** The longest side. */
const maxSide = 30_000
/** The longest animation. */
const maxFrames = 1000
/** The most scans of a JPEG. Cameras and programs write one, or some ten. */
const maxScans = 100

/** The bytes at the beginning and at the end in which other formats are looked for. */
const edge = 66_000

/** Inspects a file. Throws 415 for a type that is not taken, and 422 for a picture that is broken or too large. */
export async function inspect({ path, bytes, declared, anchors }: Uninspected): Promise<Inspected> {
  const [head, tail] = await edgesOf(path, bytes)
  const type = await typeOf(path, head)
  const { kind, raster } = types[type]!
  checkDeclared(type, declared)
  checkOneFormat(type, head, tail)
  const size = raster ? await pictureSize(path, type) : { width: null, height: null, frames: null }
  if (isMp4(type) && mp4BreaksOff(path, bytes)) throw breaksOff(`The ${kind}`)
  if (!raster) return { type, kind, ...size }
  const metadata = await readPicture({ path })
  return { type, kind, ...size, metadata, credentials: await readCredentials({ path, type, bytes, anchors }) }
}

async function edgesOf(path: string, bytes: number): Promise<[Buffer, Buffer]> {
  const file = await open(path, 'r')
  try {
    const length = Math.min(bytes, edge)
    const read = async (position: number) =>
      (await file.read({ buffer: Buffer.alloc(length), position, length })).buffer
    return [await read(0), await read(bytes - length)]
  } finally {
    await file.close()
  }
}

async function typeOf(path: string, head: Buffer): Promise<string> {
  const { fileTypeFromFile } = await import('file-type')
  const found = await fileTypeFromFile(path).catch(() => undefined)
  const type = isSvg(head, found?.mime) ? 'image/svg+xml' : usualName(found?.mime ?? tiffType(head) ?? '')
  const page = isPage(head) && 'This is a web page: send the file that it shows, or the address of that file.'
  if (types[type] === undefined)
    throw notTaken(
      page ||
        whyNotTaken(type) ||
        `The bytes are ${type || 'of no type that is known here'}; JPEG, PNG, WebP, AVIF, GIF, TIFF and SVG pictures, MP3, M4A, AAC, Ogg, FLAC and WAV audio, MP4, WebM and QuickTime video, and PDF are taken.`
    )
  return type
}

/** TIFF whose directory, which is mostly at its end, was cut off: file-type does not know it any more. */
const tiffType = (head: Buffer) =>
  /^(?:II\*\0|MM\0\*)/.test(head.subarray(0, 4).toString('latin1')) ? 'image/tiff' : undefined

/** Throws 415 where something else was said of a file than it is: a picture, audio, video, or a document. */
function checkDeclared(type: string, declared: string | undefined) {
  const said = declared && usualName(declared)
  if (said && types[said] && types[said].kind !== types[type]!.kind)
    throw notTaken(`It was sent as ${said}, and its bytes are ${type}: send it as what it is.`)
}

const notTaken = (detail: string) => new HttpProblem('unsupported-media-type', detail)

function broken(detail: string) {
  return new HttpProblem('unprocessable', detail, [{ pointer: '', detail }])
}

const breaksOff = (what: string) =>
  broken(`${what} is not complete: it breaks off. Send it again, or export it anew.`)

/** Whether files of a type are of boxes. (AVIF is, too, and decoded.) */
const isMp4 = (type: string) => ['video/mp4', 'video/quicktime', 'audio/mp4'].includes(type)

/** The size of a picture, which is decoded to see that it is whole. Throws 415 and 422. */
async function pictureSize(path: string, type: string) {
  const { default: sharp } = await import('sharp')
  sharp.cache(false)
  const about = await sharp(path, { limitInputPixels: false, failOn: 'error' })
    .metadata()
    .catch((error: Error) => {
      throw broken(`The picture cannot be read: ${reason(error, path)}. Send it again, or export it anew.`)
    })
  const { pages = 1, width, pageHeight = about.height, isProgressive } = about
  // The pages of a TIFF are no animation: the first is the picture, others are smaller ones of it, or of other things.
  const frames = about.format === 'tiff' ? 1 : pages
  const scans = type === 'image/jpeg' ? await scansOf(path, maxScans) : 1
  if (scans > maxScans)
    throw broken(`The picture is a JPEG of more than ${maxScans} scans: export it anew, in one scan.`)
  // Of several scans, all coefficients are kept until the last.
  const isStreamed = ['jpeg', 'png', 'tiff'].includes(about.format) && isProgressive !== true && scans === 1
  checkSize({ width, height: pageHeight, frames, isStreamed })
  // Read to its end; JPEG is decoded at an eighth of its size, which takes a quarter of the time.
  await sharp(path, { limitInputPixels: maxPixels.streamed, failOn: 'error', sequentialRead: true })
    .resize(32, 32, { fit: 'inside' })
    .raw()
    .toBuffer()
    .catch((error: Error) => {
      throw broken(
        `The picture is broken or not complete: ${reason(error, path)}. Send it again, or export it anew.`
      )
    })
  if (type === 'image/gif' && gifBreaksOff(path)) throw breaksOff('The picture')
  return { width: about.autoOrient.width, height: about.autoOrient.height, frames }
}

/** What libvips says, on one line, each thing once, without the path of the file and the names of its parts. */
function reason({ message }: Error, path: string): string {
  const plain = message
    .replaceAll(path, 'the file')
    .replace(/^Input file has corrupt header: /, '')
    .replaceAll(/^\w+: (?=\S+ )/gm, '')
  return [...new Set(plain.trim().split('\n'))].join('; ').slice(0, 200)
}

function checkSize({
  width,
  height,
  frames,
  isStreamed
}: {
  width: number
  height: number
  frames: number
  isStreamed: boolean
}) {
  const maxOfFormat = isStreamed ? maxPixels.streamed : maxPixels.whole
  const million = (pixels: number) => `${Math.round(pixels / 1e5) / 10} million`
  if (width > maxSide || height > maxSide)
    throw broken(`The picture has ${width} x ${height} pixels; a side may have ${maxSide} at most.`)
  if (width * height > maxOfFormat)
    throw broken(
      `The picture has ${million(width * height)} pixels; ${million(maxOfFormat)} at most are taken of this format.`
    )
  if (frames > maxFrames || frames * width * height > 4 * maxPixels.whole)
    throw broken(
      `The animation has ${frames} frames of ${width} x ${height} pixels; at most ${maxFrames} frames and ${million(4 * maxPixels.whole)} pixels in all are taken.`
    )
}
