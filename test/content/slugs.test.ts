// Articles named by slug: reads take it, writes say that they take the id.
import t from 'tap'
import type { DraftArticle } from '../../src/content/articles/schema.ts'
import { app, type Client, ferry } from '../support/app.ts'

const slug = '轮渡继续航行'

async function published({ draft, post }: Client, story: object = {}): Promise<DraftArticle> {
  const article = await draft({ slug, ...story })
  await post(`/v1/articles/${article.id}/publish`)
  return article
}

const below = [
  'checks',
  'history',
  'editions',
  'editions/1',
  'editions/1/diff?against=1',
  'revisions',
  'revisions/1'
]

t.test('reads below an article take its slug as they take its id, in any script', async (t) => {
  const client = await app(t)
  const { get, read, post, put } = client
  const { id } = await published(client)
  await post(`/v1/articles/${id}/comments`, { author: { name: 'Ann' }, body: 'Good.' })
  await put(`/v1/articles/${id}/lock`)
  const named = encodeURIComponent(slug)
  for (const part of ['comments', 'related']) {
    const [byId, bySlug] = [
      await read(`/v1/articles/${id}/${part}`),
      await read(`/v1/articles/${named}/${part}`)
    ]
    t.equal(bySlug.status, 200, part)
    t.equal(bySlug.body, byId.body)
    t.equal(bySlug.headers['surrogate-key'], byId.headers['surrogate-key'])
    t.match(String(bySlug.headers['surrogate-key']), id, 'and it is purged with the article')
  }
  const form = await read(`/v1/articles/${named}/comment-form`)
  t.equal(form.json<{ articleId?: string }>() !== null && form.status, 200)
  for (const part of [...below, 'lock']) {
    const bySlug = await get(`/v1/articles/${named}/${part}`)
    t.equal(bySlug.status, 200, part)
    t.equal(bySlug.body, (await get(`/v1/articles/${id}/${part}`)).body)
  }
})

t.test('a former slug leads to the same address below the article', async (t) => {
  const client = await app(t)
  const { get, read, post, patch } = client
  const { id } = await published(client, { slug: 'old' })
  await patch(`/v1/articles/${id}`, { slug })
  await post(`/v1/articles/${id}/publish`)
  const now = `/v1/articles/${encodeURIComponent(slug)}`
  for (const part of ['comments?limit=2', 'related', 'comment-form']) {
    const { status, headers } = await read(`/v1/articles/old/${part}`)
    t.match(
      { status, headers },
      { status: 308, headers: { location: `${now}/${part}`, 'surrogate-key': id } }
    )
  }
  for (const part of below) {
    const { status, headers } = await get(`/v1/articles/old/${part}`)
    t.match({ status, headers }, { status: 308, headers: { location: `${now}/${part}` } })
    t.equal(headers['cache-control'], 'private, no-store')
  }
})

t.test('what no article is named by is not found, and what was withdrawn is gone', async (t) => {
  const client = await app(t)
  const { get, read, post, remove } = client
  const { id } = await published(client, { slug: 'gone' })
  await client.draft({ slug: 'draft' })
  for (const name of ['nobody', 'draft', 'A%20b']) {
    t.equal((await read(`/v1/articles/${name}/comments`)).status, 404)
    t.equal((await read(`/v1/articles/${name}/related`)).status, 404)
  }
  t.equal((await get('/v1/articles/nobody/checks')).status, 404)
  t.equal((await read('/v1/articles/draft/checks')).status, 401)
  await post(`/v1/articles/${id}/withdraw`)
  t.equal((await read('/v1/articles/gone/comments')).status, 410)
  await remove(`/v1/articles/${id}`)
  t.equal((await get('/v1/articles/gone/checks')).status, 404)
})

t.test('a write at a slug is told to take the id, which is named to who may know it', async (t) => {
  const client = await app(t)
  const { call, read, post, patch, put, remove, token } = client
  const { id } = await published(client, { slug: 'sent' })
  const draft = await client.draft({ slug: 'unsent' })
  const comment = { author: { name: 'Ann' }, body: 'Good.' }
  const answers = [
    await patch('/v1/articles/sent', { title: 'Other' }),
    await put('/v1/articles/sent', ferry),
    await remove('/v1/articles/sent'),
    await post('/v1/articles/sent/publish'),
    await put('/v1/articles/sent/lock'),
    await post('/v1/articles/sent/editions/1/restore'),
    await call('POST', '/v1/articles/sent/comments', { payload: comment, token: null })
  ]
  for (const answer of answers) {
    t.match(answer.json(), { status: 400, errors: [{ in: 'path', pointer: '/id' }] })
    t.match(
      answer.json<{ detail: string }>().detail,
      `writes take no slug, since slugs change. The article at this slug has the id ${id}.`
    )
  }
  t.match((await post('/v1/articles/unsent/publish')).body, draft.id)
  const { token: moderator } = await token('moderator')
  for (const one of [null, moderator]) {
    const { status, body } = await call('POST', '/v1/articles/unsent/comments', {
      payload: comment,
      token: one
    })
    t.equal(status, 400)
    t.notMatch(body, draft.id)
  }
  t.equal((await read('/v1/articles/sent')).status, 200, 'nothing was changed')
  const batch = await post('/v1/batch', {
    operations: [{ method: 'PATCH', path: '/v1/articles/sent', body: { title: 'Other' } }]
  })
  t.match(batch.body, 'writes take no slug')
})
