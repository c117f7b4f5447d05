// Files of media from their first byte to their last: what a killed process leaves, what is removed, what is checked.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import sharp from 'sharp'
import t from 'tap'
import type { DraftMedia } from '../../src/content/media/schema.ts'
import { folderBlobs } from '../../src/files/blobs/folder.ts'
import { finish } from '../../src/files/renditions/store.ts'
import { check } from '../../src/files/upkeep/check.ts'
import { rebuild } from '../../src/files/upkeep/rebuild.ts'
import { startSweeping, sweep } from '../../src/files/upkeep/sweep.ts'
import { open } from '../../src/storage/sqlite/open.ts'
import { app, type Client, folder } from '../support/app.ts'
import { answered, run, served } from '../support/commands.ts'

const picture = (background: string) =>
  sharp({ create: { width: 40, height: 30, channels: 3, background } })
    .png()
    .toBuffer()
const digestOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const upload = async (client: Client, payload: Buffer) =>
  (
    await client.call('POST', '/v1/media', { payload, headers: { 'content-type': 'image/png' } })
  ).json<DraftMedia>()

/** The draft once its renditions are made. */
async function rendered(client: Client, id: string) {
  for (;;) {
    const draft = (await client.get(`/v1/media/${id}?edition=draft`)).json<DraftMedia>()
    if (draft.rendering?.state === 'ready') return draft
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}

/** Makes a file of the store as old as this. */
const age = (path: string) => utimesSync(path, 1000, 1000)
const day = 86_400_000

t.test('the bytes of deleted records go, and those that another record has stay', async (t) => {
  const client = await app(t)
  await client.put('/v1/media-settings', { widths: [16], formats: ['jpeg'] })
  const store = await folderBlobs(client.db.filesFolder)
  const red = await picture('red')
  const [one, two] = [await upload(client, red), await upload(client, red)]
  const other = await rendered(client, (await upload(client, await picture('blue'))).id)
  await rendered(client, one.id)
  const path = join(client.db.filesFolder, digestOf(red).slice(0, 2), digestOf(red))
  const all = () => readdirSync(client.db.filesFolder, { recursive: true }).filter((name) => name.length > 64)
  const ageAll = () => {
    for (const name of all()) age(join(client.db.filesFolder, String(name)))
  }
  ageAll()

  await client.remove(`/v1/media/${one.id}`)
  t.same(await sweep(client.db, store, Date.now() - day), { orphans: 0, interrupted: 0 })
  t.ok(existsSync(path), 'the other record has the same file')
  await client.remove(`/v1/media/${two.id}`)
  t.equal((await client.get(two.file!.url)).status, 404, 'it is served no longer')
  const again = await rendered(client, (await upload(client, red)).id)
  t.equal(again.file!.digest, digestOf(red), 'it is sent again')
  t.same(await sweep(client.db, store, Date.now() - day), { orphans: 0, interrupted: 0 })
  t.ok(existsSync(path), 'what was put there since stays')
  await client.remove(`/v1/media/${again.id}`)
  ageAll()
  t.same(await sweep(client.db, store, Date.now() - day), { orphans: 2, interrupted: 0 }, 'and its rendition')
  t.notOk(existsSync(path))
  t.equal((await client.get(other.file!.url)).status, 200)

  const { incoming } = store
  writeFileSync(join(incoming, '1-dead'), 'half')
  writeFileSync(join(incoming, '2-alive'), 'half')
  age(join(incoming, '1-dead'))
  const stray = join(client.db.filesFolder, '00', '0'.repeat(64))
  mkdirSync(join(client.db.filesFolder, '00'), { recursive: true })
  writeFileSync(stray, 'by hand')
  const removed = () => store.removeOld('0'.repeat(64), Date.now() - day, async (work) => work())
  t.notOk(await removed(), 'it may be on its way to a record')
  age(stray)
  const failed = (error: unknown) => void t.fail(String(error))
  const stop = startSweeping(client.db, async () => store, { clock: () => new Date(), failed, interval: 10 })
  while (existsSync(stray)) await new Promise((resolve) => setTimeout(resolve, 10))
  await stop()
  t.same(readdirSync(incoming), ['2-alive'])
  t.notOk(await removed(), 'it is gone already')

  const none = { renditions: [], placeholder: 'data:,', hash: '0'.repeat(16) }
  await client.db.write('renditions', (tx) => finish(tx, 'a set of a deleted picture', none))
})

t.test('a check names what is missing, cut, or other than it was', async (t) => {
  const client = await app(t)
  await client.put('/v1/media-settings', { widths: [16], formats: ['jpeg'] })
  const colours = ['red', 'lime', 'blue']
  const digests: string[] = []
  for (const colour of colours) {
    const { id, file } = await upload(client, await picture(colour))
    digests.push(file!.digest)
    await rendered(client, id)
  }
  const root = client.db.filesFolder
  const store = await folderBlobs(root)
  const checked = async (digests: boolean) => {
    const faults: string[] = []
    const counts = await check(client.db.read, store, {
      digests,
      tell: (fault) => void (fault && faults.push(fault))
    })
    return { ...counts, faults: faults.sort() }
  }
  t.same(await checked(true), { files: 3, renditions: 3, orphans: 0, faults: [] })
  const at = (digest: string) => join(root, digest.slice(0, 2), digest)
  const [missing, cut, changed] = digests as [string, string, string]
  const bytes = (await store.find(changed))!.bytes
  mkdirSync(join(root, '11'), { recursive: true })
  renameSync(at(missing), at('1'.repeat(64)))
  writeFileSync(at(cut), 'x')
  writeFileSync(at(changed), Buffer.alloc(bytes))
  const set = (await client.db.read.q.select().from(client.db.read.t.renditionSets))[0]!
  rmSync(at(set.renditions[0]!.digest))
  const rendition = `The rendition ${set.renditions[0]!.digest} of ${set.file} is missing`
  const quick = [
    `The file ${missing} is missing`,
    `The file ${cut} has 1 byte, not ${await sizeOf(client, cut)}`
  ]
  t.same(await checked(false), { files: 3, renditions: 3, orphans: 1, faults: [...quick, rendition].sort() })
  const all = [...quick, rendition, `The file ${changed} has other bytes than it had`]
  t.same((await checked(true)).faults, all.sort())
  const elsewhere = await folderBlobs(join(root, 'second'))
  writeFileSync(join(root, 'second', '22'), 'no folder')
  await t.rejects(
    elsewhere.find('2'.repeat(64)),
    { code: 'ENOTDIR' },
    'a store in disorder is no missing file'
  )
})

async function sizeOf(client: Client, digest: string) {
  const rows = await client.db.read.q.select().from(client.db.read.t.files)
  return rows.find((row) => row.digest === digest)!.bytes
}

t.test('nothing that was acknowledged is lost when the program is killed among uploads', async (t) => {
  const home = folder(t)
  const settings = { ONRECORD_ADMIN_TOKEN: 'onr_test', ONRECORD_RATE_LIMIT: 'off' }
  const headers = { authorization: 'Bearer onr_test', 'content-type': 'application/pdf' }
  const acknowledged = new Map<string, string>()
  let sent = 0
  for (const until of [15, 30, 50]) {
    const server = await served(t, home, 'serve', settings)
    const url = `${server.address}/v1/media`
    async function client() {
      for (;;) {
        const body = Buffer.from(`%PDF-1.4\n% file ${sent++}\n${'x'.repeat(50_000)}\n%%EOF\n`)
        const answer = await fetch(url, { method: 'POST', headers, body }).catch(() => undefined)
        if (answer === undefined) return
        const media = (await answer.json().catch(() => undefined)) as DraftMedia | undefined
        if (answer.status === 201 && media) acknowledged.set(media.id, digestOf(body))
        if (acknowledged.size >= until) server.kill()
      }
    }
    await Promise.all([client(), client(), client(), client()])
    await server.closed
  }
  t.ok(acknowledged.size >= 50)

  const checked = await run(home, ['media', 'verify'])
  t.equal(checked.code, 0, checked.out + checked.err)
  t.match(checked.out, /: 0 faults\./)
  const swept = await run(home, ['media', 'orphans', '--remove'])
  t.match(
    swept.out,
    /^Removed: 0 files that no record names, and \d+ incomplete ones?\.$/m,
    'they are younger than a day'
  )
  const root = join(home, 'news.db.files')
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) age(join(entry.parentPath, entry.name))
  t.match(
    (await run(home, ['media', 'orphans', '--remove'])).out,
    /^Removed: \d+ files? that no record names/
  )
  t.match(
    (await run(home, ['media', 'orphans'])).out,
    /^Named by no record: 0 files /,
    'no file is without a record'
  )
  t.same(readdirSync(join(root, 'incoming')), [])
  t.equal((await run(home, ['media', 'verify'])).code, 0, 'no record is without its file')
  const server = await served(t, home, 'serve', settings)
  for (const [id, digest] of [...acknowledged].slice(-3)) {
    const draft = await answered(`${server.address}/v1/media/${id}?edition=draft`, { headers })
    const { file } = (await draft.json()) as DraftMedia
    t.equal(file?.digest, digest)
    const bytes = await answered(`${server.address}${file!.url}`, { headers })
    t.equal(digestOf(Buffer.from(await bytes.arrayBuffer())), digest)
  }
  await server.stop()

  const db = open(`file:${join(home, 'news.db')}`)
  const [first] = acknowledged.values()
  await db.close()
  rmSync(join(db.filesFolder, first!.slice(0, 2), first!))
  const faulty = await run(home, ['media', 'verify', '--quick'])
  t.equal(faulty.code, 1)
  t.match(faulty.err, `The file ${first} is missing`)
  t.match(faulty.out, /: 1 fault\./)
})

t.test('renditions that are lost or could not be made are made anew, at the same addresses', async (t) => {
  const home = folder(t)
  const url = join(home, 'news.db')
  const client = await app(t, { file: url })
  await client.put('/v1/media-settings', { widths: [16], formats: ['jpeg'] })
  const pictures: DraftMedia[] = []
  for (const colour of ['red', 'lime', 'blue'])
    pictures.push(await rendered(client, (await upload(client, await picture(colour))).id))
  const [lost, failed, gone] = pictures as [DraftMedia, DraftMedia, DraftMedia]
  const { renditionSets: s } = client.db.read.t
  const setOf = async ({ file }: DraftMedia) => {
    const rows = await client.db.read.q.select().from(s)
    return rows.find((row) => row.file === file!.digest)!
  }
  const at = (digest: string) => join(client.db.filesFolder, digest.slice(0, 2), digest)
  const rendition = (await setOf(lost)).renditions[0]!.digest
  rmSync(at(rendition))
  rmSync(at((await setOf(gone)).renditions[0]!.digest))
  rmSync(at(gone.file!.digest))
  const { id } = await setOf(failed)
  await client.db.write('a test', (tx) =>
    tx.q.update(s).set({ state: 'failed', error: 'no memory', renditions: [] }).where(eq(s.id, id))
  )
  mkdirSync(join(client.db.filesFolder, '11'), { recursive: true })
  writeFileSync(at('1'.repeat(64)), 'by hand')
  t.match(
    (await run(home, ['media', 'verify'])).out,
    /3 files and 3 renditions: 3 faults\.\nNamed by no record: 1 more file \(/
  )
  const orphans = await run(home, ['media', 'orphans'])
  t.match(orphans.out, /^1{64}: 7 bytes, put there 20[\s\S]*\nNamed by no record: 1 file \(7 bytes\);/)
  t.equal(orphans.code, 0)

  const first = await run(home, ['media', 'rebuild-renditions'])
  t.equal(first.code, 1)
  t.equal(first.out, '3 sets of renditions: 2 made anew, 1 could not be made.\n')
  t.match(first.err, `The renditions of ${gone.file!.digest} could not be made: its file is missing`)
  t.ok(existsSync(at(rendition)))
  t.match(await rendered(client, failed.id), { rendering: { state: 'ready' }, renditions: [{ width: 16 }] })
  t.equal((await client.get(`${lost.renditions![0]!.url}?edition=draft`)).status, 200)
  await client.remove(`/v1/media/${gone.id}`)
  t.same(await run(home, ['media', 'rebuild-renditions']), {
    code: 0,
    out: '2 sets of renditions: 0 made anew, 0 could not be made.\n',
    err: ''
  })
  t.match((await run(home, ['media', 'rebuild-renditions', '--all'])).out, /2 made anew/)
  t.equal((await run(home, ['media', 'verify'])).code, 0)

  const store = await folderBlobs(client.db.filesFolder)
  const ends: (string | undefined)[] = []
  const deleting = {
    ...store,
    // The other picture is deleted while this one is being made.
    async withFile<T>(digest: string, work: (path: string) => Promise<T>) {
      const other = digest === lost.file!.digest ? failed : lost
      await client.remove(`/v1/media/${other.id}`)
      return store.withFile(digest, work)
    }
  }
  const tell = (fault?: string) => void ends.push(fault)
  await rebuild(client.db, deleting, { isForAll: true, threads: 0, tell })
  t.same(ends, [undefined, undefined], 'that is no fault')

  for (const args of [[], ['verify', 'orphans'], ['constructor']])
    t.match((await run(home, ['media', ...args])).err, /^npm run media -- verify/)
  t.match((await run(home, ['media', 'verify', '--all'])).err, /^verify has no --all: npm run media/)
  t.match(
    (await run(home, ['media', '--help'])).out,
    /rebuild-renditions --all +make all[\s\S]*ONRECORD_FILES /
  )
})
