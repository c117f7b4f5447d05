// What was done to an article, told to a person; and an article that begins as another stands.
import t, { type Test } from 'tap'
import { actions, changeKinds, eventOf } from '../../src/changes/log/events.ts'
import type { DraftArticle } from '../../src/content/articles/schema.ts'
import type { Chapter } from '../../src/content/desk/history/schema.ts'
import { sentence } from '../../src/content/desk/history/sentences.ts'
import type { Problem } from '../../src/http/problems.ts'
import { app, type Call, ferry } from '../support/app.ts'
import { forged } from '../support/forged-cursors.ts'

interface Page {
  data: Chapter[]
  next: string | null
}

/** A newsroom with three people, and a clock that the test winds. */
async function newsroom(t: Test) {
  let now = Date.parse('2026-11-02T08:00:00.000Z')
  const client = await app(t, { clock: () => new Date(now) })
  const person = async (name: string, role: string): Promise<Call> => ({
    token: (await client.token(role, { name })).token
  })
  const mara = await person('Mara', 'contributor')
  const night = await person('The night desk', 'editor')
  const vera = await person('Vera', 'moderator')
  const history = async (id: string, query = '') =>
    (await client.get(`/v1/articles/${id}/history${query}`, mara)).json<Page>()
  const told = async (id: string) => (await history(id, '?limit=100')).data.map(({ sentence }) => sentence)
  const wind = (ms: number) => {
    now += ms
  }
  return { ...client, mara, night, vera, history, told, wind }
}

t.test('what was done to an article reads like a story, newest first', async (t) => {
  const { post, patch, remove, told, mara, night, vera, wind } = await newsroom(t)
  const { id, quotes } = (await post('/v1/articles', ferry, mara)).json<DraftArticle>()
  const url = `/v1/articles/${id}`
  const step = async (name: string, as: Call, body?: object) => {
    wind(1000)
    t.equal((await post(`${url}/${name}`, body, as)).status, 200, name)
  }
  t.strictSame(await told(id), [
    'Mara (contributor) added an attribution.',
    'Mara (contributor) added a quote.',
    'Mara (contributor) created the article.'
  ])
  await step('submit', mara)
  await step('return', night, { note: 'Who counted?' })
  wind(1000)
  await patch(`/v1/quotes/${quotes[0]!.id}`, { display: 'block' }, mara)
  await step('submit', mara, { note: 'I did.' })
  await step('approve', night)
  await step('schedule', night, {
    publishAt: '2026-11-02T12:00:00Z',
    withdrawAt: '2026-11-03T12:00:00Z',
    note: 'At noon.'
  })
  await step('unschedule', night)
  await step('publish', night, { note: 'Early after all' })
  wind(1000)
  const said = await post(`${url}/comments`, { author: { name: 'R' }, body: 'x' }, { token: null })
  await post(`/v1/comments/${said.json<{ id: string }>().id}/approve`, undefined, vera)
  wind(1000)
  await post(`${url}/corrections`, { kind: 'update', text: 'x' }, night)
  await step('publish', night)
  await step('withdraw', night, { reason: 'The source takes it back.' })
  await step('editions/1/restore', night)
  await step('revisions/1/restore', night)
  wind(1000)
  await remove(url, night)

  const story = await told(id)
  t.strictSame(story.slice(0, -3), [
    'The night desk (editor) deleted the article.',
    'The night desk (editor) went back to the draft of version 1.',
    'The night desk (editor) went back to edition 1.',
    'The night desk (editor) withdrew it: “The source takes it back.”',
    'The night desk (editor) published edition 2.',
    'The night desk (editor) added a correction.',
    'The night desk (editor) changed the article.',
    'Vera (moderator) approved a comment.',
    'A reader sent a comment.',
    'The night desk (editor) published edition 1: “Early after all”.',
    'The night desk (editor) took it off the schedule.',
    'The night desk (editor) scheduled it to be published at 2026-11-02T12:00:00.000Z and withdrawn at 2026-11-03T12:00:00.000Z: “At noon.”',
    'The night desk (editor) approved it.',
    'Mara (contributor) handed it in for review: “I did.”',
    'Mara (contributor) changed a quote.',
    'Mara (contributor) changed the article.',
    'The night desk (editor) returned it: “Who counted?”',
    'Mara (contributor) handed it in for review.'
  ])
})

t.test('a chapter says who, when and what', async (t) => {
  const { post, history, mara, night, wind } = await newsroom(t)
  const { id } = (await post('/v1/articles', { title: 'x', body: { text: 'x' } }, mara)).json<DraftArticle>()
  wind(1000)
  await post(`/v1/articles/${id}/publish`, { note: 'Go.' }, night)
  const [published, created] = (await history(id)).data
  t.strictSame(published, {
    seq: published!.seq,
    at: '2026-11-02T08:00:01.000Z',
    actor: { name: 'The night desk', role: 'editor' },
    action: 'publish',
    kind: 'article',
    id,
    version: 2,
    sentence: 'The night desk (editor) published edition 1: “Go.”',
    detail: { edition: 1, note: 'Go.' }
  })
  t.strictSame(created?.detail, null)
  t.ok(created!.seq < published!.seq)
})

t.test('the pages of a history follow one another', async (t) => {
  const { post, patch, get, history, mara } = await newsroom(t)
  const { id } = (await post('/v1/articles', { title: 'x' }, mara)).json<DraftArticle>()
  for (let n = 0; n < 24; n++) await patch(`/v1/articles/${id}`, { dek: String(n) }, mara)
  const first = await get(`/v1/articles/${id}/history`, mara)
  t.equal(first.json<Page>().data.length, 20, 'twenty, when nobody says how many')
  t.equal(first.headers['cache-control'], 'private, no-store')
  const seen: number[] = []
  let next: string | null = ''
  while (next !== null) {
    const page: Page = await history(id, `?limit=10${next && `&cursor=${next}`}`)
    seen.push(...page.data.map(({ seq }) => seq))
    next = page.next
  }
  t.equal(seen.length, 25)
  t.strictSame(
    seen,
    [...new Set(seen)].sort((a, b) => b - a)
  )
  const start = await get(`/v1/articles/${id}/history?limit=10`)
  const link = String(start.headers.link)
  t.match(link, /^<\/v1\/articles\/art_.+\/history\?limit=10&cursor=.+>; rel="next"$/)
  for (const cursor of [
    'x',
    forged(start.json<Page>().next, 'x'),
    forged(start.json<Page>().next, '1', '2')
  ]) {
    const answer = await get(`/v1/articles/${id}/history?cursor=${cursor}`)
    t.match(answer.json(), { status: 400, type: '/problems/invalid-cursor' })
  }
})

t.test('what never was has no history', async (t) => {
  const { get } = await newsroom(t)
  const answer = await get('/v1/articles/art_01k9v3w8zhe5ra4gxm7y2bqd6c/history')
  t.match(answer.json(), { status: 404, detail: 'There is no such article.' })
})

t.test('there is a sentence for everything that can happen to an article', (t) => {
  const ofNone = ['ban', 'settings', 'term', 'token', 'webhook', 'backup', 'export']
  const told = changeKinds
    .filter((kind) => !ofNone.includes(kind))
    .flatMap((kind) => actions.map((action) => ({ kind, action })))
    .filter(({ kind, action }) => {
      try {
        return eventOf(kind, action)
      } catch {
        return false
      }
    })
  t.ok(told.length > 40)
  for (const change of told) {
    const actor = { name: 'Mara', role: 'contributor' as const }
    t.match(sentence({ ...change, actor, detail: null }), /^Mara \(contributor\) [a-z]/)
  }
  const waived = [{ code: 'headline-long', reason: 'A quote.' }]
  const detail = { edition: 3, waived }
  for (const [name, who] of [
    ['timetable', 'The timetable'],
    ['rebuild', 'rebuild']
  ] as const)
    t.equal(
      sentence({ kind: 'article', action: 'publish', actor: { name, role: null }, detail }),
      `${who} published edition 3, waiving headline-long (“A quote.”).`
    )
  const detail2 = { publishAt: '2026-11-02T12:00:00.000Z' }
  t.equal(
    sentence({ kind: 'article', action: 'schedule', actor: { name: 'x', role: null }, detail: detail2 }),
    'x scheduled it to be published at 2026-11-02T12:00:00.000Z.'
  )
  t.end()
})

t.test('a duplicate says all that the article says, and is another article', async (t) => {
  const { post, patch, get, mara, night } = await newsroom(t)
  const made = await post('/v1/articles', {
    ...ferry,
    slug: 'late-ferry',
    dek: 'A dek',
    canonicalUrl: 'https://example.org/ferry',
    embargoUntil: '2026-11-01T12:00:00Z',
    bylines: [{ name: 'Mara' }],
    extra: { mood: 'calm' },
    leadMediaId: 'boat',
    media: [
      {
        key: 'boat',
        kind: 'image',
        url: 'https://example.org/b.jpg',
        alt: 'x',
        credits: [{ creditLine: 'x' }]
      }
    ],
    attributions: [
      {
        claim: 'The board agreed',
        hops: [
          { sourceId: 'lindqvist', relation: 'told' },
          {
            unnamed: { description: 'two people briefed on it', reason: 'They may not speak.' },
            relation: 'said'
          }
        ]
      }
    ]
  })
  t.equal(made.status, 201, made.body)
  const { id, body, leadMediaId } = made.json<DraftArticle>()
  const url = `/v1/articles/${id}`
  await patch(url, { body: [...(body as object[]), { _type: 'image', mediaId: leadMediaId }] })
  await post(`${url}/corrections`, { kind: 'update', text: 'x' }, night)
  t.equal((await post(`${url}/publish`, undefined, night)).status, 200)
  await post(`${url}/comments`, { author: { name: 'R' }, body: 'x' }, { token: null })
  const original = await get(`${url}?edition=draft`)

  const answer = await post(`${url}/duplicate`, undefined, mara)
  t.equal(answer.status, 201)
  const copy = answer.json<DraftArticle>()
  t.equal(answer.headers.location, `/v1/articles/${copy.id}?edition=draft`)
  const read = await get(`/v1/articles/${copy.id}?edition=draft`)
  t.strictSame([read.body, read.headers.etag], [answer.body, answer.headers.etag])
  t.equal((await get(`${url}?edition=draft`)).body, original.body, 'the original is as it was')

  const before = original.json<DraftArticle>()
  const renamed = JSON.parse(
    [
      [before.id, copy.id],
      ...before.quotes.map(({ id }, i) => [id, copy.quotes[i]!.id]),
      ...before.quotes.map(({ attributions: [one] }, i) => [one!.id, copy.quotes[i]!.attributions[0]!.id]),
      ...before.attributions.map(({ id }, i) => [id, copy.attributions[i]!.id])
    ].reduce((text, [was, is]) => text.replaceAll(was!, is!), original.body)
  )
  t.strictSame(copy, {
    ...renamed,
    slug: 'late-ferry-keeps-sailing',
    canonicalUrl: null,
    publishedAt: null,
    firstPublishedAt: null,
    status: 'draft',
    edition: 0,
    corrections: [],
    version: 1,
    createdAt: copy.createdAt,
    updatedAt: copy.updatedAt
  })
  const ids = JSON.stringify(copy)
  for (const { id } of [...before.quotes, ...before.attributions]) t.notMatch(ids, id)
  t.equal((await get(`/v1/articles/${copy.id}/comments`)).status, 404)
  t.strictSame(
    (await get(`/v1/articles/${copy.id}/history`)).json<Page>().data.map(({ action }) => action),
    ['create', 'create', 'create', 'create']
  )
  t.equal((await post(`/v1/articles/${copy.id}/publish`, undefined, night)).status, 200)
})

t.test('an article is duplicated though what it rests on is gone', async (t) => {
  const { draft, post, remove, get } = await app(t)
  const [cited, original] = [
    await draft({ title: 'The first story' }),
    await draft({ title: 'Its original' })
  ]
  const chain = [{ articleId: cited.id, relation: 'reported' as const }]
  const attributions = [{ claim: 'the ferry stays', hops: chain }]
  const one = await draft({ title: 'The second', translationOf: original.id, quotes: [], attributions })
  for (const { id } of [cited, original]) await remove(`/v1/articles/${id}`)
  const again = async () => {
    const answer = await post(`/v1/articles/${one.id}/duplicate`)
    t.equal(answer.status, 201, answer.body)
    const copy = answer.json<DraftArticle>()
    const { data } = (await get(`/v1/attributions?edition=draft&article=${copy.id}`)).json<{
      data: object[]
    }>()
    t.match(data, [{ claim: 'the ferry stays', hops: chain }])
  }
  await again()
  await remove(`/v1/trash/${cited.id}`)
  await again()
})

t.test('an article is duplicated as often as one likes, and nothing else is', async (t) => {
  const { post, draft } = await newsroom(t)
  const { id } = await draft()
  const slugs = new Set<string>()
  for (let n = 0; n < 3; n++)
    slugs.add((await post(`/v1/articles/${id}/duplicate`)).json<DraftArticle>().slug)
  t.equal(slugs.size, 3)
  const nowhere = await post('/v1/articles/art_01k9v3w8zhe5ra4gxm7y2bqd6c/duplicate')
  t.match(nowhere.json<Problem>(), { status: 404, detail: 'There is no such article.' })
})
