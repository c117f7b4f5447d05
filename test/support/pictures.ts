// Pictures for tests: made by sharp, with the XMP that they shall have.
import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import type { DraftMedia } from '../../src/content/media/schema.ts'
import type { Client } from './app.ts'

const namespaces = {
  dc: 'http://purl.org/dc/elements/1.1/',
  exif: 'http://ns.adobe.com/exif/1.0/',
  photoshop: 'http://ns.adobe.com/photoshop/1.0/',
  xmpRights: 'http://ns.adobe.com/xap/1.0/rights/',
  plus: 'http://ns.useplus.org/ldf/xmp/1.0/',
  Iptc4xmpCore: 'http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/',
  Iptc4xmpExt: 'http://iptc.org/std/Iptc4xmpExt/2008-02-29/'
}

/** A list of XMP. */
export const seq = (name: string, ...items: string[]) =>
  `<${name}><rdf:Seq>${items.map((item) => `<rdf:li>${item}</rdf:li>`).join('')}</rdf:Seq></${name}>`

/** A property of XMP. */
export const property = (name: string, value: string) => `<${name}>${value}</${name}>`

/** A packet of XMP with these properties. */
export function packetOf(...properties: string[]) {
  const declared = Object.entries(namespaces).map(([prefix, address]) => ` xmlns:${prefix}="${address}"`)
  return `<?xpacket begin="\u{feff}" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""${declared.join('')}>${properties.join('')}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`
}

/** A picture that is like no other; the more it differs from grey (`sigma`), the more bytes it takes. */
export const noise = (width: number, height: number, sigma = 20) =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma }
    }
  })

/** One with this XMP. */
export const pictureWith = (...properties: string[]) =>
  noise(64, 48)
    .withXmp(packetOf(...properties))
    .jpeg()
    .toBuffer()

/** The source type in a packet. */
export const sourceType = (term: string) =>
  property('Iptc4xmpExt:DigitalSourceType', `http://cv.iptc.org/newscodes/digitalsourcetype/${term}`)

/** A picture that was signed (C2PA) as generated, by a certificate of `signed-root.pem` until 2126; its XMP says something else. */
export const signed = () => readFileSync('test/samples/signed.jpg')

/** The same without the source type of its XMP, which was edited after it was signed. */
export const tampered = () =>
  Buffer.from(signed().toString('latin1').replaceAll(':DigitalSourceType>', ':XigitalSourceType>'), 'latin1')

/** Sends a picture; answers its record. */
export async function uploaded(client: Client, payload: Buffer, type = 'image/jpeg'): Promise<DraftMedia> {
  const answer = await client.call('POST', '/v1/media', { payload, headers: { 'content-type': type } })
  if (answer.status !== 201) throw new Error(answer.body)
  return answer.json()
}

/** The draft once its renditions are made, or could not be. */
export async function rendered(client: Client, id: string): Promise<DraftMedia> {
  for (;;) {
    const draft = (await client.get(`/v1/media/${id}?edition=draft`)).json<DraftMedia>()
    if (draft.rendering?.state !== 'pending') return draft
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}
