import Sqlite from 'better-sqlite3'
import { and, eq, inArray } from 'drizzle-orm'
import t from 'tap'
import type { Article } from '../../src/content/articles/schema.ts'
import type { Media } from '../../src/content/media/schema.ts'
import type { Source } from '../../src/content/sources/schema.ts'
import { rebuild } from '../../src/publishing/compile/rebuild.ts'
import { app, type Client, database, ferry, onlyInFile } from '../support/app.ts'

/** Two published articles that share a source and a picture with a credit. */
async function newsroom(client: Client) {
  const source = (await client.post('/v1/sources', { kind: 'person', name: 'Mara Lindqvist' })).json<Source>()
  const media = (await client.post('/v1/media', { kind: 'image', caption: 'The ferry.' })).json<Media>()
  const credit = (await client.post(`/v1/media/${media.id}/credits`, { creditLine: 'Ana Example' })).json<{
    id: string
  }>()
  await client.post(`/v1/media/${media.id}/credits`, { creditLine: 'Coast Images' })
  const other = (await client.post('/v1/media', { kind: 'video' })).json<Media>()
  const body = { markdown: `${ferry.body.text}\n\n![](${other.id})` }
  const articles: string[] = []
  for (const title of ['One', 'Two']) {
    const hops = [{ sourceId: source.id, relation: 'said' as const }]
    const quotes = [{ ...ferry.quotes[0]!, attributions: [{ hops }] }]
    const { id } = await client.draft({ title, body, sources: [], quotes, leadMediaId: media.id })
    await client.post(`/v1/articles/${id}/publish`)
    articles.push(id)
  }
  return { source: source.id, media: media.id, credit: credit.id, articles }
}

const published = async (client: Client, id: string) =>
  (await client.read(`/v1/articles/${id}`)).json<Article>()
const outdated = async (client: Client, path: string) =>
  (await client.get(`/v1/${path}?edition=draft`)).json<{ outdatedIn: number }>().outdatedIn

t.test('an edited source is told to be outdated, and republished where it stands, alone', async (t) => {
  const client = await app(t)
  const { source, media, articles } = await newsroom(client)
  const before = await published(client, articles[0]!)
  t.equal(await outdated(client, `sources/${source}`), 0)
  const harbour = (
    await client.post('/v1/sources', { kind: 'organization', name: 'Port Aldis' })
  ).json<Source>()
  await client.patch(`/v1/sources/${source}`, { role: 'retired', affiliationId: harbour.id })
  await client.patch(`/v1/media/${media}`, { caption: 'Another caption.' })
  await client.patch(`/v1/articles/${articles[0]}`, { title: 'Not yet' })
  t.equal(await outdated(client, `sources/${source}`), 2)
  t.same(await published(client, articles[0]!), before)

  const answer = await client.post(`/v1/sources/${source}/republish`)
  t.same(answer.json(), { articles: 2 })
  for (const id of articles) {
    const { title, sources, media } = await published(client, id)
    t.match(sources, [
      { id: source, role: 'retired', affiliationId: harbour.id },
      { id: harbour.id, name: 'Port Aldis' }
    ])
    t.match(media, [{ caption: 'The ferry.' }, { kind: 'video' }], 'other records wait for their own')
    t.not(title, 'Not yet', 'and so does the draft')
  }
  t.match((await client.read(`/v1/sources/${source}`)).json(), { role: 'retired' })
  t.match((await client.read(`/v1/sources/${harbour.id}`)).json(), { name: 'Port Aldis' })
  t.match((await client.read(`/v1/media/${media}`)).json(), { caption: 'The ferry.' })
  t.equal((await client.read(`/v1/quotes?source=${source}`)).json<{ data: object[] }>().data.length, 2)
  t.equal(await outdated(client, `sources/${source}`), 0)
  t.equal(await outdated(client, `media/${media}`), 2)
  t.same((await client.post(`/v1/sources/${source}/republish`)).json(), { articles: 0 }, 'once is enough')
})

t.test('only the articles that hold an older form are recompiled', async (t) => {
  const client = await app(t)
  const { source, articles } = await newsroom(client)
  await client.patch(`/v1/sources/${source}`, { name: 'M. Lindqvist' })
  await client.post(`/v1/articles/${articles[0]}/publish`)
  t.equal(await outdated(client, `sources/${source}`), 1)
  const newer = await published(client, articles[0]!)
  t.same((await client.post(`/v1/sources/${source}/republish`)).json(), { articles: 1 })
  t.same(await published(client, articles[0]!), newer)
  await client.patch(`/v1/sources/${source}`, { name: 'Mara Lindqvist' })
  await client.patch(`/v1/sources/${source}`, { name: 'M. Lindqvist' })
  t.equal(await outdated(client, `sources/${source}`), 0, 'an edit taken back outdates nothing')
})

t.test(
  'what is shared is not written again with another article that has it as it was',
  onlyInFile('its triggers are of SQLite'),
  async (t) => {
    const file = await database(t)
    const client = await app(t, { file })
    const { source, media, articles } = await newsroom(client)
    const sqlite = new Sqlite(file)
    for (const event of ['insert', 'update'])
      sqlite.exec(
        `create trigger no_${event} before ${event} on published when new.kind in ('source', 'media', 'credit')
       begin select raise(abort, 'written again'); end`
      )
    const quotes = [
      { ...ferry.quotes[0]!, attributions: [{ hops: [{ sourceId: source, relation: 'said' }] }] }
    ]
    const { id } = await client.draft({ title: 'Three', sources: [], quotes, leadMediaId: media } as never)
    t.equal((await client.read(`/v1/sources?article=${id}`)).json<{ data: object[] }>().data.length, 0)
    t.equal((await client.post(`/v1/articles/${id}/publish`)).status, 200)
    for (const kind of ['sources', 'media'])
      t.equal(
        (await client.read(`/v1/${kind}?article=${id}`)).json<{ data: object[] }>().data.length,
        1,
        kind
      )
    for (const one of articles) await client.post(`/v1/articles/${one}/withdraw`)
    t.equal((await client.read(`/v1/sources/${source}`)).status, 200, 'the third has it still')
    sqlite.exec('drop trigger no_insert; drop trigger no_update')
    sqlite.close()
    await client.patch(`/v1/sources/${source}`, { name: 'M. Lindqvist' })
    await client.post(`/v1/articles/${id}/publish`)
    t.match((await client.read(`/v1/sources/${source}`)).json(), { name: 'M. Lindqvist' })
  }
)

t.test('a republished picture brings its credits along, and takes away those it lost', async (t) => {
  const client = await app(t)
  const { media, credit, articles } = await newsroom(client)
  await client.patch(`/v1/media/${media}`, { caption: 'The late ferry.' })
  await client.remove(`/v1/media-credits/${credit}`)
  const added = (
    await client.post(`/v1/media/${media}/credits`, { creditLine: 'Bo Example', creators: ['Bo Example'] })
  ).json<{ id: string }>()
  t.same((await client.post(`/v1/media/${media}/republish`)).json(), { articles: 2 })
  t.match((await published(client, articles[1]!)).media, [
    { caption: 'The late ferry.', credits: [{ creditLine: 'Coast Images' }, { id: added.id }] },
    { kind: 'video' }
  ])
  t.equal((await client.read(`/v1/media-credits/${credit}`)).status, 410)
  t.match((await client.read('/v1/media-credits?creator=Bo Example')).json(), { data: [{ id: added.id }] })
  t.match((await client.read('/v1/articles')).json(), {
    data: [{ leadMedia: { caption: 'The late ferry.' } }, {}]
  })
})

t.test('a republished credit changes no other word', async (t) => {
  const client = await app(t)
  const { media, credit, articles } = await newsroom(client)
  await client.post(`/v1/media/${media}/credits`, { creditLine: 'A third one' })
  await client.patch(`/v1/media/${media}`, { caption: 'Another caption.' })
  await client.patch(`/v1/media-credits/${credit}`, {
    creditLine: 'Ana Example/Harbour Wire',
    suppliers: ['Harbour Wire']
  })
  t.equal(await outdated(client, `media-credits/${credit}`), 2)
  t.same((await client.post(`/v1/media-credits/${credit}/republish`)).json(), { articles: 2 })
  const [shown] = (await published(client, articles[0]!)).media
  t.match(shown, {
    caption: 'The ferry.',
    credits: [{ creditLine: 'Ana Example/Harbour Wire' }, { creditLine: 'Coast Images' }]
  })
  t.equal(shown!.credits.length, 2)
  t.match((await client.read('/v1/media-credits?supplier=Harbour Wire')).json(), { data: [{ id: credit }] })
  t.equal(await outdated(client, `media-credits/${credit}`), 0)
})

t.test('what is not there is not republished', async (t) => {
  const client = await app(t)
  const some = '01k9v3w8zhe5ra4gxm7y2bqd6c'
  for (const path of [`sources/src_${some}`, `media/med_${some}`, `media-credits/crd_${some}`]) {
    t.equal((await client.post(`/v1/${path}/republish`)).status, 404, path)
    t.equal((await client.get(`/v1/${path}?edition=draft`)).status, 404, path)
  }
})

t.test('an upgrade leaves every form of a shared record where it is published', async (t) => {
  const time = { now: Date.parse('2026-11-02T08:00:00.000Z') }
  const client = await app(t, { clock: () => new Date(time.now) })
  const { source, media, credit, articles } = await newsroom(client)
  const expiring = (
    await client.post('/v1/media', { kind: 'image', url: 'https://pictures.example/a.jpg', alt: 'A ferry.' })
  ).json<Media>()
  await client.post(`/v1/media/${expiring.id}/credits`, {
    creditLine: 'Ana Example',
    expiresAt: '2026-11-03T08:00:00.000Z'
  })
  const { id: shows } = await client.draft({ leadMediaId: expiring.id })
  await client.post(`/v1/articles/${shows}/publish`)
  await client.patch(`/v1/sources/${source}`, { name: 'M. Lindqvist' })
  await client.patch(`/v1/media/${media}`, { caption: 'Another caption.' })
  await client.patch(`/v1/media-credits/${credit}`, { creditLine: 'Bo Example' })
  // The other article holds the former forms, and is compiled after this one.
  t.equal((await client.post(`/v1/articles/${articles[0]}/publish`)).status, 200)
  time.now += 2 * 24 * 60 * 60 * 1000

  const { published, publishedFacets, facetValues, facetDocuments, documentFacets, editions, rebuilds } =
    client.db.read.t
  const inOrder = (rows: object[]) => rows.map((row) => JSON.stringify(row)).sort()
  const stored = async () => ({
    documents: inOrder(await client.db.read.q.select().from(published)),
    facets: inOrder(await client.db.read.q.select().from(publishedFacets)),
    editions: (await client.db.read.q.select().from(editions)).length
  })
  t.equal(await outdated(client, `sources/${source}`), 2)
  const before = await stored()
  // As an older release left it, which knew no such facet.
  const isOfSource = and(eq(facetValues.kind, 'source'), eq(facetValues.name, 'name'))
  await client.db.write('test', async (tx) => {
    const numbers = (await tx.q.delete(facetValues).where(isOfSource).returning()).map(({ number }) => number)
    await tx.q.delete(facetDocuments).where(inArray(facetDocuments.facet, numbers))
    await tx.q.delete(documentFacets).where(inArray(documentFacets.facet, numbers))
  })
  await client.db.write('test', (tx) => tx.q.update(rebuilds).set({ after: '' }))
  t.equal(await rebuild(client.db), 3)
  t.same(await stored(), before)
  t.match((await client.read(`/v1/sources/${source}`)).json(), { name: 'M. Lindqvist' })
  t.match((await client.read(`/v1/media/${expiring.id}`)).json(), { unavailable: { reason: 'rights-ended' } })
})
