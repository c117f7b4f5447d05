// Moderators decide, and who wrote a comment may change it for a while; what is public follows.
import Sqlite from 'better-sqlite3'
import t, { type Test } from 'tap'
import { edit } from '../../src/discussion/commenters/self-service.ts'
import type { Comment, DraftComment, PostedComment } from '../../src/discussion/comments/schema.ts'
import type { CommentDecision, Decided } from '../../src/discussion/decisions/schema.ts'
import { firstId } from '../../src/http/ids.ts'
import type { Problem } from '../../src/http/problems.ts'
import { type Answer, app, type Client, onlyInFile } from '../support/app.ts'

const unknown = 'com_01k9v3w8zhe5ra4gxm7y2bqd6c'

/** A published article with an open thread, and what is done to its comments. */
async function discussed(client: Client, mode = 'open') {
  const { id } = await client.draft({ commentPolicy: { mode: mode as 'open' } })
  await client.post(`/v1/articles/${id}/publish`)
  const at = `/v1/articles/${id}/comments`
  const say = async (body: string, { parentId, ...author }: Record<string, string> = {}, ip = '192.0.2.1') =>
    (
      await client.post(
        at,
        { author: { name: 'Ines', ...author }, body, ...(parentId && { parentId }) },
        { token: null, remoteAddress: ip }
      )
    ).json<PostedComment>()
  return {
    id,
    say,
    thread: async () => bodies(await client.read(at)),
    decide: (id: string, name: string, input?: object, options = {}) =>
      client.post(`/v1/comments/${id}/${name}`, input, options),
    desk: async (id: string) => (await client.get(`/v1/comments/${id}?edition=draft`)).json<DraftComment>(),
    decisions: async (id: string) =>
      (await client.get(`/v1/comments/${id}/decisions`)).json<{ data: CommentDecision[] }>().data
  }
}
const bodies = (answer: Answer) => answer.json<{ data: Comment[] }>().data.map(({ body }) => body)
const told = ({ decision, before, after, reasons, note }: CommentDecision) => [
  decision,
  before,
  after,
  reasons,
  note
]
const events = async ({ get }: Client, kind = 'comment') =>
  (await get(`/v1/changes?kind=${kind}&limit=100`)).json<{ data: { event: string; version: number }[] }>()
    .data

t.test('a decision leads from every status to its own, and the thread follows', async (t) => {
  const client = await app(t)
  const { say, decide, desk, thread } = await discussed(client)
  const { id } = await say('parent')
  await say('reply', { parentId: id })
  const to = { approve: 'approved', reject: 'rejected', spam: 'spam', restore: 'pending' }
  const names = Object.keys(to) as (keyof typeof to)[]
  for (const first of names)
    for (const then of names) {
      await decide(id, first)
      const answer = await decide(id, then, { reasons: ['why'], note: 'x' })
      t.match(answer.json(), { status: to[then], reasons: ['why'], reports: 0 }, `${first}, ${then}`)
      t.equal(answer.headers['cache-control'], 'private, no-store')
      t.same(await thread(), then === 'approve' ? ['parent', 'reply'] : [], `${first}, ${then}`)
    }
  const { version } = await desk(id)
  t.equal(version, 1 + 2 * 16 - 1, 'approving what is approved changed nothing')
})

/** How many statements SQLite runs while something is done. */
async function statementsOf(work: () => Promise<unknown>): Promise<number> {
  const statement = Object.getPrototypeOf(new Sqlite(':memory:').prepare('select 1'))
  const names = ['run', 'get', 'all', 'iterate'] as const
  const before = names.map((name) => statement[name])
  let count = 0
  for (const [i, name] of names.entries())
    statement[name] = function (this: unknown, ...values: unknown[]) {
      count++
      return before[i].apply(this, values)
    }
  await work()
  for (const [i, name] of names.entries()) statement[name] = before[i]
  return count
}

t.test(
  'a long thread goes and comes back as a whole, whatever its length',
  onlyInFile('it counts the statements of SQLite'),
  async (t) => {
    const client = await app(t)
    const { id: articleId, say, decide } = await discussed(client)
    const root = await say('root')
    const branch = await say('branch', { parentId: root.id })
    const answers = 260
    const ids = [root.id, branch.id]
    for (let i = 0; i < answers; i++) {
      const { id } = await say(
        `answer ${i}`,
        { parentId: i % 2 ? root.id : branch.id },
        `198.51.100.${i % 250}`
      )
      ids.push(id)
    }
    const aside = await say('aside')
    const shown = async () => {
      const { count: total } = (
        await client.read(`/v1/comments?article=${articleId}&count=exact&limit=1`)
      ).json<{ count: number }>()
      const last = (await client.read(`/v1/comments/${ids.at(-1)}`)).status
      return [total, last, (await client.read(`/v1/comments/${aside.id}`)).status]
    }
    t.same(await shown(), [answers + 3, 200, 200])
    const statements = await statementsOf(() => decide(root.id, 'reject'))
    t.ok(statements < answers / 4, `${statements} statements take ${answers} answers away`)
    t.same(await shown(), [1, 410, 200])
    await decide(branch.id, 'reject')
    await decide(root.id, 'approve')
    t.same(await shown(), [answers / 2 + 2, 200, 200], 'what is below a rejected answer stays away')
    await client.patch(`/v1/comments/${root.id}`, { body: 'reworded' })
    t.same(await shown(), [answers / 2 + 2, 200, 200], 'an edit moves nothing')
    await decide(branch.id, 'approve')
    t.same(await shown(), [answers + 3, 200, 200])
    const withdrawing = await statementsOf(() => client.post(`/v1/articles/${articleId}/withdraw`))
    t.ok(withdrawing < answers / 2, `${withdrawing} statements withdraw the article`)
    t.equal((await client.read(`/v1/comments/${ids.at(-1)}`)).status, 410)
    await client.post(`/v1/articles/${articleId}/publish`)
    t.same(await shown(), [answers + 3, 200, 200])
  }
)

t.test('what is decided so already stays as it is, and leaves no trace', async (t) => {
  const client = await app(t)
  const { say, decide, decisions } = await discussed(client)
  const { id } = await say('x')
  const first = await decide(id, 'reject', { reasons: ['rude'] })
  const before = await events(client)
  for (const same of [{ reasons: ['rude'] }, { reasons: ['rude'], note: null }]) {
    const again = await decide(id, 'reject', same)
    t.same([again.status, again.body, again.headers.etag], [200, first.body, first.headers.etag])
  }
  t.same(await events(client), before)
  await decide(id, 'reject', { reasons: ['rude', 'again'] })
  await decide(id, 'reject', { reasons: ['rude', 'again'], note: 'Third time.' })
  t.same((await decisions(id)).map(told), [
    ['reject', 'rejected', 'rejected', ['rude', 'again'], 'Third time.'],
    ['reject', 'rejected', 'rejected', ['rude', 'again'], null],
    ['reject', 'approved', 'rejected', ['rude'], null]
  ])
})

t.test('the history tells who decided what and who edited, page by page', async (t) => {
  const client = await app(t)
  const { say, decide, decisions } = await discussed(client)
  const { id, editKey } = await say('x')
  const mara = (await client.token('moderator', { name: 'Mara' })).token
  await decide(id, 'spam', { note: 'See the others.' }, { token: mara })
  await decide(id, 'restore', undefined, { token: mara })
  await client.patch(`/v1/comments/${id}`, { body: 'y' }, { token: mara })
  await decide(id, 'approve')
  await client.post(`/v1/comments/${id}/edit`, { editKey, body: 'z' }, { token: null })
  const all = await decisions(id)
  t.match(all, [
    { decision: 'edit', actor: 'anonymous', before: 'approved', after: 'approved', at: /Z$/ },
    { decision: 'approve', actor: 'ONRECORD_ADMIN_TOKEN', before: 'pending', after: 'approved' },
    { decision: 'edit', actor: 'Mara', before: 'pending', after: 'pending' },
    { decision: 'restore', actor: 'Mara', before: 'spam', after: 'pending', note: null },
    { decision: 'spam', actor: 'Mara', before: 'approved', after: 'spam', note: 'See the others.' }
  ])
  const paged: CommentDecision[] = []
  for (let url: string | undefined = `/v1/comments/${id}/decisions?limit=2`; url; ) {
    const answer: Answer = await client.get(url)
    t.equal(answer.headers['cache-control'], 'private, no-store')
    paged.push(...answer.json<{ data: CommentDecision[] }>().data)
    url = /^<(.+)>; rel="next"$/.exec(String(answer.headers.link ?? ''))?.[1]
  }
  t.same(paged, all)
  t.equal((await client.get(`/v1/comments/${unknown}/decisions`)).status, 404)
  t.same(
    (await events(client)).map(({ event }) => event),
    ['created', 'spammed', 'restored', 'updated', 'approved', 'updated'].map((past) => `comment.${past}`)
  )
})

t.test('a decision on what was changed since it was read is refused, where the tag is sent', async (t) => {
  const client = await app(t)
  const { say, decide, desk } = await discussed(client)
  const { id, editKey } = await say('kind words')
  await decide(id, 'restore')
  const { etag } = (await client.get(`/v1/comments/${id}?edition=draft`)).headers
  await client.post(`/v1/comments/${id}/edit`, { editKey, body: 'other words' }, { token: null })
  for (const name of ['approve', 'reject', 'spam', 'restore']) {
    const answer = await decide(id, name, {}, { headers: { 'if-match': String(etag) } })
    t.match(answer.json(), { type: '/problems/stale', status: 412 }, name)
  }
  t.match(await desk(id), { status: 'pending', body: 'other words' })
  for (const name of ['spam', 'restore'])
    t.match((await decide(unknown, name)).json(), { status: 404, detail: 'There is no such comment.' })
})

t.test('a hundred comments are decided on at once, and those that are not there are named', async (t) => {
  const client = await app(t)
  const { say, thread, decisions } = await discussed(client)
  const a = await say('a')
  const b = await say('b', { parentId: a.id })
  const c = await say('c')
  const bulk = (input: object) => client.post('/v1/comments/decisions', input)
  const ids = [c.id, unknown, a.id]
  const answer = await bulk({ decision: 'spam', ids, reasons: ['advertising'], note: 'A wave.' })
  t.equal(answer.headers['cache-control'], 'private, no-store')
  t.same(answer.json<Decided>(), {
    results: [
      { id: c.id, status: 'spam', version: 2, detail: null },
      { id: unknown, status: null, version: null, detail: 'There is no such comment.' },
      { id: a.id, status: 'spam', version: 2, detail: null }
    ]
  })
  t.same(await thread(), [])
  t.same((await decisions(c.id)).map(told), [['spam', 'approved', 'spam', ['advertising'], 'A wave.']])
  await bulk({ decision: 'approve', ids: [a.id, b.id] })
  t.same(await thread(), ['a', 'b'])
  t.equal((await bulk({ decision: 'approve', ids: [a.id] })).json<Decided>().results[0]!.version, 3)
  for (const [input, pointer] of [
    [{ decision: 'approve', ids: [] }, '/ids'],
    [{ decision: 'approve', ids: [a.id, a.id] }, '/ids'],
    [
      {
        decision: 'approve',
        ids: Array.from({ length: 101 }, (_, i) => firstId('com', `20${i % 10}0-01-01`))
      },
      '/ids'
    ],
    [{ decision: 'delete', ids: [a.id] }, '/decision'],
    [{ decision: 'spam', ids: ['x'] }, '/ids/0']
  ] as const)
    t.match((await bulk(input)).json<Problem>().errors, [{ pointer }], JSON.stringify(input).slice(0, 80))
})

/** What of the desk a query finds. */
const finder = (client: Client) => async (query: string) =>
  bodies(await client.get(`/v1/comments?edition=draft${query}`))

t.test('the queue is found by who wrote, from where, and what became of it', async (t) => {
  const client = await app(t)
  const one = await discussed(client)
  const two = await discussed(client, 'premoderated')
  const ines = { key: 'the key of Ines, hers', email: 'Ines@mail.example' }
  const a = await one.say('a', ines)
  await one.say('a.1', { parentId: a.id }, '192.0.2.2')
  const b = await two.say('b', { ...ines, email: 'other@mail.example' }, '192.0.2.2')
  const c = await two.say('c', { email: 'ines@MAIL.example' })
  await one.decide(c.id, 'reject')
  const { author, network } = await one.desk(a.id)
  const other = await one.desk(b.id)
  const queue = finder(client)
  t.same(await queue('&sort=createdAt'), ['a', 'a.1', 'b', 'c'])
  t.same(await queue('&sort=-createdAt'), ['c', 'b', 'a.1', 'a'])
  t.same(await queue(`&author=${author.key}`), ['b', 'a'])
  t.same(await queue(`&author=${author.key}&status=pending`), ['b'])
  t.same(await queue('&status=pending,pending'), ['b'], 'said twice, found once')
  t.same(await queue(`&emailHash=${author.emailHash}`), ['c', 'a'])
  t.same(await queue(`&emailHash=${author.emailHash},${other.author.emailHash}&sort=createdAt`), [
    'a',
    'b',
    'c'
  ])
  t.same(await queue(`&network=${network}`), ['c', 'a'])
  t.same(await queue(`&network=${other.network}&article=${one.id}`), ['a.1'])
  t.same(await queue(`&parent=${a.id}&author=${author.key}`), [])
  t.same(await queue('&status=approved,rejected'), ['c', 'a.1', 'a'])
  t.same(await queue(`&status=pending&network=${'x'.repeat(22)}`), [])
  const paged: string[] = []
  for (
    let url: string | undefined =
      '/v1/comments?edition=draft&status=approved,pending,rejected&sort=createdAt&limit=1';
    url;
  ) {
    const answer: Answer = await client.get(url)
    paged.push(...bodies(answer))
    url = /^<(.+)>; rel="next"$/.exec(String(answer.headers.link ?? ''))?.[1]
  }
  t.same(paged, ['a', 'a.1', 'b', 'c'])
  for (const name of ['author', 'emailHash', 'network', 'reported', 'sort', 'createdAt.gte']) {
    const value = { reported: 'true', sort: 'createdAt', 'createdAt.gte': '2026-01-01T00:00:00Z' }[name]
    const answer = await client.read(`/v1/comments?${name}=${value ?? 'x'.repeat(22)}`)
    t.match(answer.json(), { status: 400, errors: [{ pointer: `/${name}`, detail: 'needs edition=draft.' }] })
  }
})

t.test('the queue is found by when', async (t) => {
  const real = new Date()
  let passed = 0
  // Ids carry the time of the machine, so the days of this test are those before it.
  const client = await app(t, { clock: () => new Date(real.getTime() + passed) })
  const { say } = await discussed(client)
  const at: string[] = []
  for (const body of ['a', 'b', 'c']) {
    at.push((await say(body)).createdAt)
    passed += 5
    await new Promise((done) => setTimeout(done, 10))
  }
  const queue = finder(client)
  t.same(await queue(`&createdAt.gte=${at[1]}`), ['c', 'b'])
  t.same(await queue(`&createdAt.lt=${at[1]}`), ['a'])
  t.same(await queue(`&createdAt.gte=${at[1]}&createdAt.lt=${at[2]}&status=approved`), ['b'])
  t.same(await queue('&createdAt.gte=2100-01-01T00:00:00Z'), [])
  t.same(await queue('&createdAt.lt=1969-01-01T00:00:00Z'), [])
  t.same(await queue('&createdAt.gte=1969-01-01T00:00:00Z&sort=createdAt'), ['a', 'b', 'c'])
})

t.test('an author edits with the key they were given, and nobody without', async (t) => {
  let now = new Date('2026-11-02T08:00:00.000Z')
  const client = await app(t, { clock: () => now })
  const { say, thread, desk, decide } = await discussed(client)
  const { id, editKey } = await say('a word')
  const other = await say('other')
  const editing = (id: string, key: string, body = 'two words') =>
    client.post(`/v1/comments/${id}/edit`, { editKey: key, body }, { token: null })
  const edited = await editing(id, editKey)
  t.equal(edited.headers['cache-control'], 'no-store')
  t.match(edited.json(), {
    id,
    body: 'two words',
    status: 'approved',
    author: { name: 'Ines' },
    editedAt: '2026-11-02T08:00:00.000Z'
  })
  t.notMatch(edited.body, /editKey|network|reports|version/)
  t.same(await thread(), ['two words', 'other'])
  t.notMatch(JSON.stringify(await desk(id)), editKey)

  const refusals = []
  for (const [of, key] of [
    [unknown, editKey],
    [id, other.editKey],
    [id, 'x'.repeat(43)]
  ] as const) {
    for (const what of ['edit', 'delete']) {
      const input = { editKey: key, ...(what === 'edit' && { body: 'x' }) }
      const answer = await client.post(`/v1/comments/${of}/${what}`, input, { token: null })
      const { date: _d, 'x-request-id': _r, ...headers } = answer.headers
      refusals.push(JSON.stringify([answer.status, headers, answer.body]))
    }
  }
  t.equal(new Set(refusals).size, 1, 'a wrong key is answered as a comment that never was')
  t.match(refusals[0], /^\[404,/)

  now = new Date('2026-11-02T08:15:00.000Z')
  t.equal((await editing(id, editKey, 'three words')).status, 200)
  now = new Date('2026-11-02T08:15:00.001Z')
  for (const what of ['edit', 'delete']) {
    const input = { editKey, ...(what === 'edit' && { body: 'x' }) }
    t.match((await client.post(`/v1/comments/${id}/${what}`, input, { token: null })).json(), {
      type: '/problems/conflict',
      status: 409,
      detail: 'Its author may change a comment for 15 minutes: that time is over.'
    })
  }
  t.same(await thread(), ['three words', 'other'])

  for (const verdict of ['reject', 'spam']) {
    const late = await say('late')
    await decide(late.id, verdict)
    t.match((await editing(late.id, late.editKey)).json(), {
      status: 409,
      detail: 'It was not accepted: there is nothing to edit.'
    })
    t.equal((await desk(late.id)).body, 'late')
  }
})

t.test('an edited comment waits again where all wait', async (t) => {
  const client = await app(t)
  for (const mode of ['premoderated', 'site']) {
    const { say, decide, thread, desk } = await discussed(client, mode)
    const { id, editKey } = await say('kind')
    await decide(id, 'approve')
    t.same(await thread(), ['kind'])
    const answer = await client.post(`/v1/comments/${id}/edit`, { editKey, body: 'unkind' }, { token: null })
    t.match(answer.json(), { status: 'pending', body: 'unkind' }, mode)
    t.same(await thread(), [])
    t.equal((await client.read(`/v1/comments/${id}`)).status, 410)
    t.match(await desk(id), { status: 'pending', body: 'unkind', version: 3 })
  }
  const { say, decide, desk, decisions } = await discussed(client)
  const { id, editKey } = await say('x')
  await decide(id, 'restore')
  await client.post(`/v1/comments/${id}/edit`, { editKey, body: 'y' }, { token: null })
  t.match(await desk(id), { status: 'pending', body: 'y' }, 'what waits goes on waiting')
  const rules = [{ rule: 'links', outcome: 'hold' as const, matched: 'https://x.example' }]
  await decide(id, 'approve')
  await client.db.write('anonymous', (tx) =>
    edit(tx, id, { editKey, body: 'z' }, async (_, { body }) => {
      t.equal(body, 'z', 'the rules judge the new words')
      return { status: 'pending', rules, fingerprint: 'f' }
    })
  )
  t.match(await desk(id), { status: 'pending', body: 'z', rules })
  t.match((await decisions(id))[0], { decision: 'edit', before: 'approved', after: 'pending' })
})

t.test('an author deletes: a place is left where others answered', async (t) => {
  const client = await app(t)
  const { say, thread, desk, decide } = await discussed(client)
  const a = await say('a', { key: 'the key of Ines, hers', email: 'ines@mail.example' })
  const b = await say('b', { parentId: a.id })
  const gone = (id: string, editKey: string) =>
    client.post(`/v1/comments/${id}/delete`, { editKey }, { token: null })
  await decide(a.id, 'approve', { note: 'Good.' })
  const answer = await gone(a.id, a.editKey)
  t.same([answer.status, answer.body, answer.headers['cache-control']], [204, '', 'no-store'])
  t.same(await thread(), ['', 'b'])
  t.match((await client.read(`/v1/comments/${a.id}`)).json(), {
    author: { name: '' },
    body: '',
    editedAt: null
  })
  t.match(await desk(a.id), {
    author: { name: '', key: null, emailHash: null, email: null },
    network: null,
    body: '',
    status: 'approved',
    rules: [],
    reasons: []
  })
  t.same((await client.get(`/v1/comments/${a.id}/decisions`)).json(), { data: [], next: null })
  t.equal((await gone(a.id, a.editKey)).status, 404, 'the key is gone too')
  for (const change of [client.put, client.patch]) {
    const refused = await change(`/v1/comments/${a.id}`, { author: { name: 'x' }, body: 'x' })
    t.match(refused.json(), { status: 409, detail: 'Its author deleted it: only its place is left.' })
  }
  t.equal((await decide(a.id, 'reject')).status, 200, 'a place is hidden like any comment')
  t.same(await thread(), [])
  await decide(a.id, 'approve')

  t.equal((await gone(b.id, b.editKey)).status, 204)
  t.same(await thread(), [], 'the place goes with the last answer')
  for (const { id } of [a, b]) {
    t.equal((await client.read(`/v1/comments/${id}`)).status, 410)
    t.equal((await client.get(`/v1/comments/${id}?edition=draft`)).status, 404)
  }
  const deleted = (await events(client)).filter(({ event }) => event === 'comment.deleted')
  t.match(deleted, [{ version: Number }, { version: null }, { version: null }], 'a place has a version still')
})

t.test('an empty place is public while an answer below it is', async (t) => {
  const client = await app(t)
  const { say, thread, decide } = await discussed(client)
  const gone = (row: { id: string; editKey: string }) =>
    client.post(`/v1/comments/${row.id}/delete`, { editKey: row.editKey }, { token: null })
  const a = await say('a')
  const b = await say('b', { parentId: a.id })
  const c = await say('c', { parentId: b.id })
  const d = await say('d', { parentId: b.id })
  for (const row of [a, b]) await gone(row)
  t.same(await thread(), ['', '', 'c', 'd'])
  for (const decision of ['reject', 'spam'] as const) {
    await decide(c.id, decision)
    t.same(await thread(), ['', '', 'd'])
    await decide(d.id, decision)
    t.same(await thread(), [], decision)
    t.equal((await client.read(`/v1/comments/${b.id}`)).status, 410)
    await decide(d.id, 'approve')
    t.same(await thread(), ['', '', 'd'], 'and comes back with it')
    await decide(c.id, 'approve')
  }

  // Below a comment that is hidden, an answer that is approved brings nothing back.
  await decide(a.id, 'reject')
  await decide(d.id, 'reject')
  await decide(d.id, 'approve')
  t.same(await thread(), [])
  await decide(a.id, 'approve')
  t.same(await thread(), ['', '', 'c', 'd'])

  // Where only answers are left that are hidden, none of their places comes with the article either.
  await decide(c.id, 'reject')
  await client.remove(`/v1/comments/${d.id}`)
  t.same(await thread(), [])
  const { data } = (await client.read('/v1/articles')).json<{ data: { id: string }[] }>()
  const at = `/v1/articles/${data[0]!.id}`
  await client.post(`${at}/withdraw`, {})
  await client.post(`${at}/publish`, {})
  t.same(await thread(), [])
  await decide(c.id, 'approve')
  t.same(await thread(), ['', '', 'c'])

  const e = await say('e')
  const f = await say('f', { parentId: e.id })
  await decide(f.id, 'reject')
  const refused = await client.remove(`/v1/comments/${e.id}`)
  t.match(refused.json(), { status: 409, detail: /Reject it, .* or delete those first/ })
  await gone(e)
  t.same(await thread(), ['', '', 'c'], 'nor does the place of one whose answers were all hidden')
})

t.test('a comment that waits writes nothing to the newsstand', async (t) => {
  const client = await app(t)
  const { say, decide } = await discussed(client, 'premoderated')
  const { q, t: tables } = client.db.read
  const stand = async () => [
    await q.select().from(tables.published),
    await q.select().from(tables.publishedFacets),
    await q.select().from(tables.withdrawn)
  ]
  const before = await stand()
  const { id } = await say('x')
  for (const name of ['reject', 'spam', 'restore']) await decide(id, name)
  await client.patch(`/v1/comments/${id}`, { body: 'y' })
  t.same(await stand(), before)
})

/** What of the canaries a log, its events, the history and the public answers tell. */
async function silent(t: Test, client: Client, urls: string[]) {
  for (const url of urls) {
    const answer = await client.get(url)
    t.notMatch(answer.body, /canary/i, url)
  }
}

t.test('notes, reasons and keys are for moderators alone', async (t) => {
  const client = await app(t)
  const { id: article, say, decide } = await discussed(client)
  const author = { key: 'canary-key-of-hers', email: 'canary@mail.example' }
  const { id, editKey } = await say('Words', author)
  await decide(id, 'reject', { reasons: ['canary-reason'], note: 'canary-note' })
  await decide(id, 'approve', { reasons: ['canary-reason'], note: 'canary-note' })
  const webhook = { url: 'https://site.example/', events: [] }
  await client.post('/v1/webhooks', webhook)
  await client.post('/v1/bans', { kind: 'author', commentId: id, reason: 'canary-ban' })
  await client.post(
    `/v1/comments/${id}/reports`,
    { reason: 'other', detail: 'canary-detail' },
    { token: null }
  )
  await client.post(`/v1/comments/${id}/edit`, { editKey, body: 'Other words' }, { token: null })
  await silent(t, client, [
    '/v1/changes?limit=100',
    `/v1/articles/${article}/history?limit=100`,
    '/v1/comments',
    `/v1/comments/${id}`,
    `/v1/articles/${article}/comments`,
    `/v1/articles/${article}?include=comments`,
    ...(await client.get('/v1/webhooks'))
      .json<{ data: { id: string }[] }>()
      .data.map(({ id }) => `/v1/webhooks/${id}/deliveries`)
  ])
  const hashes = await client.db.read.q.select().from(client.db.read.t.comments)
  const changes = (await client.get('/v1/changes?limit=100')).body
  for (const { author, email, network, editKey } of hashes)
    for (const hash of [author, email, network, editKey]) t.notMatch(changes, hash!, 'no hash either')
  for (const [url, input] of [
    [`/v1/comments/${id}/decisions`],
    [`/v1/comments/${id}/reports`],
    [`/v1/comments/${id}/spam`, {}],
    ['/v1/bans']
  ] as const) {
    const { token } = await client.token('editor')
    for (const [options, status] of [
      [{ token }, 403],
      [{ token: null }, 401]
    ] as const) {
      const answer = input ? await client.post(url, input, options) : await client.get(url, options)
      t.equal(answer.status, status, url)
      t.notMatch(answer.body, /canary/i)
    }
  }
})
