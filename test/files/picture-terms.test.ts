// How far the rights of pictures go: licences, purposes, uses, approval, substitutes, notices, and what is invoiced.
import t, { type Test } from 'tap'
import type { Article, DraftArticle, NewStory } from '../../src/content/articles/schema.ts'
import { startNotices, tellExpiring } from '../../src/content/credits/expiring.ts'
import type { Licences } from '../../src/content/credits/licences/schema.ts'
import type { DraftMediaCredit } from '../../src/content/credits/schema.ts'
import type { DraftMedia } from '../../src/content/media/schema.ts'
import type { Problem } from '../../src/http/problems.ts'
import type { CreditReport, MediaUse } from '../../src/publishing/rights/schema.ts'
import { app, type Client } from '../support/app.ts'

const start = Date.parse('2026-11-02T08:00:00.000Z')
const day = 86_400_000
const at = (ms: number) => new Date(ms).toISOString()

async function clocked(t: Test, config: object = {}) {
  const time = { now: start }
  return { time, client: await app(t, { clock: () => new Date(time.now), config }) }
}

/** A draft that leads with a picture of these credits. */
const leading = (client: Client, credits: object[], file: object = {}) =>
  client.draft({
    leadMediaId: 'lead',
    media: [{ key: 'lead', kind: 'image', url: 'https://a.example/b.jpg', alt: 'x', credits, ...file }]
  } as Partial<NewStory>)

const codes = async (client: Client, { id }: { id: string }) => {
  const answer = await client.post(`/v1/articles/${id}/publish`)
  return answer.status === 200 ? [] : answer.json<Problem>().errors!.map(({ code }) => code)
}

t.test('a licence of the list says what credits that name it leave open', async (t) => {
  const { client } = await clocked(t, { ONRECORD_TERRITORY: 'NO' })
  const first = (await client.get('/v1/licences')).json<Licences>()
  t.match(first, { licences: [], version: 0 })
  t.ok(first.common.some(({ name }) => name === 'CC BY 4.0'))
  const list = [
    { name: 'CC BY 4.0', url: 'https://creativecommons.org/licenses/by/4.0/' },
    { name: 'Wire', purposes: ['print'], territories: ['SE'], maxUses: 1, approvalBy: 'a editor' }
  ]
  const twice = await client.put('/v1/licences', { licences: [...list, { name: 'wire' }] })
  t.match(twice.json<Problem>(), { status: 422, errors: [{ pointer: '/licences/2/name' }] })
  t.match((await client.put('/v1/licences', { licences: list })).json<Licences>(), { version: 1 })
  t.match((await client.patch('/v1/licences', { licences: list })).json<Licences>(), { version: 2 })

  const wire = await leading(client, [{ creditLine: 'W', licence: { name: 'WIRE' } }])
  t.same(await codes(client, wire), [
    'credit-not-for-territory',
    'credit-not-for-purpose',
    'credit-not-approved'
  ])
  const own = { purposes: ['web'], territories: ['NO'], approvalBy: 'the test' }
  await client.patch(`/v1/media-credits/${wire.media[0]!.credits[0]!.id}`, own)
  t.same(await codes(client, wire), ['credit-not-approved'], 'what a credit says itself goes first')
  const url = 'http://creativecommons.org/licenses/by/4.0'
  const free = await leading(client, [{ creditLine: 'F', licence: { name: 'CC-BY', url } }])
  t.same(await codes(client, free), [], 'a licence is known by its address, too')
})

t.test('only the one who is named approves a picture', async (t) => {
  const { client } = await clocked(t)
  const draft = await leading(client, [{ creditLine: 'A', approvalBy: 'a editor' }, { creditLine: 'B' }])
  const [credit, free] = draft.media[0]!.credits
  const approve = (id: string, token?: string) =>
    client.post(`/v1/media-credits/${id}/approve`, undefined, { ...(token && { token }) })
  t.equal((await approve(free!.id)).status, 409)
  t.equal((await approve(credit!.id)).status, 403)
  t.same(await codes(client, draft), ['credit-not-approved'])
  const { token } = await client.token('editor')
  const approved = await approve(credit!.id, token)
  t.match(approved.json<DraftMediaCredit>(), { approval: { by: 'a editor', at: at(start) }, version: 2 })
  t.same(await codes(client, draft), [])
  const public_ = (await client.read(`/v1/media-credits/${credit!.id}`)).body
  t.notMatch(public_, /approv|purposes|maxUses/, 'terms stay at the desk')
  const other = await client.patch(`/v1/media-credits/${credit!.id}`, { approvalBy: 'Somebody else' })
  t.equal(other.json<DraftMediaCredit>().approval, null)
})

t.test('a picture may be in so many articles, and each use is recorded', async (t) => {
  const { client, time } = await clocked(t)
  const first = await leading(client, [{ creditLine: 'A', suppliers: ['Wire', 'Coast'], maxUses: 2 }])
  const media = first.media[0]!.id
  const others: DraftArticle[] = []
  for (const title of ['Second', 'Third'])
    others.push(await client.draft({ title, leadMediaId: media, purposes: ['web', 'social'] }))
  t.same(await codes(client, first), [])
  t.same(await codes(client, others[0]!), [])
  t.same(await codes(client, others[1]!), ['credit-uses-exhausted'])
  await client.patch(`/v1/articles/${first.id}`, { title: 'Again' })
  t.same(await codes(client, first), [], 'the same article is the same use')
  time.now += day
  await client.post(`/v1/articles/${others[0]!.id}/withdraw`)
  await client.patch(`/v1/articles/${first.id}`, { leadMediaId: null })
  t.same(await codes(client, first), [])
  t.same(await codes(client, others[1]!), ['credit-uses-exhausted'], 'what was used stays used')
  const uses = async (query = '') =>
    (await client.get(`/v1/media/${media}/uses${query}`)).json<{ data: MediaUse[]; next: string | null }>()
  const { data } = await uses()
  const ended = { at: at(start), endedAt: at(start + day) }
  t.match(data, [
    { articleId: others[0]!.id, purposes: ['web', 'social'], ...ended },
    { articleId: first.id, purposes: ['web'], credits: [{ suppliers: ['Wire', 'Coast'] }], ...ended }
  ])
  const page = await uses('?limit=1')
  t.same((await uses(`?limit=1&cursor=${page.next}`)).data, [data[1]])
  await client.patch(`/v1/articles/${first.id}`, { leadMediaId: media })
  t.same(await codes(client, first), [])
  t.equal((await uses()).data[1]!.endedAt, null, 'it is shown again')
  const desk = (await client.get(`/v1/media/${media}?edition=draft`)).json<DraftMedia>()
  t.match(desk.usedIn, {
    count: 3,
    articles: [{ id: others[1]!.id, title: 'Third', status: 'draft' }, {}, {}]
  })
})

t.test('invoices are checked by supplier and month', async (t) => {
  const { client, time } = await clocked(t)
  const publish = async (credits: object[]) => {
    const draft = await leading(client, credits, { url: `https://a.example/${Math.random()}.jpg` })
    const waive =
      credits.length === 0 ? { waive: [{ code: 'picture-without-credit', reason: 'A handout.' }] } : {}
    t.equal((await client.post(`/v1/articles/${draft.id}/publish`, waive)).status, 200)
    return { articleId: draft.id, mediaId: draft.media[0]!.id }
  }
  await publish([{ creditLine: 'A', suppliers: ['=Wire', 'Coast'] }])
  await publish([{ creditLine: 'B', suppliers: ['=Wire'] }])
  const bare = await publish([])
  time.now += 30 * day
  await publish([{ creditLine: 'C', suppliers: ['Coast'] }])
  const report = async (query: string, headers = {}) =>
    client.get(`/v1/reports/credits?${query}`, { headers })
  const year = 'from=2026-01-01T00:00:00Z&to=2027-01-01T00:00:00Z'
  const counts = (uses: number) => ({ uses, media: uses, articles: uses })
  t.same((await report(year)).json<CreditReport>(), {
    from: '2026-01-01T00:00:00.000Z',
    to: '2027-01-01T00:00:00.000Z',
    ...counts(4),
    suppliers: [
      { month: '2026-11', supplier: '=Wire', ...counts(2) },
      { month: '2026-11', supplier: 'Coast', ...counts(1) },
      { month: '2026-11', supplier: null, ...counts(1) },
      { month: '2026-12', supplier: 'Coast', ...counts(1) }
    ],
    withoutCredit: { count: 1, uses: [bare] }
  })
  t.match((await report(`${year}&supplier=Coast`)).json<CreditReport>().suppliers, [
    { month: '2026-11' },
    { month: '2026-12' }
  ])
  const csv = await report('from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z', { accept: 'text/csv' })
  t.equal(csv.headers['content-type'], 'text/csv; charset=utf-8')
  t.equal(
    csv.body,
    `month,supplier,uses,media,articles\r\n2026-11,"'=Wire",2,2,2\r\n2026-11,Coast,1,1,1\r\n2026-11,,1,1,1\r\n`
  )
  t.equal((await report('from=2026-12-01T00:00:00Z&to=2026-11-01T00:00:00Z&as=csv')).status, 422)
})

t.test('30, 7 and 1 days before rights end it is told, once', async (t) => {
  const { client, time } = await clocked(t)
  const clock = () => new Date(time.now)
  const end = start + 40 * day
  const draft = await leading(client, [
    { creditLine: 'A', expiresAt: at(end) },
    { creditLine: 'B', expiresAt: at(start + 3_600_000) },
    { creditLine: 'C' }
  ])
  const [credit, soon] = draft.media[0]!.credits
  const told = async () => {
    const done = await tellExpiring(client.db, clock)
    const { data } = (await client.get('/v1/changes?kind=credit&action=expire')).json<{
      data: { id: string; event: string; detail: { days: number; articles: string[] } }[]
    }>()
    return { done, days: data.filter(({ id }) => id === credit!.id).map(({ detail }) => detail.days) }
  }
  t.same(await told(), { done: 0, days: [] }, 'what ends within a day is told by nobody any more')
  t.same(await codes(client, draft), [])
  await client.patch(`/v1/media-credits/${soon!.id}`, { expiresAt: null })
  time.now = end - 30 * day
  t.same(await told(), { done: 1, days: [30] })
  t.same(await told(), { done: 0, days: [30] })
  time.now = end - 7 * day + 1
  t.same(await told(), { done: 1, days: [30, 7] })
  time.now = end - day
  t.same(await told(), { done: 1, days: [30, 7, 1] })
  t.same(await told(), { done: 0, days: [30, 7, 1] })
  await client.patch(`/v1/media-credits/${credit!.id}`, { expiresAt: at(end + 5 * day) })
  time.now = end + 6 * day
  t.same(await told(), { done: 1, days: [30, 7, 1] }, 'what has ended meanwhile does not end soon')
  const { data } = (await client.get('/v1/changes?kind=credit&action=expire')).json<{ data: object[] }>()
  t.match(data[0], {
    event: 'credit.expiring',
    actor: { name: 'rights' },
    detail: { expiresAt: at(end), mediaId: draft.media[0]!.id, articles: [draft.id] }
  })
  const found = await client.get(`/v1/media-credits?edition=draft&expiresAt.lt=${at(end + 6 * day)}`)
  t.match(found.json(), { data: [{ id: credit!.id }] })
  await startNotices(client.db, { clock, failed: t.error })()
})

t.test('a substitute is shown once rights have ended, where it may be', async (t) => {
  const { client, time } = await clocked(t, { ONRECORD_TERRITORY: 'NO' })
  const made = async (input: object, credits: object[]) => {
    const { id } = (
      await client.post('/v1/media', {
        kind: 'image',
        url: 'https://a.example/s.jpg',
        alt: 'A quay.',
        ...input
      })
    ).json<{ id: string }>()
    for (const credit of credits)
      await client.post(`/v1/media/${id}/credits`, { creditLine: 'Own picture', ...credit })
    return id
  }
  const good = await made({}, [{ territories: ['NO'] }])
  const unfit = [
    await made({}, []),
    await made({}, [{ expiresAt: at(start + 3600) }]),
    await made({ embargoUntil: at(start + 9 * day) }, [{}]),
    await made({}, [{ territories: ['SE'] }]),
    await made({}, [{ purposes: ['print'] }]),
    await made({}, [{ approvalBy: 'Nobody' }])
  ]
  const other = await leading(client, [{ creditLine: 'O' }], { url: 'https://a.example/o.jpg' })
  const exhausted = await made({}, [{ maxUses: 1 }])
  await client.patch(`/v1/articles/${other.id}`, { leadMediaId: exhausted })
  t.same(await codes(client, other), [])
  const ending = { creditLine: 'A', expiresAt: at(start + day) }
  const publishedWith = async (substituteId: string, url: string) => {
    const draft = await leading(client, [ending], { url })
    const media = draft.media[0]!.id
    await client.patch(`/v1/media/${media}`, { substituteId })
    const body = [...draft.body, { _type: 'image', mediaId: media }]
    await client.patch(`/v1/articles/${draft.id}`, { body })
    t.same(await codes(client, draft), [])
    return draft.id
  }
  const with_ = await publishedWith(good, 'https://a.example/1.jpg')
  const without: string[] = []
  for (const [i, id] of [...unfit, exhausted].entries())
    without.push(await publishedWith(id, `https://a.example/no${i}.jpg`))
  const self = await client.patch(`/v1/media/${good}`, { substituteId: good })
  t.match(self.json<Problem>(), { status: 422, errors: [{ pointer: '/substituteId' }] })
  const nobody = `med_${'0'.repeat(26)}`
  t.equal((await client.patch(`/v1/media/${good}`, { substituteId: nobody })).status, 422)
  t.equal((await client.remove(`/v1/media/${good}`)).status, 409, 'a substitute is in use')

  time.now = start + day
  const article = (await client.read(`/v1/articles/${with_}`)).json<Article>()
  t.match(article, { leadMediaId: good, media: [{ id: good, url: 'https://a.example/s.jpg' }] })
  t.equal(article.media.length, 1)
  t.match(article.body.at(-1), { _type: 'image', mediaId: good })
  t.equal((await client.read(`/v1/media/${good}`)).status, 200)
  for (const id of without) {
    const { media } = (await client.read(`/v1/articles/${id}`)).json<Article>()
    t.match(media, [{ url: null, unavailable: { reason: 'rights-ended' } }])
  }
})
