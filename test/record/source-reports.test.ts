// Who is heard: counted from what is published, as JSON, CSV and a chart; private fields tell of nobody.
import { readFileSync } from 'node:fs'
import t from 'tap'
import type { DraftArticle } from '../../src/content/articles/schema.ts'
import type { SourceReport } from '../../src/record/heard/schema.ts'
import { protect } from '../../src/record/private/disclosure.ts'
import type { PrivateReport } from '../../src/record/private/schema.ts'
import { app, type Client, onPostgres } from '../support/app.ts'

const year = 'from=2026-01-01T00:00:00Z&to=2027-01-01T00:00:00Z'
const url = `/v1/reports/sources?${year}`

/** Publishes a story, dated. */
async function published(client: Client, at: string, story: object) {
  const draft = await client.draft({ publishedAt: at, bylines: [{ name: 'Edda Sorring' }], ...story })
  const { status, body } = await client.post(`/v1/articles/${draft.id}/publish`)
  t.equal(status, 200, body)
  return draft
}

const said = (text: string, sourceId: string, kind: 'direct' | 'indirect' = 'direct') => ({
  ...{ text, kind },
  attributions: [{ hops: [{ sourceId, relation: 'said' as const }] }]
})
const unnamed = { description: 'one official', reason: 'Forbidden to speak.' }

/** Two articles before the year's summer and one after, and a draft. */
async function newsroom(client: Client) {
  const made = async (input: object) => (await client.post('/v1/sources', input)).json<{ id: string }>().id
  const board = await made({ kind: 'organization', name: 'Harbour Board' })
  const mara = await made({
    ...{ kind: 'person', name: '=Mara, "M." Lindqvist', role: 'harbour master', affiliationId: board },
    notes: 'canary'
  })
  const bo = await made({ kind: 'person', name: '<Bo>' })
  const wire = await made({ kind: 'organization', name: 'Harbour Wire' })
  const body = { text: '"One two three." "Four five." The board agreed. "Six."' }
  await published(client, '2025-12-31T23:00:00Z', { body, quotes: [said('Six.', mara)], sources: [] })
  await published(client, '2026-02-01T08:00:00Z', {
    ...{ body, sources: [], section: 'harbour' },
    quotes: [
      said('One two three.', mara),
      {
        text: 'Four five.',
        attributions: [
          {
            hops: [
              { sourceId: wire, relation: 'reported' },
              { sourceId: bo, relation: 'said' }
            ]
          },
          { hops: [{ sourceId: mara, relation: 'confirmed' }] }
        ]
      }
    ],
    attributions: [{ claim: 'The board agreed', hops: [{ unnamed, relation: 'told' }] }]
  })
  const last = await published(client, '2026-11-01T08:00:00Z', {
    ...{ body, sources: [], section: 'town', bylines: [{ name: 'Ida' }] },
    quotes: [
      { text: 'Six.', attributions: [{ hops: [{ unnamed, relation: 'said' }] }] },
      said('Four five.', wire, 'indirect')
    ]
  })
  await client.draft({ body, quotes: [said('Six.', bo)], sources: [], title: 'a draft' })
  return { mara, bo, wire, last }
}

t.test('who is heard is counted from published articles, by whoever a chain ends in', async (t) => {
  const client = await app(t, { clock: () => new Date('2026-12-01T08:00:00Z') })
  const { mara, bo, wire, last } = await newsroom(client)
  const report = (await client.get(url)).json<SourceReport>()
  t.match(report, {
    articles: 2,
    quotesPerArticle: 2,
    totals: { quotes: 4, direct: 3, named: 3, claims: 1, words: 8, sources: 3, firstTime: 2 },
    months: [
      { month: '2026-02', articles: 1, quotes: 2, named: 2, claims: 1, sources: 2, firstTime: 1 },
      { month: '2026-11', articles: 1, quotes: 2, named: 1, claims: 0, sources: 1, firstTime: 1 }
    ],
    kinds: [
      { name: 'person', sources: 2, quotes: 3 },
      { name: 'organization', sources: 1, quotes: 1 }
    ],
    affiliations: [
      { name: 'Harbour Board', sources: 1, quotes: 2 },
      { name: null, sources: 2, quotes: 2 }
    ],
    unnamed: { articles: 2, quotes: 1, direct: 1, claims: 1, words: 1 },
    sources: [
      {
        id: mara,
        role: 'harbour master',
        affiliation: 'Harbour Board',
        firstTime: false,
        quotes: 2,
        words: 5
      },
      { id: bo, role: null, affiliation: null, firstTime: true, quotes: 1, direct: 1, articles: 1 },
      { id: wire, firstTime: true, quotes: 1, direct: 0 }
    ]
  })
  const some = async (query: string) =>
    (await client.get(`${url}&${query}`)).json<SourceReport>().totals.quotes
  t.equal(await some('section=harbour'), 2)
  t.equal(await some('author=Ida'), 2)
  t.equal(await some('section=harbour&author=Ida'), 0)
  t.match(
    (await client.get('/v1/reports/sources?from=2020-01-01T00:00:00Z&to=2021-01-01T00:00:00Z')).json(),
    {
      articles: 0,
      quotesPerArticle: 0,
      months: [],
      sources: []
    }
  )
  const backwards = '/v1/reports/sources?from=2027-01-01T00:00:00Z&to=2026-01-01T00:00:00Z'
  t.match((await client.get(backwards)).json(), { status: 422, errors: [{ pointer: '/to' }] })
  t.equal((await client.get('/v1/reports/sources')).status, 400)
  t.equal((await client.read(url)).status, 401)
  t.equal((await client.get(url, { token: (await client.token('moderator')).token })).status, 403)
  t.notMatch(JSON.stringify(report), 'canary')
  await client.post(`/v1/articles/${last.id}/withdraw`)
  t.equal((await client.get(url)).json<SourceReport>().articles, 1, 'what is withdrawn is not counted')
})

t.test('who an article of ours has it from is counted there, and too long a period is refused', async (t) => {
  const client = await app(t, { clock: () => new Date('2026-12-01T08:00:00Z') })
  const first = await published(client, '2026-02-01T08:00:00Z', {})
  await published(client, '2026-02-02T08:00:00Z', {
    ...{ body: { text: 'The board agreed.' }, sources: [], quotes: [] },
    attributions: [{ claim: 'The board agreed', hops: [{ articleId: first.id, relation: 'reported' }] }]
  })
  t.match((await client.get(url)).json(), {
    totals: { quotes: 1, claims: 1, sources: 1 },
    unnamed: { claims: 0 },
    sources: [{ name: 'Mara Lindqvist', claims: 0 }]
  })
  await client.db.write('t', async (tx) => {
    const bytes = Buffer.from('{}')
    for (let i = 0; i < 10_001; i += 1000)
      await tx.q.insert(tx.t.published).values(
        Array.from({ length: 1000 }, (_, j) => ({
          ...{ kind: 'article', id: `art_${i + j}`, position: '2019-01-01T00:00:00.000Z' },
          ...{ etag: 'x', modified: '2019-01-01T00:00:00.000Z', document: bytes }
        }))
      )
  })
  const long = '/v1/reports/sources?from=2019-01-01T00:00:00Z&to=2020-01-01T00:00:00Z'
  t.match((await client.get(long)).json(), { status: 422, errors: [{ pointer: '/from' }] })
})

t.test('the table is safe in a spreadsheet, and the chart in a page', async (t) => {
  const client = await app(t, { clock: () => new Date('2026-12-01T08:00:00Z') })
  const { mara } = await newsroom(client)
  const table = await client.get(`${url}&as=csv`)
  t.equal(table.headers['content-type'], 'text/csv; charset=utf-8')
  t.match(table.headers['content-disposition'], /^attachment/)
  const [head, first] = table.body.split('\r\n')
  t.equal(head, 'id,name,kind,role,affiliation,firstTime,articles,quotes,direct,claims,words')
  t.equal(first, `${mara},"'=Mara, ""M."" Lindqvist",person,harbour master,Harbour Board,false,1,2,2,0,5`)
  t.equal((await client.get(url, { headers: { accept: 'text/csv' } })).body, table.body)
  const picture = await client.get(url, { headers: { accept: 'image/svg+xml' } })
  t.equal(picture.headers['content-type'], 'image/svg+xml; charset=utf-8')
  t.equal(
    picture.headers['content-security-policy'],
    "default-src 'none'; style-src 'unsafe-inline'; sandbox"
  )
  t.match(picture.body, '<title>2026-11: 2 quotes, 1 of sources that are not named</title>')
  t.notMatch(picture.body, /<script|href|NaN/)
  const empty = '/v1/reports/sources?from=2020-01-01T00:00:00Z&to=2021-01-01T00:00:00Z&as=svg'
  t.notMatch((await client.get(empty)).body, /NaN|Infinity/)
})

t.test('a chart of many months draws the latest, and labels some of them', async (t) => {
  const client = await app(t, { clock: () => new Date('2026-12-01T08:00:00Z') })
  for (let i = 0; i < 14; i++)
    await published(client, new Date(Date.UTC(2024, i, 3)).toISOString(), { title: `Ferry ${i}` })
  const wide = '/v1/reports/sources?from=2024-01-01T00:00:00Z&to=2026-01-01T00:00:00Z&as=svg'
  const { body } = await client.get(wide)
  t.equal(body.match(/<g>/g)!.length, 14)
  t.equal(body.match(/>2\d\d\d-\d\d<\/text>/g)!.length, 3)
})

t.test('a report by a private field tells of nobody', async (t) => {
  let now = new Date('2026-06-15T08:00:00Z')
  const client = await app(t, { clock: () => now })
  const quotes = Array.from({ length: 24 }, (_, i) => `Number ${i} speaks.`)
  const article: DraftArticle = await published(client, '2026-06-01T08:00:00Z', {
    body: { text: quotes.map((text) => `"${text}"`).join(' ') },
    sources: quotes.map((_, i) => ({ key: `s${i}`, kind: 'person', name: `Canary ${i}`, role: `r${i}` })),
    quotes: quotes.map((text, i) => said(text, `s${i}`))
  })
  const ids = article.sources.map(({ id }) => id)
  const define = (fields: object[]) => client.put('/v1/source-fields', { fields })
  const gender = { name: 'gender', values: ['canarywoman', 'canaryman', 'another'] }
  t.match((await client.get('/v1/source-fields')).json(), { fields: [], version: 0 })
  t.match((await define([gender, gender])).json(), { status: 422, errors: [{ pointer: '/fields/1/name' }] })
  t.match((await define([gender])).json(), { fields: [gender], version: 1 })
  t.equal(
    (await client.put('/v1/source-fields', { fields: [] }, { headers: { 'if-match': '"0"' } })).status,
    412
  )
  const write = (id: string, values: object, options = {}) =>
    client.post(`/v1/sources/${id}/private-fields`, values, options)
  for (const [i, id] of ids.entries()) {
    const value = i < 12 ? 'canarywoman' : i < 22 ? 'canaryman' : 'another'
    const answer = await write(id, { gender: value })
    t.same([answer.status, answer.body], [204, ''])
  }
  t.match((await write(ids[0]!, { gender: 'x' })).json(), { status: 422, errors: [{ pointer: '/gender' }] })
  t.match((await write(ids[0]!, { age: 'x' })).json(), { status: 422, errors: [{ pointer: '/age' }] })
  t.equal((await write('src_01k9v3w8zhe5ra4gxm7y2bqd6c', { gender: null })).status, 404)
  t.equal((await write(ids[23]!, { gender: null })).status, 204)
  const contributor = (await client.token('contributor')).token
  t.equal((await write(ids[0]!, { gender: 'another' }, { token: contributor })).status, 403)

  const report = (field = 'gender', quarter = '2026-Q2') =>
    client.post('/v1/reports/private-fields', { field, quarter })
  t.match((await report()).json(), { status: 422, errors: [{ pointer: '/quarter' }] }, 'not before its time')
  now = new Date('2026-08-01T08:00:00Z')
  t.match((await report('age')).json(), { status: 422, errors: [{ pointer: '/field' }] })
  const made = (await report()).json<PrivateReport>()
  t.same(made.groups, [
    { value: 'canarywoman', sources: 10, quotes: 10 },
    { value: 'canaryman', sources: null, quotes: null },
    { value: 'another', sources: null, quotes: null },
    { value: null, sources: null, quotes: null }
  ])
  await write(ids[23]!, { gender: 'canarywoman' })
  t.same((await report()).json(), made, 'no second report differs by one person')
  for (const path of [
    `/v1/sources/${ids[0]}?edition=draft`,
    `/v1/articles/${article.id}?edition=draft`,
    '/v1/changes',
    '/v1/reports/sources?from=2026-01-01T00:00:00Z&to=2027-01-01T00:00:00Z'
  ])
    t.notMatch((await client.get(path)).body, /canary(wo)?man/, path)
  t.equal((await define([])).status, 200)
  t.same(await client.db.read.q.select().from(client.db.read.t.privateValues), [])
  if (!onPostgres) t.ok(readFileSync(client.db.file).length > 0)
})

t.test('small groups, and what would tell of them by subtraction, are suppressed', (t) => {
  const cell = (value: string, sources: number, largest = 1) => ({
    value,
    sources,
    quotes: sources * 2,
    largest
  })
  const shown = (...cells: ReturnType<typeof cell>[]) => protect(cells).map(({ sources }) => sources)
  t.same(shown(cell('a', 12), cell('b', 33)), [10, 35], 'to the nearest five')
  t.same(shown(cell('a', 40), cell('b', 30), cell('c', 9)), [40, null, null], 'a second one goes with it')
  t.same(shown(cell('a', 40), cell('b', 30), cell('c', 2), cell('d', 3)), [40, null, null, null])
  t.same(shown(cell('a', 40), cell('b', 30), cell('c', 6), cell('d', 6)), [40, 30, null, null])
  t.same(shown(cell('a', 40), cell('b', 0)), [40, null], 'nobody is nobody to tell of')
  t.same(shown(cell('a', 3)), [null])
  t.same(shown(cell('a', 40, 50), cell('b', 30), cell('c', 20)), [null, 30, null], 'one who says most of it')
  t.end()
})
