// Files of media in a bucket of an S3-compatible store.
import { createHash } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import sharp from 'sharp'
import t from 'tap'
import { type Config, readConfig } from '../../src/config/config.ts'
import { checkStore, openBlobs } from '../../src/files/blobs/open.ts'
import { type Bucket, bucketClient, textOf } from '../../src/files/blobs/s3/client.ts'
import { pagesOf } from '../../src/files/blobs/s3/listing.ts'
import type { Problem } from '../../src/http/problems.ts'
import { app, folder } from '../support/app.ts'
import { bucketServer, digestsIn, environmentOf, keepsFiles, type Settings } from '../support/buckets.ts'
import { run } from '../support/commands.ts'

const day = 86_400_000

const clientOf = (
  settings: Settings,
  more: Partial<Bucket> = {},
  patience?: { before: number; within: number }
) =>
  bucketClient(
    {
      name: 'news',
      prefix: 'pictures/',
      region: 'us-east-1',
      endpoint: settings.ONRECORD_S3_ENDPOINT!,
      addressing: 'path',
      accessKeyId: 'S3RVER',
      secretAccessKey: 'S3RVER',
      ...more
    },
    patience
  )

/** Answers as a store does that refuses. */
function refuse(response: ServerResponse, status: number, code: string) {
  response.writeHead(status, { 'content-type': 'application/xml' }).end(`<Error><Code>${code}</Code></Error>`)
  return true
}

t.test('files are kept in a bucket as they are in a folder', async (t) => {
  const { settings, state } = await bucketServer(t)
  await keepsFiles(t, settings)
  const others = state.asked.filter((one) => !/^\w+ \/news(?:\?|\/pictures\/)/.test(one))
  t.same(others, [], 'nothing else of the bucket is touched')
})

t.test('a start says what is wrong with a bucket, and what to do', async (t) => {
  const { settings, state } = await bucketServer(t)
  const start = (more: object) =>
    run(folder(t), ['serve'], { ...environmentOf(settings), ...more }).then(({ code, err }) => {
      t.equal(code, 1)
      return err
    })
  t.match(
    await start({ ONRECORD_FILES: 's3://nowhere' }),
    /There is no bucket nowhere at http\S+: create it, or name another in ONRECORD_FILES/
  )
  t.match(
    await start({ AWS_SECRET_ACCESS_KEY: 'guessed' }),
    /does not take these keys \(SignatureDoesNotMatch\): set AWS_ACCESS_KEY_ID/
  )
  state.hook = ({ method }, response) => method === 'PUT' && refuse(response, 403, 'AccessDenied')
  t.match(await start({}), /may not write in the bucket news at \S+ \(AccessDenied\): allow s3:ListBucket/)
  state.hook = (_, response) => Boolean(response.writeHead(403).end())
  t.match(await start({}), /may not list in the bucket news at \S+ \(403\)/)
  state.hook = (_, response) => refuse(response, 301, 'PermanentRedirect')
  t.match(await start({}), /in another region \(PermanentRedirect\): set ONRECORD_S3_REGION/)
  state.hook = (_, response) => Boolean(response.writeHead(307).end())
  t.match(await start({}), /in another region \(307\)/)
  t.match(
    await start({ ONRECORD_S3_ENDPOINT: 'http://127.0.0.1:1' }),
    /cannot be kept in the bucket news: GET in the bucket news at \S+ was not answered: .*ECONNREFUSED/
  )
  t.match(
    await start({ ONRECORD_FILES: 's3://news', ONRECORD_S3_ENDPOINT: undefined, AWS_ACCESS_KEY_ID: '' }),
    /Bad configuration: AWS_ACCESS_KEY_ID/
  )
  t.match(await start({ AWS_ACCESS_KEY_ID: undefined }), /names a bucket, which needs AWS_ACCESS_KEY_ID and/)
  state.hook = (_, response) => refuse(response, 507, '')
  t.match(
    await start({}),
    /cannot be kept in the bucket news: GET in the bucket news at \S+ was answered 507/
  )
  state.hook = () => false
  await checkStore(settings)
  await checkStore({ ...settings, ONRECORD_FILES: undefined })
  const from = state.asked.length
  await checkStore({ ...settings, ONRECORD_FILES: 's3://news/' })
  t.match(state.asked[from + 1], /^PUT \/news\/removing\/start-\d+$/)
  t.same(await digestsIn(await openBlobs({ filesFolder: folder(t) }, settings)), [])
})

t.test('addresses have the bucket in the path or in the host, Amazon where no other is named', async (t) => {
  const { settings } = await bucketServer(t)
  const inHost = clientOf(settings, { endpoint: 'https://store.invalid/base/', addressing: 'host' })
  await t.rejects(inHost.send({ method: 'GET', key: 'a' }), { status: 0, message: /news\.store\.invalid/ })
  const standard = { ...readConfig({ AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' }) }
  const amazon = { ...standard, ONRECORD_FILES: 's3://news', ONRECORD_S3_REGION: 'no-where-1' }
  await t.rejects(checkStore(amazon), /at https:\/\/s3\.no-where-1\.amazonaws\.com was/)
})

t.test('what may pass is asked for again, and what does not is told', async (t) => {
  const { settings, state } = await bucketServer(t)
  const client = clientOf(settings, { sessionToken: 'for an hour' })
  const hasty = clientOf(settings, { sessionToken: 'for an hour' }, { before: 50, within: 50 })
  let busy = 2
  state.hook = ({ headers }, response) => {
    t.equal(headers['x-amz-security-token'], 'for an hour')
    return busy-- > 0 ? refuse(response, 503, 'SlowDown') : Boolean(response.end('here'))
  }
  t.equal(await textOf(await client.send({ method: 'GET', key: 'a' })), 'here')
  busy = 3
  await t.rejects(client.send({ method: 'GET', key: 'a' }), /was answered 503 SlowDown/)
  state.hook = () => true
  await t.rejects(hasty.send({ method: 'GET', key: 'a' }), /nothing came for 0.05 s/)
  state.hook = (_, response) => response.write('it begins')
  await t.rejects(hasty.send({ method: 'GET', key: 'a' }).then(textOf))
  state.hook = (_, response) => Boolean(response.end('x'.repeat(2_000_001)))
  await t.rejects(client.send({ method: 'GET', key: 'a' }).then(textOf), /no end/)
  state.hook = (_, response) => {
    response.writeHead(403, { 'content-length': 100 }).write('half')
    setTimeout(() => response.destroy(), 20)
    return true
  }
  await t.rejects(client.send({ method: 'GET', key: 'a' }), /was answered 403$/)
  const gone = { path: '/nowhere/at/all', bytes: 3, digest: '0'.repeat(64), type: 'image/png' }
  state.hook = () => false
  await t.rejects(clientOf(settings).send({ method: 'PUT', key: 'a', upload: gone }), /ENOENT/)
})

t.test('a list goes on, page after page', async (t) => {
  const { settings, state } = await bucketServer(t)
  const entry = (key: string) =>
    `<Contents><Key>${key}</Key><LastModified>2026-11-02T08:30:00.000Z</LastModified><Size>3</Size></Contents>`
  state.hook = ({ url }, response) => {
    const isSecond = url!.includes('continuation-token=a%2Fb%26c')
    const next = '<NextContinuationToken>a/b&amp;c</NextContinuationToken>'
    const page = isSecond ? entry('x/&lt;2&gt;') : entry('x/1') + next
    return Boolean(response.end(`<?xml version="1.0"?><ListBucketResult>${page}</ListBucketResult>`))
  }
  const pages = []
  for await (const page of pagesOf(clientOf(settings), 'x/')) pages.push(page)
  const putAt = Date.parse('2026-11-02T08:30:00Z')
  t.same(pages, [[{ key: 'x/1', bytes: 3, putAt }], [{ key: 'x/<2>', bytes: 3, putAt }]])
})

t.test('what is full is 507, what does not answer 503, and nothing is left of either', async (t) => {
  const { settings, state } = await bucketServer(t)
  const client = await app(t, { config: settings as Partial<Config> })
  const payload = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#123' } })
    .png()
    .toBuffer()
  const send = () => client.call('POST', '/v1/media', { payload, headers: { 'content-type': 'image/png' } })
  state.hook = ({ method }, response) => method === 'PUT' && refuse(response, 507, 'XMinioStorageFull')
  const full = await send()
  t.equal(full.status, 507)
  t.equal(full.json<Problem>().detail, 'The store of files is full: nothing was written.')
  state.hook = (_, response) => refuse(response, 403, 'QuotaExceeded')
  t.equal((await send()).status, 507)
  state.hook = (_, response) => refuse(response, 500, 'InternalError')
  const down = await send()
  t.equal(down.status, 503)
  t.equal(down.json<Problem>().detail, 'The store of files cannot take this right now.')
  state.hook = () => false
  t.same((await client.get('/v1/media?edition=draft')).json<{ data: unknown[] }>().data, [])
  t.equal((await send()).status, 201)
})

t.test('no file is removed that somebody else puts there meanwhile', async (t) => {
  const { settings, state } = await bucketServer(t)
  const home = folder(t)
  const store = await openBlobs({ filesFolder: home }, settings)
  const client = clientOf(settings)
  const digest = createHash('sha256').update('abc').digest('hex')
  const path = join(home, 'a')
  async function put() {
    writeFileSync(path, 'abc')
    await store.put(digest, path, 'image/png')
  }
  await put()
  t.notOk(existsSync(path), 'it is in the bucket, and no longer here')
  const later = Date.now() + day
  t.notOk(await store.removeOld(digest, later, async () => false), 'a record names it')
  t.notOk(await store.removeOld(digest, Date.now() - day, async (work) => work()), 'it is fresh')
  // While the mark stands, neither is sure that the file stays.
  const removing = store.removeOld(digest, later, async (work) => {
    await t.rejects(put(), /is being removed/)
    return work()
  })
  t.ok(await removing)
  t.equal(await store.find(digest), undefined)
  t.notOk(await store.removeOld(digest, later, async (work) => work()), 'it is gone already')
  await put()

  // The mark of a process that was killed holds for an hour, and is removed by the sweeper.
  ;(await client.send({ method: 'PUT', key: `removing/${digest}` })).resume()
  await t.rejects(put(), /is being removed/)
  t.same(await digestsIn(store), [digest], 'a mark is no file')
  t.equal(await store.removeInterrupted(Date.now() - day), 0)
  await t.rejects(put(), /is being removed/)
  await store.removeInterrupted(later)
  await put()

  const upload = {
    path,
    bytes: 3,
    digest: createHash('sha256').update('xyz').digest('hex'),
    type: 'image/png'
  }
  writeFileSync(path, 'xyz')
  ;(await client.send({ method: 'PUT', key: `${digest.slice(0, 2)}/${digest}`, upload })).resume()
  await t.rejects(
    store.withFile(digest, async () => t.fail('it is damaged')),
    /has other bytes/
  )
  t.equal(store.isSurelyMissing(digest), false)
  await t.rejects(store.read('0'.repeat(64)), { code: 'ENOENT' })
  state.hook = (_, response) => refuse(response, 403, 'AccessDenied')
  await t.rejects(store.find(digest), /answered 403/)
})
