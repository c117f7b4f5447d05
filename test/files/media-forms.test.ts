// How files of media leave: in bodies as HTML, and with whole addresses in feeds, sitemaps and structured data.
import sharp from 'sharp'
import t from 'tap'
import type { DraftMedia } from '../../src/content/media/schema.ts'
import type { Problem } from '../../src/http/problems.ts'
import { app, type Client } from '../support/app.ts'

const samples = {
  'image/png': await sharp({ create: { width: 40, height: 30, channels: 3, background: 'red' } })
    .png()
    .toBuffer(),
  'audio/mpeg': Buffer.concat([
    Buffer.from('ID3\u0004\0\0\0\0\0\0', 'latin1'),
    Buffer.from([255, 251, 144, 100]),
    Buffer.alloc(500)
  ]),
  'video/mp4': Buffer.concat([
    Buffer.from('\0\0\0\u0018ftypisom\0\0\u0002\0isommp42', 'latin1'),
    Buffer.alloc(500)
  ]),
  'application/pdf': Buffer.from('%PDF-1.4\n%%EOF\n')
}

async function rendered(client: Client, id: string) {
  for (;;) {
    const draft = (await client.get(`/v1/media/${id}?edition=draft`)).json<DraftMedia>()
    if (draft.rendering?.state === 'ready') return draft
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}

t.test(
  'each kind of file is an element of its own, with a whole address where pages are read elsewhere',
  async (t) => {
    const client = await app(t)
    await client.put('/v1/media-settings', { widths: [16], formats: ['jpeg'] })
    const files: DraftMedia[] = []
    for (const [type, payload] of Object.entries(samples)) {
      const sent = await client.call('POST', '/v1/media', { payload, headers: { 'content-type': type } })
      t.equal(sent.status, 201, sent.body)
      files.push(sent.json<DraftMedia>())
    }
    const [picture, sound, , minutes] = files as [DraftMedia, DraftMedia, DraftMedia, DraftMedia]
    const untold = await client.draft({
      body: [{ _type: 'image', _key: 'a', mediaId: minutes.id }],
      quotes: [],
      sources: []
    } as object)
    const own = await client.get(`/v1/articles/${untold.id}?edition=draft&body=html`)
    t.match(own.json<{ body: string }>().body, /<a href="([^"]+\/file.pdf)">\1<\/a>/, 'by its address')
    await client.patch(`/v1/media/${picture.id}`, { alt: 'A ferry.' })
    await client.patch(`/v1/media/${sound.id}`, { alt: 'A horn.' })
    await client.patch(`/v1/media/${minutes.id}`, { alt: 'The minutes & more' })
    const credit = (await client.post(`/v1/media/${picture.id}/credits`, { creditLine: 'Ana' })).json<{
      id: string
    }>()
    await rendered(client, picture.id)
    const blocks = files.map(({ id }) => ({ _type: 'image', _key: id, mediaId: id }))
    const { id, slug } = await client.draft({
      body: [{ _type: 'block', _key: 'a', children: [{ _type: 'span', text: 'Look.' }] }, ...blocks],
      quotes: [],
      sources: []
    } as object)
    const published = await client.post(`/v1/articles/${id}/publish`)
    t.equal(published.status, 200, published.body)

    const html = (await client.read(`/v1/articles/${slug}?body=html`)).json<{ body: string }>().body
    t.match(html, /<img src="\/v1\/files\/[0-9a-f]{64}\/16.jpg" alt="A ferry." width="16" height="12" \/>/)
    t.match(html, /<audio controls preload="metadata" src="[^"]+\/file.mp3" aria-label="A horn."><\/audio>/)
    t.match(html, /<video controls preload="metadata" src="[^"]+\/file.mp4"><\/video>/)
    t.match(html, /<a href="[^"]+\/file.pdf">The minutes &amp; more<\/a>/)
    const back = await client.patch(`/v1/articles/${id}`, { body: { html } })
    t.equal(back.status, 200, back.body)
    t.same(
      back
        .json<{ body: { _type: string; mediaId?: string }[] }>()
        .body.flatMap(({ mediaId }) => mediaId ?? []),
      files.map((file) => file.id),
      'it is read back as the same files'
    )

    const linked = async () => (await client.read(`/v1/articles/${slug}/jsonld`)).body
    t.match(await linked(), '"contentUrl":"/v1/files/', 'nobody said where this API is')
    await client.patch('/v1/publisher', { url: 'https://news.example/', apiUrl: 'https://api.news.example' })
    const whole = 'https://api.news.example/v1/files/'
    t.match(await linked(), `"contentUrl":"${whole}`)
    for (const url of ['/v1/feeds/rss', '/v1/feeds/json'])
      t.match((await client.read(url)).body.replaceAll('\\/', '/'), whole, url)
    const [month] = new Date().toISOString().split(/-\d\dT/)
    t.match((await client.read(`/v1/sitemaps/${month}`)).body, `<image:loc>${whole}`)

    // The renditions with another credit carry the alt text, too, which was not published yet.
    await client.patch(`/v1/media/${picture.id}`, { alt: 'A late ferry.' })
    await client.patch(`/v1/media-credits/${credit.id}`, { creditLine: 'Ana Berg' })
    await rendered(client, picture.id)
    const refused = await client.post(`/v1/media-credits/${credit.id}/republish`)
    t.equal(refused.status, 409)
    t.match(refused.json<Problem>().detail, /edited since \(alt\).*republish the media/)
    t.equal((await client.post(`/v1/media/${picture.id}/republish`)).status, 200)
    await client.patch(`/v1/media-credits/${credit.id}`, { creditLine: 'Ana Berg, Harbour Wire' })
    await rendered(client, picture.id)
    t.equal((await client.post(`/v1/media-credits/${credit.id}/republish`)).status, 200)
  }
)

t.test('the name of a file is what was sent, without folders and what no name has', async (t) => {
  const client = await app(t)
  const pdf = samples['application/pdf']
  const nameOf = async (payload: Buffer, headers: object) => {
    const sent = await client.call('POST', '/v1/media', {
      payload,
      headers: headers as Record<string, string>
    })
    t.equal(sent.status, 201, sent.body)
    return sent.json<DraftMedia>().file!.name
  }
  // As bytes go over the wire, and as Node reads them.
  const wire = (text: string) => Buffer.from(text).toString('latin1')
  for (const [disposition, name] of [
    ["attachment; filename*=UTF-8''F%C3%A6rge%20sent.pdf", 'Færge sent.pdf'],
    ['attachment; filename="ferry.pdf"; filename*=utf-8\'no\'F%C3%A6rge.pdf', 'Færge.pdf'],
    ['attachment; filename="ferry.pdf"; filename*=UTF-8\'\'F%E6rge.pdf', 'ferry.pdf'],
    ['attachment; filename="a;b \\"late\\" ferry.pdf"', 'a;b "late" ferry.pdf'],
    [wire('attachment; filename="Færge.pdf"'), 'Færge.pdf'],
    ['attachment; filename="F\xe6rge.pdf"', 'Færge.pdf'],
    ['attachment; filename=late ferry.pdf ; size=3', 'late ferry.pdf'],
    ['attachment; filename="C:\\photos\\ferry.pdf"', 'ferry.pdf'],
    ["attachment; filename*=UTF-8''a%00b%0a.pdf", 'a b .pdf'],
    [wire(`attachment; filename="${'x'.repeat(254)}😀😀"`), `${'x'.repeat(254)}😀`],
    ['attachment; filename="../"', null],
    ['attachment', null]
  ] as const) {
    const type = 'application/pdf'
    t.equal(
      await nameOf(pdf, { 'content-type': type, 'content-disposition': disposition }),
      name,
      disposition
    )
  }
  const part = (parameters: string) =>
    Buffer.concat([
      Buffer.from(`--edge\r\ncontent-disposition: form-data; name="file"; ${parameters}\r\n`),
      Buffer.from('content-type: application/pdf\r\n\r\n'),
      pdf,
      Buffer.from('\r\n--edge--\r\n')
    ])
  const form = { 'content-type': 'multipart/form-data; boundary=edge' }
  t.equal(await nameOf(part('filename="Færge.pdf"'), form), 'Færge.pdf')
  t.equal(await nameOf(part("filename*=UTF-8''a%00b.pdf"), form), 'a b.pdf')
})

t.test('a film that breaks off is refused, wherever it does', async (t) => {
  const client = await app(t)
  /** A box; where `long`, with its length in 64 bits. */
  const box = (type: string, content: Buffer, long = false) => {
    const head = Buffer.alloc(long ? 16 : 8)
    head.writeUInt32BE(long ? 1 : 8 + content.length)
    head.write(type, 4, 'latin1')
    if (long) head.writeBigUInt64BE(BigInt(16 + content.length), 8)
    return Buffer.concat([head, content])
  }
  const film = (brand: string, long = false) =>
    Buffer.concat([
      box('ftyp', Buffer.from(`${brand}\0\0\u0002\0${brand}`, 'latin1')),
      box('mdat', Buffer.alloc(500, 7), long),
      box('moov', Buffer.alloc(100))
    ])
  const send = (payload: Buffer, type: string) =>
    client.call('POST', '/v1/media', { payload, headers: { 'content-type': type } })
  for (const [type, bytes] of [
    ['video/mp4', film('isom')],
    ['video/mp4', film('isom', true)],
    ['video/quicktime', film('qt  ')],
    ['audio/mp4', film('M4A ')]
  ] as const) {
    for (const share of [0.1, 0.5, 0.99]) {
      const refused = await send(bytes.subarray(0, Math.floor(bytes.length * share)), type)
      t.equal(refused.status, 422, `${type}, cut at ${share}`)
      const detail = `The ${type.split('/')[0]} is not complete: it breaks off. Send it again, or export it anew.`
      t.match(refused.json<Problem>(), { detail, errors: [{ pointer: '', detail }] })
    }
    t.equal((await send(bytes, type)).status, 201, type)
    t.equal((await send(Buffer.concat([bytes, Buffer.alloc(4)]), type)).status, 201, 'with more behind it')
  }
  const rest = Buffer.concat([film('isom'), Buffer.from('\0\0\0\0mdat and so on', 'latin1')])
  t.equal((await send(rest, 'video/mp4')).status, 201, 'the last box is the rest of the file')
})
