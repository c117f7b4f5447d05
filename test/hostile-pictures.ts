// Pictures that are made to harm whoever opens them, by description: none of them is kept anywhere.
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { packetOf, property } from './pictures.ts'

const solid = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#c33' }, limitInputPixels: false })
const noise = (width: number, height: number) =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 20 }
    }
  })

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

/** A progressive JPEG whose last scan comes so many times more. */
function withScans(jpeg: Buffer, times: number) {
  const last = jpeg.lastIndexOf(Buffer.from([0xff, 0xda]))
  const scan = jpeg.subarray(last, -2)
  return Buffer.concat([jpeg.subarray(0, -2), ...Array<Buffer>(times).fill(scan), jpeg.subarray(-2)])
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
    ['PNG of 400 million pixels', await solid(20_000, 20_000).png().toBuffer(), 'image/png'],
    [
      'PNG in seven passes of 100 million',
      await solid(10_000, 10_000).png({ progressive: true }).toBuffer(),
      'image/png'
    ],
    ['PNG of 60,000 pixels a side', await solid(60_000, 8).png().toBuffer(), 'image/png'],
    [
      'WebP of 268 million pixels',
      await solid(16_383, 16_383).webp({ lossless: true, effort: 0 }).toBuffer(),
      'image/webp'
    ],
    ['JPEG that claims 65,000 x 65,000', claiming(jpeg, 65_000, 65_000), 'image/jpeg'],
    [
      'progressive JPEG with 3,000 scans',
      withScans(await solid(6000, 6000).jpeg({ progressive: true }).toBuffer(), 3000),
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
    ['GIF, cut', shrink(animated, 0.01), 'image/gif'],
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

/** Pictures that are whole, with metadata that is not to be read: they are taken, and what they say is left out. */
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
  const zeros = deflateSync(Buffer.alloc(200_000_000))
  const packed = Buffer.concat([Buffer.from('XML:com.adobe.xmp\0\0'), zeros])
  return [
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
