// The trash: what is deleted can be restored whole, and is nowhere else meanwhile.
import t, { type Test } from 'tap'
import type { Article, DraftArticle } from '../../src/content/articles/schema.ts'
import { batchSize, purgeExpired } from '../../src/content/desk/trash/retention.ts'
import type { TrashedArticle } from '../../src/content/desk/trash/schema.ts'
import { app, type Client, database, ferry } from '../support/app.ts'

const day = (n: number) => new Date(Date.UTC(2026, 10, n, 8))

async function newsroom(t: Test) {
  const clock = { now: day(2) }
  const client = await app(t, { clock: () => clock.now })
  const contributor = { token: (await client.token('contributor')).token }
  const other = { token: (await client.token('contributor', { name: 'another' })).token }
  const editor = { token: (await client.token('editor')).token }
  return { client, clock, contributor, other, editor }
}

const story = {
  ...ferry,
  media: [{ key: 'pic', kind: 'image' as const, alt: 'A ferry.', credits: [{ creditLine: 'Ana' }] }],
  leadMediaId: 'pic',
  bylines: [{ name: 'Ines', sourceId: 'lindqvist' }],
  attributions: [
    { claim: 'The board agreed', hops: [{ sourceId: 'lindqvist', relation: 'confirmed' as const }] }
  ]
}

const trash = async (client: Client, who: { token?: string } = {}, query = '') =>
  (await client.get(`/v1/trash${query}`, who)).json<{ data: TrashedArticle[]; next: string | null }>()

const whole = async (client: Client, url: string) => {
  const {
    version: _,
    updatedAt: _u,
    ...rest
  } = (await client.get(`${url}?edition=draft`)).json<DraftArticle>()
  return rest
}

t.test('a deleted article comes back with all that belongs to it', async (t) => {
  const { client, contributor } = await newsroom(t)
  const { id, slug, version } = await client.draft(story)
  const url = `/v1/articles/${id}`
  await client.put(`${url}/lock`, undefined, contributor)
  await client.post(`${url}/corrections`, { kind: 'update', text: 'x' })
  const before = await whole(client, url)
  t.equal((await client.remove(url, contributor)).status, 204)
  t.equal((await client.remove(url, contributor)).status, 404, 'once')
  t.match(await trash(client), {
    data: [
      {
        id,
        slug,
        title: story.title,
        edition: 0,
        deletedAt: day(2).toISOString(),
        deletedBy: { name: 'a contributor', role: 'contributor' },
        endsAt: day(32).toISOString()
      }
    ],
    next: null
  })
  const restored = await client.post(`/v1/trash/${id}/restore`, undefined, contributor)
  t.match(restored.json(), { slug, status: 'draft' })
  t.ok(restored.json<DraftArticle>().version > version)
  t.same(await whole(client, url), before)
  t.equal((await client.get(`${url}/revisions/1`)).status, 200)
  t.same(await trash(client), { data: [], next: null })
  const { data } = (await client.get(`${url}/history`)).json<{ data: { sentence: string }[] }>()
  t.match(data.map(({ sentence }) => sentence).slice(0, 2), [
    'a contributor (contributor) took it out of the trash.',
    'a contributor (contributor) deleted the article.'
  ])
  const events = (await client.get(`/v1/changes?article=${id}`)).json<{ data: { event: string }[] }>().data
  t.same(
    events.map(({ event }) => event).filter((event) => /deleted|restored/.test(event)),
    ['article.deleted', 'article.restored']
  )
})

t.test('what is in the trash is nowhere else', async (t) => {
  const { client } = await newsroom(t)
  const { id, slug, quotes, attributions, sources, media } = await client.draft({
    ...story,
    title: 'markedword',
    commentPolicy: { mode: 'open' }
  })
  const url = `/v1/articles/${id}`
  const correction = await client.post(`${url}/corrections`, { kind: 'update', text: 'markedword' })
  await client.post(`${url}/publish`)
  const sent = await client.post(
    `${url}/comments`,
    { author: { name: 'Ann', key: 'the key of Ann, hers' }, body: 'I say markedword.' },
    { token: null }
  )
  const comment = sent.json<{ id: string; editKey: string }>()
  await client.post(`${url}/withdraw`)
  t.equal((await client.remove(url)).status, 204)
  const records = [
    `/v1/quotes/${quotes[0]!.id}`,
    `/v1/attributions/${attributions[0]!.id}`,
    `/v1/corrections/${correction.json<{ id: string }>().id}`,
    `/v1/comments/${comment.id}`
  ]
  for (const one of [url, `/v1/articles/${slug}`, ...records]) {
    t.equal((await client.get(`${one}?edition=draft`)).status, 404, one)
    t.not((await client.read(one)).status, 200, one)
  }
  for (const one of [url, ...records]) t.equal((await client.remove(one)).status, 404, one)
  for (const part of [
    'editions',
    'editions/1',
    'editions/1/diff',
    'revisions',
    'revisions/1',
    'checks',
    'lock'
  ])
    t.equal((await client.get(`${url}/${part}`)).status, 404, part)
  for (const act of ['publish', 'submit', 'duplicate', 'editions/1/restore'])
    t.equal((await client.post(`${url}/${act}`)).status, 404, act)
  const own = { editKey: comment.editKey }
  t.equal((await client.post(`/v1/comments/${comment.id}/delete`, own, { token: null })).status, 404)
  t.equal((await client.post(`/v1/comments/${comment.id}/reject`)).status, 404)
  for (const list of ['articles', 'quotes', 'attributions', 'corrections', 'comments'])
    t.same((await client.get(`/v1/${list}?edition=draft`)).json<{ data: object[] }>().data, [], list)
  for (const list of ['sources', 'media', 'media-credits'])
    t.same(
      (await client.get(`/v1/${list}?edition=draft&article=${id}`)).json<{ data: object[] }>().data,
      [],
      list
    )
  t.equal((await client.remove(`/v1/sources/${sources[0]!.id}`)).status, 409, 'what it names stays')
  t.equal((await client.remove(`/v1/media/${media[0]!.id}`)).status, 409)
  const linking = await client.draft({ quotes: [], body: { markdown: `[x](/v1/articles/${id})` } })
  t.match((await client.get(`/v1/articles/${linking.id}/checks`)).body, 'leads to no article')

  t.equal((await client.post(`/v1/trash/${id}/restore`)).json<DraftArticle>().status, 'withdrawn')
  await client.post(`${url}/publish`)
  t.match((await client.read(`${url}/comments`)).body, 'markedword')
})

t.test('erasing a person reaches into the trash', async (t) => {
  const { client } = await newsroom(t)
  const { id } = await client.draft({ commentPolicy: { mode: 'open' } })
  const url = `/v1/articles/${id}`
  await client.post(`${url}/publish`)
  const author = { name: 'Ann', key: 'the key of Ann, hers' }
  const sent = await client.post(`${url}/comments`, { author, body: 'I say so.' }, { token: null })
  const comment = `/v1/comments/${sent.json<{ id: string }>().id}`
  const { key } = (await client.get(`${comment}?edition=draft`)).json<{ author: { key: string } }>().author
  await client.post(`${url}/withdraw`)
  await client.remove(url)
  t.match((await client.remove(`/v1/comment-authors/${key}`)).json(), { deleted: 1, emptied: 0 })
  await client.post(`/v1/trash/${id}/restore`)
  t.equal((await client.get(`${comment}?edition=draft`)).status, 404)
})

t.test('the slug of what is deleted is free, and a taken one is made anew', async (t) => {
  const { client } = await newsroom(t)
  const { id, slug } = await client.draft()
  await client.remove(`/v1/articles/${id}`)
  t.equal((await client.draft({ slug })).slug, slug)
  const restored = (await client.post(`/v1/trash/${id}/restore`)).json<DraftArticle>()
  t.match(restored.slug, new RegExp(`^${slug}-`))
  const { data } = (await client.get(`/v1/articles/${id}/history`)).json<{ data: { sentence: string }[] }>()
  t.match(data[0]!.sentence, `took it out of the trash, under the new slug ${restored.slug}.`)
})

t.test('no approval and no schedule outlives a deletion', async (t) => {
  const { client, clock } = await newsroom(t)
  for (const [step, body] of [
    ['submit', undefined],
    ['schedule', { publishAt: day(3).toISOString() }]
  ] as const) {
    const { id } = await client.draft()
    await client.post(`/v1/articles/${id}/${step}`, body)
    await client.remove(`/v1/articles/${id}`)
    clock.now = day(4)
    const restored = await client.post(`/v1/trash/${id}/restore`)
    t.match(restored.json(), { status: 'draft', publishAt: null, withdrawAt: null })
    clock.now = day(2)
  }
})

t.test('contributors see and restore what they deleted, editors everything', async (t) => {
  const { client, contributor, other, editor } = await newsroom(t)
  const first = await client.draft({ title: 'First' })
  const second = await client.draft({ title: 'Second' })
  await client.remove(`/v1/articles/${first.id}`, contributor)
  await client.remove(`/v1/articles/${second.id}`, editor)
  const titles = async (who: object) => (await trash(client, who)).data.map(({ title }) => title)
  t.same(await titles(contributor), ['First'])
  t.same(await titles(other), [])
  t.same(await titles(editor), ['Second', 'First'])
  const page = await trash(client, editor, '?limit=1')
  t.same((await trash(client, editor, `?limit=1&cursor=${page.next}`)).data[0]!.title, 'First')
  t.equal((await client.post(`/v1/trash/${first.id}/restore`, undefined, other)).status, 404)
  t.equal((await client.post(`/v1/trash/${second.id}/restore`, undefined, contributor)).status, 404)
  for (const url of ['/v1/trash', `/v1/trash/${first.id}`])
    t.equal((await client.call('DELETE', url, contributor)).status, 403)
  t.equal((await client.post(`/v1/trash/${first.id}/restore`, undefined, contributor)).status, 200)
})

t.test('an editor deletes for good, but never what readers saw', async (t) => {
  const { client, editor } = await newsroom(t)
  const { id: unseen } = await client.draft({ title: 'Unseen' })
  const { id: seen } = await client.draft({ title: 'Seen' })
  await client.post(`/v1/articles/${seen}/publish`)
  await client.post(`/v1/articles/${seen}/withdraw`)
  for (const id of [unseen, seen]) await client.remove(`/v1/articles/${id}`)
  t.match((await client.call('DELETE', `/v1/trash/${seen}`, editor)).json(), {
    status: 409,
    detail: /edition stays/
  })
  t.equal((await client.call('DELETE', `/v1/trash/${unseen}`, editor)).status, 204)
  t.equal((await client.post(`/v1/trash/${unseen}/restore`)).status, 404)
  const { data } = (await client.get(`/v1/articles/${unseen}/history`)).json<{
    data: { sentence: string }[]
  }>()
  t.equal(data[0]!.sentence, 'a editor (editor) deleted the article for good.')
  for (let n = 0; n <= batchSize; n++) await client.remove(`/v1/articles/${(await client.draft()).id}`)
  const emptied = await client.call('DELETE', '/v1/trash', editor)
  t.same(emptied.json(), { deleted: batchSize + 1, kept: 1 })
  t.match((await trash(client)).data, [{ id: seen, endsAt: null }])
  await client.post(`/v1/trash/${seen}/restore`)
  t.match((await client.get(`/v1/articles/${seen}/editions/1`)).json<{ article: Article }>().article, {
    id: seen
  })
})

t.test('the trash is emptied by itself after thirty days', async (t) => {
  const clock = { now: day(2) }
  const file = await database(t)
  const client = await app(t, { clock: () => clock.now, file })
  const { id } = await client.draft()
  await client.remove(`/v1/articles/${id}`)
  clock.now = new Date(day(32).getTime() - 1)
  await purgeExpired(client.db, () => clock.now, 30)
  t.equal((await trash(client)).data.length, 1)
  clock.now = day(32)
  await Promise.all([
    purgeExpired(client.db, () => clock.now, 30),
    purgeExpired(client.db, () => clock.now, 30)
  ])
  t.equal((await trash(client)).data.length, 0)
  const { data } = (await client.get(`/v1/articles/${id}/history`)).json<{ data: { sentence: string }[] }>()
  t.equal(data.filter(({ sentence }) => sentence === 'The trash deleted the article for good.').length, 1)
})
