// Animations: turned, cut, refused where they break off, and what a GIF says of itself.
import sharp, { type Sharp } from 'sharp'
import t from 'tap'
import type { DraftMedia } from '../../src/content/media/schema.ts'
import type { Problem } from '../../src/http/problems.ts'
import { admin, app, type Client } from '../support/app.ts'
import { noise, packetOf, property, rendered, seq, uploaded } from '../support/pictures.ts'

const plain = (background: string, width: number, height: number) => ({
  create: { width, height, channels: 3 as const, background }
})

/** A frame of 60 x 40 pixels, each quarter of another colour. */
const quarters = (background: string) =>
  sharp(plain(background, 60, 40))
    .composite([
      { input: plain('red', 30, 20), left: 0, top: 0 },
      { input: plain('lime', 30, 20), left: 30, top: 0 },
      { input: plain('blue', 30, 20), left: 0, top: 20 }
    ])
    .png()
    .toBuffer()

const joined = (frames: Buffer[]) => sharp(frames, { join: { animated: true } })
const animatedIn = (draft: DraftMedia, crop: string | null) =>
  draft.renditions!.find((one) => one.type === 'image/webp' && one.crop === crop)!

/** The bytes of a rendition, as the desk gets them. */
async function bytesOf({ server }: Client, url: string) {
  const headers = { authorization: `Bearer ${admin}` }
  return (await server.inject({ url: `${url}?edition=draft`, headers })).rawPayload
}

/** The colours in the four corners. */
async function coloursOf(picture: Sharp) {
  const { data, info } = await picture.removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const at = (x: number, y: number) => {
    const from = 3 * (Math.floor(y * info.height) * info.width + Math.floor(x * info.width))
    return [...data.subarray(from, from + 3)].map((value) => Math.round(value / 255)).join('')
  }
  return [at(0.1, 0.1), at(0.9, 0.1), at(0.1, 0.9), at(0.9, 0.9)]
}

t.test('an animated WebP is upright in all renditions, whatever its orientation', async (t) => {
  const client = await app(t)
  await client.put('/v1/media-settings', {
    widths: [40],
    formats: ['jpeg', 'webp'],
    crops: [{ name: 'square', width: 1, height: 1, widths: [20] }]
  })
  const frames = await Promise.all(['white', 'black', 'aqua'].map(quarters))
  for (let orientation = 1; orientation <= 8; orientation++) {
    const bytes = await joined(frames)
      .webp({ lossless: true, delay: [100, 200, 300], loop: 2 })
      .withMetadata({ orientation })
      .toBuffer()
    const { id, file } = await uploaded(client, bytes, 'image/webp')
    const [width, height] = orientation < 5 ? [60, 40] : [40, 60]
    t.match(file, { width, height }, `orientation ${orientation}`)
    await client.patch(`/v1/media/${id}`, { focalPoint: { x: 0, y: 0 } })
    const draft = await rendered(client, id)
    const whole = animatedIn(draft, null)
    t.match(whole, { width: 40, height: orientation < 5 ? 27 : 60, animated: true })
    const made = await bytesOf(client, whole.url)
    t.match(await sharp(made, { animated: true }).metadata(), {
      pages: 3,
      width: 40,
      pageHeight: whole.height,
      delay: [100, 200, 300],
      loop: 2
    })
    for (const page of [0, 2])
      t.same(
        await coloursOf(sharp(made, { page })),
        await coloursOf(sharp(bytes, { page }).autoOrient()),
        `frame ${page}, orientation ${orientation}`
      )
    const square = animatedIn(draft, 'square')
    const side = { left: 0, top: 0, width: 40, height: 40 }
    const cut = await sharp(bytes, { page: 1 }).autoOrient().extract(side).png().toBuffer()
    const moved = await bytesOf(client, square.url)
    t.same(await coloursOf(sharp(moved, { page: 1 })), await coloursOf(sharp(cut)))
  }
})

t.test('a crop in which nothing moves is no animation', async (t) => {
  const client = await app(t)
  await client.put('/v1/media-settings', {
    widths: [60],
    formats: ['jpeg'],
    crops: [{ name: 'tall', width: 1, height: 2, widths: [20] }]
  })
  const still = await noise(60, 40).png().toBuffer()
  const frames = ['red', 'blue'].map((colour) =>
    sharp(still)
      .composite([{ input: plain(colour, 10, 40), left: 50, top: 0 }])
      .png()
      .toBuffer()
  )
  const bytes = await joined(await Promise.all(frames))
    .webp({ lossless: true })
    .toBuffer()
  const { id } = await uploaded(client, bytes, 'image/webp')
  await client.patch(`/v1/media/${id}`, { focalPoint: { x: 0, y: 0.5 } })
  const draft = await rendered(client, id)
  t.match(animatedIn(draft, null), { animated: true, height: 40 })
  const tall = animatedIn(draft, 'tall')
  t.match(tall, { width: 20, height: 40 })
  t.notOk('animated' in tall)
})

/** A GIF of noise, so that each frame has many blocks. */
const gif = async (count = 4) =>
  joined(await Promise.all(Array.from({ length: count }, () => noise(90, 60).png().toBuffer())))
    .gif()
    .toBuffer()

t.test('a GIF that breaks off is refused, wherever it does', async (t) => {
  const client = await app(t)
  await client.put('/v1/media-settings', { widths: [16], formats: ['jpeg'] })
  const bytes = await gif()
  const send = (payload: Buffer) =>
    client.call('POST', '/v1/media', { payload, headers: { 'content-type': 'image/gif' } })
  const frame = bytes.lastIndexOf(Buffer.from([0x21, 0xf9, 4]))
  // Within frames, which are of about the same length: between two of them, only the trailer would be missing.
  const cuts = [
    ...[0.35, 0.45, 0.67, 0.99].map((share) => Math.floor(bytes.length * share)),
    frame + 1,
    frame + 12
  ]
  for (const length of cuts) {
    const answer = await send(bytes.subarray(0, length))
    t.equal(answer.status, 422, `cut at ${length} of ${bytes.length}`)
    const { detail, errors } = answer.json<Problem>()
    t.match(detail, 'The picture is not complete: it breaks off. Send it again, or export it anew.')
    t.same(errors, [{ pointer: '', detail }])
  }
  t.equal((await send(bytes.subarray(0, 8))).status, 422)
  for (const [what, whole] of [
    ['whole', bytes],
    ['without its trailer', bytes.subarray(0, -1)],
    ['with more behind it', Buffer.concat([bytes, Buffer.alloc(300_000)])]
  ] as const)
    t.equal((await send(whole)).status, 201, what)
})

/** A GIF with this extension of an application before its first frame. */
function withExtension(bytes: Buffer, name: string, content: Buffer | string) {
  const at = bytes.indexOf(Buffer.from([0x21, 0xf9, 4]))
  const extension = Buffer.concat([Buffer.from(`\x21\xff\x0b${name}`, 'latin1'), Buffer.from(content)])
  return Buffer.concat([bytes.subarray(0, at), extension, bytes.subarray(at)])
}

/** What stands behind a packet, so that readers who do not know it find its end (XMP 3, 1.1.2). */
const trailer = Buffer.from([1, ...Array.from({ length: 256 }, (_, i) => 255 - i), 0])
const xmp = (packet: string) => Buffer.concat([Buffer.from(packet), trailer])

t.test('what a GIF says of itself in XMP is proposed as of other pictures', async (t) => {
  const client = await app(t)
  await client.put('/v1/media-settings', { widths: [16], formats: ['jpeg'] })
  const bytes = await gif()
  const proposalOf = async (payload: Buffer) => {
    const { id } = await uploaded(client, payload, 'image/gif')
    return (await client.get(`/v1/media/${id}/metadata`)).json<{
      proposal: { credit: { creditLine: string | null; creators: string[] } }
      faults: string[]
    }>()
  }
  const said = packetOf(property('photoshop:Credit', 'Ådne/Wire'), seq('dc:creator', 'Ådne'))
  const other = withExtension(bytes, 'ICCRGBG1012', Buffer.from([2, 1, 1, 0]))
  for (const packet of [said, said.replace(/<\?xpacket[^>]*\?>/g, '')])
    t.match(await proposalOf(withExtension(other, 'XMP DataXMP', xmp(packet))), {
      proposal: { credit: { creditLine: 'Ådne/Wire', creators: ['Ådne'] } },
      faults: []
    })
  t.match(await proposalOf(other), { proposal: { credit: { creditLine: null } }, faults: [] })
  t.match(await proposalOf(withExtension(bytes, 'XMP DataXMP', xmp(said.slice(0, -200)))), {
    faults: ['xmp']
  })
  const long = packetOf(property('photoshop:Credit', 'x'.repeat(8 * 1024 * 1024)))
  t.match(await proposalOf(withExtension(bytes, 'XMP DataXMP', xmp(long))), { faults: ['xmp'] })
})
