// Words and patterns that no comment gets past.
import t from 'tap'
import type { BlockedTerm, TrialResult } from '../../src/discussion/blocklist/schema.ts'
import type { DraftComment, PostedComment } from '../../src/discussion/comments/schema.ts'
import { app, type Client } from '../support/app.ts'

const url = '/v1/blocked-terms'
const casino = { kind: 'word', term: 'casino', outcome: 'spam' }

const block = async ({ post }: Client, input: object = {}) =>
  (await post(url, { ...casino, ...input })).json<BlockedTerm>()

/** What becomes of comments on a published article. */
async function discussed(client: Client) {
  const { id } = await client.draft({ commentPolicy: { mode: 'open' } })
  await client.post(`/v1/articles/${id}/publish`)
  let n = 0
  const say = (body: string, name = 'Ines') => {
    const remoteAddress = `203.0.113.${n++ % 250}`
    const options = { token: null, remoteAddress }
    return client.post(`/v1/articles/${id}/comments`, { author: { name }, body }, options)
  }
  const judged = async (body: string, name?: string) => {
    const { id } = (await say(body, name)).json<PostedComment>()
    const comment = (await client.get(`/v1/comments/${id}?edition=draft`)).json<DraftComment>()
    return [comment.status, ...comment.rules.map(({ rule, matched }) => `${rule}: ${matched}`)]
  }
  return { say, judged }
}

t.test('moderators keep a list of blocked terms', async (t) => {
  const client = await app(t)
  const { get, put, patch, remove, post } = client
  const made = await post(url, { ...casino, note: 'Since the spring' })
  const term = made.json<BlockedTerm>()
  t.equal(made.status, 201)
  t.equal(made.headers.location, `${url}/${term.id}`)
  t.match(term, { ...casino, id: /^blk_/, note: 'Since the spring', version: 1 })
  t.same((await get(`${url}/${term.id}`)).json(), term)
  const changed = await patch(`${url}/${term.id}`, { term: 'Casino bonus', note: null })
  t.match(changed.json(), { ...casino, term: 'Casino bonus', note: null, version: 2 })
  t.match((await put(`${url}/${term.id}`, { ...casino, outcome: 'hold' })).json(), {
    outcome: 'hold',
    version: 3
  })
  const stale = await put(`${url}/${term.id}`, casino, { headers: { 'if-match': String(made.headers.etag) } })
  t.match(stale.json(), { status: 412, detail: 'The blocked term has been changed since you read it.' })
  const pattern = await block(client, { kind: 'pattern', term: 'cas[i1]no' })
  const ids = async (query: string) => {
    const answer = await get(`${url}${query}`)
    t.equal(answer.headers['cache-control'], 'private, no-store')
    return answer.json<{ data: BlockedTerm[] }>().data.map(({ id }) => id)
  }
  t.same(await ids(''), [pattern.id, term.id], 'newest first')
  t.same(await ids('?kind=word'), [term.id])
  t.same(await ids('?outcome=spam'), [pattern.id])
  const [first, second] = [await get(`${url}?limit=1`), await get(`${url}?limit=2`)]
  const { next } = first.json<{ next: string }>()
  t.same(await ids(`?limit=1&cursor=${next}`), [term.id])
  t.equal(second.json<{ next: null }>().next, null)
  t.equal((await remove(`${url}/${term.id}`)).status, 204)
  for (const answer of [
    await get(`${url}/${term.id}`),
    await remove(`${url}/${term.id}`),
    await patch(`${url}/${term.id}`, {})
  ])
    t.match(answer.json(), { status: 404, detail: 'There is no such blocked term.' })
})

t.test('a word is found however it is written, and only as a word', async (t) => {
  const client = await app(t)
  await block(client, { outcome: 'hold' })
  await block(client, { term: 'Überweisung an', outcome: 'spam' })
  const { say, judged } = await discussed(client)
  for (const body of ['CASINO!', 'the Cásinò', 'ｃａｓｉｎｏ', 'ca\u200bsi\u00adno', 'x\ncasino\ny'])
    t.same(await judged(body), ['pending', 'blocked-terms: casino'], body)
  t.same(await judged('Hello', 'Casino'), ['pending', 'blocked-terms: casino'], 'in the name, too')
  t.same(await judged('casinos and occasino'), ['approved'])
  t.same(await judged('casino, casino: eine uberweisung   AN mich'), [
    'spam',
    'blocked-terms: casino',
    'blocked-terms: Überweisung an'
  ])
  t.same(await judged('eine Überweisung nicht an mich'), ['approved'])
  await block(client, { term: 'never', outcome: 'refuse' })
  const refused = await say('Never say never')
  t.match(refused.json(), {
    type: '/problems/unprocessable',
    status: 422,
    errors: [{ pointer: '/body', detail: 'It has words that are not taken here.' }]
  })
})

t.test('what is blocked changes with the list at once', async (t) => {
  const client = await app(t)
  const { judged } = await discussed(client)
  t.same(await judged('casino one'), ['approved'])
  const { id } = await block(client)
  t.same(await judged('casino two'), ['spam', 'blocked-terms: casino'])
  await client.patch(`${url}/${id}`, { kind: 'pattern', term: 'cas[i1]n.' })
  t.same(await judged('a CAS1NA'), ['spam', 'blocked-terms: CAS1NA'])
  await client.remove(`${url}/${id}`)
  t.same(await judged('casino three'), ['approved'])
})

t.test('a term can be tried before it is blocked', async (t) => {
  const client = await app(t)
  const texts = ['A CAS1NO', 'The casinos of Oslo', 'A ferry']
  const tried = await client.post(`${url}/trial`, { kind: 'pattern', term: 'cas[i1]no', texts })
  t.equal(tried.status, 200)
  t.equal(tried.headers['cache-control'], 'private, no-store')
  t.same(tried.json<TrialResult>().matches, ['CAS1NO', 'casino', null])
  t.same(
    (await client.post(`${url}/trial`, { kind: 'word', term: 'CASINO', texts })).json<TrialResult>().matches,
    [null, null, null]
  )
  t.same(
    (await client.post(`${url}/trial`, { kind: 'word', term: 'CASINO', texts: ['...'] })).json<TrialResult>()
      .matches,
    [null]
  )
  t.same((await client.get(url)).json<{ data: [] }>().data, [], 'nothing is kept')
})

t.test('what cannot be looked for is refused', async (t) => {
  const client = await app(t)
  const { id } = await block(client)
  for (const [term, detail] of [
    ['(', /^This is not a pattern of RE2: /],
    ['a(?=b)', /^This is not a pattern of RE2: /],
    ['(a)\\1', /^This is not a pattern of RE2: /],
    ['((a{100}){100}){100}', /^This is not a pattern of RE2: /],
    ['a{1000}', 'The pattern is too large: repeat less.'],
    ['x*', 'The pattern matches every text.']
  ] as const) {
    const problem = { status: 422, errors: [{ pointer: '/term', detail }] }
    const input = { kind: 'pattern', term }
    t.match((await client.post(url, { ...casino, ...input })).json(), problem, term)
    t.match((await client.patch(`${url}/${id}`, input)).json(), problem, term)
    t.match((await client.post(`${url}/trial`, { ...input, texts: ['x'] })).json(), problem, term)
  }
  t.match((await client.post(url, { ...casino, term: '...' })).json(), {
    status: 422,
    errors: [{ pointer: '/term', detail: 'There is no letter or digit in this word.' }]
  })
  t.equal((await client.post(url, { ...casino, term: 'x'.repeat(501) })).status, 400)
})

t.test('no pattern takes long, whatever it is tried on', async (t) => {
  const client = await app(t)
  const texts = ['a'.repeat(9999), 'ab '.repeat(3333), `${'a'.repeat(9998)}b`, 'é1'.repeat(5000)]
  for (const term of [
    '(a+)+$x',
    '(a|a)*c',
    '(x+x+)+y',
    '(.*a){20}b$',
    '(a|b|ab)*c',
    '([a-zA-Z]+)*!',
    '\\b(\\w+\\s?)+$z',
    '(\\pL|\\pN){150}$z'
  ]) {
    const began = process.cpuUsage()
    const tried = await client.post(`${url}/trial`, { kind: 'pattern', term, texts })
    t.equal(tried.status, 200, term)
    const { user } = process.cpuUsage(began)
    t.ok(user < 2_000_000, `${term} took ${Math.round(user / 1000)} ms`)
  }
})

t.test('there are only so many patterns', async (t) => {
  const client = await app(t)
  const { db } = client
  await db.write('t', async ({ q, t: { blockedTerms }, now }) => {
    const edited = { version: 1, createdAt: now, updatedAt: now }
    const terms = Array.from({ length: 100 }, (_, n) => ({ id: `x${n}`, term: `word${n}` }))
    await q
      .insert(blockedTerms)
      .values(
        terms.map((term) => ({ ...term, kind: 'pattern' as const, outcome: 'hold' as const, ...edited }))
      )
  })
  const one = await client.post(url, { ...casino, kind: 'pattern' })
  t.match(one.json(), { status: 409, detail: 'There are 100 blocked patterns already.' })
  const { id } = await block(client)
  t.equal((await client.patch(`${url}/${id}`, { kind: 'pattern' })).status, 409)
})

t.test('words of every language are blocked as searches find them', async (t) => {
  const client = await app(t)
  const { post } = client
  const rows: [term: string, finds: string[], misses: string[]][] = [
    ['赌博', ['网上赌博网站', '赌博'], ['博赌', '赌网博']],
    ['賭', ['網上賭博', '賭'], ['博彩']],
    ['"net 賭', ['net 賭博'], ['nett 賭博', '賭 net']],
    ['हिन्दी', ['हिंदी में'], ['हिन्दू परिवार', 'हनद']],
    ['คนดี', ['เป็นคนดีมาก'], ['คนดู']],
    ['Größe', ['die GROSSE', 'Gro\u0308ße'.replace('Gro', 'gro')], ['grosser']],
    ['казино', ['к\u0337а\u0337зино', 'КАЗИНО'], ['казиной']]
  ]
  const { judged } = await discussed(client)
  await block(client, { term: '赌博' })
  t.same(await judged('网上赌博网站'), ['spam', 'blocked-terms: 赌博'])
  t.same(await judged('这是一个好消息'), ['approved'])
  t.same(await judged('这是一个好消息啊'), ['approved'], 'a few characters are too short to be a near repeat')
  for (const [term, finds, misses] of rows) {
    const tried = await post(`${url}/trial`, { kind: 'word', term, texts: [...finds, ...misses] })
    t.same(
      tried.json<TrialResult>(),
      { matches: [...finds.map(() => term), ...misses.map(() => null)], hints: [] },
      term
    )
  }
})

t.test('a pattern finds a letter in whatever form it was typed, and says what it cannot find', async (t) => {
  const client = await app(t)
  const { post } = client
  const trial = async (term: string, ...texts: string[]) =>
    (await post(`${url}/trial`, { kind: 'pattern', term, texts })).json<TrialResult>()
  for (const [form, other] of [
    ['NFC', 'NFD'],
    ['NFD', 'NFC']
  ] as const)
    t.same(await trial('č.s'.normalize(form), 'ten čas'.normalize(other)), { matches: ['čas'], hints: [] })

  const hinted: [term: string, hints: RegExp[]][] = [
    ['\\bčas\\b', [/^\\b knows no letters beyond ASCII.+\(\?:\^\|\[\^\\p\{L\}\]\)/]],
    ['č\\w+\\s', [/^\\w has no letters beyond ASCII: write \\p\{L\}\.$/, /^\\s has no spaces/]],
    ['č[a-z]', [/^a-z has no letters/]],
    ['č[[:alpha:]]', [/^\[:alpha:\] has no letters/]],
    ['[A-Z]{5,}', [/^A-Z finds small letters as well.+\(\?-i\)/]],
    ['\\p{Lu}{5}', [/^\\p\{Lu\} finds small letters/]],
    ['č[A-Z]', [/^A-Z has no letters/, /^A-Z finds small/]],
    ['(?-i)[A-Z]{5,}', []],
    ['\\bcas\\w\\s[a-z]', []],
    ['č\\\\b', []]
  ]
  for (const [term, hints] of hinted) {
    t.match((await trial(term, 'x')).hints, hints, term)
    const made = await block(client, { kind: 'pattern', term })
    t.equal(made.hints.length, hints.length, term)
  }
  t.same((await trial('(?-i)[A-Z]{5,}', 'loudly', 'LOUDLY')).matches, [null, 'LOUDLY'], 'the remedies work')
  t.same((await trial('(?:^|[^\\p{L}])čas(?:[^\\p{L}]|$)', 'ten čas je', 'počas')).matches, [' čas ', null])
})
