// The change log as a list, and the names of its events.
import t from 'tap'
import { actions, changeKinds, eventNames, eventOf } from '../../src/changes/log/events.ts'
import * as changes from '../../src/changes/log/store.ts'
import { type Answer, app } from '../support/app.ts'
import { everything, type Page, source } from './log.ts'

t.test('the log tells what was done, by whom, oldest first, page by page', async (t) => {
  const client = await app(t)
  const { token, post, get } = client
  const { token: text } = await token('editor', { name: 'Ines' })
  const made = await post('/v1/articles', { title: 'Mine' }, { token: text })
  const { id } = made.json<{ id: string }>()
  await post('/v1/sources', source('Mara'), { token: text })
  const first = await get('/v1/changes?limit=2')
  t.equal(first.headers['cache-control'], 'private, no-store')
  t.equal(first.headers.link, '</v1/changes?limit=2&after=2>; rel="next"')
  t.equal(first.json<Page>().next, 2)
  const second = await get('/v1/changes?limit=2&after=2')
  t.equal(second.json<Page>().next, null, 'the last page has none after it')
  t.equal(second.headers.link, undefined)
  const all = [...first.json<Page>().data, ...second.json<Page>().data]
  t.match(all, [
    { seq: 1, event: 'token.created', actor: { name: 'ONRECORD_ADMIN_TOKEN', role: 'admin' } },
    {
      seq: 2,
      event: 'article.created',
      actor: { name: 'Ines', role: 'editor' },
      id,
      articleId: id,
      version: 1
    },
    { seq: 3, event: 'source.created', action: 'create', kind: 'source', articleId: null, detail: null }
  ])
  t.strictSame(await everything(client), all)
  t.strictSame((await get('/v1/changes?after=3')).json(), { data: [], next: null })
})

t.test('the log is filtered by kind, action and article, several at once', async (t) => {
  const client = await app(t)
  const { draft, post, get } = client
  const one = await draft()
  const other = await draft({ title: 'Another' })
  await post(`/v1/articles/${one.id}/publish`)
  const seen = async (query: string) => (await get(`/v1/changes?${query}`)).json<Page>().data
  t.same(
    new Set((await seen(`article=${one.id}`)).map(({ articleId }) => articleId)),
    new Set([one.id]),
    'an article with all that belongs to it'
  )
  t.same(new Set((await seen('kind=quote,source')).map(({ kind }) => kind)), new Set(['quote', 'source']))
  t.strictSame(
    (await seen('action=publish')).map(({ event, id }) => [event, id]),
    [['article.published', one.id]]
  )
  t.strictSame(await seen(`action=publish&article=${other.id}`), [])
  t.equal((await seen(`article=${one.id},${other.id}&kind=article&action=create`)).length, 2)
})

t.test('what is rare is found in a long log by going on, a bounded part of it at a time', async (t) => {
  const client = await app(t)
  const { db, get, post } = client
  const at = '2026-11-02T08:00:00.000Z'
  const row = { at, actor: 'a test', action: 'update', kind: 'media', id: 'med_01k9v3w8zhe5ra4gxm7y2bqd6c' }
  await db.write('t', async ({ q, t }) => {
    for (let i = 0; i < 90; i++) await q.insert(t.changes).values(Array.from({ length: 500 }, () => row))
  })
  await post('/v1/sources', source('Rare'))
  t.strictSame((await get('/v1/changes?kind=source')).json(), { data: [], next: 20_000 })
  t.match(await everything(client, '&kind=source'), [{ seq: 45_001, event: 'source.created' }])
  t.match((await get('/v1/changes?kind=source&after=40000')).json(), { data: [{ seq: 45_001 }], next: null })
  const { id } = await client.draft({ sources: [], quotes: [] })
  t.match((await get(`/v1/changes?article=${id}`)).json(), {
    data: [{ event: 'article.created' }],
    next: null
  })
})

t.test('what cannot be asked of the log is refused by name', async (t) => {
  const { get } = await app(t)
  for (const query of [
    'after=-1',
    'after=x',
    'after=1.5',
    'after=9007199254740993',
    'limit=0',
    'limit=101',
    'kind=story',
    'action=steal',
    'article=nobody',
    'cursor=x',
    'edition=draft'
  ])
    t.equal((await get(`/v1/changes?${query}`)).status, 400, query)
})

t.test('a reader who comments is in the log without a role, and without what is private', async (t) => {
  const client = await app(t)
  const { draft, post, read } = client
  const { id } = await draft()
  await post(`/v1/articles/${id}/publish`)
  const author = { name: 'CANARY-name', email: 'canary@private.example', key: 'CANARY-key-of-hers' }
  const made = await post(`/v1/articles/${id}/comments`, { author, body: 'CANARY-body' }, { token: null })
  const comment = made.json<{ id: string }>().id
  await post(`/v1/comments/${comment}/reject`, { reasons: ['CANARY-reason'] })
  await post(`/v1/comments/${comment}/approve`)
  await post('/v1/sources', { ...source('CANARY-source'), notes: 'CANARY-notes' })
  const all = await everything(client)
  t.match(
    all.filter(({ kind }) => kind === 'comment'),
    [
      { event: 'comment.created', actor: { name: 'anonymous', role: null }, articleId: id },
      { event: 'comment.rejected', actor: { role: 'admin' } },
      { event: 'comment.approved' }
    ]
  )
  t.notMatch(JSON.stringify(all), /canary/i)
  t.equal((await read('/v1/changes')).status, 401)
})

t.test('every event has a name that is promised, and every change is one of them', async (t) => {
  t.equal(new Set(eventNames).size, eventNames.length)
  for (const name of eventNames) t.match(name, /^[a-z]+(_[a-z]+)?\.[a-z]+$/)
  for (const name of [
    'article.created',
    'article.published',
    'article.withdrawn',
    'quote.created',
    'comment.approved'
  ])
    t.ok(eventNames.includes(name), name)
  const pairs = changeKinds.flatMap((kind) => actions.map((action) => [kind, action] as const))
  const known = pairs.filter(([kind, action]) => {
    try {
      return eventOf(kind, action) !== ''
    } catch {
      return false
    }
  })
  t.equal(known.length, eventNames.length)
  const { db, get } = await app(t)
  await t.rejects(
    db.write('t', (tx) => changes.append(tx, { action: 'publish', kind: 'quote', id: 'x' })),
    { message: 'changes/log/events.ts has no event for: publish a quote' }
  )
  t.strictSame((await get('/v1/changes')).json<Page>().data, [], 'and nothing was written')
})

t.test('the document lists every event as a webhook', async (t) => {
  const { server } = await app(t)
  const { webhooks } = server.swagger() as unknown as { webhooks: Record<string, object> }
  t.strictSame(Object.keys(webhooks).sort(), [...eventNames].sort())
  t.match(webhooks['article.published'], { $ref: '#/components/pathItems/Event' })
})

t.test('no answer of the log goes to who may not have it', async (t) => {
  const { read } = await app(t)
  const answers: Answer[] = [await read('/v1/changes'), await read('/v1/changes?after=0')]
  for (const { status, body } of answers) {
    t.equal(status, 401)
    t.notMatch(body, 'seq')
  }
})
