// Several people at one article: advisory locks, and what somebody is told who was too slow.
import t, { type Test } from 'tap'
import type { DraftArticle } from '../../src/content/articles/schema.ts'
import type { Lock } from '../../src/content/desk/locks/schema.ts'
import type { Problem } from '../../src/http/problems.ts'
import { type Answer, app, ferry } from '../support/app.ts'

const minutes = 60_000

/** An article, tokens of several people, and a clock that the test winds. */
async function newsroom(t: Test) {
  let now = Date.parse('2026-11-02T08:00:00.000Z')
  const client = await app(t, { clock: () => new Date(now) })
  const people = new Map<string, string>()
  for (const [name, role] of [
    ['Mara', 'contributor'],
    ['Tomas', 'contributor'],
    ['Ines', 'editor']
  ] as const)
    people.set(name, (await client.token(role, { name })).token)
  const story = await client.draft()
  const as = (name: string) => ({ token: people.get(name)! })
  return {
    ...client,
    story,
    url: `/v1/articles/${story.id}`,
    lock: `/v1/articles/${story.id}/lock`,
    as,
    wind: (ms: number) => {
      now += ms
    }
  }
}

const told = (answer: Answer) => {
  const { status, type, detail } = answer.json<Problem>()
  return [status, type.replace('/problems/', ''), detail]
}

t.test('a lock is taken, seen, renewed, and released', async (t) => {
  const { call, get, lock, as, wind } = await newsroom(t)
  t.equal((await get(lock, as('Mara'))).status, 404)

  const taken = await call('PUT', lock, as('Mara'))
  t.strictSame(taken.json<Lock>(), {
    holder: 'Mara',
    since: '2026-11-02T08:00:00.000Z',
    expiresAt: '2026-11-02T08:02:00.000Z',
    mine: true
  })
  t.equal(taken.headers['cache-control'], 'private, no-store')
  t.strictSame((await get(lock, as('Mara'))).json<Lock>(), taken.json<Lock>())
  t.strictSame((await get(lock, as('Tomas'))).json<Lock>(), { ...taken.json<Lock>(), mine: false })

  wind(minutes)
  const renewed = await call('PUT', lock, { ...as('Mara'), payload: {} })
  t.strictSame(renewed.json<Lock>(), { ...taken.json<Lock>(), expiresAt: '2026-11-02T08:03:00.000Z' })

  t.strictSame([(await call('DELETE', lock, as('Mara'))).status, (await get(lock)).status], [204, 404])
  t.equal((await call('DELETE', lock, as('Mara'))).status, 204, 'what is free is released already')
  t.equal((await call('PUT', lock, as('Tomas'))).json<Lock>().holder, 'Tomas')
})

t.test('while a lock holds nobody else takes or releases it, and then it is free', async (t) => {
  const { call, get, lock, as, wind } = await newsroom(t)
  await call('PUT', lock, as('Mara'))
  wind(2 * minutes - 1)
  const refusal = [409, 'locked', 'Mara has locked the article until 2026-11-02T08:02:00.000Z.']
  t.strictSame(told(await call('PUT', lock, as('Tomas'))), refusal)
  t.strictSame(
    told(await call('DELETE', lock, as('Ines'))),
    refusal,
    'an editor does not break it by mistake'
  )
  t.equal((await get(lock)).json<Lock>().holder, 'Mara')

  wind(1)
  t.equal((await get(lock)).status, 404)
  t.equal((await call('DELETE', lock, as('Tomas'))).status, 204)
  const { holder, since } = (await call('PUT', lock, as('Tomas'))).json<Lock>()
  t.strictSame([holder, since], ['Tomas', '2026-11-02T08:02:00.000Z'])
  wind(2 * minutes)
  t.equal((await call('PUT', lock, as('Tomas'))).json<Lock>().since, '2026-11-02T08:04:00.000Z')
})

t.test('an editor may break a lock, a contributor may not', async (t) => {
  const { call, get, lock, as } = await newsroom(t)
  for (const method of ['PUT', 'DELETE']) {
    await call('PUT', lock, as('Mara'))
    t.strictSame(told(await call(method, `${lock}?break=true`, as('Tomas'))), [
      403,
      'forbidden',
      'The role contributor may not do this; editor, admin may.'
    ])
    t.equal((await get(lock)).json<Lock>().holder, 'Mara')
    t.equal((await call(method, `${lock}?break=false`, as('Ines'))).status, 409)
    const broken = await call(method, `${lock}?break=true`, as('Ines'))
    t.equal(broken.status, method === 'PUT' ? 200 : 204)
    if (method === 'PUT') t.equal(broken.json<Lock>().holder, 'Ines')
    await call('DELETE', `${lock}?break=true`)
    t.equal((await get(lock)).status, 404)
  }
})

t.test('a lock is advice: whoever does not ask may write, and nothing else is changed by it', async (t) => {
  const { call, get, patch, remove, lock, url, as } = await newsroom(t)
  const draft = await get(`${url}?edition=draft`)
  const log = await get(`${url}/history`)
  await call('PUT', lock, as('Mara'))
  const after = await get(`${url}?edition=draft`)
  t.strictSame([after.body, after.headers.etag], [draft.body, draft.headers.etag])
  t.equal((await get(`${url}/history`)).body, log.body)
  t.equal((await patch(url, { dek: 'x' }, as('Tomas'))).status, 200)
  t.equal((await remove(url)).status, 204)
  t.equal((await get(lock)).status, 404)
})

t.test('only an article that is there is locked, and with nothing to say', async (t) => {
  const { call, get, lock } = await newsroom(t)
  const nowhere = '/v1/articles/art_01k9v3w8zhe5ra4gxm7y2bqd6c/lock'
  for (const method of ['GET', 'PUT', 'DELETE'])
    t.strictSame(told(await call(method, nowhere)), [404, 'not-found', 'There is no such article.'], method)
  t.strictSame(told(await get(lock)), [404, 'not-found', 'There is no such lock.'])
  t.equal((await call('PUT', lock, { payload: { until: 'noon' } })).status, 400)
  t.equal((await call('PUT', `${lock}?break=perhaps`)).status, 400)
  t.equal((await call('PUT', '/v1/articles/late-ferry/lock')).status, 400, 'by its id')
})

t.test('many ask for a lock at once, and one gets it', async (t) => {
  const { call, lock, token } = await newsroom(t)
  const tokens = await Promise.all([...'abcdefghij'].map((name) => token('contributor', { name })))
  const answers = await Promise.all(tokens.map(({ token }) => call('PUT', lock, { token })))
  t.equal(answers.filter(({ status }) => status === 200).length, 1)
  t.equal(answers.filter(({ status }) => status === 409).length, 9)
})

/** The tag, and what the problem names. */
const stale = (answer: Answer) => [
  answer.status,
  answer.headers.etag,
  answer.json<Problem>().errors?.map(({ pointer, detail }) => `${pointer} ${detail}`)
]

t.test('who was slower is told the current tag, and who changed what', async (t) => {
  const { call, get, patch, url, as, wind } = await newsroom(t)
  const read = await get(`${url}?edition=draft`)
  const mine = { 'if-match': String(read.headers.etag) }
  await patch(url, { title: 'Ferry stays', dek: 'By Mara' }, as('Mara'))
  wind(minutes)
  await patch(url, { tags: ['ferry'], dek: 'By Ines' }, as('Ines'))
  wind(minutes)
  const now = await patch(url, { dek: 'By Ines', section: ferry.section }, as('Tomas'))
  const expected = [
    412,
    now.headers.etag,
    [
      '/dek was changed by Ines at 2026-11-02T08:01:00.000Z.',
      // The slug follows the title until the article is published.
      '/slug was changed by Mara at 2026-11-02T08:00:00.000Z.',
      '/tags was changed by Ines at 2026-11-02T08:01:00.000Z.',
      '/title was changed by Mara at 2026-11-02T08:00:00.000Z.'
    ]
  ]
  for (const [method, at, payload] of [
    ['PUT', url, { title: 'x' }],
    ['PATCH', url, { title: 'x' }],
    ['DELETE', url],
    ['POST', `${url}/publish`]
  ] as const) {
    const answer = await call(method, at, { payload, headers: mine })
    const [status, tag, errors] = stale(answer)
    t.strictSame([status, tag, (errors as string[]).sort()], expected, `${method} ${at}`)
  }
  const again = await call('PATCH', url, { payload: {}, headers: { 'if-match': String(now.headers.etag) } })
  t.equal(again.status, 200, 'the tag it was told is one to go on with')
})

t.test('what is not known is not told', async (t) => {
  const { call, get, patch, post, url, story } = await newsroom(t)
  await patch(url, { title: 'Ferry stays' })
  const tag = (version: number) => ({ 'if-match': `"${version}-${'x'.repeat(22)}"` })
  const { etag } = (await get(`${url}?edition=draft`)).headers
  for (const headers of [tag(9), { 'if-match': '"nobody"' }])
    t.strictSame(stale(await call('PATCH', url, { payload: {}, headers })), [412, etag, undefined])

  for (let n = 0; n < 50; n++) await patch(url, { dek: String(n) })
  const kept = await get(`${url}?edition=draft`)
  t.strictSame(stale(await call('PATCH', url, { payload: {}, headers: tag(1) })), [
    412,
    kept.headers.etag,
    undefined
  ])

  const made = await post(`${url}/corrections`, { kind: 'update', text: 'x' })
  const before = stale(await call('PATCH', url, { payload: {}, headers: tag(52) }))
  t.strictSame([before[0], before[2]], [412, undefined], 'nothing of the article itself was changed')
  t.ok(made.json<{ id: string }>().id && story.id)
})

t.test('every record tells its current tag with a 412', async (t) => {
  const { call, post, get, draft } = await app(t)
  const story = await draft({
    media: [{ kind: 'image', url: 'https://example.org/a.jpg', credits: [{ creditLine: 'x' }] }],
    attributions: [
      { claim: 'the ferry', hops: [{ unnamed: { description: 'two people' }, relation: 'said' }] }
    ]
  })
  const { id } = (await post(`/v1/articles/${story.id}/corrections`, { kind: 'update', text: 'x' })).json<{
    id: string
  }>()
  await post(`/v1/articles/${story.id}/publish`)
  const comment = await post(`/v1/articles/${story.id}/comments`, { author: { name: 'R' }, body: 'x' })
  const media = (await get('/v1/media?edition=draft')).json<{
    data: { id: string; credits: { id: string }[] }[]
  }>().data[0]!
  const urls = [
    `/v1/quotes/${story.quotes[0]!.id}`,
    `/v1/attributions/${story.attributions[0]!.id}`,
    `/v1/sources/${story.sources[0]!.id}`,
    `/v1/corrections/${id}`,
    `/v1/media/${media.id}`,
    `/v1/media-credits/${media.credits[0]!.id}`,
    `/v1/comments/${comment.json<{ id: string }>().id}`
  ]
  const headers = { 'if-match': `"99-${'x'.repeat(22)}"` }
  for (const url of urls) {
    const { etag } = (await get(`${url}?edition=draft`)).headers
    const answer = await call('PATCH', url, { payload: {}, headers })
    t.strictSame(stale(answer), [412, etag, undefined], url)
    t.strictSame(stale(await call('DELETE', url, { headers })), [412, etag, undefined], url)
  }
  for (const [decision, payload] of [['approve'], ['reject', {}]] as const) {
    const answer = await call('POST', `${urls.at(-1)}/${decision}`, { payload, headers })
    t.equal(answer.headers.etag, (await get(`${urls.at(-1)}?edition=draft`)).headers.etag, decision)
  }
})

t.test('of many who write at once with the tag they read, nobody overwrites anybody', async (t) => {
  const { call, get, post } = await app(t)
  const { id } = (await post('/v1/articles', { title: 'Race' })).json<DraftArticle>()
  const url = `/v1/articles/${id}`
  const statuses: number[] = []
  /** Reads, or is told, a tag and writes with it, twenty times. */
  async function write(who: number) {
    let tag = String((await get(`${url}?edition=draft`)).headers.etag)
    for (let n = 0; n < 20; n++) {
      const answer = await call('PATCH', url, {
        payload: { dek: `${who} ${n}` },
        headers: { 'if-match': tag }
      })
      statuses.push(answer.status)
      tag = String(answer.headers.etag)
    }
  }
  await Promise.all(Array.from({ length: 50 }, (_, who) => write(who)))
  const won = statuses.filter((status) => status === 200).length
  t.equal(statuses.length, 1000)
  t.ok(won >= 20, 'each round has a winner')
  t.equal(statuses.filter((status) => status === 412).length, 1000 - won, 'all others are told')
  t.equal((await get(`${url}?edition=draft`)).json<DraftArticle>().version, won + 1)
})
