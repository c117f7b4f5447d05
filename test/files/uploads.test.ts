// Files that are sent in parts (tus 1.0.0): they go on where they were, and become media as other files do.
import { hash } from 'node:crypto'
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import t from 'tap'
import type { DraftMedia } from '../../src/content/media/schema.ts'
import type { Upload } from '../../src/files/intake/uploads/schema.ts'
import type { Problem } from '../../src/http/problems.ts'
import { app, type Client, folder } from '../support/app.ts'
import { served } from '../support/commands.ts'
import { noise, rendered } from '../support/pictures.ts'
import { until } from '../support/until.ts'
import { clockwork } from '../support/webhook-receiver.ts'

const partType = 'application/offset+octet-stream'
const tus = { 'tus-resumable': '1.0.0' }
const base64 = (text: string) => Buffer.from(text).toString('base64')

const begin = (client: Client, length: number | string, more: object = {}) =>
  client.call('POST', '/v1/uploads', { headers: { ...tus, 'upload-length': String(length), ...more } })

const part = (client: Client, url: string, offset: number, payload: Buffer, more: object = {}) =>
  client.call('PATCH', url, {
    payload,
    headers: { ...tus, 'content-type': partType, 'upload-offset': String(offset), ...more }
  })

const begun = async (client: Client, length: number, more: object = {}) =>
  `/v1/uploads/${(await begin(client, length, more)).json<Upload>().id}`

const incoming = (client: Client) => readdirSync(join(client.db.filesFolder, 'incoming'))

t.test('a picture is sent in parts, and becomes a record as any other', async (t) => {
  const client = await app(t)
  await client.put('/v1/media-settings', { widths: [16], formats: ['jpeg'] })
  const picture = await noise(200, 150).jpeg().toBuffer()
  const half = picture.length >> 1
  const metadata = `filename ${base64('føry.jpg')},filetype ${base64('image/jpeg')},is_confidential`
  const made = await begin(client, picture.length, { 'upload-metadata': metadata })
  t.equal(made.status, 201)
  const upload = made.json<Upload>()
  const url = `/v1/uploads/${upload.id}`
  t.match(upload, { length: picture.length, offset: 0, name: 'føry.jpg', type: 'image/jpeg' })
  t.match(made.headers, {
    location: url,
    'tus-resumable': '1.0.0',
    'tus-extension': 'creation,creation-with-upload,checksum,termination,expiration',
    'tus-max-size': '500000000',
    'upload-expires': new Date(upload.expiresAt).toUTCString()
  })
  t.same((await client.get(url)).json(), upload)

  const first = await part(client, url, 0, picture.subarray(0, half))
  t.equal(first.status, 204)
  t.equal(first.headers['upload-offset'], String(half))
  const head = await client.call('HEAD', url, { headers: tus })
  t.match(head.headers, {
    'upload-offset': String(half),
    'upload-length': String(picture.length),
    'cache-control': 'private, no-store'
  })
  const early = await client.post('/v1/media', { upload: upload.id })
  t.equal(early.status, 422)
  t.match(early.json(), {
    errors: [{ pointer: '/upload', detail: /^\d+ of \d+ bytes .* send the others first/ }]
  })
  const again = await part(client, url, 0, picture.subarray(0, half))
  t.equal(again.status, 409)
  t.equal(again.headers['upload-offset'], String(half))
  t.equal((await part(client, url, half, picture.subarray(half))).status, 204)

  const record = await client.post('/v1/media', { upload: upload.id, caption: 'The ferry.' })
  t.equal(record.status, 201, record.body)
  const media = await rendered(client, record.json<DraftMedia>().id)
  t.match(media, { kind: 'image', caption: 'The ferry.', file: { name: 'føry.jpg', bytes: picture.length } })
  await until(async () => (await client.get(url)).status === 404)
  t.same(incoming(client), [], 'nothing is left of it')
})

t.test('what an upload is not is told', async (t) => {
  const client = await app(t, { config: { ONRECORD_FILE_MB: 1, ONRECORD_FILES_MB: 1 } })
  const other = await begin(client, 10, { 'tus-resumable': '0.2.2' })
  t.equal(other.status, 412)
  t.equal(other.headers['tus-version'], '1.0.0')
  t.equal((await begin(client, 1_000_001)).status, 413)
  t.equal((await begin(client, 'long')).status, 400)
  t.equal((await client.call('POST', '/v1/uploads', { headers: tus })).status, 400)
  const badly = await begin(client, 1, { 'upload-metadata': 'filename ä' })
  t.match(badly.json(), { status: 400, errors: [{ pointer: '/upload-metadata', in: 'headers' }] })
  t.match((await begin(client, 1, { 'upload-metadata': '' })).json(), { name: null, type: null })

  const url = await begun(client, 3)
  const before = (await client.get(url)).json<Upload>()
  await until(() => Date.parse(before.expiresAt) < Date.now() + 86_400_000 - 5)
  t.equal((await part(client, url, 0, Buffer.from('four'))).status, 413)
  t.same((await client.get(url)).json(), before, 'it is kept no longer for what was refused')
  t.equal((await part(client, url, 0, Buffer.from('x'), { 'content-type': 'image/jpeg' })).status, 415)
  t.equal(
    (await client.call('PATCH', url, { payload: Buffer.from('x'), headers: { 'content-type': partType } }))
      .status,
    400
  )
  t.equal((await part(client, url, 0, Buffer.from('abc'))).status, 204)
  const id = url.slice('/v1/uploads/'.length)
  for (const more of [{ kind: 'image' }, { from: 'https://pictures.example/a.jpg' }])
    t.equal((await client.post('/v1/media', { upload: id, ...more })).status, 422)
  const elsewhere = await client.post('/v1/media', { upload: 'upl_01k9v3w8zhe5ra4gxm7y2bqd6c' })
  t.match(elsewhere.json(), {
    status: 422,
    errors: [{ pointer: '/upload', detail: /^There is no such upload here/ }]
  })
  const batch = { operations: [{ method: 'POST', path: '/v1/media', body: { upload: id } }] }
  t.match((await client.post('/v1/batch', batch)).body, 'A batch fetches no files')

  const stranger = (await client.post('/v1/tokens', { name: 'Other', role: 'editor' })).json<{
    token: string
  }>()
  const theirs = { authorization: `Bearer ${stranger.token}` }
  t.equal((await client.call('GET', url, { headers: theirs })).status, 404, 'an upload is of one token')
  t.equal((await client.call('DELETE', url, { headers: tus })).status, 204)
  t.equal((await client.call('DELETE', url, { headers: tus })).status, 404)
  t.equal((await part(client, url, 0, Buffer.from('a'))).status, 404)
})

t.test('who asks is told which versions and extensions there are', async (t) => {
  const client = await app(t, { config: { ONRECORD_CORS_ORIGINS: '*' } })
  const offered = {
    'tus-resumable': '1.0.0',
    'tus-version': '1.0.0',
    'tus-extension': 'creation,creation-with-upload,checksum,termination,expiration',
    'tus-max-size': '500000000',
    'tus-checksum-algorithm': 'sha1,sha256,md5'
  }
  for (const url of ['/v1/uploads', '/v1/uploads/upl_01k9v3w8zhe5ra4gxm7y2bqd6c']) {
    const answer = await client.server.inject({
      method: 'OPTIONS',
      url,
      headers: { 'tus-resumable': '0.2.2' }
    })
    t.equal(answer.statusCode, 204)
    t.match(answer.headers, offered)
  }
  const preflight = await client.server.inject({
    method: 'OPTIONS',
    url: '/v1/uploads',
    headers: { origin: 'https://desk.example', 'access-control-request-method': 'POST' }
  })
  t.match(
    preflight.headers['access-control-allow-headers'],
    /Tus-Resumable, Upload-Checksum, Upload-Length, Upload-Metadata, Upload-Offset/
  )
})

t.test('the first part may come as the upload begins', async (t) => {
  const client = await app(t)
  const first = (payload: string, more: object = {}) =>
    client.call('POST', '/v1/uploads', {
      payload: Buffer.from(payload),
      headers: { ...tus, 'upload-length': '6', 'content-type': partType, ...more }
    })
  const made = await first('abc')
  t.equal(made.status, 201)
  t.equal(made.headers['upload-offset'], '3')
  t.match(made.json(), { offset: 3, length: 6 })
  t.equal((await part(client, String(made.headers.location), 3, Buffer.from('def'))).status, 204)
  t.equal((await first('abcdefg')).status, 413)
  t.equal((await first('abc', { 'upload-checksum': `sha1 ${base64('other')}` })).status, 460)
  t.equal(incoming(client).length, 2, 'what could not be kept was never begun')
})

t.test('bytes that are not those of the checksum are not kept', async (t) => {
  const client = await app(t)
  const url = await begun(client, 6)
  const checksum = (of: string, algorithm = 'sha256') => ({
    'upload-checksum': `${algorithm} ${hash(algorithm, of, 'base64')}`
  })
  t.equal((await part(client, url, 0, Buffer.from('ab'))).status, 204)
  const wrong = await part(client, url, 2, Buffer.from('cx'), checksum('cd'))
  t.match(wrong.json(), { status: 460, detail: /sha256 .* send them again/ })
  t.match((await client.get(url)).json(), { offset: 2 })
  t.equal((await part(client, url, 2, Buffer.from('c'))).status, 204, 'a part without one begins there')
  t.match((await client.get(url)).json(), { offset: 3 })
  t.equal((await part(client, url, 3, Buffer.from('d'), checksum('d', 'sha1'))).status, 204)
  t.equal((await part(client, url, 4, Buffer.from('e'), checksum('e', 'md5'))).status, 204)
  for (const header of ['crc32 AAAA', 'sha1', 'sha1 ?'])
    t.match((await part(client, url, 5, Buffer.from('f'), { 'upload-checksum': header })).json(), {
      status: 400,
      errors: [{ pointer: '/upload-checksum', in: 'headers', detail: /sha1, sha256, md5/ }]
    })
  t.equal((await client.call('DELETE', url, { headers: tus })).status, 204)
  t.same(incoming(client), [])

  const other = await begun(client, 1)
  rmSync(join(client.db.filesFolder, 'incoming', other.slice('/v1/uploads/'.length)))
  t.equal((await client.get(other)).status, 404, 'an upload without its bytes is none')
})

t.test('a file that is refused makes room at once, and who goes on with it is told why', async (t) => {
  const client = await app(t)
  const url = await begun(client, 3)
  const id = url.slice('/v1/uploads/'.length)
  t.equal((await part(client, url, 0, Buffer.from('abc'))).status, 204)
  t.equal((await client.post('/v1/media', { upload: id })).status, 415)
  t.same(incoming(client), [`${id}.json`])
  const why = /The file was refused\. The bytes are of no type .* begin another upload/
  t.match((await client.get(url)).json(), { status: 410, detail: why })
  t.equal((await client.call('HEAD', url, { headers: tus })).status, 410)
  t.match((await part(client, url, 3, Buffer.from('d'))).json(), { status: 410, detail: why })
  t.match((await client.post('/v1/media', { upload: id })).json(), {
    status: 422,
    errors: [{ pointer: '/upload', detail: /was refused\. .* Send another file/ }]
  })
  for (let i = 0; i < 50; i++) t.equal((await begin(client, 1)).status, 201, 'it is not among the unfinished')
  t.equal((await client.call('DELETE', url, { headers: tus })).status, 204)
  t.match((await client.get(url)).json(), { status: 404, detail: /no such upload here: .* another machine/ })
})

t.test('a token has so many unfinished uploads, and the newsroom so much room', async (t) => {
  const client = await app(t, { config: { ONRECORD_FILES_MB: 1 } })
  t.equal((await begin(client, 1_000_001)).status, 507)
  for (let i = 0; i < 50; i++) t.equal((await begin(client, 1)).status, 201)
  t.match((await begin(client, 1)).json<Problem>(), { status: 429, detail: /50 uploads of this token/ })
})

t.test('an upload that gets no part for a day is removed', async (t) => {
  const { clock, forward } = clockwork()
  const client = await app(t, { clock })
  const url = await begun(client, 3)
  forward(23 * 3600_000)
  t.equal((await part(client, url, 0, Buffer.from('a'))).status, 204, 'each part gives it another day')
  forward(23 * 3600_000)
  t.equal((await client.get(url)).status, 200)
  forward(3600_000 + 1000)
  t.equal((await client.get(url)).status, 404)
})

t.test('pages of other origins may read how far an upload is', async (t) => {
  const client = await app(t, { config: { ONRECORD_CORS_ORIGINS: 'https://desk.example' } })
  const made = await begin(client, 1, { origin: 'https://desk.example' })
  t.match(
    made.headers['access-control-expose-headers'],
    /Location.*Tus-Resumable, Upload-Offset, Upload-Length/
  )
})

t.test(
  'what came before a connection broke is kept, and one that is not known to be broken gives way',
  async (t) => {
    const client = await app(t)
    const address = new URL(await client.server.listen({ port: 0, host: '127.0.0.1' }))
    const url = await begun(client, 10)
    const path = join(client.db.filesFolder, 'incoming', url.slice('/v1/uploads/'.length))
    const hanging = (offset: number, bytes: string) => {
      const socket = connect(Number(address.port), '127.0.0.1')
      socket.on('error', () => {})
      socket.write(
        `PATCH ${url} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer onr_test\r\ncontent-type: ${partType}\r\nupload-offset: ${offset}\r\ncontent-length: 10\r\n\r\n${bytes}`
      )
      return socket
    }
    const broken = hanging(0, 'abc')
    await until(() => statSync(path).size === 3)
    broken.destroy()
    const silent = hanging(3, 'de')
    await until(() => statSync(path).size === 5)
    t.equal((await part(client, url, 5, Buffer.from('fg'))).status, 204)
    await until(() => silent.destroyed)
    hanging(7, 'h')
    await until(() => statSync(path).size === 8)
    t.equal(
      (await client.call('DELETE', url, { headers: tus })).status,
      204,
      'so it does where it is deleted'
    )
    t.notOk(existsSync(path))
  }
)

t.test('an upload goes on after the service was killed', async (t) => {
  const home = folder(t)
  const known = { ONRECORD_ADMIN_TOKEN: 'onr_test' }
  const headers = { ...tus, authorization: 'Bearer onr_test' }
  const first = await served(t, home, 'serve', known)
  const made = await fetch(`${first.address}/v1/uploads`, {
    method: 'POST',
    headers: { ...headers, 'upload-length': '6' }
  })
  const url = made.headers.get('location')!
  const send = (address: string, offset: number, body: string) =>
    fetch(address + url, {
      method: 'PATCH',
      body,
      headers: { ...headers, 'content-type': partType, 'upload-offset': String(offset) }
    })
  t.equal((await send(first.address, 0, 'abc')).status, 204)
  await first.kill()
  const second = await served(t, home, 'serve', known)
  const head = await fetch(second.address + url, { method: 'HEAD', headers })
  t.equal(head.headers.get('upload-offset'), '3')
  t.equal((await send(second.address, 3, 'def')).headers.get('upload-offset'), '6')
  await second.stop()
})
