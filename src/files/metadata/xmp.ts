// XMP as ExifReader reads it, in the form of plain JSON.
import { inflateSync } from 'node:zlib'
import { DOMParser, type Node } from '@xmldom/xmldom'
import { blocksOf } from '../intake/gif.ts'

/** A text, a list, a structure, or the same text by languages. */
export type XmpValue = string | XmpValue[] | { [name: string]: XmpValue }

/**
 * A parser for ExifReader, which gives no XMP at all where a comment stands among the values, and loses a value in a CDATA
 * section.
 */
export const domParser = {
  parseFromString(text: string, type: string) {
    const packet = withoutAncestors(text)
    if (packet.split('<', maxTags + 1).length > maxTags) throw new RangeError('The packet has too many tags.')
    const document = new DOMParser({ onError: failing }).parseFromString(packet, type)
    for (const node of [...document.childNodes]) simplify(node)
    // Once for all: node by node, a packet of 4,000 levels takes seconds.
    document.normalize()
    return document
  }
}

/** How many tags a packet may have, those that end an element too: each takes about 1 KB of memory while it is read. */
const maxTags = 100_000

const ancestors = 'photoshop:DocumentAncestors'
/** The packet without the ids of all documents that something was pasted from, which Photoshop heaps up, and nobody asks for. */
function withoutAncestors(packet: string): string {
  const start = packet.indexOf(`<${ancestors}>`)
  const end = packet.indexOf(`</${ancestors}>`, start)
  return start < 0 || end < 0 ? packet : packet.slice(0, start) + packet.slice(end + ancestors.length + 3)
}

/** Serious errors end the parsing; warnings do not matter. */
const failing = (level: string, message: string) => {
  if (level !== 'warning') throw new SyntaxError(message)
}

function simplify(node: Node) {
  for (const child of [...node.childNodes]) {
    if (child.nodeType === child.COMMENT_NODE) node.removeChild(child)
    else if (child.nodeType === child.CDATA_SECTION_NODE)
      node.replaceChild(node.ownerDocument!.createTextNode(child.nodeValue!), child)
    else simplify(child)
  }
}

/** The value of a tag of ExifReader. Its `description` joins languages, so it is of no use. */
export function plainValue(tag: unknown): XmpValue {
  if (Array.isArray(tag)) {
    const languages = tag.flatMap((item) => (languageOf(item) ? [[languageOf(item)!, plainValue(item)]] : []))
    return languages.length > 0 ? Object.fromEntries(languages) : tag.map(plainValue)
  }
  if (tag === null || typeof tag !== 'object') return String(tag)
  if ('value' in tag && 'attributes' in tag) return plainValue(tag.value)
  return Object.fromEntries(Object.entries(tag).map(([name, inner]) => [name, plainValue(inner)]))
}

const languageOf = (item: { attributes?: { lang?: string } }) => item.attributes?.lang

const pngSignature = '89504e470d0a1a0a'
const keyword = 'XML:com.adobe.xmp\0'
/** How long a packet may be where ExifReader does not look for it. */
const maxPacketBytes = 8 * 1024 * 1024

/** The packet of a picture where ExifReader does not look for it. */
export const unseenPacket = (bytes: Buffer) => compressedPacket(bytes) ?? gifPacket(bytes)

/** The packet that a PNG holds compressed (zTXt), as libvips writes it. */
function compressedPacket(bytes: Buffer): Buffer | undefined {
  if (bytes.toString('hex', 0, 8) !== pngSignature) return undefined
  for (let at = 8; at + 12 <= bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const content = bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at))
    const isPacket = content.toString('latin1', 0, keyword.length) === keyword
    if (bytes.toString('latin1', at + 4, at + 8) === 'zTXt' && isPacket)
      return packetOf(inflateSync(content.subarray(keyword.length + 1), { maxOutputLength: maxPacketBytes }))
  }
  return undefined
}

/** How many bytes follow the packet in a GIF, so that all of it can be taken for sub-blocks (XMP 3, 1.1.2). */
const trailer = 258

/** The packet that an extension of a GIF holds. */
function gifPacket(bytes: Buffer): Buffer | undefined {
  if (bytes.toString('latin1', 0, 3) !== 'GIF') return undefined
  for (const { label, start, end } of blocksOf((at) => bytes[at])) {
    const isPacket = label === 0xff && bytes.toString('latin1', start + 3, start + 14) === 'XMP DataXMP'
    if (!isPacket || end === undefined) continue
    const packet = bytes.subarray(start + 14, end - trailer)
    if (packet.length > maxPacketBytes) throw new RangeError('The packet is too long.')
    return packetOf(packet)
  }
  return undefined
}

/** ExifReader knows a packet by how it begins. */
const packetOf = (xmp: Buffer) =>
  xmp.toString('latin1', 0, 16).startsWith('<?xpacket') ? xmp : Buffer.concat([Buffer.from(header), xmp])
const header = '<?xpacket begin="\u{feff}" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
