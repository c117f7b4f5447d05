// Pictures that are made to harm whoever opens them, by description: none of them is kept anywhere.
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { noise, packetOf, property } from '../support/pictures.ts'

const solid = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#c33' }, limitInputPixels: false })

/** A chunk of PNG. */
function chunk(type: string, content: Buffer) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** A PNG with this chunk after its header. */
const withChunk = (png: Buffer, type: string, content: Buffer) =>
  Buffer.concat([png.subarray(0, 33), chunk(type, content), png.subarray(33)])

/** A black PNG with a bit a pixel, whole, of few bytes: compressing it takes no time, and decoding it as much as any. */
function black(width: number, height: number, isInterlaced = false) {
  const row = (pixels: number) => 1 + Math.ceil(pixels / 8)
  // The seven passes of Adam7: where each begins, and in which steps.
  const passes = [
    [0, 0, 8, 8],
    [4, 0, 8, 8],
    [0, 4, 4, 8],
    [2, 0, 4, 4],
    [0, 2, 2, 4],
    [1, 0, 2, 2],
    [0, 1, 1, 2]
  ] as const
  const inPass = ([x, y, across, down]: (typeof passes)[number]) =>
    row(Math.ceil((width - x) / across)) * Math.ceil((height - y) / down)
  const length = isInterlaced ? passes.reduce((sum, pass) => sum + inPass(pass), 0) : row(width) * height
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width)
  header.writeUInt32BE(height, 4)
  header[8] = 1
  header[12] = isInterlaced ? 1 : 0
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(length), { level: 1 })),
    chunk('IEND', Buffer.alloc(0))
  ])
}

/** A lossless WebP of one colour, which takes no bits a pixel, so that it is whole in any size. */
async function plainWebp(width: number, height: number) {
  const webp = await solid(16, 16).webp({ lossless: true, effort: 0 }).toBuffer()
  // After the signature of VP8L: 14 bits of width and 14 of height, each less one.
  const at = webp.indexOf('VP8L') + 9
  const flags = webp.readUInt32LE(at) & ~0xfffffff
  webp.writeUInt32LE((flags | (width - 1) | ((height - 1) << 14)) >>> 0, at)
  return webp
}

/** A segment of JPEG. */
function segment(marker: number, content: Buffer) {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(content.length + 2, 2)
  return Buffer.concat([head, content])
}
const afterStart = (jpeg: Buffer, ...segments: Buffer[]) =>
  Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)])
const xmpOf = (text: string) => segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0${text}`))

/** A JPEG whose header says that it has so many pixels. */
function claiming(jpeg: Buffer, width: number, height: number) {
  const changed = Buffer.from(jpeg)
  const at = changed.findIndex(
    (byte, i) => byte === 0xff && /^c[02]$/.test(changed[i + 1]?.toString(16) ?? '')
  )
  changed.writeUInt16BE(height, at + 5)
  changed.writeUInt16BE(width, at + 7)
  return changed
}

/** A progressive JPEG whose first scan of one colour comes so many times more, with all bits, as the format allows. */
export function withScans(jpeg: Buffer, times: number) {
  const start = Buffer.from([0xff, 0xda])
  const first = jpeg.indexOf(start)
  const at = jpeg.indexOf(start, first + 2)
  let end = at + 10
  while (jpeg[end] !== 0xff || jpeg[end + 1] === 0) end++
  const scan = Buffer.from(jpeg.subarray(at, end))
  scan[9] = 0
  return Buffer.concat([jpeg.subarray(0, at), ...Array<Buffer>(times).fill(scan), jpeg.subarray(-2)])
}

/** A GIF of this screen, with so many frames of one pixel. */
function gif(width: number, height: number, frames: number) {
  const head = Buffer.from('GIF89a\0\0\0\0\x80\0\0\0\0\0\xff\xff\xff', 'latin1')
  head.writeUInt16LE(width, 6)
  head.writeUInt16LE(height, 8)
  const frame = Buffer.from('\x21\xf9\x04\0\x01\0\0\0\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0', 'latin1')
  return Buffer.concat([head, ...Array<Buffer>(frames).fill(frame), Buffer.from(';')])
}

/** A TIFF of this size with these entries more; its directory is followed by `next`. */
function tiff(width: number, height: number, next = 0, count = 1) {
  const data = deflateSync(Buffer.alloc(100))
  const entries = [
    [256, 4, 1, width],
    [257, 4, 1, height],
    [258, 3, 1, 8],
    [259, 3, 1, 8],
    [262, 3, 1, 1],
    [273, 4, count, 200],
    [277, 3, 1, 1],
    [278, 4, 1, height],
    [279, 4, count, data.length]
  ] as const
  const bytes = Buffer.alloc(200 + data.length)
  bytes.write('II*\0\x08\0\0\0', 'latin1')
  bytes.writeUInt16LE(entries.length, 8)
  entries.forEach(([tag, type, many, value], i) => {
    bytes.writeUInt16LE(tag, 10 + 12 * i)
    bytes.writeUInt16LE(type, 12 + 12 * i)
    bytes.writeUInt32LE(many, 14 + 12 * i)
    bytes.writeUInt32LE(value, 18 + 12 * i)
  })
  bytes.writeUInt32LE(next, 10 + 12 * entries.length)
  data.copy(bytes, 200)
  return bytes
}

const endOfZip = Buffer.from(`PK\u0005\u0006${'\0'.repeat(18)}`, 'latin1')
const shrink = (bytes: Buffer, share: number) => bytes.subarray(0, Math.floor(bytes.length * share))

/** What a file is, its bytes, and what it is sent as. */
export type Hostile = [what: string, bytes: Buffer, type: string]

/** Files that are refused. */
export async function refused(): Promise<Hostile[]> {
  const jpeg = await noise(400, 300).jpeg().toBuffer()
  const webp = await noise(90, 90).webp().toBuffer()
  const avif = await noise(90, 90).avif({ effort: 0 }).toBuffer()
  const png = await noise(90, 90).png().toBuffer()
  const animated = gif(64, 64, 20)
  const sizes = avif.indexOf('ispe')
  const wideAvif = Buffer.from(avif)
  wideAvif.writeUInt32BE(60_000, sizes + 8)
  const broken = (bytes: Buffer, type: string, name: string): Hostile[] =>
    [0.02, 0.5, 0.97].map((share) => [`${name}, cut at ${share}`, shrink(bytes, share), type])
  return [
    ['PNG of 400 million pixels', black(20_000, 20_000), 'image/png'],
    ['PNG in seven passes of 100 million', black(10_000, 10_000, true), 'image/png'],
    ['PNG of 60,000 pixels a side', black(60_000, 8), 'image/png'],
    ['WebP of 268 million pixels', await plainWebp(16_383, 16_383), 'image/webp'],
    ['JPEG that claims 65,000 x 65,000', claiming(jpeg, 65_000, 65_000), 'image/jpeg'],
    [
      'progressive JPEG with 3,000 scans',
      withScans(await solid(3000, 3000).jpeg({ progressive: true }).toBuffer(), 3000),
      'image/jpeg'
    ],
    ['GIF of 5,000 frames', gif(16, 16, 5000), 'image/gif'],
    ['GIF of 900 frames of 4 million pixels', gif(2000, 2000, 900), 'image/gif'],
    ['TIFF of 60,000 x 60,000', tiff(60_000, 60_000), 'image/tiff'],
    ['TIFF that has less than it claims', tiff(9000, 9000), 'image/tiff'],
    ['TIFF whose directory is followed by itself', tiff(9000, 9000, 8), 'image/tiff'],
    ['TIFF with four thousand million strips', tiff(2000, 2000, 0, 4_000_000_000), 'image/tiff'],
    ['AVIF that claims 60,000 pixels', wideAvif, 'image/avif'],
    ...broken(jpeg, 'image/jpeg', 'JPEG'),
    ...broken(png, 'image/png', 'PNG'),
    ...broken(webp, 'image/webp', 'WebP'),
    ...broken(avif, 'image/avif', 'AVIF'),
    ...broken(await noise(90, 90).tiff().toBuffer(), 'image/tiff', 'TIFF'),
    ...broken(animated, 'image/gif', 'GIF'),
    ['JPEG and archive', Buffer.concat([jpeg, endOfZip]), 'image/jpeg'],
    ['PDF and archive', Buffer.concat([Buffer.from('%PDF-1.4\n'), endOfZip]), 'application/pdf'],
    [
      'JPEG and page',
      afterStart(jpeg, segment(0xfe, Buffer.from('<html><script>alert(1)</script>'))),
      'image/jpeg'
    ],
    ['JPEG and PDF', afterStart(jpeg, segment(0xfe, Buffer.from('%PDF-1.4'))), 'image/jpeg'],
    ['PNG and page', withChunk(png, 'tEXt', Buffer.from('Comment\0<?php system($_GET[0]); ?>')), 'image/png'],
    ['GIF and page', Buffer.concat([animated, Buffer.from('<script>alert(1)</script>')]), 'image/gif'],
    ['GIF and script', Buffer.from(`${'GIF89a/*'.padEnd(800, ' ')}*/=1;alert(1)`), 'image/gif'],
    ['page', Buffer.from('<!doctype html><script>alert(1)</script>'), 'image/jpeg'],
    ['program', Buffer.from('\x7fELF\x02\x01\x01'.padEnd(200, '\0'), 'latin1'), 'image/png'],
    ['drawing, sent as a picture', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/png'],
    [
      'sound, sent as a picture',
      Buffer.from('RIFF\x24\0\0\0WAVEfmt '.padEnd(60, '\0'), 'latin1'),
      'image/jpeg'
    ]
  ]
}

/** Pictures that are whole, with more that is not to be read: they are taken, and what that says is left out. */
export async function survived(): Promise<Hostile[]> {
  const jpeg = await noise(40, 30).jpeg().toBuffer()
  const png = await noise(40, 30).png().toBuffer()
  const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('')
  const bomb = `<!DOCTYPE x [<!ENTITY l0 "ha">${laughs}]>${packetOf(property('photoshop:Credit', '&l9;'))}`
  const deep = (levels: number) => packetOf('<dc:a>'.repeat(levels) + '</dc:a>'.repeat(levels))
  const exif = Buffer.alloc(60, 0xff)
  exif.write('Exif\0\0II*\0\x08\0\0\0', 'latin1')
  // A directory that is followed by itself.
  exif.writeUInt16LE(0, 14)
  exif.writeUInt32LE(8, 16)
  const iim = Buffer.from(
    'Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x0a\x1c\x02\x78\x80\x04\x7f\xff\xff\xff',
    'latin1'
  )
  const zeros = deflateSync(Buffer.alloc(200_000_000), { level: 1 })
  const packed = Buffer.concat([Buffer.from('XML:com.adobe.xmp\0\0'), zeros])
  const scans = withScans(await noise(40, 30).jpeg({ progressive: true }).toBuffer(), 200)
  const blocks = Buffer.alloc(30_000_000, Buffer.from([0x21, 1, 0]))
  return [
    [
      'four million boxes',
      Buffer.concat([
        Buffer.from('\0\0\0\x10ftypisom\0\0\0\0', 'latin1'),
        Buffer.alloc(32_000_000, Buffer.from('\0\0\0\x08free', 'latin1'))
      ]),
      'video/mp4'
    ],
    ['ten million empty blocks', Buffer.concat([gif(16, 16, 2).subarray(0, -1), blocks]), 'image/gif'],
    ['two hundred scans behind the end', Buffer.concat([jpeg, scans]), 'image/jpeg'],
    ['a packet whose entities grow', afterStart(jpeg, xmpOf(bomb)), 'image/jpeg'],
    ['a packet of 4,000 levels', afterStart(jpeg, xmpOf(deep(4000))), 'image/jpeg'],
    ['a compressed packet of 200 MB', withChunk(png, 'zTXt', packed), 'image/png'],
    [
      'a packet of 40,000 levels',
      withChunk(png, 'iTXt', Buffer.from(`XML:com.adobe.xmp\0\0\0\0\0${deep(40_000)}`)),
      'image/png'
    ],
    [
      '300,000 properties',
      withChunk(
        png,
        'iTXt',
        Buffer.from(`XML:com.adobe.xmp\0\0\0\0\0${packetOf('<dc:a>b</dc:a>'.repeat(300_000))}`)
      ),
      'image/png'
    ],
    ['a directory of EXIF that is followed by itself', afterStart(jpeg, segment(0xe1, exif)), 'image/jpeg'],
    ['a dataset of IIM that claims 2 GB', afterStart(jpeg, segment(0xed, iim)), 'image/jpeg'],
    [
      'a thousand segments',
      afterStart(jpeg, ...Array<Buffer>(1000).fill(segment(0xe1, Buffer.alloc(60_000, 1)))),
      'image/jpeg'
    ]
  ]
}
