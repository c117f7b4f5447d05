// Merging sources: everything that named the one names the other, and goes back when that is taken back.
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { removeExpired } from '../../src/changes/retention.ts'
import type { Article, DraftArticle } from '../../src/content/articles/schema.ts'
import type { DraftSource, NewSource, SourceDuplicate } from '../../src/content/sources/schema.ts'
import * as sources from '../../src/content/sources/store.ts'
import { advance, retained } from '../../src/publishing/merges/run.ts'
import type { SourceMerge } from '../../src/publishing/merges/schema.ts'
import { app, type Client, database } from '../support/app.ts'

interface Page<T> {
  data: T[]
  next: string | null
}

const person = async ({ post }: Client, name: string, more: Partial<NewSource> = {}) =>
  (await post('/v1/sources', { kind: 'person', name, ...more })).json<DraftSource>().id

/** A published story in which each of these says something; the first one signs it. */
async function story(client: Client, who: string[], more: object = {}) {
  const words = who.map((_, i) => `"Word ${i} of it," somebody said.`).join(' ')
  const article = await client.draft({
    title: `What ${who.length} say`,
    body: { text: words },
    bylines: [{ name: 'Who signs', sourceId: who[0]! }],
    sources: [],
    quotes: who.map((sourceId, i) => ({
      text: `Word ${i} of it`,
      attributions: [{ hops: [{ sourceId, relation: 'said' as const }] }]
    })),
    ...more
  })
  const published = await client.post(`/v1/articles/${article.id}/publish`)
  return published.json<DraftArticle>()
}

const merge = (client: Client, from: string, into: string) =>
  client.post(`/v1/sources/${from}/merge`, { into })

/** A merge when it is over: the service goes on with it by itself. */
async function over({ get }: Client, id: string): Promise<SourceMerge> {
  for (;;) {
    const merge = (await get(`/v1/sources/${id}/merge`)).json<SourceMerge>()
    if (merge.state === 'done' || merge.state === 'undone') return merge
    await sleep(50)
  }
}

const said = ({ quotes }: Pick<Article, 'quotes'>) =>
  quotes.map(({ attributions }) => attributions[0]!.hops[0]!.sourceId)

t.test('a merged source is the other one wherever it was named, and everywhere at once', async (t) => {
  const client = await app(t)
  const { get, read, post, patch } = client
  const board = (
    await post('/v1/sources', { kind: 'organization', name: 'Harbour board' })
  ).json<DraftSource>()
  const other = (await post('/v1/sources', { kind: 'organization', name: 'The board' })).json<DraftSource>()
  const mara = await person(client, 'Mara Lindqvist', { affiliationId: board.id })
  const em = await person(client, 'M. Lindqvist', {
    aliases: ['Mara L.'],
    url: 'https://port.example/mara',
    sameAs: ['https://wiki.example/mara'],
    affiliationId: other.id,
    externalId: { system: 'wire', id: 'p-1' }
  })
  const { id } = await story(client, [em, mara])
  const draft = await client.draft({
    body: { text: 'It stops.' },
    sources: [],
    quotes: [],
    attributions: [{ claim: 'It stops', hops: [{ sourceId: em, relation: 'reported' }] }]
  })
  await patch(`/v1/articles/${id}`, { title: 'CANARY of a draft' })
  const answer = await merge(client, em, mara)
  t.equal(answer.status, 200)
  t.match(answer.json(), { id: em, into: mara, state: 'done', articles: 2, waiting: 0, left: [] })

  const published = await read(`/v1/articles/${id}`)
  t.notMatch(published.body, new RegExp(`${em}|CANARY`), 'other edits are not published')
  const article = published.json<Article>()
  t.same(said(article), [mara, mara])
  t.equal(article.bylines[0]!.sourceId, mara)
  t.same(
    article.sources.map((one) => one.id).sort(),
    [board.id, mara].sort(),
    'what the one belonged to goes with it'
  )
  t.equal((await get(`/v1/articles/${id}?edition=draft`)).json<DraftArticle>().edition, 2)
  t.notMatch((await get(`/v1/articles/${draft.id}?edition=draft`)).body, em)
  t.equal((await read(`/v1/quotes?source=${mara}`)).json<Page<object>>().data.length, 2)
  t.equal((await read(`/v1/quotes?source=${em}`)).json<Page<object>>().data.length, 0)

  for (const [url, options, to] of [
    [`/v1/sources/${em}`, { token: null }, `/v1/sources/${mara}`],
    [`/v1/sources/${em}?edition=draft`, {}, `/v1/sources/${mara}?edition=draft`]
  ] as const) {
    const moved = await get(url, options)
    t.equal(moved.status, 308, url)
    t.equal(moved.headers.location, to)
  }
  const kept = (await get(`/v1/sources/${mara}?edition=draft`)).json<DraftSource>()
  t.same(kept.aliases, ['M. Lindqvist', 'Mara L.'])
  t.same(kept.sameAs, ['https://port.example/mara', 'https://wiki.example/mara'])
  t.notMatch((await read(`/v1/sources/${mara}`)).body, 'Mara L.', 'aliases are for the desk')
  t.match((await get('/v1/sources?edition=draft&alias=m lindqvist')).json(), { data: [{ id: mara }] })

  const found = await client.draft({
    body: { text: '"So," she said.' },
    sources: [{ key: 'a', kind: 'person', name: 'Someone', externalId: { system: 'wire', id: 'p-1' } }],
    quotes: [{ text: 'So', attributions: [{ hops: [{ sourceId: 'a', relation: 'said' }] }] }]
  })
  t.same(said(found), [mara], 'what names it by its external id names the other')
  t.match(
    (
      await post(`/v1/articles/${id}/quotes`, {
        text: 'x',
        kind: 'indirect',
        attributions: [{ hops: [{ sourceId: em, relation: 'said' }] }]
      })
    ).json(),
    { status: 422, detail: new RegExp(`merged into ${mara}: name that one`) }
  )
  const log = (await get('/v1/changes?kind=source&limit=100')).json<Page<{ event: string; id: string }>>()
    .data
  t.ok(log.some((one) => one.event === 'source.merged' && one.id === em))

  const earlier = await post(`/v1/articles/${id}/editions/1/restore`)
  t.same(said(earlier.json<DraftArticle>()), [mara, mara], 'an older edition comes back with the other')
  t.equal(
    (await post(`/v1/articles/${id}/revisions/1/restore`)).json<DraftArticle>().bylines[0]!.sourceId,
    mara
  )
})

t.test('a merge that is taken back gives exactly what it moved, and tells what was changed', async (t) => {
  let now = Date.parse('2026-11-01T08:00:00.000Z')
  const client = await app(t, { clock: () => new Date(now++) })
  const { get, read, patch } = client
  const mara = await person(client, 'Mara Lindqvist', { role: 'harbour master' })
  const em = await person(client, 'Mara Lindqvist', { notes: 'The other one.', role: 'poet' })
  const mine = await story(client, [em, mara, em])
  const edited = await story(client, [em, em])
  const before = (await read(`/v1/articles/${mine.id}`)).json<Article>()
  t.equal((await merge(client, em, mara)).status, 200)
  const later = await story(client, [mara])
  const [first] = edited.quotes
  await patch(`/v1/attributions/${first!.attributions[0]!.id}`, {
    hops: [{ unnamed: { description: 'somebody' }, relation: 'told' }]
  })
  await patch(`/v1/articles/${edited.id}`, { bylines: [] })
  await client.post(`/v1/articles/${edited.id}/publish`)

  const answer = await client.post(`/v1/sources/${em}/unmerge`)
  t.equal(answer.status, 200)
  t.match(answer.json<SourceMerge>(), {
    state: 'undone',
    left: [
      { kind: 'hop', id: first!.attributions[0]!.id, articleId: edited.id },
      { kind: 'byline', id: edited.id }
    ]
  })
  const back = (await read(`/v1/articles/${mine.id}`)).json<Article>()
  t.same({ ...back, updatedAt: '' }, { ...before, updatedAt: '' })
  t.same(said(back), [em, mara, em])
  t.equal(
    (await get(`/v1/articles/${mine.id}?edition=draft`)).json<DraftArticle>().publishedWithChanges,
    false
  )
  t.same(said((await read(`/v1/articles/${edited.id}`)).json<Article>()), [undefined, em])
  t.same(said((await read(`/v1/articles/${later.id}`)).json<Article>()), [mara], 'what came since stays')
  t.match((await get(`/v1/sources/${em}?edition=draft`)).json(), { name: 'Mara Lindqvist', role: 'poet' })
  t.equal((await read(`/v1/sources/${em}`)).status, 200)
  t.match((await client.post(`/v1/sources/${em}/unmerge`)).json(), { status: 409, detail: /already/ })
  t.equal((await client.post(`/v1/sources/${mara}/unmerge`)).status, 404)

  t.equal((await merge(client, em, mara)).status, 200, 'it may be merged again')
  now += 31 * 24 * 60 * 60 * 1000
  t.match((await client.post(`/v1/sources/${em}/unmerge`)).json(), {
    status: 409,
    detail: /could be taken back until/
  })
})

t.test('a merge goes through chains of merges, and through those who belong to a source', async (t) => {
  const client = await app(t)
  const { get, read, post } = client
  const [one, two, three] = await Promise.all(
    ['Port of Aldis', 'Port Aldis', 'Aldis port'].map(
      async (name) => (await post('/v1/sources', { kind: 'organization', name })).json<DraftSource>().id
    )
  )
  const mara = await person(client, 'Mara Lindqvist', { affiliationId: one! })
  const bo = await person(client, 'Bo', { affiliationId: one! })
  const cy = await person(client, 'Cy', { affiliationId: three! })
  const { id } = await story(client, [mara, cy])
  t.equal((await merge(client, one!, two!)).status, 200)
  t.equal((await merge(client, two!, three!)).status, 200)
  t.equal((await read(`/v1/sources/${one}`)).headers.location, `/v1/sources/${three}`)
  t.same(
    (await read(`/v1/articles/${id}`))
      .json<Article>()
      .sources.map((source) => source.affiliationId)
      .sort((a) => (a === null ? -1 : 1)),
    [null, three, three]
  )
  t.match((await client.post(`/v1/sources/${one}/unmerge`)).json(), {
    status: 409,
    detail: /take that back first/
  })
  await post('/v1/sources', { kind: 'person', name: 'Ada', affiliationId: three! })
  await client.patch(`/v1/sources/${bo}`, { affiliationId: null })
  t.match((await client.post(`/v1/sources/${two}/unmerge`)).json<SourceMerge>(), {
    state: 'undone',
    left: [{ kind: 'affiliation', id: bo, articleId: null }]
  })
  t.equal((await client.post(`/v1/sources/${one}/unmerge`)).status, 200)
  t.match(
    (await read(`/v1/articles/${id}`)).json<Article>().sources.find((source) => source.id === mara),
    {
      affiliationId: one
    }
  )
  t.equal((await get(`/v1/sources/${three}?edition=draft`)).json<DraftSource>().aliases.length, 0)
})

t.test('what must not be merged is refused, with the remedy', async (t) => {
  const client = await app(t)
  const { post, patch, get } = client
  const mara = await person(client, 'Mara Lindqvist')
  const em = await person(client, 'M. Lindqvist')
  const many = await person(client, 'Many', { aliases: Array.from({ length: 50 }, (_, i) => `Name ${i}`) })
  const board = (
    await post('/v1/sources', { kind: 'organization', name: 'Board', affiliationId: null })
  ).json<DraftSource>().id
  const member = await person(client, 'Member', { affiliationId: em })
  const nobody = mara.slice(0, -3) + mara.slice(-3).split('').reverse().join('0').slice(0, 3)
  const { id } = await story(client, [em])
  for (const [from, into, status, detail] of [
    [mara, mara, 422, /into itself/],
    [mara, board, 422, /correct the `kind`/],
    [mara, nobody, 422, /name one that exists/],
    [nobody, mara, 404, /no such source/],
    [em, member, 422, /change its `affiliationId` first/],
    [mara, many, 422, /more than 50 `aliases`/]
  ] as const)
    t.match((await merge(client, from, into)).json(), { status, detail }, `${detail}`)

  await patch(`/v1/articles/${id}`, { legalHold: true })
  t.match((await merge(client, em, mara)).json(), { status: 409, detail: new RegExp(`legal hold of ${id}`) })
  await patch(`/v1/articles/${id}`, { legalHold: false })
  const { token } = await client.token('contributor')
  t.equal((await post(`/v1/sources/${em}/merge`, { into: mara }, { token })).status, 403)
  t.equal((await merge(client, em, mara)).status, 200)
  t.match((await merge(client, em, mara)).json(), { status: 409, detail: /already/ })
  t.match((await merge(client, member, em)).json(), { status: 422, detail: /name that one/ })
  await patch(`/v1/articles/${id}`, { legalHold: true })
  t.match((await client.post(`/v1/sources/${em}/unmerge`)).json(), { status: 409, detail: /legal hold/ })
  t.equal((await get(`/v1/sources/${mara}/merge`)).status, 404)
  await patch(`/v1/articles/${id}`, { legalHold: false })
  await post('/v1/sources', { kind: 'person', name: 'x', externalId: { system: 'w', id: '1' } })
  t.equal((await client.post(`/v1/sources/${em}/unmerge`)).status, 200)
})

t.test(
  'a merge of many articles is done in slices, goes on after a restart, and waits for a hold',
  async (t) => {
    const file = await database(t)
    const client = await app(t, { file })
    const mara = await person(client, 'Mara Lindqvist')
    const em = await person(client, 'M. Lindqvist')
    const stories: DraftArticle[] = []
    for (let i = 0; i < 40; i++)
      stories.push(
        await story(
          client,
          Array.from({ length: 12 }, () => em)
        )
      )
    const trashed = await client.draft({
      body: { text: 'It stops.' },
      sources: [],
      quotes: [],
      attributions: [{ claim: 'It stops', hops: [{ sourceId: em, relation: 'reported' }] }]
    })
    await client.remove(`/v1/articles/${trashed.id}`)
    const doubt = { reason: 'He was not at the meeting.' }
    await client.post(`/v1/sources/${em}/doubt`, doubt)
    const started = await merge(client, em, mara)
    t.equal(started.status, 202)
    t.equal(started.json<SourceMerge>().state, 'moving')
    t.match((await client.patch(`/v1/sources/${em}`, { role: 'x' })).json(), {
      status: 409,
      detail: /being merged/
    })
    t.equal((await client.remove(`/v1/sources/${em}`)).status, 409)
    t.match((await client.post(`/v1/sources/${em}/doubt`, doubt)).json(), { detail: /being merged/ })
    t.match((await merge(client, mara, await person(client, 'Third'))).json(), {
      status: 409,
      detail: /not finished/
    })
    const last = stories.at(-1)!.id
    await client.patch(`/v1/articles/${last}`, { legalHold: true })
    await client.server.close()

    const again = await app(t, { file })
    for (;;) {
      const { articles, waiting } = (await again.get(`/v1/sources/${em}/merge`)).json<SourceMerge>()
      if (articles === 40 && waiting === 1) break
      await sleep(50)
    }
    t.same(said((await again.read(`/v1/articles/${last}`)).json<Article>())[0], em, 'what is held stays')
    t.same(said((await again.read(`/v1/articles/${stories[0]!.id}`)).json<Article>())[0], mara)
    const doubted = async () => {
      for (const id of [stories[0]!.id, last])
        t.match((await again.get(`/v1/articles/${id}?edition=draft`)).json(), { needsReview: [doubt] })
    }
    await doubted()
    await again.patch(`/v1/articles/${last}`, { legalHold: false })
    t.match(await over(again, em), { state: 'done', articles: 41, waiting: 0 })
    t.notMatch((await again.read(`/v1/articles/${last}`)).body, em)

    const back = await again.post(`/v1/sources/${em}/unmerge`)
    t.equal(back.status, 202)
    t.equal(back.json<SourceMerge>().state, 'undoing')
    await doubted()
    t.match((await merge(again, em, mara)).json(), { status: 409, detail: /being taken back/ })
    const fourth = await person(again, 'Fourth')
    t.match((await merge(again, fourth, em)).json(), { status: 409, detail: /not finished/ })
    t.match(await over(again, em), { state: 'undone', left: [] })
    await doubted()
    t.match((await again.get(`/v1/sources/${em}?edition=draft`)).json(), { doubt })
    t.notMatch((await again.get(`/v1/sources/${mara}?edition=draft`)).json(), { doubt })
    for (const { id } of stories) t.notMatch((await again.read(`/v1/articles/${id}`)).body, mara)
    const restored = (await again.post(`/v1/trash/${trashed.id}/restore`)).json<DraftArticle>()
    t.equal(restored.attributions[0]!.hops[0]!.sourceId, em)
  }
)

t.test(
  'duplicates are proposed with what speaks for and against them, each with one older source',
  async (t) => {
    const client = await app(t)
    const { get, post } = client
    const board = (await post('/v1/sources', { kind: 'organization', name: 'Board' })).json<DraftSource>().id
    const other = (await post('/v1/sources', { kind: 'organization', name: 'Other' })).json<DraftSource>().id
    const wiki = 'https://wiki.example/mara'
    const mara = await person(client, 'Mara Lindqvist', { affiliationId: board, sameAs: [wiki] })
    await person(client, 'Maria Lindqvist', { affiliationId: board })
    await person(client, 'M. Lindqvist')
    const em = await person(client, 'M. Lindqvist', { affiliationId: board })
    const poet = await person(client, 'mara lindqvist', { role: 'poet' })
    const master = await person(client, 'Mara Lindqvist', {
      role: 'harbour master',
      externalId: { system: 'wire', id: '1' }
    })
    const same = await person(client, 'Mara Lindqvist', {
      role: 'poet',
      externalId: { system: 'wire', id: '2' }
    })
    const alias = await person(client, 'Em', { aliases: ['Mara Lindqvist'], url: wiki })
    const proposals = async (query = '') =>
      (await get(`/v1/sources/duplicates${query}`)).json<Page<SourceDuplicate>>()
    const { data, next } = await proposals()
    t.equal(next, null)
    const seen = data.map(({ source, into, reasons, against }) => [
      source.id,
      into.id,
      reasons.map(({ code }) => code).join(),
      against.map(({ code }) => code).join()
    ])
    t.same(seen, [
      [alias, mara, 'alias,address', ''],
      [same, mara, 'name', ''],
      [master, mara, 'name', ''],
      [poet, mara, 'name', ''],
      [em, mara, 'initials', '']
    ])
    const first = await proposals('?limit=2')
    t.same(first.data, data.slice(0, 2))
    t.same((await proposals(`?limit=2&cursor=${first.next}`)).data, data.slice(2, 4))

    await client.patch(`/v1/sources/${mara}`, { role: 'mayor' })
    const contradicted = (await proposals()).data.filter(({ source }) => [same, master].includes(source.id))
    t.match(
      contradicted.map(({ into, against }) => [into.id, against.map(({ code }) => code).join()]),
      [
        [poet, ''],
        [mara, 'role']
      ],
      'of several, the one that nothing speaks against'
    )
    await client.patch(`/v1/sources/${poet}`, {
      externalId: { system: 'wire', id: '3' },
      affiliationId: board
    })
    await client.patch(`/v1/sources/${same}`, { affiliationId: other, role: 'mayor' })
    await client.patch(`/v1/sources/${mara}`, { externalId: { system: 'wire', id: '4' } })
    t.match(
      (await proposals()).data.find(({ source }) => source.id === same),
      { into: { id: mara }, against: [{ code: 'affiliation' }, { code: 'external-id' }] },
      'what speaks against it is told'
    )
    await client.db.write('test', async (tx) => {
      for (let i = 0; i < 1000; i++) await sources.create(tx, { kind: 'document', name: `Report ${i}` })
    })
    const none = await proposals()
    t.same(none.data, [], 'a page looks through so many')
    t.equal((await proposals(`?cursor=${none.next}`)).data.length, 5, 'and the next one goes on')

    t.equal((await get('/v1/sources/duplicates?cursor=x')).status, 400)
    t.equal((await get('/v1/sources/duplicates', { token: null })).status, 401)
  }
)

t.test('a story that is sent again names the source that there is, and the one that is back', async (t) => {
  const client = await app(t)
  const mara = await person(client, 'Mara Lindqvist', { role: 'harbour master' })
  const send = async (title: string) =>
    (
      await client.call('PUT', '/v1/external/wire/s-1/article', {
        payload: {
          title,
          body: { text: 'The ferry stops. "Yes," she said.' },
          bylines: [{ name: 'Em', sourceId: 'em' }, { name: 'Bo' }],
          sources: [
            { key: 'em', kind: 'person', name: 'M. Lindqvist' },
            { key: 'bo', kind: 'person', name: 'Bo Berg' }
          ],
          quotes: [
            {
              text: 'Yes',
              attributions: [
                {
                  hops: [
                    { sourceId: 'em', relation: 'said' },
                    { sourceId: 'bo', relation: 'told' }
                  ]
                }
              ]
            }
          ],
          attributions: [{ claim: 'The ferry stops', hops: [{ sourceId: 'em', relation: 'reported' }] }]
        }
      })
    ).json<DraftArticle & { kept?: { pointer: string }[]; unchanged?: true }>()
  const em = said(await send('One'))[0]!
  t.equal((await merge(client, em, mara)).status, 200)
  const again = await send('Two')
  t.equal(again.title, 'Two')
  t.same(said(again), [mara])
  t.equal(again.attributions[0]!.hops[0]!.sourceId, mara)
  t.equal(again.bylines[0]!.sourceId, mara)
  t.same(again.kept?.map(({ pointer }) => pointer) ?? [], ['/sources/0/name'], 'only its name is another')
  t.equal((await client.post(`/v1/sources/${em}/unmerge`)).status, 200)
  const third = await send('Three')
  t.same(said(third), [em])
  t.equal(third.attributions[0]!.hops[0]!.sourceId, em)
  t.equal(third.bylines[0]!.sourceId, em)
  t.equal(third.kept, undefined)
  t.same((await send('Three')).unchanged, true)
})

t.test('a merge may be taken back while it is being done, and whatever is gone since', async (t) => {
  const client = await app(t)
  const { get, post, remove } = client
  const mara = await person(client, 'Mara Lindqvist')
  const em = await person(client, 'M. Lindqvist')
  const many = Array.from({ length: 60 }, () => em)
  const stories = [await story(client, many), await story(client, many), await story(client, many)]
  for (let i = 0; i < 12; i++) stories.push(await story(client, many))
  t.equal((await merge(client, em, mara)).json<SourceMerge>().state, 'moving')
  t.ok([200, 202].includes((await client.post(`/v1/sources/${em}/unmerge`)).status))
  await over(client, em)
  for (const { id } of stories) t.notMatch((await get(`/v1/articles/${id}?edition=draft`)).body, mara)

  const [board, other] = await Promise.all(
    ['Board', 'Board of the harbour'].map(
      async (name) => (await post('/v1/sources', { kind: 'organization', name })).json<DraftSource>().id
    )
  )
  const ana = await person(client, 'Ana', { affiliationId: board! })
  const ann = await person(client, 'Ann')
  const { id } = await client.draft({ bylines: [{ name: 'A', sourceId: ana }], sources: [], quotes: [] })
  const kept = await client.draft({ bylines: [{ name: 'A', sourceId: ana }], sources: [], quotes: [] })
  t.equal((await merge(client, ana, ann)).status, 200)
  t.equal((await client.post(`/v1/sources/${ana}/unmerge`)).status, 200)
  t.match((await get(`/v1/sources/${ana}?edition=draft`)).json(), { affiliationId: board })
  await merge(client, ana, ann)
  await merge(client, board!, other!)
  await remove(`/v1/articles/${id}`)
  await remove(`/v1/trash/${id}`)
  await client.patch(`/v1/articles/${kept.id}`, { bylines: [] })
  t.equal((await remove(`/v1/sources/${ann}`)).status, 204)
  t.match((await client.post(`/v1/sources/${ana}/unmerge`)).json<SourceMerge>(), {
    state: 'undone',
    left: [
      { kind: 'byline', id: kept.id, detail: /changed since/ },
      { kind: 'byline', id, detail: /deleted since/ }
    ]
  })
  t.match((await get(`/v1/sources/${ana}?edition=draft`)).json(), { affiliationId: other })
  const al = await person(client, 'Al')
  await merge(client, ana, al)
  await remove(`/v1/sources/${other}`)
  await client.post(`/v1/sources/${ana}/unmerge`)
  t.match((await get(`/v1/sources/${ana}?edition=draft`)).json(), { affiliationId: null })
})

t.test('what can no longer be taken back is forgotten, and where it leads is not', async (t) => {
  let now = Date.parse('2026-11-01T08:00:00.000Z')
  const clock = () => new Date(now++)
  const client = await app(t, { clock })
  const mara = await person(client, 'Mara Lindqvist')
  const em = await person(client, 'M. Lindqvist')
  await story(client, [em])
  await merge(client, em, mara)
  t.equal(await client.db.write('test', (tx) => advance(tx, em)), false, 'there is nothing more to do')
  now += 31 * 24 * 60 * 60 * 1000
  await removeExpired(client.db, clock, 30, retained)
  t.equal((await client.read(`/v1/sources/${em}`)).status, 308)
  t.match((await client.get(`/v1/sources/${em}/merge`)).json(), { state: 'done' })
})

t.test('draft and edition of an article are moved each as they are', async (t) => {
  const client = await app(t)
  const { read, get, patch } = client
  const mara = await person(client, 'Mara Lindqvist')
  const em = await person(client, 'M. Lindqvist')
  const bo = await person(client, 'Bo')
  const published = await story(client, [em, bo])
  const draft = await story(client, [bo], {
    bylines: [{ name: 'Somebody' }],
    attributions: [{ claim: 'somebody said', hops: [{ unnamed: { description: 'x' }, relation: 'told' }] }]
  })
  const chain = (article: DraftArticle) => `/v1/attributions/${article.quotes[0]!.attributions[0]!.id}`
  await patch(chain(published), { hops: [{ sourceId: bo, relation: 'said' }] })
  await patch(`/v1/articles/${published.id}`, { bylines: [{ name: 'Who signs', sourceId: bo }] })
  await patch(chain(draft), { hops: [{ sourceId: em, relation: 'said' }] })
  const named = async () => {
    const all = [published, draft].map(async ({ id }) => [
      said((await read(`/v1/articles/${id}`)).json<Article>())[0],
      said((await get(`/v1/articles/${id}?edition=draft`)).json<DraftArticle>())[0]
    ])
    return Promise.all(all)
  }
  const before = [
    [em, bo],
    [bo, em]
  ]
  t.same(await named(), before)
  t.equal((await merge(client, em, mara)).status, 200)
  t.same(await named(), [
    [mara, bo],
    [bo, mara]
  ])
  t.equal((await read(`/v1/articles/${published.id}`)).json<Article>().bylines[0]!.sourceId, mara)
  t.equal((await get(`/v1/articles/${draft.id}?edition=draft`)).json<DraftArticle>().edition, 1)
  await client.post(`/v1/articles/${draft.id}/revisions/1/restore`)
  await client.post(`/v1/articles/${published.id}/editions/1/restore`)
  t.match((await client.post(`/v1/sources/${em}/unmerge`)).json(), { state: 'undone' })
  t.equal((await read(`/v1/articles/${published.id}`)).json<Article>().bylines[0]!.sourceId, em)
})

t.test(
  'whom an article accuses and who was asked are the other source too, and private fields stop a merge',
  async (t) => {
    const client = await app(t)
    const { get, post } = client
    const mara = await person(client, 'Mara Lindqvist')
    const em = await person(client, 'M. Lindqvist')
    const article = await story(client, [em])
    const accused = (
      await post(`/v1/articles/${article.id}/allegations`, {
        statement: { quoteId: article.quotes[0]!.id },
        accused: { sourceId: em }
      })
    ).json<{ id: string }>()
    const asked = (
      await post(`/v1/articles/${article.id}/reply-requests`, { person: { sourceId: em } })
    ).json<{ id: string }>()
    const named = async () => {
      const both = [`/v1/allegations/${accused.id}`, `/v1/reply-requests/${asked.id}`]
      const read = async (url: string) => (await get(url)).json<{ person?: object; accused?: object }>()
      return Promise.all(both.map(read)).then((all) => all.map((one) => one.person ?? one.accused))
    }
    t.equal((await merge(client, em, mara)).status, 200)
    t.match(await named(), [{ sourceId: mara }, { sourceId: mara }])
    t.equal((await post(`/v1/sources/${em}/unmerge`)).status, 200)
    t.match(await named(), [{ sourceId: em }, { sourceId: em }])

    await client.put('/v1/source-fields', { fields: [{ name: 'region', values: ['north', 'south'] }] })
    t.equal((await post(`/v1/sources/${em}/private-fields`, { region: 'north' })).status, 204)
    t.match((await merge(client, em, mara)).json(), { status: 409, detail: /private fields/ })
  }
)
