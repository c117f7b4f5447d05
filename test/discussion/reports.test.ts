// Readers report; enough of them, and a comment waits for a moderator again. Bans keep people out.
import t from 'tap'
import type { Ban } from '../../src/discussion/bans/schema.ts'
import { isBanned } from '../../src/discussion/bans/store.ts'
import { create } from '../../src/discussion/comments/insert.ts'
import type { DraftComment, PostedComment } from '../../src/discussion/comments/schema.ts'
import type { CommentReport } from '../../src/discussion/reports/schema.ts'
import { app, type Client } from '../support/app.ts'

const unknown = 'com_01k9v3w8zhe5ra4gxm7y2bqd6c'

/** A published article with an open thread, and the readers of its comments. */
async function discussed(client: Client) {
  const { id } = await client.draft({ commentPolicy: { mode: 'open' } })
  await client.post(`/v1/articles/${id}/publish`)
  const at = `/v1/articles/${id}/comments`
  return {
    at,
    id,
    say: async (body = 'x', input: object = {}, ip = '192.0.2.1') =>
      (
        await client.post(
          at,
          { author: { name: 'Ines', key: 'the key of Ines, hers' }, body, ...input },
          { token: null, remoteAddress: ip }
        )
      ).json<PostedComment>(),
    report: (id: string, ip: string, input: object = {}) =>
      client.post(
        `/v1/comments/${id}/reports`,
        { reason: 'abuse', ...input },
        { token: null, remoteAddress: ip }
      ),
    desk: async (id: string) => (await client.get(`/v1/comments/${id}?edition=draft`)).json<DraftComment>(),
    reports: async (id: string) =>
      (await client.get(`/v1/comments/${id}/reports`)).json<{ data: CommentReport[] }>().data,
    isPublic: async (id: string) => (await client.read(`/v1/comments/${id}`)).status === 200
  }
}

t.test('three readers withdraw a comment to the queue, and three more after it was approved', async (t) => {
  const client = await app(t)
  const { say, report, desk, isPublic } = await discussed(client)
  const { id } = await say()
  const reply = await say('reply', { parentId: id })
  const count = async () => (await desk(id)).reports
  for (const ip of ['192.0.2.11', '192.0.2.12']) {
    const answer = await report(id, ip)
    t.same([answer.status, answer.body, answer.headers['cache-control']], [204, '', 'no-store'])
  }
  t.match(await desk(id), { status: 'approved', reports: 2, version: 1 }, 'a report is no edit')
  t.ok(await isPublic(id))
  await report(id, '192.0.2.13')
  t.match(await desk(id), {
    status: 'pending',
    reports: 3,
    version: 2,
    rules: [{ rule: 'reports', outcome: 'hold', matched: '3 readers reported it.' }]
  })
  t.notOk(await isPublic(id))
  t.notOk(await isPublic(reply.id), 'nor is what answers it')
  t.equal((await report(id, '192.0.2.14')).status, 410, 'what is not public is not reported')
  const queue = await client.get('/v1/comments?edition=draft&reported=true')
  t.match(queue.json(), { data: [{ id }] })
  t.match((await client.get('/v1/comments?edition=draft&reported=false')).json(), {
    data: [{ id: reply.id }]
  })
  t.match((await client.get('/v1/comments?edition=draft&reported=true&status=pending')).json(), {
    data: [{ id }]
  })
  t.same((await client.get('/v1/comments?edition=draft&reported=true&status=spam')).json(), {
    data: [],
    next: null
  })

  await client.post(`/v1/comments/${id}/approve`)
  t.equal(await count(), 0)
  t.ok(await isPublic(reply.id))
  for (const ip of ['192.0.2.11', '192.0.2.12', '192.0.2.13']) t.equal((await report(id, ip)).status, 204)
  t.equal(await count(), 0, 'who reported it reported it')
  for (const ip of ['192.0.2.21', '192.0.2.22']) await report(id, ip)
  await client.post(`/v1/comments/${id}/approve`)
  t.equal(await count(), 0, 'approving what is approved dismisses its reports')
  for (const ip of ['192.0.2.23', '192.0.2.24', '192.0.2.25']) await report(id, ip)
  t.match(await desk(id), { status: 'pending', rules: { length: 1 } })

  const { data } = (await client.get(`/v1/comments/${id}/decisions`)).json<{ data: object[] }>()
  const held = { decision: 'hold', actor: 'reports', before: 'approved', after: 'pending', note: null }
  t.match(data, [held, { decision: 'approve', before: 'approved' }, { decision: 'approve' }, held])
  const changes = (await client.get('/v1/changes?kind=comment')).json<{ data: { event: string }[] }>().data
  t.same(changes.map(({ event }) => event.replace('comment.', '')).slice(2, 7), [
    'reported',
    'reported',
    'reported',
    'held',
    'approved'
  ])
  const history = await client.get(`/v1/articles/${(await desk(id)).articleId}/history`)
  t.match(history.body, 'The reports of readers put a comment back before the moderators.')
})

t.test('a reader reports once: from one network, or with one key', async (t) => {
  const client = await app(t)
  const { say, report, desk, reports } = await discussed(client)
  const { id } = await say()
  const key = 'the key of a reader'
  for (const [ip, input] of [
    ['192.0.2.31', { key }],
    ['192.0.2.31', {}],
    ['192.0.2.31', { key: 'another key of theirs' }],
    ['198.51.100.7', { key }],
    ['2001:db8::1', {}],
    ['2001:db8::ffff', {}]
  ] as const)
    t.equal((await report(id, ip, input)).status, 204)
  t.equal((await desk(id)).reports, 2)
  t.equal((await reports(id)).length, 2)

  const place = await say('place')
  const { editKey } = place
  await say('reply', { parentId: place.id })
  await client.post(`/v1/comments/${place.id}/delete`, { editKey }, { token: null })
  for (const ip of ['192.0.2.1', '192.0.2.2', '192.0.2.3']) t.equal((await report(place.id, ip)).status, 204)
  t.match(await desk(place.id), { status: 'approved', reports: 0 }, 'an empty place has nothing to report')
})

t.test('moderators read what was reported, and nobody who did', async (t) => {
  const client = await app(t)
  const { say, report, reports } = await discussed(client)
  const { id } = await say()
  await report(id, '192.0.2.41', { reason: 'illegal', detail: 'A home address.' })
  await report(id, '192.0.2.42', { reason: 'other', key: 'the key of a reader' })
  const all = await reports(id)
  t.same(
    all.map(({ id: _, at: _at, ...rest }) => rest),
    [
      { reason: 'other', detail: null },
      { reason: 'illegal', detail: 'A home address.' }
    ]
  )
  const first = await client.get(`/v1/comments/${id}/reports?limit=1`)
  t.equal(first.headers['cache-control'], 'private, no-store')
  const second = await client.get(/^<(.+)>; rel="next"$/.exec(String(first.headers.link))![1]!)
  t.same(second.json(), { data: [all[1]], next: null })
  t.equal((await client.get(`/v1/comments/${unknown}/reports`)).status, 404)
})

t.test('what is not public cannot be reported', async (t) => {
  const client = await app(t)
  const { say, report, desk } = await discussed(client)
  const { id } = await say()
  await client.post(`/v1/comments/${id}/spam`)
  t.equal((await report(id, '192.0.2.51')).status, 410)
  t.equal((await desk(id)).reports, 0)
  const article = await client.draft()
  await client.post(`/v1/articles/${article.id}/publish`)
  const waiting = await client.post(
    `/v1/articles/${article.id}/comments`,
    { author: { name: 'x' }, body: 'x' },
    { token: null }
  )
  const answers = [
    await report(waiting.json<PostedComment>().id, '192.0.2.51'),
    await report(unknown, '192.0.2.51')
  ]
  t.equal(answers[0]!.status, 404)
  t.equal(answers[0]!.body, answers[1]!.body)
})

t.test('a network reports twenty comments an hour', async (t) => {
  let now = new Date('2026-11-02T08:00:00.000Z')
  const client = await app(t, { clock: () => now })
  const { say, report, desk } = await discussed(client)
  const ids: string[] = []
  for (let i = 0; i < 22; i++) ids.push((await say(`${i}`, { author: { name: 'Ines' } })).id)
  for (const [i, id] of ids.slice(0, 20).entries()) {
    now = new Date(Date.parse('2026-11-02T08:00:00.000Z') + i * 1000)
    t.equal((await report(id, '2001:db8::1', i % 2 ? { key: `another key, no. ${i}` } : {})).status, 204)
  }
  const refused = await report(ids[20]!, '2001:db8::2')
  t.match(refused.json(), {
    type: '/problems/too-many-requests',
    status: 429,
    detail: 'One network may report 20 comments an hour.'
  })
  t.equal(refused.headers['retry-after'], '3581')
  t.equal((await desk(ids[20]!)).reports, 0)
  t.equal((await report(ids[0]!, '2001:db8::2')).status, 204, 'what it reported is answered as before')
  t.equal((await report(ids[20]!, '192.0.2.61')).status, 204, 'other networks go on')
  now = new Date('2026-11-02T09:00:00.000Z')
  t.equal((await report(ids[20]!, '2001:db8::2')).status, 204)
  t.equal((await report(ids[21]!, '2001:db8::2')).status, 429)
})

t.test('an author or a network is banned, by hash or by a comment, until the ban ends', async (t) => {
  let now = new Date('2026-11-02T08:00:00.000Z')
  const client = await app(t, { clock: () => now })
  const { say, desk } = await discussed(client)
  const { id } = await say()
  const { author, network } = await desk(id)
  const mara = (await client.token('moderator', { name: 'Mara' })).token
  const ban = (input: object) => client.post('/v1/bans', input, { token: mara })
  const made = await ban({
    kind: 'author',
    commentId: id,
    reason: 'Rude.',
    until: '2026-11-03T09:00:00+01:00'
  })
  t.equal(made.status, 201)
  t.equal(made.headers['cache-control'], 'private, no-store')
  const row = made.json<Ban>()
  t.equal(made.headers.location, `/v1/bans/${row.id}`)
  t.same(row, {
    id: row.id,
    kind: 'author',
    value: author.key,
    reason: 'Rude.',
    until: '2026-11-03T08:00:00.000Z',
    actor: 'Mara',
    createdAt: '2026-11-02T08:00:00.000Z'
  })
  t.same((await client.get(`/v1/bans/${row.id}`)).json(), row)
  for (const again of [{ commentId: id }, { value: author.key }])
    t.match((await ban({ kind: 'author', ...again })).json(), {
      type: '/problems/conflict',
      status: 409,
      detail: 'A ban on this author stands already.'
    })
  const other = (await ban({ kind: 'network', value: network })).json<Ban>()
  t.match(other, { kind: 'network', value: network, reason: null, until: null })

  const at = (instant: string, who: Partial<Record<'author' | 'network', string | null>>) =>
    isBanned(client.db.read, { author: null, network: null, ...who }, instant)
  t.ok(await at('2026-11-03T07:59:59.999Z', { author: author.key }))
  t.notOk(await at('2026-11-03T08:00:00.000Z', { author: author.key }))
  t.ok(await at('2099-01-01T00:00:00.000Z', { network }))
  t.notOk(await at('2026-11-02T08:00:00.000Z', { author: network, network: author.key }))
  t.notOk(await at('2026-11-02T08:00:00.000Z', {}))

  const page = (await client.get('/v1/bans?limit=1')).json<{ data: Ban[]; next: string }>()
  t.same(page.data, [other])
  t.same((await client.get(`/v1/bans?cursor=${page.next}`)).json(), { data: [row], next: null })
  t.same((await client.get('/v1/bans?kind=author')).json(), { data: [row], next: null })

  now = new Date('2026-11-03T08:00:00.000Z')
  const renewed = await ban({ kind: 'author', value: author.key })
  t.equal(renewed.status, 201, 'a ban that has ended is in the way of none')
  t.equal((await client.get(`/v1/bans/${row.id}`)).status, 404)
  const remove = () => client.remove(`/v1/bans/${renewed.json<Ban>().id}`, { token: mara })
  t.equal((await remove()).status, 204)
  t.equal((await remove()).status, 404)
  t.notOk(await at('2026-11-03T08:00:00.000Z', { author: author.key }))
  const changes = await client.get('/v1/changes?kind=ban')
  t.same(
    changes.json<{ data: { event: string }[] }>().data.map(({ event }) => event),
    ['ban.created', 'ban.created', 'ban.created', 'ban.deleted']
  )
  t.notMatch(changes.body, author.key!)
})

t.test('a ban is on somebody', async (t) => {
  const client = await app(t)
  const { id: articleId } = await discussed(client)
  const old = { author: { name: 'x' }, body: 'x' }
  const nameless = await client.db.write('sample newsroom', (tx) => create(tx, { id: articleId }, old))
  const value = 'x'.repeat(22)
  for (const [input, pointer, detail] of [
    [{}, '/value', 'Say whom to ban: either value or commentId.'],
    [{ value, commentId: nameless.id }, '/value', 'Say whom to ban: either value or commentId.'],
    [{ commentId: unknown }, '/commentId', 'There is no such comment.'],
    [{ commentId: nameless.id }, '/commentId', 'Nothing is known of the author of this comment.'],
    [{ value, until: '2020-01-01T00:00:00Z' }, '/until', /^It is .+ already: send a later instant, or null/]
  ] as const)
    t.match((await client.post('/v1/bans', { kind: 'author', ...input })).json(), {
      type: '/problems/unprocessable',
      status: 422,
      errors: [{ pointer, detail }]
    })
  t.same((await client.get('/v1/bans')).json(), { data: [], next: null })
})

t.test('what the banned report counts for nothing, and they are not told', async (t) => {
  const client = await app(t)
  const { say, report, desk } = await discussed(client)
  const { id } = await say('x', {}, '192.0.2.71')
  await client.post('/v1/bans', { kind: 'network', commentId: id })
  t.equal((await report(id, '192.0.2.71')).status, 204)
  t.equal((await report(id, '192.0.2.72', { key: 'the key of Ines, hers' })).status, 204)
  t.equal((await desk(id)).reports, 1)
})
