// What files say of themselves: the packets that renditions carry, and what is read from pictures.
import { DOMParser } from '@xmldom/xmldom'
import ExifReader from 'exifreader'
import t from 'tap'
import { rightsPacket } from '../../src/files/metadata/packet.ts'
import type { PictureRights } from '../../src/files/metadata/schema.ts'

const nothing: PictureRights = {
  creators: [],
  suppliers: [],
  creditLine: null,
  copyrightNotice: null,
  copyrightHolder: null,
  usageTerms: null,
  webStatement: null,
  licensor: null,
  digitalSourceType: null,
  dataMining: null,
  alt: null,
  ai: null
}

const everything: PictureRights = {
  creators: ['Ana Example', 'Ben <b>Bold</b> & Söhne'],
  suppliers: ['Harbour Wire', 'Coast Images'],
  creditLine: 'Ana Example/Harbour Wire > Coast "Images"',
  copyrightNotice: '© 2026 Harbour Wire\u{1} ]]> & all',
  copyrightHolder: 'Harbour Wire',
  usageTerms: 'Not after 2027.\r\nNot in <print>.',
  webStatement: 'https://rights.example/terms?a=1&b=2',
  licensor: { name: 'Coast Images', url: 'https://licence.example/buy?id=1&x=2' },
  digitalSourceType: 'trainedAlgorithmicMedia',
  dataMining: 'PROHIBITED-GENAIMLTRAINING',
  alt: 'A ferry at dusk',
  ai: { system: 'Example Painter', systemVersion: '4.1', prompt: 'A ferry > at dusk', promptWriter: 'Cem Ö.' }
}

/** The XMP of a packet as another library reads it. */
const xmpOf = (packet: string) => {
  const bytes = Buffer.from(packet)
  const whole = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)
  return ExifReader.load(whole, { expanded: true, domParser: new DOMParser() }).xmp ?? {}
}

/** The values of tags, without their attributes and descriptions. */
const plain = (tag: unknown): unknown => {
  if (Array.isArray(tag)) return tag.map(plain)
  if (tag === null || typeof tag !== 'object') return tag
  if ('value' in tag && 'attributes' in tag) return plain(tag.value)
  return Object.fromEntries(Object.entries(tag).map(([key, inner]) => [key, plain(inner)]))
}

/** What a packet with these rights says, by the names of its properties. */
const readBack = (rights: PictureRights) => {
  const tags = Object.entries(xmpOf(rightsPacket(rights)))
  return plain(Object.fromEntries(tags.filter(([name]) => name !== '_raw' && name !== 'about')))
}

t.test('the packet of a rendition says each right, and is read back as it was written', (t) => {
  t.same(readBack(everything), {
    creator: everything.creators,
    rights: ['© 2026 Harbour Wire ]]> & all'],
    Credit: everything.creditLine,
    Source: 'Coast Images',
    Marked: 'True',
    WebStatement: everything.webStatement,
    UsageTerms: [everything.usageTerms],
    ImageSupplier: [{ ImageSupplierName: 'Harbour Wire' }, { ImageSupplierName: 'Coast Images' }],
    CopyrightOwner: [{ CopyrightOwnerName: 'Harbour Wire' }],
    Licensor: [{ LicensorName: 'Coast Images', LicensorURL: 'https://licence.example/buy?id=1&x=2' }],
    DataMining: 'http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED-GENAIMLTRAINING',
    AltTextAccessibility: ['A ferry at dusk'],
    DigitalSourceType: 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia',
    AISystemUsed: 'Example Painter',
    AISystemVersionUsed: '4.1',
    AIPromptInformation: 'A ferry > at dusk',
    AIPromptWriterName: 'Cem Ö.'
  })
  t.end()
})

t.test('values stand in elements, with nothing that a reader stumbles on', (t) => {
  const packet = rightsPacket(everything)
  t.notMatch(packet.replace(/<[^<>]*>/g, ''), />/, 'no bare > between the tags')
  t.notOk(packet.includes('\u0001'), 'nothing that XML forbids')
  t.end()
})

t.test('what is not known is left out, and an address of the vocabulary stays', (t) => {
  t.same(readBack(nothing), {})
  const digitalSourceType = 'http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture'
  const licensor = { name: null, url: 'https://licence.example/' }
  t.same(readBack({ ...nothing, digitalSourceType, licensor, copyrightHolder: 'Ana' }), {
    CopyrightOwner: [{ CopyrightOwnerName: 'Ana' }],
    Licensor: [{ LicensorURL: 'https://licence.example/' }],
    DigitalSourceType: digitalSourceType
  })
  t.end()
})

t.test('a packet has less than 60 kB: texts are cut, names and addresses left out', (t) => {
  const name = '&'.repeat(300)
  const address = `https://rights.example/?${'&'.repeat(1900)}`
  const packet = rightsPacket({
    creators: Array(100).fill(name),
    suppliers: Array(100).fill('s'),
    creditLine: '€'.repeat(3000),
    copyrightNotice: '>'.repeat(3000),
    copyrightHolder: '&'.repeat(3000),
    usageTerms: '😀'.repeat(7500),
    webStatement: address,
    licensor: { name, url: address },
    digitalSourceType: '&'.repeat(200),
    dataMining: 'PROHIBITED',
    alt: '&'.repeat(2000),
    ai: { system: name, systemVersion: name, prompt: '&'.repeat(5000), promptWriter: name }
  })
  t.ok(Buffer.byteLength(packet) < 60_000, `${Buffer.byteLength(packet)} bytes`)
  const { creator, UsageTerms, WebStatement, Licensor } = plain(xmpOf(packet)) as {
    creator: string[]
    UsageTerms: [string]
    WebStatement?: string
    Licensor: [object]
  }
  t.equal(creator.length, 8)
  t.match(UsageTerms[0], /^(😀)+…$/u)
  t.equal(WebStatement, undefined)
  t.notOk('LicensorURL' in Licensor[0])
  t.end()
})
