// Files of media: taken in, made into renditions, published, and served.
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import sharp from 'sharp'
import t from 'tap'
import type { DraftMedia } from '../../src/content/media/schema.ts'
import type { Problem } from '../../src/http/problems.ts'
import { type Answer, app, type Client } from '../support/app.ts'
import { noise, rendered } from '../support/pictures.ts'
import { until } from '../support/until.ts'
import { withScans } from './hostile-pictures.ts'

const detailOf = (answer: Answer) => answer.json<Problem>().detail
const jpeg = (width = 400, height = 300) => noise(width, height).jpeg().toBuffer()

const upload = (client: Client, payload: Buffer, type = 'image/jpeg', headers: object = {}) =>
  client.call('POST', '/v1/media', { payload, headers: { 'content-type': type, ...headers } })

/** A body of multipart/form-data, by hand. */
function parts(...some: [string, string | Buffer][]) {
  const bodies = some.flatMap(([head, content]) => [
    Buffer.from(`--edge\r\ncontent-disposition: form-data; ${head}\r\n\r\n`),
    Buffer.from(content),
    Buffer.from('\r\n')
  ])
  return Buffer.concat([...bodies, Buffer.from('--edge--\r\n')])
}
const form = 'multipart/form-data; boundary=edge'

/** The files that lie in the folder of an app, complete or not. */
const filesIn = (client: Client) => {
  const names = readdirSync(client.db.filesFolder, { recursive: true, withFileTypes: true })
  return names.filter((one) => one.isFile()).map(({ name }) => name)
}

const small = {
  widths: [4000, 100, 200, 3000],
  crops: [{ name: 'square', width: 1, height: 1, widths: [50] }]
}

t.test('a picture is sent, made into renditions, published and served', async (t) => {
  const client = await app(t)
  const { put, post, get, read } = client
  t.equal((await put('/v1/media-settings', small)).status, 200)

  const gps = { IFD0: { Artist: 'camera' }, IFD3: { GPSLatitudeRef: 'N' } }
  const bytes = await noise(300, 400).withExif(gps).withMetadata({ orientation: 6 }).jpeg().toBuffer()
  const created = await upload(client, bytes, 'image/jpeg', {
    'content-disposition': 'attachment; filename="Ferry, late.jpeg"'
  })
  t.equal(created.status, 201)
  const draft = created.json<DraftMedia>()
  t.match(draft, {
    kind: 'image',
    url: null,
    renditions: [],
    rendering: { state: 'pending', detail: null },
    file: { name: 'Ferry, late.jpeg', type: 'image/jpeg', bytes: bytes.length, width: 400, height: 300 }
  })
  t.match(draft.file!.url, /^\/v1\/files\/[0-9a-f]{64}\/Ferry-late\.jpg\?edition=draft$/)

  const story = await client.draft({ leadMediaId: draft.id })
  const early = await post(`/v1/articles/${story.id}/publish`)
  t.equal(early.status, 409)
  t.ok(early.json<Problem>().errors!.some(({ code }) => code === 'renditions-missing'))

  await post(`/v1/media/${draft.id}/credits`, { creditLine: 'Ana/Harbour Wire', creators: ['Ana'] })
  const ready = await rendered(client, draft.id)
  t.match(ready.rendering, { state: 'ready' })
  const names = ready.renditions!.map(({ url }) => url.split('/').at(-1))
  t.same(
    names.toSorted(),
    ['100', '200', '400', 'square-50'].flatMap((w) => ['avif', 'jpg', 'webp'].map((f) => `${w}.${f}`))
  )
  t.match(ready, { width: 400, height: 300, type: 'image/jpeg' })
  t.match(ready.placeholder, /^data:image\/webp;base64,/)

  const rendition = ready.renditions!.find(({ type, width }) => type === 'image/webp' && width === 200)!
  t.equal((await read(rendition.url)).status, 404, 'no reader sees a draft')
  const published = await post(`/v1/articles/${story.id}/publish`)
  t.equal(published.status, 200)
  const shown = (await read(`/v1/media/${draft.id}`)).json<DraftMedia>()
  t.same(shown.renditions, ready.renditions)
  t.notOk('file' in shown || 'rendering' in shown)

  const served = await client.server.inject(rendition.url)
  t.match(served.headers, {
    'content-type': 'image/webp',
    'cache-control': 'public, max-age=31536000, immutable',
    'surrogate-key': draft.id,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'content-disposition': 'inline; filename="200.webp"'
  })
  const about = await sharp(served.rawPayload).metadata()
  t.match(about, { width: 200, height: 150, format: 'webp', exif: undefined })
  t.match(about.xmp!.toString(), /Ana\/Harbour Wire/)
  t.notMatch(served.rawPayload.toString('latin1'), /camera|GPS/)

  const etag = String(served.headers.etag)
  const unchanged = await read(rendition.url, { headers: { 'if-none-match': etag } })
  t.match(unchanged, { status: 304, headers: { etag, 'cross-origin-resource-policy': 'cross-origin' } })
  const part = await client.server.inject({ url: rendition.url, headers: { range: 'bytes=2-5' } })
  t.equal(part.statusCode, 206)
  t.equal(part.headers['content-range'], `bytes 2-5/${rendition.bytes}`)
  t.same(part.rawPayload, served.rawPayload.subarray(2, 6))
  for (const [range, status, length] of [
    ['bytes=-3', 206, 3],
    ['bytes=5-', 206, rendition.bytes - 5],
    ['bytes=5-2', 200, rendition.bytes],
    ['bytes=-', 200, rendition.bytes],
    ['pages=1-2', 200, rendition.bytes],
    ['bytes=0-1,4-5', 200, rendition.bytes]
  ] as const) {
    const answer = await client.server.inject({ url: rendition.url, headers: { range } })
    t.same([answer.statusCode, answer.rawPayload.length], [status, length], range)
  }
  const other = { range: 'bytes=0-1', 'if-range': '"other"' }
  t.equal((await client.server.inject({ url: rendition.url, headers: other })).statusCode, 200)
  const beyond = await read(rendition.url, { headers: { range: 'bytes=9999999-' } })
  t.equal(beyond.status, 416)
  t.equal(beyond.headers['content-range'], `bytes */${rendition.bytes}`)
  const head = await client.server.inject({ method: 'HEAD', url: rendition.url })
  t.same([head.statusCode, head.headers['content-length'], head.body], [200, String(rendition.bytes), ''])

  const headOfPart = await client.server.inject({
    method: 'HEAD',
    url: rendition.url,
    headers: { range: 'bytes=9999999-' }
  })
  t.same([headOfPart.statusCode, headOfPart.headers['content-length']], [200, String(rendition.bytes)])
  for (const [ifMatch, status] of [
    ['*', 206],
    [`"another", ${etag}`, 206],
    ['"another"', 412],
    [`W/${etag}`, 412]
  ] as const) {
    const headers = { range: 'bytes=0-1', 'if-match': ifMatch, 'if-none-match': '"another"' }
    const answer = await read(rendition.url, { headers })
    t.equal(answer.status, status, ifMatch)
    if (status === 412) t.match(answer.json(), { type: /stale$/, detail: /If-Match/ })
  }

  const original = await client.server.inject({
    url: draft.file!.url,
    headers: { authorization: 'Bearer onr_test' }
  })
  t.same(original.rawPayload, bytes, 'the desk gets it as it came')
  t.equal((await read(draft.file!.url.replace('?edition=draft', ''))).status, 404, 'and nobody else')
  t.equal((await get(draft.file!.url.replace('Ferry-late', 'other'))).status, 404)
  t.equal((await read(rendition.url.replace('200', '201'))).status, 404)

  const html = await read(`/v1/articles/${story.id}?body=html`)
  t.equal(html.status, 200)

  await post(`/v1/articles/${story.id}/withdraw`)
  t.equal((await read(rendition.url)).status, 410)
})

t.test('a changed credit is a new address, and renewing waits for it', async (t) => {
  const client = await app(t)
  const { put, post, patch, read } = client
  await put('/v1/media-settings', { widths: [64], formats: ['jpeg'], baseUrl: 'https://api.news.example/' })
  const { id } = (await upload(client, await jpeg())).json<DraftMedia>()
  const credit = (
    await post(`/v1/media/${id}/credits`, {
      creditLine: 'Ana',
      expiresAt: '2999-01-01T00:00:00Z'
    })
  ).json<{ id: string }>()
  const before = await rendered(client, id)
  t.match(before.url, /^https:\/\/api\.news\.example\/v1\/files\//)
  const story = await client.draft({ leadMediaId: id })
  t.equal((await post(`/v1/articles/${story.id}/publish`)).status, 200)
  await patch(`/v1/media-credits/${credit.id}`, {
    creditLine: 'Ana/Wire',
    expiresAt: new Date(Date.now() + 60_000).toISOString()
  })
  const early = await post(`/v1/media-credits/${credit.id}/republish`)
  t.equal(early.status, 409)
  t.match(detailOf(early), /renditions/)
  const after = await rendered(client, id)
  t.not(after.url, before.url)
  t.equal((await post(`/v1/media-credits/${credit.id}/republish`)).status, 200)
  const path = (url: string | null) => new URL(url!).pathname
  t.match(await read(path(before.url)), { status: 307, headers: { location: after.url } })
  const answer = await read(path(after.url))
  t.match(
    answer.headers['cache-control'],
    /^public, max-age=[1-5]?\d$/,
    'it is fresh as long as its rights last'
  )

  for (const [field, value] of [
    ['url', 'https://x.example/'],
    ['width', 5],
    ['kind', 'audio']
  ] as const)
    t.equal((await patch(`/v1/media/${id}`, { [field]: value })).status, 422, field)
  const focal = await patch(`/v1/media/${id}`, { focalPoint: { x: 0, y: 1 } })
  t.match(focal.json<DraftMedia>(), { focalPoint: { x: 0, y: 1 }, rendering: { state: 'pending' } })
  await rendered(client, id)
  await put('/v1/media-settings', { widths: [32], formats: ['jpeg'] })
  t.match(await rendered(client, id), { width: 32 }, 'other settings make them anew')
  t.equal((await client.remove(`/v1/media-credits/${credit.id}`)).status, 204)
  await rendered(client, id)
})

t.test('where the rights of one record of some bytes end, those of another go on', async (t) => {
  const clock = { now: new Date() }
  const client = await app(t, { clock: () => clock.now })
  await client.put('/v1/media-settings', { widths: [64], formats: ['jpeg'] })
  const bytes = await jpeg()
  const shown = async (creditLine: string, expiresAt: string | null) => {
    const { id } = (await upload(client, bytes)).json<DraftMedia>()
    await client.post(`/v1/media/${id}/credits`, { creditLine, expiresAt })
    const { renditions } = await rendered(client, id)
    const story = await client.draft({ slug: creditLine, leadMediaId: id })
    t.equal((await client.post(`/v1/articles/${story.id}/publish`)).status, 200)
    return renditions![0]!.url
  }
  const ends = await shown('ana', new Date(clock.now.getTime() + 60_000).toISOString())
  const goesOn = await shown('bo', null)
  const caching = async () => (await client.read(goesOn)).headers['cache-control']
  t.equal(await caching(), 'public, max-age=31536000, immutable')
  t.match((await client.read(ends)).headers['cache-control'], /max-age=\d\d$/)
  clock.now = new Date(clock.now.getTime() + 61_000)
  t.equal((await client.read(ends)).status, 410)
  t.equal(await caching(), 'public, max-age=31536000, immutable')
})

t.test('of a TIFF with several pages the first is the picture', async (t) => {
  const client = await app(t)
  await client.put('/v1/media-settings', { widths: [64], formats: ['jpeg', 'webp'] })
  const page = (background: string) =>
    sharp({ create: { width: 80, height: 60, channels: 3, background } })
      .png()
      .toBuffer()
  const pages = await Promise.all(['red', 'blue'].map(page))
  const tiff = await sharp(pages, { join: { animated: true } })
    .tiff()
    .toBuffer()
  t.equal((await sharp(tiff).metadata()).pages, 2)
  const sent = await client.call('POST', '/v1/media', {
    payload: tiff,
    headers: { 'content-type': 'image/tiff' }
  })
  const { renditions } = await rendered(client, sent.json<DraftMedia>().id)
  t.match(renditions!.at(-1), { width: 64, height: 48, type: 'image/webp' })
  t.notOk(renditions!.some(({ animated }) => animated))
})

t.test('a file is sent as a form, or fetched from its address', async (t) => {
  const client = await app(t, { config: { ONRECORD_FETCH_PRIVATE: 'allow' } })
  await client.put('/v1/media-settings', { widths: [64], formats: ['jpeg'] })
  const bytes = await jpeg()
  const said = JSON.stringify({ caption: 'The ferry.', alt: 'A ferry.' })
  const payload = parts(['name="media"', said], ['name="file"; filename="a.jpg"', bytes])
  const created = await upload(client, payload, form, { 'idempotency-key': 'k1' })
  t.match(created.json(), { caption: 'The ferry.', file: { name: 'a.jpg', bytes: bytes.length } })
  const again = await upload(client, payload, form, { 'idempotency-key': 'k1' })
  t.equal(again.headers['idempotency-replayed'], 'true')
  t.equal(again.body, created.body)
  const { digest } = created.json<DraftMedia>().file!

  const server = createServer((request, response) => {
    const hops = Number(/\d+/.exec(request.url!)?.[0])
    if (request.url === '/nowhere') response.writeHead(302, { location: 'http://' }).end()
    else if (request.url === '/file') response.writeHead(302, { location: 'file:///etc/passwd' }).end()
    else if (request.url === '/missing') response.writeHead(404).end()
    else if (hops > 0) response.writeHead(302, { location: `/hops/${hops - 1}` }).end()
    else response.writeHead(200, { 'content-type': 'image/jpeg' }).end(bytes)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const fetched = await client.post('/v1/media', { from: `${at}/hops/5`, caption: 'Fetched.' })
  t.match(fetched.json(), { kind: 'image', caption: 'Fetched.', file: { digest } }, 'the same bytes once')
  t.equal((await client.post('/v1/media', { from: `${at}/a%FFb.jpg` })).status, 201)
  for (const [path, pattern] of [
    ['/hops/6', /more than 5/],
    ['/missing', /404/],
    ['/file', /not to HTTP/],
    ['/nowhere', /no address/]
  ] as const) {
    const refused = await client.post('/v1/media', { from: at + path })
    t.equal(refused.status, 422, path)
    t.match(detailOf(refused), pattern)
  }
  const none = await client.post('/v1/media', { from: 'http://127.0.0.1:1/' })
  t.match(detailOf(none), /could not be fetched/)
  const both = await client.post('/v1/media', { from: at, kind: 'image' })
  t.equal(both.status, 422)
  t.equal((await client.post('/v1/media', { caption: 'No kind.' })).status, 400)
  const batch = await client.post('/v1/batch', {
    operations: [{ method: 'POST', path: '/v1/media', body: { from: at } }]
  })
  t.equal(batch.status, 422)

  const guarded = await app(t)
  const inside = await guarded.post('/v1/media', { from: `${at}/x` })
  t.match(detailOf(inside), /ONRECORD_FETCH_PRIVATE/)
  const all = (await client.get('/v1/media?edition=draft')).json<{ data: DraftMedia[] }>().data
  for (const { id } of all) await rendered(client, id)
  const first = filesIn(client).length
  for (const [body, status] of [
    [parts(['name="other"', 'x']), 400],
    [parts(['name="media"', '{']), 400],
    [parts(['name="media"', '{"a":1,"a":2}']), 400],
    [parts(['name="media"', '{}']), 400],
    [parts(['name="media"', '{"kind":"image"}'], ['name="file"; filename="x"', bytes]), 400],
    [parts(['name="file"; filename="x"', bytes], ['name="file"; filename="y"', bytes]), 400],
    [payload.subarray(0, 200), 400]
  ] as const)
    t.equal((await upload(client, body, form)).status, status, body.toString().slice(0, 80))
  // What was received of it is removed after the answer.
  await until(() => filesIn(client).length === first)
})

const shrink = (bytes: Buffer, share = 0.5) => bytes.subarray(0, Math.floor(bytes.length * share))
const endOfZip = Buffer.from(`PK\u0005\u0006${'\0'.repeat(18)}`, 'latin1')

const heic = Buffer.from('\0\0\0\u0018ftypheic\0\0\0\0mif1heic', 'latin1')

t.test('what is sent as another format is refused with what to export it as', async (t) => {
  const client = await app(t)
  for (const [type, detail] of [
    ['image/heic', /^This is HEIC \(image\/heic\), which is not taken: export it as JPEG, PNG, WebP or AVIF/],
    ['image/x-canon-cr3; charset=binary', /^This is a raw picture of a camera .*: export it as JPEG/],
    ['image/bmp', /^This is image\/bmp, which is not taken: export it as JPEG/],
    ['audio/amr', /export it as MP3/],
    ['video/x-matroska', /export it as MP4/],
    ['application/msword', /^This is a document of an office program .*: export it as PDF/],
    ['application/x-unheard-of', /^This takes application\/json or multipart/]
  ] as const) {
    const refused = await upload(client, heic, type)
    t.equal(refused.status, 415, type)
    t.match(detailOf(refused), detail)
    t.match(refused.headers.accept, /image\/jpeg/)
  }
})

t.test('hostile files are refused, with the reason', async (t) => {
  const client = await app(t, {
    config: { ONRECORD_FILE_MB: 2 }
  })
  const solid = (width: number, height: number) =>
    sharp({ create: { width, height, channels: 3, background: 'red' }, limitInputPixels: false })
  const picture = await jpeg()
  const cases: [string, Buffer, number, RegExp, string?][] = [
    ['nothing', Buffer.alloc(0), 422, /empty/],
    ['text', Buffer.from('hello'), 415, /no type/],
    ['a type that is not taken', Buffer.from('BM'.padEnd(60, '\0')), 415, /image\/bmp/],
    [
      'a page by itself',
      Buffer.from('<!doctype html><title>Ferry</title>'),
      415,
      /^This is a web page: send the file/
    ],
    ['HEIC', heic, 415, /^This is HEIC \(image\/heic\), which is not taken: export it as JPEG, PNG/],
    ['JPEG XL', Buffer.from('\xff\x0a'.padEnd(40, '\0'), 'latin1'), 415, /^This is JPEG XL .* as JPEG, PNG/],
    ['a text of RTF', Buffer.from('{\\rtf1 Late ferry}'), 415, /^This is a document .* export it as PDF/],
    ['another kind', Buffer.from('%PDF-1.4\n'), 415, /sent as image\/jpeg/],
    ['half a JPEG', shrink(picture), 422, /not complete/],
    ['half a PNG', shrink(await noise(90, 90).png().toBuffer()), 422, /not complete/],
    ['half a WebP', shrink(await noise(90, 90).webp().toBuffer()), 422, /cannot be read/],
    ['half a TIFF', shrink(await noise(90, 90).tiff().toBuffer()), 422, /cannot be read/],
    ['60,000 pixels', await solid(60_000, 9).png().toBuffer(), 422, /60000 x 9/],
    [
      'more than a hundred scans',
      withScans(await noise(90, 90).jpeg({ progressive: true }).toBuffer(), 101),
      422,
      /more than 100 scans/
    ],
    ['a bomb', await solid(12_000, 12_000).png().toBuffer(), 422, /144 million/],
    ['a page', Buffer.concat([picture.subarray(0, 20), Buffer.from('<script >'), picture]), 422, /a page/],
    ['a PDF', Buffer.concat([picture.subarray(0, 20), Buffer.from('%PDF-1.4'), picture]), 422, /PDF/],
    ['an archive', Buffer.concat([picture, endOfZip]), 422, /archive/],
    ['more than one may have', Buffer.alloc(2_000_001), 413, /2 MB/]
  ]
  for (const [what, bytes, status, pattern] of cases) {
    const refused = await upload(client, bytes)
    t.equal(refused.status, status, what)
    t.match(detailOf(refused), pattern, what)
    t.notMatch(detailOf(refused), /onrecord-test/, 'no path of the server')
  }
  t.same(filesIn(client), [], 'nothing is left of them')
  const pretends = Buffer.concat([picture, Buffer.from('PK\u0005\u0006 and thirty more bytes of no meaning')])
  t.equal((await upload(client, pretends)).status, 201, 'bytes that only look like an archive')
})
