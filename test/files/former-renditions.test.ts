// Addresses of renditions that readers were shown before: they lead on to those that they are shown now.
import sharp from 'sharp'
import t, { type Test } from 'tap'
import type { DraftMedia, Media } from '../../src/content/media/schema.ts'
import { rebuild } from '../../src/publishing/compile/rebuild.ts'
import { app, type Client } from '../support/app.ts'
import { noise, rendered, uploaded } from '../support/pictures.ts'

const minute = 60_000
const square = (...widths: number[]) => ({ name: 'square', width: 1, height: 1, widths })
const before = { widths: [32, 64], formats: ['jpeg', 'webp', 'avif'], crops: [square(16, 48)] }
const after = { widths: [24, 40], formats: ['jpeg', 'webp'], crops: [square(32)] }

async function newsroom(t: Test, settings: object = before) {
  const clock = { now: new Date('2026-11-02T08:00:00Z') }
  const client = await app(t, { clock: () => clock.now })
  await client.put('/v1/media-settings', settings)
  return { ...client, clock }
}

type Newsroom = Awaited<ReturnType<typeof newsroom>>

/** A picture with a credit, in a published article. */
async function published(
  client: Client,
  credit: { creditLine?: string; expiresAt?: string } = {},
  bytes?: Buffer
) {
  const { id } = await uploaded(client, bytes ?? (await noise(80, 60).jpeg().toBuffer()))
  const made = await client.post(`/v1/media/${id}/credits`, { creditLine: 'Ana', ...credit })
  const draft = await rendered(client, id)
  return { id, credit: made.json<{ id: string }>().id, draft, story: await storyWith(client, id) }
}

/** Publishes an article with this picture. Answers its id. */
async function storyWith({ draft, post }: Client, leadMediaId: string) {
  const { id } = await draft({ leadMediaId })
  const { status, body } = await post(`/v1/articles/${id}/publish`)
  if (status !== 200) throw new Error(body)
  return id
}

/** Changes the settings, and waits for the renditions of a picture. Answers its draft. */
async function changed({ clock, ...client }: Newsroom, settings: object, id: string): Promise<DraftMedia> {
  clock.now = new Date(clock.now.getTime() + 1000)
  await client.put('/v1/media-settings', settings)
  // The job that looks for pictures may not have come to this one.
  await client.patch(`/v1/media/${id}`, { caption: clock.now.toISOString() })
  return rendered(client, id)
}

/** The same, and renews what is published. */
async function renewed(client: Newsroom, settings: object, id: string): Promise<DraftMedia> {
  const draft = await changed(client, settings, id)
  const { status, body } = await client.post(`/v1/media/${id}/republish`)
  if (status !== 200) throw new Error(body)
  return draft
}

const pathOf = (url: string) => new URL(url, 'http://localhost').pathname
const nameOf = (url: string) => url.split('/').at(-1)!
const folderOf = ({ renditions }: Media) => pathOf(renditions![0]!.url).replace(/[^/]+$/, '')

t.test('a former address leads to the nearest rendition of the same crop that is public', async (t) => {
  const client = await newsroom(t)
  const { read, get } = client
  const { id, draft } = await published(client)
  for (const { url } of draft.renditions!) t.equal((await read(url)).status, 200, url)
  const now = await renewed(client, after, id)
  for (const [from, to] of [
    ['32.jpg', '40.jpg'],
    ['64.jpg', '40.jpg'],
    ['32.webp', '40.webp'],
    ['32.avif', '40.jpg'],
    ['square-16.jpg', 'square-32.jpg'],
    ['square-48.webp', 'square-32.webp'],
    ['square-48.avif', 'square-32.jpg']
  ] as const) {
    const { status, headers, body } = await read(folderOf(draft) + from)
    t.match(
      { status, headers, body },
      { status: 307, headers: { location: folderOf(now) + to }, body: '' },
      from
    )
  }
  const former = `${folderOf(draft)}32.webp`
  const moved = await client.server.inject({
    url: former,
    headers: { range: 'bytes=0-1', 'if-match': '"x"' }
  })
  t.match(moved, { statusCode: 307, body: '' })
  t.match(moved.headers, {
    'cache-control': 'public, max-age=60',
    'surrogate-key': id,
    'cross-origin-resource-policy': 'cross-origin',
    'content-length': '0'
  })
  t.notOk('etag' in moved.headers)
  t.match(await client.server.inject({ method: 'HEAD', url: former }), { statusCode: 307 })
  t.equal((await read(String(moved.headers.location))).status, 200)
  t.equal((await get(former)).headers.location, moved.headers.location, 'a token changes nothing')
  t.equal((await get(`${former}?edition=draft`)).status, 200, 'the desk has the former file')
  t.equal((await read(`${folderOf(draft)}33.webp`)).status, 404)
})

t.test('what readers were never shown is not there, whatever came of it', async (t) => {
  const client = await newsroom(t)
  const { id } = await published(client)
  const unseen = await changed(client, { ...after, widths: [56] }, id)
  const unpublished = `${folderOf(unseen)}56.jpg`
  t.equal((await client.read(unpublished)).status, 404)
  await renewed(client, after, id)
  t.equal((await client.read(unpublished)).status, 404)
})

t.test('a crop that is made no more leads nowhere, unless an article shows it', async (t) => {
  const client = await newsroom(t)
  const { id, draft } = await published(client)
  const crop = `${folderOf(draft)}square-48.jpg`
  const between = await renewed(client, { ...after, baseUrl: 'https://api.news.example/' }, id)
  t.equal(
    (await client.read(crop)).headers.location,
    `https://api.news.example${folderOf(between)}square-32.jpg`
  )
  // Another article has the picture without the crop, and the first keeps its own.
  const last = await changed(client, { ...after, crops: [] }, id)
  await storyWith(client, id)
  t.equal((await client.read(crop)).headers.location, `${folderOf(between)}square-32.jpg`)
  t.equal((await client.read(`${folderOf(draft)}32.jpg`)).headers.location, `${folderOf(last)}40.jpg`)
  await client.post(`/v1/media/${id}/republish`)
  t.equal((await client.read(crop)).status, 404)
})

t.test('with the former settings the addresses lead the other way', async (t) => {
  const client = await newsroom(t)
  const { id, draft } = await published(client)
  const between = await renewed(client, after, id)
  await changed(client, before, id)
  // A caption is in no rendition.
  await client.post(`/v1/media/${id}/republish`)
  t.equal((await client.read(`${folderOf(draft)}32.jpg`)).status, 200)
  t.equal((await client.read(`${folderOf(between)}24.jpg`)).headers.location, `${folderOf(draft)}32.jpg`)
})

t.test('renditions with former credits lead to those with the present ones', async (t) => {
  const client = await newsroom(t)
  const { id, credit, draft } = await published(client)
  await client.patch(`/v1/media-credits/${credit}`, { creditLine: 'Ana/Wire' })
  await rendered(client, id)
  await client.post(`/v1/media/${id}/republish`)
  const { headers } = await client.read(`${folderOf(draft)}64.jpg`)
  t.equal(nameOf(String(headers.location)), '64.jpg')
  const shown = await client.server.inject(String(headers.location))
  t.match((await sharp(shown.rawPayload).metadata()).xmp!.toString(), /Ana\/Wire/)
})

t.test('what was withdrawn, or whose rights have ended, leads nowhere', async (t) => {
  const client = await newsroom(t)
  const { clock, read, post } = client
  const first = await published(client, { expiresAt: '2026-11-02T08:00:31Z' })
  const second = await published(client)
  for (const { id } of [first, second]) await renewed(client, after, id)
  const [ends, goesOn] = [first, second].map(({ draft }) => `${folderOf(draft)}32.jpg`)
  const moved = await read(ends!)
  t.equal(moved.status, 307)
  t.match(moved.headers['cache-control'], /^public, max-age=2\d$/, 'no redirect outlives a right')
  clock.now = new Date(clock.now.getTime() + minute)
  t.equal((await read(ends!)).status, 410, 'before its article was published without it')
  t.match((await read(`/v1/media/${first.id}`)).json(), {
    url: null,
    unavailable: { reason: 'rights-ended' }
  })
  t.equal((await read(ends!)).status, 410)
  t.equal((await read(goesOn!)).status, 307)
  t.equal((await post(`/v1/articles/${second.story}/withdraw`)).status, 200)
  t.equal((await read(goesOn!)).status, 410)
})

t.test('of two records of the same bytes each leads to its own renditions', async (t) => {
  const client = await newsroom(t)
  const { read, post } = client
  const bytes = await noise(80, 60).jpeg().toBuffer()
  const [ana, bo] = [await published(client, {}, bytes), await published(client, { creditLine: 'Bo' }, bytes)]
  const now = [await renewed(client, after, ana.id), await renewed(client, after, bo.id)].map(folderOf)
  const [ofAna, ofBo] = [ana, bo].map(({ draft }) => `${folderOf(draft)}32.jpg`)
  t.equal((await read(ofAna!)).headers.location, `${now[0]}40.jpg`)
  t.equal((await read(ofBo!)).headers.location, `${now[1]}40.jpg`)
  await post(`/v1/articles/${ana.story}/withdraw`)
  t.equal((await read(ofAna!)).status, 410)
  t.equal((await read(ofBo!)).headers.location, `${now[1]}40.jpg`)
  await client.patch(`/v1/articles/${ana.story}`, { leadMediaId: null })
  t.equal((await client.remove(`/v1/media/${ana.id}`)).status, 204)
  t.equal((await read(ofAna!)).status, 410, 'it was withdrawn, and its record is gone')
})

t.test('a right that ends does so for former renditions that an article still shows', async (t) => {
  const client = await newsroom(t)
  const { clock, read } = client
  const { id, draft } = await published(client, { expiresAt: '2026-11-02T08:05:00Z' })
  await changed(client, after, id)
  await storyWith(client, id)
  const { status, headers } = await read(`${folderOf(draft)}32.jpg`)
  t.equal(status, 200)
  t.match(headers['cache-control'], /^public, max-age=2\d\d$/)
  clock.now = new Date(clock.now.getTime() + 5 * minute)
  t.equal((await read(`${folderOf(draft)}32.jpg`)).status, 410)
})

t.test('what an older release published leads on after the upgrade', async (t) => {
  const client = await newsroom(t)
  const { id, draft } = await published(client)
  // The older release noted no sets; a start of the newer one compiles all that is published anew.
  await client.db.write('a test', async ({ q, t: { publishedSets, rebuilds } }) => {
    await q.delete(publishedSets)
    await q.update(rebuilds).set({ after: '' })
  })
  t.equal((await client.read(`${folderOf(draft)}32.jpg`)).status, 200)
  t.equal(await rebuild(client.db), 1)
  const now = await renewed(client, after, id)
  t.equal((await client.read(`${folderOf(draft)}32.jpg`)).headers.location, `${folderOf(now)}40.jpg`)
})

t.test('a picture of another service of this kind is published by its address there', async (t) => {
  const client = await newsroom(t)
  const url = `https://api.elsewhere.example/v1/files/${'0'.repeat(64)}/32.jpg`
  const { id } = (await client.post('/v1/media', { kind: 'image', url })).json<DraftMedia>()
  await client.post(`/v1/media/${id}/credits`, { creditLine: 'Bo' })
  await storyWith(client, id)
  t.equal((await client.read(`/v1/media/${id}`)).json<Media>().url, url)
  t.equal((await client.read(pathOf(url))).status, 404)
})
