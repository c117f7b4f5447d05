// What an editor looks for: drafts by words, counted and sorted; sources by name and address; media by address.
import t from 'tap'
import { app, ferry } from '../support/app.ts'

interface Page {
  data: { id: string; title: string }[]
  next: string | null
  count?: number
}

t.test(
  'drafts are found by the words of their title, dek, section and body, and by nobody else',
  async (t) => {
    const client = await app(t)
    const { draft, get, read, patch, remove, post } = client
    const bare = { sources: [], quotes: [], tags: [], section: null }
    const found = async (q: string, more = '') =>
      (await get(`/v1/articles?edition=draft&q=${encodeURIComponent(q)}${more}`))
        .json<Page>()
        .data.map(({ title }) => title)
    const first = await draft({
      ...bare,
      title: 'Første',
      dek: 'A storm',
      body: { text: 'Nobody sails tonight.' }
    })
    await draft({
      ...bare,
      title: 'Second',
      section: 'harbour',
      body: { markdown: '| a | b |\n|---|---|\n| storm | quay |' }
    })
    await draft({ ...ferry, title: 'Third' })
    t.same(await found('storm'), ['Second', 'Første'], 'newest first')
    t.same(await found('forste'), ['Første'], 'however it is written')
    t.same(await found('"sails tonight"'), ['Første'])
    t.same(await found('"tonight sails"'), [])
    t.same(await found('harb*'), ['Third', 'Second'])
    t.same(await found('storm', '&status=draft&section=harbour'), ['Second'])
    t.same(await found('storm quay'), ['Second'])
    t.same(await found('...'), [])
    await patch(`/v1/articles/${first.id}`, { dek: null, body: { text: 'The quay.' } })
    t.same(await found('storm'), ['Second'])
    t.same(await found('quay'), ['Second', 'Første'])
    await post(`/v1/articles/${first.id}/revisions/1/restore`)
    t.same(await found('storm'), ['Second', 'Første'])
    t.same((await read('/v1/articles?q=storm')).json<Page>().data, [], 'readers find what was published')
    t.equal((await read('/v1/articles?edition=draft&q=storm')).status, 401)
    await remove(`/v1/articles/${first.id}`)
    t.same(await found('storm'), ['Second'])
  }
)

t.test('drafts are counted, and sorted by their last change, page by page', async (t) => {
  let now = Date.parse('2026-11-02T08:00:00Z')
  const client = await app(t, {
    clock() {
      now += 1000
      return new Date(now)
    }
  })
  const { draft, get, patch } = client
  const ids: string[] = []
  for (let n = 0; n < 5; n++) ids.push((await draft({ title: `Ferry ${n}`, sources: [], quotes: [] })).id)
  await patch(`/v1/articles/${ids[1]}`, { dek: 'x' })
  const walk = async (query: string) => {
    const titles: string[] = []
    let url: string | undefined = `/v1/articles?edition=draft&limit=2${query}`
    while (url) {
      const { data, next, count }: Page = (await get(url)).json()
      titles.push(...data.map(({ title }) => title.slice(-1)))
      t.equal(count, query.includes('count') ? 5 : undefined)
      url = next === null ? undefined : `/v1/articles?edition=draft&limit=2${query}&cursor=${next}`
    }
    return titles.join('')
  }
  t.equal(await walk(''), '43210')
  t.equal(await walk('&sort=-updatedAt'), '14320')
  t.equal(await walk('&sort=updatedAt&count=exact&q=ferry'), '02341')
  const { next } = (await get('/v1/articles?edition=draft&limit=2')).json<Page>()
  t.match((await get(`/v1/articles?edition=draft&limit=2&sort=updatedAt&cursor=${next}`)).json(), {
    type: '/problems/invalid-cursor'
  })
  t.match((await get('/v1/articles?sort=updatedAt')).json(), { status: 400, detail: /needs edition=draft/ })
  t.match((await get('/v1/articles?edition=draft&sort=relevance')).json(), {
    status: 400,
    detail: /is for the published edition only/
  })
})

t.test('sources are found by name, words and address, media by address', async (t) => {
  const client = await app(t)
  const { draft, get, post, read, patch, remove } = client
  const same = 'https://www.wikidata.org/wiki/Q1'
  const picture = 'https://pictures.example/ferry.jpg'
  const ids = async (url: string, ask = get) => (await ask(url)).json<Page>().data.map(({ id }) => id)
  const person = { kind: 'person', name: 'Ines Okafor', role: 'harbour master' }
  const ines = (await post('/v1/sources', { ...person, sameAs: [same, same] })).json<{ id: string }>().id
  const other = (await post('/v1/sources', { kind: 'person', name: 'Ines' })).json<{ id: string }>().id
  const desk = '/v1/sources?edition=draft'
  t.same(await ids(`${desk}&name=Ines%20Okafor`), [ines])
  t.same(await ids(`${desk}&name=Ines`), [other], 'exactly so')
  t.same(await ids(`${desk}&q=inés`), [other, ines])
  t.same(await ids(`${desk}&q=harbour`), [ines])
  t.same(await ids(`${desk}&q=okaf*&kind=person`), [ines])
  t.same(await ids(`${desk}&sameAs=${same}`), [ines])
  t.match((await get('/v1/sources?q=ines')).json(), { status: 400, detail: /needs edition=draft/ })
  const { id, media } = await draft({
    bylines: [{ name: 'Ines Okafor', sourceId: ines }],
    leadMediaId: 'lead',
    media: [{ key: 'lead', kind: 'image', url: picture, credits: [{ creditLine: 'Bo' }] }]
  })
  t.same(await ids(`/v1/sources?name=Ines%20Okafor`, read), [])
  t.same(await ids(`/v1/media?edition=draft&url=${picture}`), [media[0]!.id])
  t.equal((await post(`/v1/articles/${id}/publish`, { waive: [] })).status, 200)
  t.same(await ids(`/v1/sources?name=Ines%20Okafor`, read), [ines])
  t.same(await ids(`/v1/sources?sameAs=${same}`, read), [ines])
  t.same(await ids(`/v1/media?url=${picture}`, read), [media[0]!.id])
  await patch(`/v1/sources/${ines}`, { name: 'Ines O.', sameAs: [] })
  t.same(await ids(`${desk}&q=okafor`), [])
  t.same(await ids(`${desk}&sameAs=${same}`), [])
  t.same(await ids(`/v1/sources?name=Ines%20Okafor`, read), [ines], 'as it was published')
  await remove(`/v1/sources/${other}`)
  t.same(await ids(`${desk}&q=ines`), [ines])
})
