// Preview links: one draft, read without a token, for some days, and nothing beside what readers would see of it.
import { Writable } from 'node:stream'
import t from 'tap'
import type { Article, DraftArticle } from '../../src/content/articles/schema.ts'
import type { IssuedPreview, Preview } from '../../src/content/desk/previews/schema.ts'
import { app, type Client, ferry } from '../support/app.ts'

const day = 24 * 60 * 60 * 1000

const issue = (client: Client, id: string, input?: object, token?: string) =>
  client.post(`/v1/articles/${id}/previews`, input, token === undefined ? {} : { token })

const opened = (client: Client, key: string, query = '') =>
  client.read(`/v1/preview${query}`, { headers: { 'preview-key': key } })

t.test('a preview shows a draft as readers would see it, and nothing else', async (t) => {
  const client = await app(t, { config: { ONRECORD_CORS_ORIGINS: '*' } })
  const { get, post, patch, read, remove } = client
  const { id } = await client.draft({
    internalNotes: 'CANARY of notes',
    assignee: 'CANARY of an assignee',
    legalHold: true,
    embargoUntil: '2030-01-01T00:00:00.000Z',
    externalId: { system: 'wire', id: 'CANARY' }
  })
  const answer = await issue(client, id, { note: 'For the lawyer.' })
  t.equal(answer.status, 201)
  const { key, ...link } = answer.json<IssuedPreview>()
  t.match(key, /^onp_[\w-]{43}$/)
  t.match(link, { articleId: id, note: 'For the lawyer.', createdBy: 'ONRECORD_ADMIN_TOKEN' })
  const draft = (await get(`/v1/articles/${id}?edition=draft`)).json<DraftArticle>()

  const shown = await opened(client, key)
  t.equal(shown.status, 200)
  t.notMatch(shown.body, /CANARY|legalHold|embargo|"status"|version/)
  t.match(shown.headers, {
    'cache-control': 'private, no-store',
    'x-robots-tag': 'noindex, nofollow',
    'referrer-policy': 'no-referrer',
    'access-control-allow-origin': '*'
  })
  t.equal(shown.headers.etag, undefined)
  t.equal(
    (await opened(client, key, '?body=html')).json<Article>().body,
    (await get(`/v1/articles/${id}?edition=draft&body=html`)).json<Article>().body
  )
  await patch(`/v1/articles/${id}`, { title: 'Later words' })
  t.equal((await opened(client, key)).json<Article>().title, 'Later words', 'it is the draft as it is then')
  t.equal((await read(`/v1/articles/${id}`)).status, 404, 'readers see no more than before')
  const published = await client.draft({ title: 'Another one' })
  await post(`/v1/articles/${published.id}/publish`)
  const other = (await issue(client, published.id)).json<IssuedPreview>()
  const { updatedAt: _u, ...now } = (await opened(client, other.key)).json<Article>()
  const { updatedAt: _p, ...public_ } = (await read(`/v1/articles/${published.id}`)).json<Article>()
  t.same(now, public_, 'the same shape, and the same bytes where nothing was edited')
  t.same(draft.title, ferry.title)

  const preflight = await client.server.inject({
    method: 'OPTIONS',
    url: '/v1/preview',
    headers: {
      origin: 'https://news.example',
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'preview-key'
    }
  })
  t.match(String(preflight.headers['access-control-allow-headers']), /Preview-Key/)
  await patch(`/v1/articles/${id}`, { legalHold: false })
  await remove(`/v1/articles/${id}`)
  t.equal((await opened(client, key)).status, 404, 'not from the trash')
  t.equal((await issue(client, id)).status, 404)
  await remove(`/v1/trash/${id}`)
  t.equal((await opened(client, key)).status, 404)
})

t.test('a preview ends, is listed without its key, and is revoked by who made it or an editor', async (t) => {
  let now = Date.parse('2026-11-01T08:00:00.000Z')
  const client = await app(t, { clock: () => new Date(now) })
  const { get, call } = client
  const { id } = await client.draft()
  const viewer = await client.token('viewer')
  const contributor = await client.token('contributor')
  const moderator = await client.token('moderator')
  t.equal((await issue(client, id, {}, moderator.token)).status, 403)
  const own = (await issue(client, id, {}, viewer.token)).json<IssuedPreview>()
  t.equal(own.expiresAt, '2026-11-08T08:00:00.000Z')
  const short = (await issue(client, id, { expiresAt: '2026-11-02T08:00:00Z' })).json<IssuedPreview>()
  for (const expiresAt of ['2026-11-01T08:00:00Z', '2026-11-08T08:00:01Z'])
    t.match((await issue(client, id, { expiresAt })).json(), {
      status: 422,
      errors: [{ pointer: '/expiresAt', detail: /within 7 days/ }]
    })
  const listed = async (query = '') =>
    (await get(`/v1/articles/${id}/previews${query}`)).json<{ data: Preview[]; next: string | null }>()
  t.same(
    (await listed()).data.map((one) => one.id),
    [short.id, own.id]
  )
  const first = await listed('?limit=1')
  t.same(
    (await listed(`?limit=1&cursor=${first.next}`)).data.map((one) => one.id),
    [own.id]
  )
  t.notMatch(JSON.stringify(await listed()), /onp_|hash/)
  now += day
  t.equal((await opened(client, short.key)).status, 404, 'it has ended')
  t.same(
    (await listed()).data.map((one) => one.id),
    [own.id]
  )

  const revoke = (one: string, token: string) => call('DELETE', `/v1/previews/${one}`, { token })
  t.match((await revoke(own.id, contributor.token)).json(), { status: 403, detail: /a viewer made this/ })
  t.equal((await opened(client, own.key)).status, 200)
  t.equal((await revoke(own.id, viewer.token)).status, 204)
  t.equal((await opened(client, own.key)).status, 404)
  t.equal((await revoke(own.id, viewer.token)).status, 404)
  const last = (await issue(client, id, {}, viewer.token)).json<IssuedPreview>()
  t.equal((await revoke(last.id, (await client.token('editor')).token)).status, 204)
  for (const key of ['', 'onp_x', `${own.key.slice(0, -1)}_`])
    t.equal((await opened(client, key)).status, 404)
  t.equal((await client.read('/v1/preview')).status, 404)
  const { data } = (await get(`/v1/articles/${id}/history?limit=100`)).json<{
    data: { sentence: string }[]
  }>()
  const told = data.map(({ sentence }) => sentence).join('\n')
  t.match(told, /made a preview link until 2026-11-08/)
  t.match(told, /revoked a preview link/)
  for (let i = 0; i < 50; i++) await issue(client, id)
  t.match((await issue(client, id)).json(), { status: 409, detail: /revoke some first/ })
})

t.test('no log has the key of a preview, wherever it was sent', async (t) => {
  const lines: string[] = []
  const log = new Writable({
    write(line, _, done) {
      lines.push(String(line))
      done()
    }
  })
  const client = await app(t, { level: 'trace', log })
  const { id } = await client.draft()
  const { key } = (await issue(client, id)).json<IssuedPreview>()
  await opened(client, key)
  t.match((await client.server.inject(`/v1/preview?key=${key}`)).json(), { status: 400, detail: /Revoke it/ })
  client.server.log.info({ url: `/x?${key}`, headers: { 'preview-key': key } }, `with ${key}`)
  t.ok(lines.length > 2)
  t.notMatch(lines.join(''), key.slice(4))
})
