// Pictures that ExifTool wrote, as the API reads them; and renditions, as ExifTool reads them.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import t, { type Test } from 'tap'
import type { DraftMedia } from '../../src/content/media/schema.ts'
import { app, type Client, folder } from '../support/app.ts'
import { packetOf, property, rendered, seq, uploaded } from '../support/pictures.ts'
import { canonical, names } from './iptc-values.ts'
import { missing } from './programs.ts'

const needed = missing('exiftool', 'libimage-exiftool-perl')

type Tags = Record<string, unknown>

/** A picture that ExifTool has written these arguments or tags into; `from` is its bytes without them. */
function written(t: Test, { args = [], tags, from, name = 'a.jpg' }: Making) {
  const home = folder(t)
  const file = join(home, name)
  writeFileSync(file, from)
  const list = join(home, 'tags.json')
  if (tags) writeFileSync(list, JSON.stringify([{ SourceFile: '*', ...tags }]))
  // Older releases do not know this one.
  const config = join(home, 'config.pl')
  writeFileSync(
    config,
    `%Image::ExifTool::UserDefined = ('Image::ExifTool::PLUS::XMP' => { DataMining => {} });`
  )
  const all = [...(tags ? ['-n', '-struct', `-j=${list}`] : []), ...args]
  execFileSync('exiftool', [
    '-config',
    config,
    '-q',
    '-overwrite_original',
    '-charset',
    'iptc=utf8',
    ...all,
    file
  ])
  return readFileSync(file)
}

interface Making {
  args?: string[]
  tags?: Tags
  from: Buffer
  name?: string
}

const plain = (width = 64, height = 48) =>
  sharp({ create: { width, height, channels: 3, background: '#487' } })

/** What ExifTool reads of these bytes, by group and name. */
function tagsOf(t: Test, bytes: Buffer): Tags {
  const file = join(folder(t), 'b')
  writeFileSync(file, bytes)
  return JSON.parse(String(execFileSync('exiftool', ['-j', '-struct', '-n', '-G1', file])))[0]
}

interface Said {
  proposal: Record<string, unknown> & { credit: Record<string, unknown> }
  values: { xmp: Tags; iim: Record<string, string[]>; exif: Tags }
  faults: string[]
}

const said = async (client: Client, bytes: Buffer, type?: string): Promise<Said> =>
  (await client.get(`/v1/media/${(await uploaded(client, bytes, type)).id}/metadata`)).json()

t.test('every field of the IPTC standard is read exactly as it was written', needed, async (t) => {
  const client = await app(t)
  const tags: Tags = JSON.parse(readFileSync('test/machine/iptc-fields.json', 'utf8'))
  const from = await plain().jpeg().toBuffer()
  const bytes = written(t, { tags, from, args: ['-codedcharacterset=utf8'] })
  const { values, faults } = await said(client, bytes)
  t.same(faults, [])
  const ours = Object.fromEntries(Object.entries(values.xmp).map(([name, one]) => [name.toLowerCase(), one]))
  const xmp = Object.entries(tags).filter(([name]) => name.startsWith('XMP-'))
  t.equal(xmp.length, 63)
  for (const [name, value] of xmp) {
    const own = name.split(':')[1]!.toLowerCase()
    t.strictSame(canonical(ours[names[own] ?? own]), canonical(value), name)
  }
  const iim = Object.entries(tags).filter(([name]) => name.startsWith('IPTC:'))
  t.equal(iim.length, 21)
  const all = Object.values(values.iim).map((values) => canonical(values.length > 1 ? values : values[0]))
  for (const [name, value] of iim) {
    // IIM has dates and times without marks.
    const raw = /Date|Time/.test(name) ? String(value).replaceAll(':', '') : value
    t.ok(
      all.some((one) => JSON.stringify(one) === JSON.stringify(canonical(raw))),
      `${name} is ${JSON.stringify(raw)}`
    )
  }
})

const pictures: [
  string,
  { args?: string[]; packet?: string; name?: string; tags?: Tags },
  (said: Said, t: Test) => void
][] = [
  [
    'a comment and CDATA in XMP',
    {
      packet: packetOf(
        `<!-- from the wire -->${property('photoshop:Credit', '<![CDATA[Ana & Ben > Wire]]>')}`,
        seq('dc:creator', 'Ana Example')
      )
    },
    ({ proposal: { credit } }, t) =>
      t.match(credit, { creditLine: 'Ana & Ben > Wire', creators: ['Ana Example'] })
  ],
  [
    'a bare > in an attribute',
    {
      packet: packetOf().replace('rdf:about=""', 'rdf:about="" photoshop:Credit="Bay > Harbour Wire"')
    },
    ({ proposal: { credit } }, t) => t.equal(credit.creditLine, 'Bay > Harbour Wire')
  ],
  [
    'XMP above 64 KB',
    {
      tags: {
        'XMP-photoshop:Credit': 'Harbour Wire',
        'XMP-photoshop:Instructions': 'Do not crop. '.repeat(7000)
      }
    },
    ({ proposal, values }, t) => {
      t.equal(proposal.credit.creditLine, 'Harbour Wire')
      t.equal(String(values.xmp.Instructions).length, 91_000)
    }
  ],
  [
    'IIM in UTF-8, said with 1:90',
    { args: ['-codedcharacterset=utf8', '-IPTC:By-line=Åsa Ødegård', '-IPTC:Credit=Łódź Wire'] },
    ({ proposal: { credit } }, t) => t.match(credit, { creditLine: 'Łódź Wire', creators: ['Åsa Ødegård'] })
  ],
  [
    'IIM in Latin letters of one byte',
    { args: ['-charset', 'iptc=latin', '-IPTC:By-line=Åsa Ødegård'] },
    ({ proposal: { credit } }, t) => t.same(credit.creators, ['Åsa Ødegård'])
  ],
  [
    'a right that ends, and an embargo, in IIM',
    {
      args: [
        '-IPTC:ExpirationDate=2027:01:31',
        '-IPTC:ExpirationTime=23:59:59+01:00',
        '-IPTC:ReleaseDate=2026:12:01',
        '-IPTC:ReleaseTime=06:00:00+00:00'
      ]
    },
    ({ proposal }, t) => {
      t.equal(Date.parse(String(proposal.credit.expiresAt)), Date.parse('2027-01-31T22:59:59Z'))
      t.equal(Date.parse(String(proposal.embargoUntil)), Date.parse('2026-12-01T06:00:00Z'))
    }
  ],
  [
    'IIM that was edited after the XMP',
    {
      args: [
        '-XMP-photoshop:Credit=Old Wire',
        '-IPTC:Credit=New Wire',
        '-Photoshop:IPTCDigest=00112233445566778899aabbccddeeff'
      ]
    },
    ({ proposal: { credit } }, t) => t.equal(credit.creditLine, 'New Wire')
  ],
  [
    'IIM that the XMP was brought in line with',
    { args: ['-XMP-photoshop:Credit=XMP Wire', '-IPTC:Credit=IIM Wire', '-Photoshop:IPTCDigest=new'] },
    ({ proposal: { credit } }, t) => t.equal(credit.creditLine, 'XMP Wire')
  ],
  [
    'a day that nobody knows',
    { args: ['-n', '-IPTC:DateCreated=19450000'] },
    ({ proposal }, t) => t.match(proposal.captured, { value: '1945', instant: null })
  ],
  [
    "a camera's words in EXIF, beside what an editor wrote",
    {
      args: [
        '-IFD0:Artist=OWNER',
        '-IFD0:ImageDescription=DCIM 0001',
        '-XMP-dc:Creator=Ana Example',
        '-XMP-dc:Description=The late ferry.',
        '-XMP-dc:Description-de=Die späte Fähre.',
        '-ExifIFD:DateTimeOriginal=2026:11:02 08:30:00',
        '-ExifIFD:OffsetTimeOriginal=+01:00'
      ]
    },
    ({ proposal, values }, t) => {
      t.same(proposal.credit.creators, ['Ana Example'])
      t.equal(proposal.caption, 'The late ferry.')
      t.match(values.xmp.description, { de: 'Die späte Fähre.' })
      t.match(proposal.captured, { instant: '2026-11-02T07:30:00.000Z' })
    }
  ],
  [
    'more IIM than one segment holds',
    {
      tags: {
        'IPTC:Keywords': Array.from({ length: 1500 }, (_, i) => `keyword ${i} ${'x'.repeat(40)}`),
        'IPTC:Credit': 'Harbour Wire'
      }
    },
    ({ proposal, values }, t) => {
      t.equal(values.iim['2:25']!.length, 1500)
      t.equal(proposal.credit.creditLine, 'Harbour Wire')
    }
  ],
  [
    'a PNG whose packet is compressed',
    { args: ['-z', '-XMP-photoshop:Credit=Harbour Wire'], name: 'a.png' },
    ({ proposal: { credit } }, t) => t.equal(credit.creditLine, 'Harbour Wire')
  ],
  [
    'a TIFF with XMP and IIM',
    { args: ['-XMP-dc:Creator=Ana Example', '-IPTC:Credit=Harbour Wire'], name: 'a.tiff' },
    ({ proposal: { credit } }, t) =>
      t.match(credit, { creators: ['Ana Example'], creditLine: 'Harbour Wire' })
  ],
  [
    'a WebP with XMP',
    { args: ['-XMP-photoshop:Credit=Harbour Wire', '-XMP-dc:Rights=© Harbour Wire'], name: 'a.webp' },
    ({ proposal: { credit } }, t) =>
      t.match(credit, { creditLine: 'Harbour Wire', copyrightNotice: '© Harbour Wire' })
  ],
  [
    'an AVIF with XMP',
    { args: ['-XMP-photoshop:Credit=Harbour Wire'], name: 'a.avif' },
    ({ proposal: { credit } }, t) => t.equal(credit.creditLine, 'Harbour Wire')
  ]
]

t.test('pictures with what other readers stumble on are read right', needed, async (t) => {
  const client = await app(t)
  for (const [what, { packet, args = [], name = 'a.jpeg', tags }, check] of pictures)
    await t.test(what, async (t) => {
      const format = name.split('.')[1] as 'jpeg' | 'png' | 'tiff' | 'webp' | 'avif'
      const from = await plain().toFormat(format).toBuffer()
      const file = join(folder(t), 'packet.xmp')
      if (packet) writeFileSync(file, packet)
      const more = packet ? [`-XMP<=${file}`] : []
      const bytes = written(t, { args: [...args, ...more], name, from, ...(tags && { tags }) })
      const type = {
        jpeg: 'image/jpeg',
        png: 'image/png',
        tiff: 'image/tiff',
        webp: 'image/webp',
        avif: 'image/avif'
      }
      const read = await said(client, bytes, type[format])
      t.same(read.faults, [])
      check(read, t)
    })
})

t.test('renditions carry the credit and nothing private, upright and in sRGB', needed, async (t) => {
  const client = await app(t)
  await client.put('/v1/media-settings', { widths: [300], formats: ['jpeg', 'webp', 'avif'] })
  const thumbnail = join(folder(t), 'thumbnail.jpg')
  writeFileSync(thumbnail, await plain(32, 24).jpeg().toBuffer())
  // Pure red of sRGB, in the numbers of Display P3; it lies on its side.
  const red = sharp({ create: { width: 600, height: 400, channels: 3, background: '#f00' } })
  const bytes = written(t, {
    from: await red.withIccProfile('p3').jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer(),
    args: [
      ...['-n', '-IFD0:Orientation=6', `-ThumbnailImage<=${thumbnail}`, '-ExifIFD:SerialNumber=42-4711'],
      ...['-GPSLatitude=63.4', '-GPSLatitudeRef=N', '-GPSLongitude=10.4', '-GPSLongitudeRef=E'],
      ...['-XMP-exif:GPSLatitude=63.4', '-XMP-photoshop:Credit=Harbour Wire', '-XMP-dc:Creator=Ana Example'],
      ...[
        '-XMP-dc:Rights=© Harbour Wire > all rights',
        '-XMP-xmpRights:UsageTerms=One use.',
        '-XMP-tiff:Orientation=6'
      ]
    ]
  })
  t.match(tagsOf(t, bytes), { 'GPS:GPSLatitude': 63.4, 'IFD0:Orientation': 6 })
  const { id } = await uploaded(client, bytes)
  const { etag } = (await client.get(`/v1/media/${id}?edition=draft`)).headers
  const accepted = await client.call('POST', `/v1/media/${id}/metadata/accept`, {
    payload: {},
    headers: { 'if-match': String(etag) }
  })
  t.equal(accepted.status, 200, accepted.body)
  const { renditions } = await rendered(client, id)
  t.equal(renditions!.length, 3)
  for (const { url, type, width, height } of renditions as NonNullable<DraftMedia['renditions']>) {
    t.same([width, height], [300, 450], `${type} is upright`)
    const answer = await client.server.inject({
      url: `${url}?edition=draft`,
      headers: { authorization: 'Bearer onr_test' }
    })
    const tags = tagsOf(t, answer.rawPayload)
    t.match(
      tags,
      {
        'XMP-photoshop:Credit': 'Harbour Wire',
        'XMP-dc:Creator': ['Ana Example'],
        'XMP-dc:Rights': '© Harbour Wire > all rights',
        'XMP-xmpRights:UsageTerms': 'One use.'
      },
      type
    )
    const names = Object.keys(tags).join(' ')
    t.notMatch(names, /GPS|Thumbnail|Serial|Orientation|IPTC:|IFD0/, `${type}: nothing else of the file`)
    const [r, g, b] = await sharp(answer.rawPayload).raw().toBuffer()
    t.ok(r! > 245 && g! < 14 && b! < 14, `${type}: ${r}, ${g}, ${b}`)
    const { space, icc } = await sharp(answer.rawPayload).metadata()
    t.equal(space, 'srgb')
    t.equal(icc, undefined, 'without a profile it is sRGB')
  }
})
