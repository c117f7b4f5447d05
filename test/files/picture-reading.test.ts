// What is read of a picture's own statements: XMP, IIM and EXIF, in pictures made here byte by byte.
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import t from 'tap'
import { metadataOf, readPicture } from '../../src/files/metadata/read.ts'
import { useThreads } from '../../src/threads/run.ts'
import { folder } from '../support/app.ts'

const namespaces = {
  dc: 'http://purl.org/dc/elements/1.1/',
  photoshop: 'http://ns.adobe.com/photoshop/1.0/',
  xmpRights: 'http://ns.adobe.com/xap/1.0/rights/',
  plus: 'http://ns.useplus.org/ldf/xmp/1.0/',
  cc: 'http://creativecommons.org/ns#',
  xmpNote: 'http://ns.adobe.com/xmp/note/',
  Iptc4xmpCore: 'http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/',
  Iptc4xmpExt: 'http://iptc.org/std/Iptc4xmpExt/2008-02-29/'
}

/** A packet with these properties, as elements and as attributes. */
const packet = (elements: string, attributes = '') => {
  const declared = Object.entries(namespaces).map(([prefix, address]) => ` xmlns:${prefix}="${address}"`)
  return `<?xpacket begin="\u{feff}" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""${declared.join('')}${attributes}>${elements}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`
}

const number = (value: number, bytes: number) => {
  const buffer = Buffer.alloc(bytes)
  buffer.writeUIntBE(value, 0, bytes)
  return buffer
}

const segment = (marker: number, content: Buffer) =>
  Buffer.concat([Buffer.from([0xff, marker]), number(content.length + 2, 2), content])

/** A JPEG of these segments, without a picture. */
const jpeg = (...segments: Buffer[]) =>
  Buffer.concat([Buffer.from([0xff, 0xd8]), ...segments, Buffer.from([0xff, 0xda, 0, 2, 0xff, 0xd9])])

const xmpSegment = (text: string) => segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0${text}`))

type Dataset = [record: number, id: number, value: string | Buffer]
const utf8: Dataset = [1, 90, '\x1b%G']

const iim = (...sets: Dataset[]) =>
  Buffer.concat(
    sets.map(([record, id, value]) => {
      const content = Buffer.from(value)
      const length =
        content.length < 0x8000
          ? number(content.length, 2)
          : Buffer.concat([number(0x8004, 2), number(content.length, 4)])
      return Buffer.concat([Buffer.from([0x1c, record, id]), length, content])
    })
  )

const resource = (id: number, content: Buffer, name = '') =>
  Buffer.concat([
    Buffer.from('8BIM'),
    number(id, 2),
    Buffer.from([name.length, ...Buffer.from(name), ...(name.length % 2 ? [] : [0])]),
    number(content.length, 4),
    content,
    Buffer.alloc(content.length % 2)
  ])

/** Photoshop's resources, in as many segments as they need. */
function photoshopSegments(...resources: Buffer[]) {
  const whole = Buffer.concat(resources)
  const parts: Buffer[] = []
  for (let at = 0; at < whole.length; at += 65_000)
    parts.push(
      segment(0xed, Buffer.concat([Buffer.from('Photoshop 3.0\0'), whole.subarray(at, at + 65_000)]))
    )
  return parts
}

const iimSegments = (...sets: Dataset[]) => photoshopSegments(resource(0x0404, iim(...sets)))

/** A directory of texts and bytes of TIFF, big or little endian; `below` are those of the EXIF directory. */
function tiff(fields: [number, string | Buffer][], below: [number, string][] = [], little = false) {
  const num = (value: number, bytes: number) =>
    little ? number(value, bytes).reverse() : number(value, bytes)
  const directory = (from: number, entries: [number, string | Buffer][], next?: number) => {
    const count = entries.length + (next === undefined ? 0 : 1)
    let at = from + 2 + count * 12 + 4
    const contents = entries.map(([, value]) =>
      typeof value === 'string' ? Buffer.from(`${value}\0`) : value
    )
    const heads = entries.map(([id, value], i) => {
      const here = at
      at += contents[i]!.length
      const type = typeof value === 'string' ? 2 : 7
      return Buffer.concat([num(id, 2), num(type, 2), num(contents[i]!.length, 4), num(here, 4)])
    })
    if (next !== undefined) heads.push(Buffer.concat([num(0x8769, 2), num(4, 2), num(1, 4), num(next, 4)]))
    return Buffer.concat([num(count, 2), ...heads, num(0, 4), ...contents])
  }
  const second = directory(8, below)
  const first = directory(8 + second.length, fields, 8)
  return Buffer.concat([
    Buffer.from(little ? 'II' : 'MM'),
    num(42, 2),
    num(8 + second.length, 4),
    second,
    first
  ])
}

const exifSegment = (...parts: Parameters<typeof tiff>) =>
  segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), tiff(...parts)]))

const read = (bytes: Buffer) => readPicture({ bytes })
const seq = (name: string, ...items: string[]) =>
  `<${name}><rdf:Seq>${items.map((item) => `<rdf:li>${item}</rdf:li>`).join('')}</rdf:Seq></${name}>`

t.test('comments and CDATA among the values of XMP hide nothing', async (t) => {
  const text = `<!-- from the wire -->${seq('dc:creator', 'Ana <!-- a --> Example')}<photoshop:Credit><![CDATA[Ana & Ben > Wire]]></photoshop:Credit>`
  const { proposal, faults } = await read(jpeg(xmpSegment(packet(text))))
  t.same(proposal.credit.creators, ['Ana  Example'])
  t.equal(proposal.credit.creditLine, 'Ana & Ben > Wire')
  t.same(faults, [])
})

t.test('references are read once, digits stay text, a bare > in an attribute hides nothing', async (t) => {
  const { proposal, properties } = await read(
    jpeg(
      xmpSegment(
        packet(
          seq('Iptc4xmpCore:Scene', '011232'),
          ` photoshop:Credit="A > B" photoshop:City="&amp;amp; &#39;x&#39;"`
        )
      )
    )
  )
  t.same(properties.xmp.Scene, ['011232'])
  t.equal(proposal.credit.creditLine, 'A > B')
  t.equal(proposal.location.city, "&amp; 'x'")
})

t.test('of languages the default is proposed, and all are kept', async (t) => {
  const text = `<Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="de">Fähre</rdf:li><rdf:li xml:lang="x-default">A ferry</rdf:li></rdf:Alt></Iptc4xmpCore:AltTextAccessibility><xmpRights:UsageTerms><rdf:Alt><rdf:li xml:lang="fr">Une fois</rdf:li></rdf:Alt></xmpRights:UsageTerms>`
  const { proposal, properties } = await read(jpeg(xmpSegment(packet(text))))
  t.equal(proposal.alt, 'A ferry')
  t.same(properties.xmp.AltTextAccessibility, { de: 'Fähre', 'x-default': 'A ferry' })
  t.equal(proposal.credit.usageTerms, 'Une fois')
})

/** A JPEG with a packet of any length, in segments (XMP, part 3, 1.1.3.1). */
function extended(long: string) {
  const guid = createHash('md5').update(long).digest('hex').toUpperCase()
  const parts: Buffer[] = []
  for (let at = 0; at < long.length; at += 60_000)
    parts.push(
      segment(
        0xe1,
        Buffer.concat([
          Buffer.from(`http://ns.adobe.com/xmp/extension/\0${guid}`),
          number(Buffer.byteLength(long), 4),
          number(at, 4),
          Buffer.from(long).subarray(at, at + 60_000)
        ])
      )
    )
  return jpeg(xmpSegment(packet('', ` photoshop:Credit="Wire" xmpNote:HasExtendedXMP="${guid}"`)), ...parts)
}

t.test('documents that a picture was pasted from hide nobody, and too many tags are told', async (t) => {
  const pasted = (name: string) =>
    `<${name}><rdf:Bag>${'<rdf:li>xmp.did:1</rdf:li>'.repeat(60_000)}</rdf:Bag></${name}>`
  const read = (text: string) =>
    readPicture({ bytes: extended(packet(`${text}${seq('dc:creator', 'Ana')}`)) })
  const { proposal, faults } = await read(pasted('photoshop:DocumentAncestors'))
  t.same([proposal.credit.creators, faults], [['Ana'], []])
  t.same((await read(pasted('dc:relation'))).faults, ['xmp'])
  t.same((await read('<photoshop:DocumentAncestors>')).faults, ['xmp'], 'one without an end')
})

t.test('XMP of more than 64 kB is read whole', async (t) => {
  const long = packet(
    `${seq('dc:creator', 'Ana')}<photoshop:Instructions>${'x'.repeat(150_000)}</photoshop:Instructions>`
  )
  const { proposal } = await read(extended(long))
  t.same(proposal.credit.creators, ['Ana'])
  t.equal(proposal.credit.creditLine, 'Wire')
  t.equal(proposal.instructions?.length, 5000)
})

t.test('IIM is UTF-8 where it says so or can be nothing else, otherwise Windows-1252', async (t) => {
  const creators = async (...sets: Dataset[]) =>
    (await read(jpeg(...iimSegments(...sets)))).proposal.credit.creators
  t.same(await creators(utf8, [2, 80, 'Zoë Łukasz']), ['Zoë Łukasz'])
  t.same(await creators([2, 80, 'Zoë Łukasz']), ['Zoë Łukasz'])
  t.same(await creators([2, 80, Buffer.from('Zo\xeb', 'latin1')]), ['Zoë'])
  t.same(await creators(utf8, [2, 80, Buffer.from('Zo\xeb', 'latin1')]), ['Zo\ufffd'])
})

t.test('IIM of more than one segment is read to its end', async (t) => {
  const keywords = Array.from({ length: 1500 }, (_, i): Dataset => [2, 25, `keyword ${i} ${'k'.repeat(60)}`])
  const { proposal, properties } = await read(
    jpeg(...iimSegments(utf8, ...keywords, [2, 120, 'c'.repeat(40_000)], [2, 110, 'Wire']))
  )
  t.equal(properties.iim['2:25']?.length, 1500)
  t.equal(proposal.caption?.length, 5000)
  t.equal(proposal.credit.creditLine, 'Wire')
})

t.test('XMP goes before IIM, and IIM before EXIF; each is kept with where it was read', async (t) => {
  const xmp = xmpSegment(packet(seq('dc:creator', 'Of XMP')))
  const own = iimSegments(utf8, [2, 80, 'Of IIM'], [2, 116, 'Notice of IIM'])
  const exif = exifSegment([
    [315, 'Of EXIF; Another'],
    [0x8298, 'Notice of EXIF'],
    [270, 'Caption of EXIF']
  ])
  const { proposal, readings } = await read(jpeg(exif, xmp, ...own))
  t.same(proposal.credit.creators, ['Of XMP'])
  t.equal(proposal.credit.copyrightNotice, 'Notice of IIM')
  t.equal(proposal.caption, 'Caption of EXIF')
  t.same(
    readings.filter(({ field }) => field === 'creators'),
    [
      { field: 'creators', place: 'xmp', property: 'creator', value: ['Of XMP'] },
      { field: 'creators', place: 'iim', property: '2:80', value: ['Of IIM'] },
      { field: 'creators', place: 'exif', property: 'Artist', value: ['Of EXIF', 'Another'] }
    ]
  )
})

t.test('the notices of photographer and editor are kept, and one of the editor stands alone', async (t) => {
  const noticeOf = async (notice: string) =>
    (await read(jpeg(exifSegment([[0x8298, notice]])))).proposal.credit.copyrightNotice
  t.equal(await noticeOf('Of the photographer\0Of the editor'), 'Of the photographer; Of the editor')
  t.equal(await noticeOf(' \0Of the editor'), 'Of the editor')
  t.equal(await noticeOf(' '), null)
})

t.test("IIM that was edited after Photoshop's digest of it goes before XMP", async (t) => {
  const block = iim(utf8, [2, 110, 'Of IIM'])
  const digest = createHash('md5').update(block).digest()
  const credit = async (noted: Buffer) => {
    const own = photoshopSegments(resource(0x0425, noted, 'digest'), resource(0x0404, block))
    const picture = jpeg(xmpSegment(packet('', ' photoshop:Credit="Of XMP"')), ...own)
    return (await read(picture)).proposal.credit.creditLine
  }
  t.equal(await credit(digest), 'Of XMP')
  t.equal(await credit(createHash('md5').update('before').digest()), 'Of IIM')
})

t.test('rights end with 2:37 and 2:38, and an embargo with 2:30 and 2:35', async (t) => {
  const dates = async (...sets: Dataset[]) => {
    const { credit, embargoUntil } = (await read(jpeg(...iimSegments(...sets)))).proposal
    return [credit.expiresAt, embargoUntil]
  }
  t.same(
    await dates([2, 37, '20270131'], [2, 38, '235959+0100'], [2, 30, '20261201'], [2, 35, '080000-0500']),
    ['2027-01-31T22:59:59.000Z', '2026-12-01T13:00:00.000Z']
  )
  t.same(await dates([2, 37, '20270131'], [2, 30, '20261201']), [
    '2027-01-31T23:59:59.999Z',
    '2026-12-01T00:00:00.000Z'
  ])
  t.same(await dates([2, 37, '20270131'], [2, 38, '120000']), ['2027-01-31T12:00:00.000Z', null])
  t.same(await dates([2, 37, '20270100'], [2, 30, '00000000']), [null, null])
  const { proposal } = await read(
    jpeg(
      xmpSegment(packet('', ' plus:LicenseEndDate="2027-02-30" plus:LicenseStartDate="2026-10-01T10:00Z"'))
    )
  )
  t.same([proposal.credit.expiresAt, proposal.embargoUntil], [null, '2026-10-01T10:00:00.000Z'])
})

t.test('a date says no more than is known: no day 00, no zone of the server', async (t) => {
  const captured = async (...segments: Buffer[]) => (await read(jpeg(...segments))).proposal.captured
  t.same(await captured(...iimSegments([2, 55, '19450000'])), { value: '1945', zone: null, instant: null })
  t.same(await captured(...iimSegments([2, 55, '20261102'], [2, 60, '083000+0100'])), {
    value: '2026-11-02T08:30:00+01:00',
    zone: '+01:00',
    instant: '2026-11-02T07:30:00.000Z'
  })
  const taken: [number, string] = [0x9003, '2026:11:02 08:30:00']
  t.same(await captured(exifSegment([[315, 'A']], [taken])), {
    value: '2026-11-02T08:30:00',
    zone: null,
    instant: null
  })
  t.same(
    (await captured(exifSegment([[315, 'A']], [taken, [0x9011, '-05:00']])))?.instant,
    '2026-11-02T13:30:00.000Z'
  )
  const xmp = (date: string) => captured(xmpSegment(packet('', ` photoshop:DateCreated="${date}"`)))
  t.same(await xmp('2026-11'), { value: '2026-11', zone: null, instant: null })
  t.equal((await xmp('2026-11-02T08:30Z'))?.zone, '+00:00')
  for (const none of ['2026-02-30', '2026-13', '2026-02-30T10:00Z', '2026-02-03T25:00Z', '0000', 'yesterday'])
    t.equal(await xmp(none), null, none)
})

t.test(
  'licensor, licence, holder, territories and the fields of generated pictures are proposed',
  async (t) => {
    const { proposal } = await read(
      jpeg(
        xmpSegment(
          packet(
            '<plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource"><plus:LicensorName>Wire</plus:LicensorName><plus:LicensorURL>ftp://no.example</plus:LicensorURL></rdf:li><rdf:li rdf:parseType="Resource"><plus:LicensorURL>https://buy.example/1</plus:LicensorURL></rdf:li></rdf:Seq></plus:Licensor>' +
              '<plus:ImageSupplier><rdf:Seq><rdf:li><rdf:Description plus:ImageSupplierName="Coast"/></rdf:li></rdf:Seq></plus:ImageSupplier>' +
              '<cc:license rdf:resource="http://creativecommons.org/licenses/by-sa/4.0/"/>' +
              '<plus:RegionConstraints><rdf:Alt><rdf:li xml:lang="x-default">NO, SE; DK</rdf:li></rdf:Alt></plus:RegionConstraints>',
            ' Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia" plus:DataMining="http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED" Iptc4xmpExt:AISystemUsed="Painter" Iptc4xmpExt:AISystemVersionUsed="4.1" Iptc4xmpExt:AIPromptInformation="A ferry" Iptc4xmpExt:AIPromptWriterName="Cem"'
          )
        )
      )
    )
    t.match(proposal, {
      credit: {
        suppliers: ['Coast'],
        creditLine: 'Coast',
        acquireLicensePage: 'https://buy.example/1',
        territories: ['NO', 'SE', 'DK'],
        licence: { name: 'CC BY-SA 4.0', url: 'http://creativecommons.org/licenses/by-sa/4.0/' }
      },
      licensor: 'Wire',
      digitalSourceType: 'trainedAlgorithmicMedia',
      dataMining: 'PROHIBITED',
      ai: { system: 'Painter', systemVersion: '4.1', prompt: 'A ferry', promptWriter: 'Cem' }
    })
    const licence = async (url: string) =>
      (await read(jpeg(xmpSegment(packet('', ` xmpRights:WebStatement="${url}"`))))).proposal.credit.licence
        ?.name
    t.equal(await licence('https://creativecommons.org/publicdomain/zero/1.0/'), 'CC0 1.0')
    t.equal(await licence('https://creativecommons.org/publicdomain/mark/1.0/'), 'Public Domain Mark 1.0')
    t.equal(await licence('https://creativecommons.org/about'), 'https://creativecommons.org/about')
    t.equal(await licence(`https://creativecommons.org/${'a'.repeat(2000)}`), undefined)
    t.equal(await licence('https://wire.example/terms'), undefined)
  }
)

t.test('what is too long is cut between characters', async (t) => {
  const { proposal } = await read(
    jpeg(...iimSegments(utf8, [2, 110, `${'x'.repeat(998)}😀😀`], [2, 80, 'n'.repeat(301)]))
  )
  t.equal(proposal.credit.creditLine, `${'x'.repeat(998)}…`)
  t.equal(proposal.credit.creators[0]?.length, 300)
})

const chunk = (type: string, content: Buffer) =>
  Buffer.concat([number(content.length, 4), Buffer.from(type), content, Buffer.alloc(4)])
const png = (...chunks: Buffer[]) => Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...chunks])
const zTXt = (text: string) =>
  chunk('zTXt', Buffer.concat([Buffer.from('XML:com.adobe.xmp\0\0'), deflateSync(text)]))

t.test('the packet that a PNG holds compressed is read, with or without its header', async (t) => {
  const whole = packet('', ' photoshop:Credit="Wire"')
  for (const text of [whole, whole.replace(/<\?xpacket[^>]*\?>/g, '')]) {
    const { proposal } = await read(png(chunk('tEXt', Buffer.from('Title\0x')), zTXt(text)))
    t.equal(proposal.credit.creditLine, 'Wire')
  }
  const { faults } = await read(png(chunk('zTXt', Buffer.from('XML:com.adobe.xmp\0\0broken'))))
  t.same(faults, ['xmp'])
  t.equal((await read(png(chunk('IEND', Buffer.alloc(0))))).proposal.credit.creditLine, null)
})

t.test('of a GIF that breaks off no more is read than there is', async (t) => {
  const head = Buffer.from('GIF89a\x01\0\x01\0\0\0\0', 'latin1')
  const said = Buffer.from(`!\xff\x0bXMP DataXMP${packet('', ' photoshop:Credit="Wire"')}`, 'latin1')
  for (const bytes of [head.subarray(0, 6), head, Buffer.concat([head, said])]) {
    const { proposal, faults } = await read(bytes)
    t.equal(proposal.credit.creditLine, null)
    t.notOk(faults.includes('xmp'))
  }
})

t.test('a text in a list, or a list in a list, is read as far as it can be', async (t) => {
  const nested = `${seq('photoshop:Headline', 'One', 'Two')}${seq('plus:Licensor', '<rdf:Seq><rdf:li>a</rdf:li></rdf:Seq>', 'b')}`
  const { proposal } = await read(jpeg(xmpSegment(packet(nested))))
  t.equal(proposal.headline, 'One')
  t.equal(proposal.licensor, null)
})

t.test('a TIFF of either byte order gives its IIM, and that of Photoshop', async (t) => {
  const block = iim([2, 110, 'Wire'])
  for (const little of [true, false]) {
    const direct = await read(
      tiff(
        [
          [33723, block],
          [315, 'Ana Example']
        ],
        [],
        little
      )
    )
    t.equal(direct.proposal.credit.creditLine, 'Wire')
    t.same(direct.proposal.credit.creators, ['Ana Example'])
    const within = await read(tiff([[34377, resource(0x0404, block)]], [], little))
    t.equal(within.proposal.credit.creditLine, 'Wire')
  }
  t.equal((await read(tiff([[315, 'Ana Example']]))).proposal.credit.creditLine, 'Ana Example')
})

t.test('what is broken is said, and the rest is read', async (t) => {
  const broken = await read(
    jpeg(xmpSegment(packet('<photoshop:Credit>Wire')), ...iimSegments(utf8, [2, 110, 'Of IIM']))
  )
  t.same(broken.faults, ['xmp'])
  t.equal(broken.proposal.credit.creditLine, 'Of IIM')
  t.same((await read(Buffer.from('no picture'))).faults, ['exif'])
  t.same((await read(Buffer.from('x'))).faults, ['iim', 'exif'])
  const bare = await read(jpeg())
  t.same(bare.faults, [])
  t.equal(bare.proposal.credit.creditLine, null)
  const odd = jpeg(...photoshopSegments(resource(0x0404, Buffer.from([0x1c, 2, 80, 0x80, 0]))))
  t.same((await read(odd)).properties.iim, {})
  const cutOff = jpeg(...photoshopSegments(Buffer.from('8BIM\x04\x04\x05names')))
  t.same((await read(cutOff)).properties.iim, {})
  t.same((await read(Buffer.from('MM\0*\0\0\0\xff', 'latin1'))).properties.iim, {})
})

t.test('a picture is read from its file, by a worker thread', async (t) => {
  const path = join(folder(t), 'ferry.jpg')
  writeFileSync(path, jpeg(xmpSegment(packet('', ' photoshop:Credit="Wire"'))))
  useThreads(1)
  t.teardown(() => useThreads(0))
  t.equal((await metadataOf({ path })).proposal.credit.creditLine, 'Wire')
})

t.test('of the file of a JPEG no more is read than what stands before its pixels', async (t) => {
  const path = join(folder(t), 'ferry.jpg')
  const said = xmpSegment(packet('', ' photoshop:Credit="Wire"'))
  const pixels = Buffer.concat([
    Buffer.from('\xff\xda\0\x08\x01\x01\0\0\x3f\0', 'latin1'),
    Buffer.alloc(5000, 7)
  ])
  const creditOf = async (...segments: Buffer[]) => {
    writeFileSync(path, Buffer.concat([jpeg(...segments).subarray(0, -2), pixels]))
    return (await readPicture({ path })).proposal.credit.creditLine
  }
  const comment = Buffer.from('\xff\xfe\0\x04ab', 'latin1')
  t.equal(await creditOf(said), 'Wire')
  t.equal(await creditOf(...Array<Buffer>(1200).fill(comment), said), 'Wire', 'after many segments')
  t.equal(await creditOf(said, Buffer.from([0, 0, 0, 0])), 'Wire', 'before what is no segment')
  writeFileSync(path, 'ab')
  t.equal((await readPicture({ path })).proposal.credit.creditLine, null, 'of nothing nothing')
})
