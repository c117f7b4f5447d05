// IPTC IIM 4.2: the datasets of a picture, read from its bytes. (ExifReader formats dates, and loses what stands behind
// the first of several APP13 segments.)

/** An IIM block, and Photoshop's digest of it, where that was written. */
export interface IimBlock {
  block: Buffer
  /** Resource 0x0425: the MD5 of the block when the XMP was brought in line with it. */
  digest?: Buffer
}

/** The IIM block of a JPEG or a TIFF; other formats have none. */
export function iimBlock(bytes: Buffer): IimBlock | undefined {
  if (bytes.readUInt16BE(0) === 0xffd8) return resourcesOf(photoshopOf(bytes))
  const order = bytes.toString('latin1', 0, 2)
  if (order !== 'II' && order !== 'MM') return undefined
  const fields = tiffFields(bytes, order === 'II')
  const resources = resourcesOf(fields.get(34377) ?? Buffer.alloc(0))
  const block = fields.get(33723)
  return block ? { ...resources, block } : resources
}

const photoshop = 'Photoshop 3.0\0'

/** The Photoshop resources of all APP13 segments of a JPEG, in one piece: long ones go on in the next segment. */
function photoshopOf(bytes: Buffer): Buffer {
  const parts: Buffer[] = []
  let at = 2
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1]!
    // Start of scan: the pixels follow.
    if (marker === 0xda) break
    const length = bytes.readUInt16BE(at + 2)
    const content = bytes.subarray(at + 4, at + 2 + length)
    if (marker === 0xed && content.toString('latin1', 0, photoshop.length) === photoshop)
      parts.push(content.subarray(photoshop.length))
    at += 2 + length
  }
  return Buffer.concat(parts)
}

/** The IIM and its digest among Photoshop's resources (8BIM). */
function resourcesOf(bytes: Buffer): IimBlock | undefined {
  const found = new Map<number, Buffer>()
  let at = 0
  while (at + 12 <= bytes.length && bytes.toString('latin1', at, at + 4) === '8BIM') {
    const name = bytes[at + 6]! + 1
    const sizeAt = at + 6 + name + (name % 2)
    if (sizeAt + 4 > bytes.length) break
    const size = bytes.readUInt32BE(sizeAt)
    found.set(bytes.readUInt16BE(at + 4), bytes.subarray(sizeAt + 4, sizeAt + 4 + size))
    at = sizeAt + 4 + size + (size % 2)
  }
  const block = found.get(0x0404)
  const digest = found.get(0x0425)
  return block && { block, ...(digest && { digest }) }
}

/** Bytes of the fields of types byte, long and undefined of the first directory of a TIFF. */
function tiffFields(bytes: Buffer, little: boolean): Map<number, Buffer> {
  const short = (at: number) => (little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at))
  const long = (at: number) => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at))
  const sizes: Record<number, number> = { 1: 1, 4: 4, 7: 1 }
  const fields = new Map<number, Buffer>()
  const directory = long(4)
  const count = directory + 2 <= bytes.length ? short(directory) : 0
  for (let at = directory + 2; at < directory + 2 + count * 12 && at + 12 <= bytes.length; at += 12) {
    const length = long(at + 4) * (sizes[short(at + 2)] ?? 0)
    const from = long(at + 8)
    if (length > 4) fields.set(short(at), bytes.subarray(from, from + length))
  }
  return fields
}

/** The datasets of a block by record and number ("2:80"), each with all its values, in their order. */
export function datasets(block: Buffer): Record<string, string[]> {
  const found = new Map<string, Buffer[]>()
  let at = 0
  while (at + 5 <= block.length && block[at] === 0x1c) {
    const key = `${block[at + 1]}:${block[at + 2]}`
    let length = block.readUInt16BE(at + 3)
    at += 5
    // An extended dataset: the length of the length (IIM 4.2, 1.5).
    if (length & 0x8000) {
      const size = Math.min(length & 0x7fff, 6)
      if (at + size > block.length || size === 0) break
      length = block.readUIntBE(at, size)
      at += size
    }
    found.set(key, [...(found.get(key) ?? []), block.subarray(at, at + length)])
    at += length
  }
  const isUtf8 = found.get('1:90')?.[0]?.toString('latin1') === '\x1b%G'
  return Object.fromEntries(
    [...found].map(([key, values]) => [key, values.map((value) => decoded(value, isUtf8))])
  )
}

/** A text in UTF-8 where 1:90 says so, or it can be nothing else, otherwise in Windows-1252. */
function decoded(bytes: Buffer, isUtf8: boolean): string {
  try {
    return new TextDecoder('utf-8', { fatal: !isUtf8 }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
