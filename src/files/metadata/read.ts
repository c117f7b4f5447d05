// Reading what a picture says of itself: XMP, IIM, EXIF. It runs in a worker thread.
import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import type { ExpandedTags } from 'exifreader'
import { inThread } from '../../threads/run.ts'
import { datasets, type IimBlock, iimBlock } from './iim.ts'
import { bounded, storable } from './kept.ts'
import { proposalOf } from './proposal.ts'
import { type Properties, type Reading, readings } from './readings.ts'
import type { PictureProposal } from './schema.ts'
import { domParser, plainValue, unseenPacket } from './xmp.ts'

export interface PictureMetadata {
  proposal: PictureProposal
  /** Everything that says something of a field of the proposal; what is first was proposed. */
  readings: Reading[]
  /** All properties, by their names in XMP (without prefixes), their numbers in IIM, their names in EXIF. */
  properties: Properties
  /** What could not be read. */
  faults: ('xmp' | 'iim' | 'exif')[]
  /** The names of what was too long to be kept. */
  leftOut: string[]
}

/** A picture: its bytes, or the path of its file. */
export type Picture = { bytes: Uint8Array } | { path: string }

/** What a picture says of itself, read by a worker thread. */
export const metadataOf = inThread<typeof readPicture>(import.meta.url, 'readPicture')

/** What a picture says of itself. It never throws for what the file holds. */
export async function readPicture(picture: Picture): Promise<PictureMetadata> {
  const bytes = 'path' in picture ? await beginningOf(picture.path) : Buffer.from(picture.bytes)
  const faults: PictureMetadata['faults'] = []
  const attempt = <T>(place: 'xmp' | 'iim' | 'exif', read: () => T): T | undefined => {
    try {
      return read()
    } catch {
      faults.push(place)
      return undefined
    }
  }
  const iim = attempt('iim', () => iimBlock(bytes))
  const { xmp, exif } = await tagsOf(bytes, attempt)
  const properties = storable({ xmp, exif, iim: iim ? datasets(iim.block) : {} })
  const all = readings(properties, iim !== undefined && isEditedLater(iim))
  return { proposal: proposalOf(all), ...bounded(all, properties), faults }
}

/** How much of a file is looked at. */
const longest = 64 * 1024 * 1024

/** How many segments of a JPEG are passed over one by one. */
const maxSegments = 1000

async function beginningOf(path: string): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const length = Math.min(size, await pixelsAt(file), longest)
    return (await file.read({ buffer: Buffer.alloc(length), length })).buffer
  } finally {
    await file.close()
  }
}

/** Where the pixels of a JPEG begin: what it says of itself stands before them. Infinity where that is not soon found. */
async function pixelsAt(file: FileHandle): Promise<number> {
  const head = Buffer.alloc(4)
  const read = async (at: number) => (await file.read(head, 0, 4, at)).bytesRead === 4
  if (!(await read(0)) || head.readUInt16BE(0) !== 0xffd8) return Infinity
  let at = 2
  for (let i = 0; i < maxSegments && (await read(at)) && head[0] === 0xff; i++) {
    at += 2 + head.readUInt16BE(2)
    // The end of the header of the scan.
    if (head[1] === 0xda) return at
  }
  return Infinity
}

/** Whether the IIM was edited after the XMP: its digest is that of another block (XMP 3, Photoshop's IPTCDigest). */
const isEditedLater = ({ block, digest }: IimBlock) =>
  digest !== undefined && !createHash('md5').update(block).digest().equals(digest)

/** The EXIF that says who, when and what; positions and serial numbers stay in the file. */
const exifNames = [
  'Artist',
  'Copyright',
  'ImageDescription',
  'DateTimeOriginal',
  'OffsetTimeOriginal'
] as const

async function tagsOf(
  bytes: Buffer,
  attempt: <T>(place: 'xmp' | 'exif', read: () => T) => T | undefined
): Promise<Pick<Properties, 'xmp' | 'exif'>> {
  const { default: ExifReader } = await import('exifreader')
  // ExifReader says nothing of XMP that cannot be parsed.
  const noting = {
    parseFromString: (text: string, type: string) =>
      attempt('xmp', () => domParser.parseFromString(text, type))
  }
  const load = (content: Buffer): ExpandedTags =>
    ExifReader.load(Uint8Array.from(content).buffer, { expanded: true, domParser: noting })
  const tags = attempt('exif', () => load(bytes))
  const packet = attempt('xmp', () => unseenPacket(bytes))
  const more = packet && attempt('xmp', () => load(packet))
  const { _raw, about, ...xmp } = { ...tags?.xmp, ...more?.xmp }
  const exif = exifNames.flatMap((name) => {
    const value = tags?.exif?.[name]?.value
    if (!Array.isArray(value)) return []
    // Copyright is two notices, of photographer and editor, and a space where there is none of the first (EXIF 2.3, 4.6.4).
    const parts = value.map((part) => String(part).trim()).filter((part) => part !== '')
    return parts.length === 0 ? [] : [[name, parts.join('; ')]]
  })
  return {
    xmp: Object.fromEntries(Object.entries(xmp).map(([name, tag]) => [name, plainValue(tag)])),
    exif: Object.fromEntries(exif)
  }
}
