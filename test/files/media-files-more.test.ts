// Files of media: other kinds of files, quotas, and renditions that cannot be made.
import { createHash } from 'node:crypto'
import { readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { eq } from 'drizzle-orm'
import sharp from 'sharp'
import t from 'tap'
import { readConfig } from '../../src/config/config.ts'
import type { DraftMedia } from '../../src/content/media/schema.ts'
import { download } from '../../src/files/intake/download.ts'
import { receive } from '../../src/files/intake/receive.ts'
import { render } from '../../src/files/renditions/render.ts'
import { claim } from '../../src/files/renditions/store.ts'
import { fileService } from '../../src/files/service.ts'
import { smallFiles } from '../../src/files/serving/small-files.ts'
import type { Problem } from '../../src/http/problems.ts'
import { app, type Client, folder } from '../support/app.ts'

const upload = (client: Client, payload: Buffer, type: string, headers: object = {}) =>
  client.call('POST', '/v1/media', { payload, headers: { 'content-type': type, ...headers } })
const picture = (width = 60, height = 40) =>
  sharp({ create: { width, height, channels: 3, background: 'red' } })
const detailOf = (answer: { json<T>(): T }) => answer.json<Problem>().detail
const draftOf = async (client: Client, id: string) =>
  (await client.get(`/v1/media/${id}?edition=draft`)).json<DraftMedia>()

/** Asks until a draft is in this state. */
async function until(client: Client, id: string, state: string) {
  for (;;) {
    const draft = await draftOf(client, id)
    if (draft.rendering?.state === state) return draft
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}

const pdf = Buffer.from('%PDF-1.4\n%%EOF\n')
const mp3 = Buffer.concat([
  Buffer.from('ID3\u0004\0\0\0\0\0\0', 'latin1'),
  Buffer.from([255, 251, 144, 100]),
  Buffer.alloc(500)
])

t.test('audio and documents are kept as they are, and a drawing is a download', async (t) => {
  const root = join(folder(t), 'files')
  const client = await app(t, { config: { ONRECORD_FILES: `file:${root}` } })
  const sent = await upload(client, mp3, 'audio/mpeg', {
    'content-disposition': 'attachment; filename=a.mp3'
  })
  t.equal(sent.status, 201)
  const audio = sent.json<DraftMedia>()
  t.match(audio, { kind: 'audio', type: 'audio/mpeg', bytes: mp3.length, url: /\/a\.mp3$/ })
  t.notOk('rendering' in audio)
  const drawing = (
    await upload(client, Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/svg+xml')
  ).json<DraftMedia>()
  t.match(drawing, { kind: 'document', type: 'image/svg+xml', url: /\/file\.svg$/ })
  const document = (await upload(client, pdf, 'application/pdf')).json<DraftMedia>()
  const body = [audio, drawing, document].map(({ id }) => ({ _type: 'image', _key: id, mediaId: id }))
  const story = await client.draft({
    body: [{ _type: 'block', _key: 'a', children: [{ _type: 'span', text: 'Listen.' }] }, ...body],
    quotes: [],
    sources: []
  } as object)
  const published = await client.post(`/v1/articles/${story.id}/publish`)
  t.equal(published.status, 200, published.body)
  const served = await client.read(audio.url!)
  t.equal(served.headers['content-disposition'], 'inline; filename="a.mp3"')
  t.match((await client.read(drawing.url!)).headers['content-disposition'], /^attachment/)
  t.match((await client.read(document.url!)).headers['content-disposition'], /^attachment/)
})

t.test('an animation moves in WebP; a crop keeps the focal point', async (t) => {
  const client = await app(t)
  await client.put('/v1/media-settings', {
    widths: [30],
    crops: [{ name: 'square', width: 1, height: 1, widths: [20] }]
  })
  const twice = { name: 'a', width: 1, height: 1, widths: [20] }
  const refused = await client.put('/v1/media-settings', { crops: [twice, twice] })
  t.equal(refused.status, 422)
  t.equal((await client.patch('/v1/media-settings', { baseUrl: null })).status, 200)
  t.match((await client.get('/v1/media-settings')).json(), { widths: [30], version: 2 })
  const colours = ['red', 'lime', 'blue'].map((background) =>
    sharp({ create: { width: 60, height: 40, channels: 4, background } })
      .png()
      .toBuffer()
  )
  const gif = await sharp(await Promise.all(colours), { join: { animated: true } })
    .gif()
    .toBuffer()
  const { id } = (await upload(client, gif, 'image/gif')).json<DraftMedia>()
  const { renditions } = await until(client, id, 'ready')
  const moving = renditions!.filter(({ animated }) => animated)
  t.same(
    moving.map(({ type, width, height, crop }) => [type, width, height, crop]),
    [
      ['image/webp', 30, 20, null],
      ['image/webp', 20, 20, 'square']
    ]
  )
  t.notOk(renditions!.some(({ type, animated }) => type === 'image/webp' && !animated))

  const half = await picture(20, 40).png().toBuffer()
  const wide = await picture(60, 40)
    .composite([
      {
        input: await sharp({ create: { width: 30, height: 40, channels: 3, background: 'blue' } })
          .png()
          .toBuffer(),
        left: 30,
        top: 0
      }
    ])
    .png()
    .toBuffer()
  t.ok(half.length)
  const two = (await upload(client, wide, 'image/png')).json<DraftMedia>()
  await client.patch(`/v1/media/${two.id}`, { focalPoint: { x: 1, y: 0.5 } })
  const cut = (await until(client, two.id, 'ready')).renditions!.find(
    ({ crop, type }) => crop && type === 'image/jpeg'
  )!
  const { rawPayload } = await client.server.inject({
    url: `${cut.url}?edition=draft`,
    headers: { authorization: 'Bearer onr_test' }
  })
  const { dominant } = await sharp(rawPayload).stats()
  t.ok(dominant.b > 200 && dominant.r < 60, 'the right half is blue')
})

t.test('a token may add so much a day, and all files have so much', async (t) => {
  const client = await app(t, {
    config: { ONRECORD_FILE_MB: 2, ONRECORD_FILES_MB: 2, ONRECORD_FILES_DAY_MB: 1 }
  })
  const big = (letter: string) => Buffer.concat([mp3, Buffer.alloc(900_000, letter)])
  t.equal((await upload(client, big('a'), 'audio/mpeg')).status, 201)
  const over = await upload(client, big('b'), 'audio/mpeg')
  t.equal(over.status, 429)
  t.match(detailOf(over), /1 MB a day/)
  t.equal((await upload(client, big('a'), 'audio/mpeg')).status, 201, 'the same bytes are there already')
  const { token } = await client.token('editor')
  const other = (letter: string) =>
    client.call('POST', '/v1/media', {
      payload: big(letter),
      token,
      headers: { 'content-type': 'audio/mpeg' }
    })
  t.equal((await other('c')).status, 201)
  const third = (await client.token('editor')).token
  const full = await client.call('POST', '/v1/media', {
    payload: big('d'),
    token: third,
    headers: { 'content-type': 'audio/mpeg' }
  })
  t.equal(full.status, 507)
  t.match(detailOf(full), /ONRECORD_FILES_MB/)
  const many = await Promise.all(Array.from({ length: 12 }, () => upload(client, pdf, 'application/pdf')))
  t.ok(many.some(({ status }) => status === 429) && many.some(({ status }) => status === 201))
})

t.test('renditions that cannot be made are tried three times', async (t) => {
  let now = Date.now()
  const client = await app(t, { clock: () => new Date(now) })
  await client.put('/v1/media-settings', { widths: [16], formats: ['jpeg'] })
  const bytes = await picture().png().toBuffer()
  const { id, file } = (await upload(client, bytes, 'image/png')).json<DraftMedia>()
  await until(client, id, 'ready')
  const digest = createHash('sha256').update(bytes).digest('hex')
  t.equal(file!.digest, digest)
  rmSync(join(client.db.filesFolder, digest.slice(0, 2), digest))
  await client.patch(`/v1/media/${id}`, { alt: 'Red.' })
  const running = setInterval(() => {
    now += 60_000
  }, 50)
  const failed = await until(client, id, 'failed')
  clearInterval(running)
  t.match(failed.rendering!.detail, /missing|not|ENOENT/)
  t.equal((await client.call('GET', `${file!.url}`)).status, 500)

  // As a process leaves it that died three times meanwhile.
  await client.patch(`/v1/media/${id}`, { alt: 'Very red.' })
  await client.db.write('nobody', async ({ q, t: { renditionSets: r } }) => {
    await q
      .update(r)
      .set({ attempts: 3, dueAt: new Date(now).toISOString() })
      .where(eq(r.state, 'pending'))
  })
  t.match((await until(client, id, 'failed')).rendering!.detail, /ended, three times|ENOENT|missing/)
})

t.test(
  'a server that breaks off is told, and one that sends too much, and one that speaks no TLS',
  async (t) => {
    const client = await app(t, { config: { ONRECORD_FETCH_PRIVATE: 'allow', ONRECORD_FILE_MB: 1 } })
    const server = createServer(({ url }, response) => {
      const bytes = url === '/large' ? 1_000_001 : 1000
      response.writeHead(200, { 'content-type': 'image/png', 'content-length': bytes })
      if (url === '/large') return response.end(Buffer.alloc(bytes))
      response.write('x')
      return setTimeout(() => response.destroy(), 50)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    t.teardown(() => server.close())
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
    for (const [from, status, detail] of [
      [`http://${host}/`, 422, /broke off/],
      [`http://${host}/large`, 413, /1 MB/],
      [`https://${host}/`, 422, /could not be fetched/]
    ] as const) {
      const answer = await client.post('/v1/media', { from })
      t.equal(answer.status, status, from)
      t.match(detailOf(answer), detail)
    }
    const batch = await client.post('/v1/batch', {
      operations: [{ method: 'POST', path: '/v1/media', body: { from: `http://${host}/` } }]
    })
    t.match(batch.body, /fetches no files/, 'nothing is fetched while a transaction is open')
  }
)

t.test('what is said of a file is JSON, as text or with its type, as pages and curl send it', async (t) => {
  const client = await app(t)
  await client.put('/v1/media-settings', { widths: [16], formats: ['jpeg'] })
  const file = `content-disposition: form-data; name=file; filename=a.pdf\r\ncontent-type: application/pdf\r\n\r\n${pdf}`
  const media = (more: string, text: string) =>
    `content-disposition: form-data; name=media${more}\r\n\r\n${text}`
  const send = (...parts: string[]) =>
    upload(
      client,
      Buffer.from(`${parts.map((part) => `--edge\r\n${part}\r\n`).join('')}--edge--\r\n`),
      'multipart/form-data; boundary=edge'
    )
  const typed = '\r\ncontent-type: application/json'
  for (const more of ['', typed, `; filename=blob${typed}`]) {
    const sent = await send(media(more, '{"caption": "Fähre"}'), file)
    t.equal(sent.status, 201, sent.body)
    t.equal(sent.json<DraftMedia>().caption, 'Fähre')
  }
  for (const [parts, status, detail] of [
    [[media(typed, '{"caption": "a", "caption": "b"}'), file], 400, /says the key|twice|caption/],
    [[file, file], 400, /one part `file` and one part `media`/],
    [[media('', '{}'), file, file], 400, /one part `file` and one part `media`/],
    [[media(typed, '{}'), media(typed, '{}')], 400, /one part `file` and one part `media`/],
    [[media(typed, `{"caption": "${'x'.repeat(70_000)}"}`), file], 400, /at most 65536 bytes/],
    [[file.replace('; filename=a.pdf', '')], 400, /send it with its name, as `curl -F file=@ferry.jpg`/]
  ] as const) {
    const refused = await send(...parts)
    t.equal(refused.status, status, refused.body)
    t.match(detailOf(refused), detail)
  }
  const plain = await upload(client, pdf, 'application/octet-stream')
  t.equal(plain.status, 201, 'its bytes say what it is')
  const form = await upload(client, pdf, 'application/x-www-form-urlencoded')
  t.equal(form.status, 415)
  t.match(detailOf(form), /^This takes application\/json or multipart\/form-data or image\/\.\.\. or /)
})

t.test('files without a name, without a type, and with several pages', async (t) => {
  const client = await app(t)
  await client.put('/v1/media-settings', { widths: [16], formats: ['jpeg'] })
  const nothing = await client.call('POST', '/v1/media')
  t.equal(nothing.status, 415)
  t.match(detailOf(nothing), /multipart/)
  const form = Buffer.concat([
    Buffer.from(
      '--edge\r\ncontent-disposition: form-data; name=file\r\ncontent-type: application/octet-stream\r\n\r\n'
    ),
    pdf,
    Buffer.from('\r\n--edge--\r\n')
  ])
  const sent = await upload(client, form, 'multipart/form-data; boundary=edge')
  t.equal(sent.status, 201, sent.body)
  t.equal(sent.json<DraftMedia>().file!.name, null)
  const pages = await sharp([await picture().png().toBuffer(), await picture().png().toBuffer()], {
    join: { animated: true }
  })
    .tiff()
    .toBuffer()
  const scan = await upload(client, pages, 'image/tiff')
  t.equal(scan.status, 201, scan.body)
  const { id } = scan.json<DraftMedia>()
  t.match(await until(client, id, 'ready'), { width: 16, file: { width: 60, height: 40 } })
  const page = 'https://wire.example/buy'
  await client.post(`/v1/media/${id}/credits`, { creditLine: 'Ana', acquireLicensePage: page })
  const { url } = await until(client, id, 'ready')
  const asked = { url: `${url}?edition=draft`, headers: { authorization: 'Bearer onr_test' } }
  const served = await client.server.inject(asked)
  t.match((await sharp(served.rawPayload).metadata()).xmp!.toString(), page, 'sold by nobody who is named')
  const none = await client.server.inject({ ...asked, headers: { ...asked.headers, range: 'bytes=-0' } })
  t.equal(none.statusCode, 416)
})

t.test(
  'no record is written without its file, and no set of renditions taken where none is due',
  async (t) => {
    const client = await app(t)
    const config = readConfig({ DATABASE_URL: 'file:unused' })
    const failed = (error: unknown) => void t.fail(String(error))
    const service = fileService(client.db, config, { clock: () => new Date(), failed })
    t.teardown(service.stop)
    const actor = { name: 'Ana', role: 'editor' as const }
    const file = await service.keep(actor, await service.receive(actor, Readable.from([pdf])))
    rmSync(join(client.db.filesFolder, file.digest.slice(0, 2), file.digest))
    const store = await service.blobs()
    const recorded = client.db.write(actor, (tx) => service.record(tx, file, store))
    await t.rejects(recorded, { message: /swept meanwhile/ })
    t.equal(await client.db.write('nobody', claim), undefined)
  }
)

t.test('a name that leads inside meanwhile is not connected to', async (t) => {
  const server = createServer((_, response) => response.end('secret'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => server.close())
  const url = `http://localhost:${(server.address() as AddressInfo).port}/`
  for (const allowed of [1, 2]) {
    let asked = 0
    const allows = () => ++asked <= allowed
    await t.rejects(download(url, { allows, timeout: 5000 }), { message: /not on the public internet/ })
  }
  const late = createServer(() => {})
  await new Promise<void>((resolve) => late.listen(0, '127.0.0.1', resolve))
  t.teardown(() => late.closeAllConnections() ?? late.close())
  const never = `http://127.0.0.1:${(late.address() as AddressInfo).port}/`
  await t.rejects(download(never, { allows: () => true, timeout: 100 }), { message: /too long/ })
})

t.test('a full disk is 507, and a packet that does not fit is no rendition', async (t) => {
  const home = folder(t)
  const full = Object.assign(new Error('full'), { code: 'ENOSPC' })
  const source = new Readable({ read: () => source.destroy(full) })
  await t.rejects(receive(source, home, { megabytes: 1, setting: 'ONRECORD_FILE_MB' }), {
    message: /disk of the service is full/
  })
  const path = join(home, 'a.png')
  await picture(20, 20).png().toFile(path)
  const recipe = {
    widths: [16],
    formats: ['jpeg' as const],
    crops: [],
    focalPoint: null,
    packet: 'x'.repeat(70_000)
  }
  await t.rejects(render({ path, folder: home, width: 20, height: 20, frames: 1, recipe, encoders: 1 }))
  const smaller = { ...recipe, widths: [100], packet: '<x/>' }
  const { renditions } = await render({
    path,
    folder: home,
    width: 20,
    height: 20,
    frames: 1,
    encoders: 2,
    recipe: smaller
  })
  t.same(
    renditions.map(({ width }) => width),
    [20],
    'nothing is enlarged'
  )
})

t.test('animations have an end, and a name may be missing', async (t) => {
  const client = await app(t)
  const frame = (i: number) => ({
    create: {
      width: 2,
      height: 2,
      channels: 4 as const,
      background: i % 2 ? 'red' : 'blue'
    }
  })
  const frames = await Promise.all(Array.from({ length: 1001 }, (_, i) => sharp(frame(i)).png().toBuffer()))
  const gif = await sharp(frames, { join: { animated: true } })
    .gif()
    .toBuffer()
  const refused = await upload(client, gif, 'image/gif')
  t.equal(refused.status, 422)
  t.match(detailOf(refused), /1001 frames/)
  const none = await client.call('POST', '/v1/media', { payload: Buffer.from('x') })
  t.equal(none.status, 415)
  t.equal((await client.read(`/v1/files/${'0'.repeat(64)}/320.jpg`)).status, 404)
})

t.test('renditions are made in worker threads', async (t) => {
  const client = await app(t, { config: { ONRECORD_THREADS: 1 } })
  await client.put('/v1/media-settings', { widths: [16], formats: ['jpeg'] })
  const { id } = (await upload(client, await picture().png().toBuffer(), 'image/png')).json<DraftMedia>()
  const credit = {
    creditLine: 'Ana',
    suppliers: ['Harbour Wire'],
    licence: { name: 'Editorial use', url: 'https://wire.example/terms' },
    acquireLicensePage: 'https://wire.example/buy'
  }
  await client.post(`/v1/media/${id}/credits`, credit)
  const { url } = await until(client, id, 'ready')
  const served = await client.server.inject({
    url: `${url}?edition=draft`,
    headers: { authorization: 'Bearer onr_test' }
  })
  const packet = (await sharp(served.rawPayload).metadata()).xmp!.toString()
  for (const words of ['Ana', 'Harbour Wire', 'Editorial use', 'wire.example/terms', 'wire.example/buy'])
    t.ok(packet.includes(words), words)
})

t.test('a file may take long while it keeps coming, and no longer', async (t) => {
  const client = await app(t)
  const { server } = client.server
  await client.server.listen({ port: 0, host: '127.0.0.1' })
  server.requestTimeout = 1000
  // Of the two Node takes the longer one as that of the whole request.
  server.headersTimeout = 1000
  const { port } = server.address() as AddressInfo
  const bytes = Buffer.concat([pdf, Buffer.alloc(1_000_000)])

  /** Sends so many pieces of this size, one after the other, and tells what is answered. */
  async function send(pieces: number, size: number, type = 'application/pdf') {
    const head = `POST /v1/media HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer onr_test\r\nContent-Type: ${type}\r\nConnection: close\r\n`
    const socket = connect(port, '127.0.0.1')
    let said = ''
    socket.on('data', (data) => {
      said += data
    })
    const closed = new Promise((resolve) => socket.once('close', resolve))
    socket.on('error', () => {})
    socket.write(`${head}Content-Length: ${pieces * size}\r\n\r\n`)
    for (let i = 0; i < pieces && !socket.destroyed && said === ''; i++) {
      socket.write(bytes.subarray(i * size, (i + 1) * size))
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    await closed
    return said.slice(0, 12)
  }
  const [steady, trickling, fields] = await Promise.all([
    send(35, 20_000),
    send(1000, 1),
    send(1000, 1, 'multipart/form-data; boundary=edge')
  ])
  t.equal(steady, 'HTTP/1.1 201', 'longer than the time-out of requests')
  t.equal(trickling, 'HTTP/1.1 408')
  t.equal(fields, 'HTTP/1.1 408')

  const stalled = connect(port, '127.0.0.1')
  let said = ''
  stalled.on('data', (data) => {
    said += data
  })
  stalled.write(
    'POST /v1/media HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer onr_test\r\nContent-Type: application/pdf\r\nContent-Length: 900000\r\n\r\n'
  )
  stalled.write(bytes.subarray(0, 500_000))
  await new Promise((resolve) => stalled.once('close', resolve))
  t.match(said, /^HTTP\/1.1 408/, 'one that was fast at first')
  const left = () => readdirSync(join(client.db.filesFolder, 'incoming'))
  while (left().length > 0) await new Promise((resolve) => setTimeout(resolve, 20))
  t.same(left(), [], 'nothing is left of them')
})

t.test('small files are kept in memory, as many as there is room for, those asked for last', async (t) => {
  const read: string[] = []
  const bytesOf = smallFiles(async (digest) => {
    read.push(digest)
    return Readable.from([Buffer.alloc(256 * 1024, digest)])
  })
  const first = await Promise.all([bytesOf('a'), bytesOf('a')])
  t.same(first[0], Buffer.alloc(256 * 1024, 'a'))
  t.equal(await bytesOf('a'), first[1], 'it is not read again')
  for (let i = 0; i < 63; i++) await bytesOf(`b${i}`)
  await bytesOf('a')
  await bytesOf('c')
  read.length = 0
  await bytesOf('a')
  await bytesOf('b62')
  t.same(read, [])
  await bytesOf('b0')
  t.same(read, ['b0'], 'what was asked for least recently made room')
})
