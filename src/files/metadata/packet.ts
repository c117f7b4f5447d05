// The XMP packet of a rendition: the rights of its picture, and nothing else.
//
// Every value is the text of an element, and ">" is escaped: ExifTool finds no XMP at all in a packet with a bare ">" in
// an attribute. The packet has less than 60 kB, since sharp drops XMP from JPEG that does not fit into one segment of
// 64 kB. What is too long is cut, an address left out.
import { escapeText } from '../../storage/text/xml-text.ts'
import type { PictureRights } from './schema.ts'

const namespaces = {
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  dc: 'http://purl.org/dc/elements/1.1/',
  photoshop: 'http://ns.adobe.com/photoshop/1.0/',
  xmpRights: 'http://ns.adobe.com/xap/1.0/rights/',
  plus: 'http://ns.useplus.org/ldf/xmp/1.0/',
  Iptc4xmpCore: 'http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/',
  Iptc4xmpExt: 'http://iptc.org/std/Iptc4xmpExt/2008-02-29/'
}

const sourceTypes = 'http://cv.iptc.org/newscodes/digitalsourcetype/'
const dataMining = 'http://ns.useplus.org/ldf/vocab/DMI-'

/** Up to how many bytes a value has. Together they are less than 60 kB. */
const budgets = { line: 3000, name: 1000, names: 8000, long: 8000, address: 4000 }

const size = (escaped: string) => Buffer.byteLength(escaped)

/** A text as content of an element, cut with an ellipsis to so many bytes. */
function cut(text: string, bytes: number): string {
  const whole = escapeText(text)
  if (size(whole) <= bytes) return whole
  let kept = ''
  let room = bytes - size('…')
  for (const character of text) {
    const escaped = escapeText(character)
    room -= size(escaped)
    if (room < 0) break
    kept += escaped
  }
  return `${kept}…`
}

const element = (name: string, content: string, attributes = '') =>
  content === '' ? '' : `<${name}${attributes}>${content}</${name}>`

const simple = (name: string, text: string | null | undefined, bytes: number) =>
  element(name, cut(text ?? '', bytes))

/** A shortened address would lead somewhere else. */
const address = (name: string, url: string | null | undefined) => {
  const escaped = escapeText(url ?? '')
  return size(escaped) > budgets.address ? '' : element(name, escaped)
}

/** A text in one language, as a list of alternatives (XMP 1, 8.2.2.4). */
const alternative = (name: string, text: string | null, bytes: number) =>
  element(name, element('rdf:Alt', element('rdf:li', cut(text ?? '', bytes), ' xml:lang="x-default"'), ''))

const sequence = (name: string, items: string[], attributes = '') =>
  element(name, element('rdf:Seq', items.map((item) => element('rdf:li', item, attributes)).join('')))

/** As many of these names as there is room for. */
function names(all: string[]): string[] {
  let room = budgets.names
  return all.flatMap((name) => {
    const escaped = cut(name, budgets.name)
    room -= size(escaped)
    return escaped === '' || room < 0 ? [] : [escaped]
  })
}

/** A list of structures of PLUS. */
const structures = (name: string, items: string[]) => sequence(name, items, ' rdf:parseType="Resource"')

/** The packet that says this of a picture. */
export function rightsPacket(rights: PictureRights): string {
  const { line, name, long } = budgets
  const { licensor, ai, digitalSourceType: sourceType } = rights
  const properties = [
    sequence('dc:creator', names(rights.creators)),
    alternative('dc:rights', rights.copyrightNotice, line),
    simple('photoshop:Credit', rights.creditLine, line),
    simple('photoshop:Source', rights.suppliers.at(-1), name),
    element('xmpRights:Marked', rights.copyrightNotice === null ? '' : 'True'),
    address('xmpRights:WebStatement', rights.webStatement),
    alternative('xmpRights:UsageTerms', rights.usageTerms, long),
    structures('plus:ImageSupplier', supplierStructures(rights.suppliers)),
    structures('plus:CopyrightOwner', [simple('plus:CopyrightOwnerName', rights.copyrightHolder, line)]),
    structures('plus:Licensor', [
      simple('plus:LicensorName', licensor?.name, name) + address('plus:LicensorURL', licensor?.url)
    ]),
    element('plus:DataMining', rights.dataMining === null ? '' : dataMining + rights.dataMining),
    alternative('Iptc4xmpCore:AltTextAccessibility', rights.alt, long),
    simple('Iptc4xmpExt:DigitalSourceType', sourceType && vocabularyAddress(sourceType), name),
    simple('Iptc4xmpExt:AISystemUsed', ai?.system, name),
    simple('Iptc4xmpExt:AISystemVersionUsed', ai?.systemVersion, name),
    simple('Iptc4xmpExt:AIPromptInformation', ai?.prompt, long),
    simple('Iptc4xmpExt:AIPromptWriterName', ai?.promptWriter, name)
  ]
  const declared = Object.entries(namespaces)
    .map(([prefix, address]) => ` xmlns:${prefix}="${address}"`)
    .join('')
  return [
    '<?xpacket begin="\u{feff}" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF${declared}>`,
    `<rdf:Description rdf:about="">${properties.join('')}</rdf:Description>`,
    '</rdf:RDF></x:xmpmeta>',
    '<?xpacket end="r"?>'
  ].join('\n')
}

const supplierStructures = (suppliers: string[]) =>
  names(suppliers).map((name) => element('plus:ImageSupplierName', name))

/** The address of a term of the vocabulary; what is an address already stays. */
const vocabularyAddress = (term: string) => (/^https?:/i.test(term) ? term : sourceTypes + term)
