// Buckets of S3-compatible servers for tests, and what the files of a newsroom in one of them have to stand.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import sharp from 'sharp'
import type { Test } from 'tap'
import type { Config } from '../../src/config/config.ts'
import type { DraftMedia } from '../../src/content/media/schema.ts'
import type { Blobs } from '../../src/files/blobs/blobs.ts'
import { openBlobs, type StoreSettings } from '../../src/files/blobs/open.ts'
import { check } from '../../src/files/upkeep/check.ts'
import { sweep } from '../../src/files/upkeep/sweep.ts'
import { app, folder } from './app.ts'
import { run } from './commands.ts'
import { noise, rendered, uploaded } from './pictures.ts'

/** The settings of a store, as a test hands them to an app and to a command. */
export type Settings = StoreSettings & Pick<Config, 'ONRECORD_S3_REGION' | 'ONRECORD_S3_ADDRESSING'>

/** Answers a request in the place of the server; false where it does not. */
export type Hook = (request: IncomingMessage, response: ServerResponse) => boolean

/** A server in this process, with one bucket. `hook` may be set to answer requests in its place. */
export async function bucketServer(t: Test) {
  const { default: S3rver } = await import('@20minutes/s3rver')
  const directory = folder(t)
  const store = new S3rver({
    directory,
    silent: true,
    vhostBuckets: false,
    configureBuckets: [{ name: 'news' }]
  })
  await store.configureBuckets()
  const answer = store.callback()
  const state: { hook: Hook; asked: string[] } = { hook: () => false, asked: [] }
  const server = createServer((request, response) => {
    state.asked.push(`${request.method} ${request.url}`)
    if (!state.hook(request, response)) answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
    store.logger.exceptions.unhandle()
    store.logger.close()
  })
  const settings: Settings = {
    ONRECORD_FILES: 's3://news/pictures',
    ONRECORD_S3_ENDPOINT: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ONRECORD_S3_REGION: 'us-east-1',
    ONRECORD_S3_ADDRESSING: 'path',
    AWS_ACCESS_KEY_ID: 'S3RVER',
    AWS_SECRET_ACCESS_KEY: 'S3RVER',
    AWS_SESSION_TOKEN: undefined
  }
  return { directory, settings, state }
}

/** The settings as the environment has them. */
export const environmentOf = (settings: Settings) =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined))

/** All digests of a store. */
export async function digestsIn(store: Blobs) {
  const digests: string[] = []
  for await (const some of store.list()) digests.push(...some.map(({ digest }) => digest))
  return digests.sort()
}

const noisyJpeg = (width: number, height: number) => noise(width, height, 30).jpeg({ quality: 95 }).toBuffer()

/** Sends, serves, checks, sweeps, backs up and restores the files of a newsroom in this bucket. */
export async function keepsFiles(t: Test, settings: Settings) {
  const home = folder(t)
  const client = await app(t, { file: join(home, 'news.db'), config: settings as Partial<Config> })
  const store = await openBlobs(client.db, settings)
  await client.put('/v1/media-settings', { widths: [300], formats: ['jpeg'], crops: [] })
  const bytes = await noisyJpeg(1200, 900)
  const { id, file } = await uploaded(client, bytes)
  t.equal((await rendered(client, id)).rendering?.state, 'ready', 'a rendition is made of it')
  t.equal((await uploaded(client, bytes)).file?.digest, file!.digest)
  t.equal((await digestsIn(store)).length, 2, 'the same bytes are stored once')
  await client.post(`/v1/media/${id}/credits`, { creditLine: 'Harbour Wire', creators: ['Ana'] })
  await rendered(client, id)
  const story = await client.draft({ leadMediaId: id })
  t.equal((await client.post(`/v1/articles/${story.id}/publish`)).status, 200)
  const url = (await client.read(`/v1/media/${id}`)).json<DraftMedia>().renditions![0]!.url
  const whole = await client.server.inject(url)
  t.equal(whole.statusCode, 200)
  t.equal((await sharp(whole.rawPayload).metadata()).width, 300)
  t.match(whole.headers, {
    'content-type': 'image/jpeg',
    'content-length': String(whole.rawPayload.length),
    'accept-ranges': 'bytes',
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'public, max-age=31536000, immutable'
  })
  const { etag } = whole.headers
  t.equal((await client.server.inject({ url, headers: { 'if-none-match': String(etag) } })).statusCode, 304)
  for (const [range, start, end] of [
    ['bytes=10-19', 10, 20],
    ['bytes=-7', -7, undefined]
  ] as const) {
    const part = await client.server.inject({ url, headers: { range } })
    t.equal(part.statusCode, 206, range)
    t.same(part.rawPayload, whole.rawPayload.subarray(start, end), range)
  }
  t.equal((await client.server.inject({ url, method: 'HEAD' })).statusCode, 200)
  const authorization = 'Bearer onr_test'
  const original = await client.server.inject({
    url: file!.url,
    headers: { authorization }
  })
  t.same(original.rawPayload, bytes, 'the file is as it came')

  const faults: string[] = []
  const tell = (fault?: string) => void (fault && faults.push(fault))
  t.same(await check(client.db.read, store, { digests: true, tell }), { files: 1, renditions: 2, orphans: 0 })
  t.same(faults, [])

  const env = environmentOf(settings)
  const copy = join(home, 'monday.db')
  t.match(
    (await run(home, ['backup', copy], env)).out,
    /^\S+media-files holds 3 files of media, \d+ bytes: /m
  )

  // A picture that is deleted, and one that nothing names but that may be on its way to a record.
  const other = await uploaded(client, await noisyJpeg(30, 20))
  const rendering = await rendered(client, other.id)
  t.equal(rendering.rendering?.state, 'ready')
  t.equal((await client.remove(`/v1/media/${other.id}`)).status, 204)
  t.equal((await digestsIn(store)).length, 5)
  t.same(await sweep(client.db, store, Date.now() - 86_400_000), { orphans: 0, interrupted: 0 })
  t.same(await sweep(client.db, store, Date.now() + 60_000), { orphans: 2, interrupted: 0 })
  t.equal((await digestsIn(store)).length, 3)

  await store.removeOld(file!.digest, Date.now() + 60_000, async (work) => work())
  t.equal(await store.find(file!.digest), undefined)
  const lost = await run(home, ['media', 'verify'], env)
  t.match(lost, { code: 1, out: /1 file and 2 renditions: 1 fault\./ })
  t.equal((await client.server.inject({ url: file!.url, headers: { authorization } })).statusCode, 503)
  await client.server.close()
  t.match(await run(home, ['restore', copy, '--force'], env), {
    code: 0,
    out: /Held against the digests: 3 files of media, 1 brought back/
  })
  t.match(await store.find(file!.digest), { bytes: bytes.length })
}
