// Changed settings of media: renditions are made anew in the background, and the former ones serve meanwhile.
import { renameSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import type { DraftArticle } from '../../src/content/articles/schema.ts'
import type { DraftMedia, Media } from '../../src/content/media/schema.ts'
import * as sets from '../../src/files/renditions/store.ts'
import type { Problem } from '../../src/http/problems.ts'
import { app, type Client, opened } from '../support/app.ts'
import { noise, rendered, uploaded } from '../support/pictures.ts'
import { keepTimetable } from '../support/timetable.ts'
import { until } from '../support/until.ts'

const minute = 60_000
const jpeg = () => noise(80, 60).jpeg().toBuffer()

/** An app whose clock the test moves: what could not be made is tried again when it does. */
async function newsroom(t: Test) {
  const clock = { now: new Date('2026-11-02T08:00:00Z') }
  const client = await app(t, { clock: () => clock.now })
  await client.put('/v1/media-settings', { widths: [16], formats: ['jpeg'] })
  return { ...client, clock }
}

/** Takes the file of a picture away, so that no renditions of it can be made. Answers how to bring it back. */
function takeAway({ db }: Client, { file }: DraftMedia) {
  const { digest } = file!
  const [there, away] = [digest.slice(0, 2), 'incoming'].map((name) => join(db.filesFolder, name, digest))
  renameSync(there!, away!)
  return () => renameSync(away!, there!)
}

/** A picture with a credit and renditions. */
async function picture(client: Client): Promise<DraftMedia> {
  const { id } = await uploaded(client, await jpeg())
  await client.post(`/v1/media/${id}/credits`, { creditLine: 'Ana' })
  return rendered(client, id)
}

const draftOf = async (client: Client, id: string) =>
  (await client.get(`/v1/media/${id}?edition=draft`)).json<DraftMedia>()
const namesIn = ({ renditions }: Media) => renditions!.map(({ url }) => url.split('/').at(-1))

/** The sets that wait to be made, of all pictures. */
const waiting = async ({ db: { read } }: Client) =>
  (await read.q.select().from(read.t.renditionSets)).filter(({ state }) => state === 'pending')

/** Whether a set could not be made so often, and waits for its next try: one that is being made is held for five minutes. */
const hasFailed = ({ clock }: { clock: { now: Date } }, { attempts, dueAt }: sets.RenditionSet, times = 1) =>
  attempts === times && Date.parse(dueAt!) < clock.now.getTime() + minute

t.test('former renditions serve, and count for publishing, until the new ones are complete', async (t) => {
  const client = await newsroom(t)
  const { clock, post, read } = client
  const before = await picture(client)
  const { id } = before
  const bringBack = takeAway(client, before)
  clock.now = new Date(clock.now.getTime() + minute)
  await client.put('/v1/media-settings', { widths: [32, 64], formats: ['jpeg', 'webp'] })
  await until(async () => (await waiting(client)).some((one) => hasFailed(client, one)))
  const meanwhile = await draftOf(client, id)
  t.match(meanwhile, { rendering: { state: 'pending' }, width: 16, url: before.url })
  t.same(meanwhile.renditions, before.renditions)

  const story = await client.draft({ leadMediaId: id })
  t.equal((await post(`/v1/articles/${story.id}/publish`)).status, 200)
  t.equal((await read(before.url!)).status, 200)

  bringBack()
  clock.now = new Date(clock.now.getTime() + minute)
  const after = await rendered(client, id)
  t.same(namesIn(after), ['32.jpg', '32.webp', '64.jpg', '64.webp'])
  const published = (await read(`/v1/media/${id}`)).json<Media>()
  t.same(published.renditions, before.renditions, 'a published article has those with which it was published')
  for (const { url } of published.renditions!) t.equal((await read(url)).status, 200, url)
  t.equal((await post(`/v1/media/${id}/republish`)).status, 200)
  for (const { url } of after.renditions!) t.equal((await read(url)).status, 200, url)
  const moved = await read(before.url!)
  t.match(moved, { status: 307, headers: { location: after.renditions![0]!.url } })

  takeAway(client, before)
  await client.put('/v1/media-settings', { widths: [48], formats: ['jpeg'] })
  t.same((await draftOf(client, id)).renditions, after.renditions, 'of two former sets the newer one serves')
})

t.test('renditions with other rights, or cut around another point, never serve', async (t) => {
  const client = await newsroom(t)
  const before = await picture(client)
  takeAway(client, before)
  const { id } = before
  const story = await client.draft({ leadMediaId: id })
  const isPublished = async () => {
    const { status, json } = await client.post(`/v1/articles/${story.id}/publish`)
    return status === 200 || !json<Problem>().errors!.some(({ code }) => code === 'renditions-missing')
  }
  await client.patch(`/v1/media/${id}`, { focalPoint: { x: 0, y: 1 } })
  t.match(await draftOf(client, id), { renditions: [], url: null })
  t.notOk(await isPublished())
  await client.patch(`/v1/media/${id}`, { focalPoint: null })
  t.same((await draftOf(client, id)).renditions, before.renditions)
  await client.patch(`/v1/media-credits/${before.credits[0]!.id}`, { creditLine: 'Ana/Wire' })
  await client.put('/v1/media-settings', { widths: [32], formats: ['jpeg'] })
  t.same((await draftOf(client, id)).renditions, [])
  t.notOk(await isPublished())
})

t.test('new uploads and edits are made first, and what other settings asked for no more', async (t) => {
  const client = await newsroom(t)
  const [first, second] = [await picture(client), await picture(client)]
  for (const one of [first, second]) takeAway(client, one)
  const fails = async (widths: number[], count: number) => {
    const made = await waiting(client)
    return (
      made.length === count &&
      made.every((one) => hasFailed(client, one) && one.recipe.widths.join() === widths.join())
    )
  }
  await client.put('/v1/media-settings', { widths: [32], formats: ['jpeg'] })
  await until(() => fails([32], 2))
  await client.put('/v1/media-settings', { widths: [64], formats: ['jpeg'] })
  await until(() => fails([64], 2))
  t.same(
    (await waiting(client)).map(({ background }) => background),
    [true, true]
  )

  const unseen = await uploaded(client, await jpeg())
  const isMade = await rendered(client, unseen.id)
  t.same(isMade.rendering!.state, 'ready')
  // A desk that goes back and forth waits for the second picture.
  await client.patch(`/v1/media/${second.id}`, { alt: 'A ferry.' })
  await client.patch(`/v1/media/${second.id}`, { alt: null })
  await until(() =>
    waiting(client).then((all) => all.length === 3 && all.every((one) => hasFailed(client, one)))
  )

  const later = await opened(t, client.db.file, () => new Date('2026-11-02T09:00:00Z'))
  const order: (string | undefined)[] = []
  for (let i = 0; i < 3; i++) order.push((await later.write('test', sets.claim))?.set.file)
  await later.close()
  const [last, ...sooner] = [first, second, second].map(({ file }) => file!.digest)
  t.same(order, [...sooner, last])
})

t.test(
  'a picture that has no renditions yet gets those of the new settings, and is waited for',
  async (t) => {
    const client = await newsroom(t)
    const before = await rendered(client, (await uploaded(client, await jpeg())).id)
    const bringBack = takeAway(client, before)
    // Never seen with this alternative text.
    await client.patch(`/v1/media/${before.id}`, { alt: 'A ferry.' })
    await until(async () => (await waiting(client)).some((one) => hasFailed(client, one)))
    await client.put('/v1/media-settings', { widths: [32], formats: ['jpeg'] })
    await until(async () =>
      (await waiting(client)).every((one) => hasFailed(client, one) && one.recipe.widths[0] === 32)
    )
    t.match(await waiting(client), [{ background: false, attempts: Number }])
    bringBack()
    client.clock.now = new Date(client.clock.now.getTime() + minute)
    t.match(await rendered(client, before.id), { width: 32, rendering: { state: 'ready' } })
  }
)

t.test('other settings call off no plan: what was approved is what is said of a picture', async (t) => {
  const client = await newsroom(t)
  const { clock, post } = client
  const due = keepTimetable(client.db, clock)
  const own = await picture(client)
  const elsewhere = (
    await post('/v1/media', { kind: 'image', url: 'https://pictures.example/1.jpg' })
  ).json<DraftMedia>()
  await post(`/v1/media/${elsewhere.id}/credits`, { creditLine: 'B' })
  const story = await client.draft({ leadMediaId: own.id })
  const other = await client.draft({ title: 'Another', leadMediaId: elsewhere.id })
  for (const { id } of [story, other])
    t.equal((await post(`/v1/articles/${id}/schedule`, { publishAt: '2026-11-02T09:00:00Z' })).status, 200)
  await client.put('/v1/media-settings', { widths: [32], formats: ['jpeg'], baseUrl: 'https://api.example' })
  t.match(await rendered(client, own.id), { width: 32 })
  await client.patch(`/v1/media/${elsewhere.id}`, { url: 'https://pictures.example/2.jpg' })
  clock.now = new Date('2026-11-02T09:00:00Z')
  t.equal(await due(), 2)
  const statusOf = async (id: string) =>
    (await client.get(`/v1/articles/${id}?edition=draft`)).json<DraftArticle>().status
  t.equal(await statusOf(story.id), 'published')
  t.equal(await statusOf(other.id), 'draft', 'another address elsewhere may be another picture')
})

t.test('what could not be made is tried anew when the picture is sent or edited again', async (t) => {
  const client = await newsroom(t)
  const { clock } = client
  const { id } = await uploaded(client, await jpeg())
  const ready = await rendered(client, id)
  const bringBack = takeAway(client, ready)
  const alt = 'A ferry.'
  await client.patch(`/v1/media/${id}`, { alt })
  for (const attempts of [1, 2]) {
    await until(async () => (await waiting(client)).some((one) => hasFailed(client, one, attempts)))
    clock.now = new Date(clock.now.getTime() + minute)
  }
  t.match((await rendered(client, id)).rendering, { state: 'failed', detail: String })
  bringBack()
  const again = await client.patch(`/v1/media/${id}`, { alt })
  t.match(again.json<DraftMedia>().rendering, { state: 'pending', detail: null })
  t.match(await rendered(client, id), { rendering: { state: 'ready' }, width: 16 })
})
