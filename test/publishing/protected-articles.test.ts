// What is kept although somebody would change or delete it: what an editor decided on, what readers saw, what is held.
import t, { type Test } from 'tap'
import type { DraftArticle } from '../../src/content/articles/schema.ts'
import { admin, app, type Client, ferry } from '../support/app.ts'

const day = (n: number) => `2026-11-${String(n).padStart(2, '0')}T08:00:00.000Z`

/** An app whose clock stands still, with a token of each role that writes. */
async function newsroom(t: Test) {
  const client = await app(t, { clock: () => new Date(day(2)) })
  const contributor = { token: (await client.token('contributor')).token }
  const editor = { token: (await client.token('editor')).token }
  return { client, contributor, editor }
}

/** The steps that lead to each state. */
const ways: Record<string, [string, object?][]> = {
  draft: [],
  in_review: [['submit']],
  approved: [['submit'], ['approve']],
  scheduled: [['schedule', { publishAt: day(9) }]],
  published: [['publish']],
  withdrawn: [['publish'], ['withdraw']],
  'in_review after withdrawn': [['publish'], ['withdraw'], ['submit']],
  'draft after withdrawn': [['publish'], ['withdraw'], ['submit'], ['return', { note: 'No.' }]]
}

const story = {
  ...ferry,
  media: [{ key: 'pic', kind: 'image' as const, alt: 'A ferry.', credits: [{ creditLine: 'Ana' }] }],
  leadMediaId: 'pic',
  attributions: [
    { claim: 'The board agreed', hops: [{ sourceId: 'lindqvist', relation: 'confirmed' as const }] }
  ]
}

async function at(client: Client, state: string) {
  const draft = await client.draft({ ...story, title: `One that is ${state}` })
  for (const [step, body] of ways[state]!) {
    const answer = await client.post(`/v1/articles/${draft.id}/${step}`, body)
    if (answer.status !== 200) throw new Error(answer.body)
  }
  return { draft, url: `/v1/articles/${draft.id}` }
}

const draftOf = async ({ get }: Client, url: string) =>
  (await get(`${url}?edition=draft`)).json<DraftArticle>()

/** What deleting an article, and what belongs to it, is answered in each state: by a contributor, by an editor. */
const deletions: Record<string, { article: [number, number]; part: [number, number] }> = {
  draft: { article: [204, 204], part: [204, 204] },
  in_review: { article: [204, 204], part: [204, 204] },
  approved: { article: [409, 204], part: [409, 204] },
  scheduled: { article: [409, 204], part: [409, 204] },
  published: { article: [409, 409], part: [204, 204] },
  withdrawn: { article: [409, 204], part: [204, 204] },
  'in_review after withdrawn': { article: [409, 204], part: [204, 204] },
  'draft after withdrawn': { article: [409, 204], part: [204, 204] },
  held: { article: [409, 409], part: [409, 409] }
}

t.test('who may not change may not delete, and nobody deletes what is published or held', async (t) => {
  const { client, contributor, editor } = await newsroom(t)
  for (const [state, expected] of Object.entries(deletions)) {
    for (const [i, who] of [contributor, editor].entries()) {
      const { draft, url } = await at(client, state === 'held' ? 'draft' : state)
      const correction = await client.post(`${url}/corrections`, { kind: 'update', text: 'x' })
      if (state === 'held') await client.patch(url, { legalHold: true })
      const parts = [
        `/v1/corrections/${correction.json<{ id: string }>().id}`,
        `/v1/attributions/${draft.attributions[0]!.id}`,
        `/v1/quotes/${draft.quotes[0]!.id}`,
        `/v1/media-credits/${draft.media[0]!.credits[0]!.id}`
      ]
      const [status, partStatus] = [expected.article[i]!, expected.part[i]!]
      for (const part of parts) {
        const answer = await client.remove(part, who)
        t.equal(answer.status, partStatus, `${part} of one that is ${state}: ${answer.body}`)
      }
      const answer = await client.remove(url, who)
      t.equal(answer.status, status, `one that is ${state}: ${answer.body}`)
      if (status === 409) t.equal((await client.get(`${url}?edition=draft`)).status, 200, 'it is there')
    }
  }
})

t.test('restoring brings back the content, and nothing of where the article stands', async (t) => {
  const { client, contributor, editor } = await newsroom(t)
  const { url } = await at(client, 'published')
  const workflow = {
    slug: 'another-slug',
    publishedAt: day(1),
    embargoUntil: '2099-01-01T00:00:00.000Z',
    commentPolicy: { mode: 'closed' },
    assignee: 'Ines',
    internalNotes: 'Call.',
    dueAt: day(3),
    legalHold: true
  }
  t.equal((await client.patch(url, { ...workflow, title: 'Other' }, editor)).status, 200)
  for (const path of ['editions/1', 'revisions/1']) {
    const restored = await client.post(`${url}/${path}/restore`, undefined, contributor)
    t.match(restored.json(), { ...workflow, title: 'One that is published' }, path)
    await client.patch(url, { title: 'Other' }, editor)
  }
})

t.test('an edition is restored although another article has its slug by now', async (t) => {
  const { client } = await newsroom(t)
  const { draft, url } = await at(client, 'published')
  await client.patch(url, { slug: 'moved' })
  await client.post(`${url}/publish`)
  t.equal((await client.draft({ slug: draft.slug })).slug, draft.slug)
  for (const path of ['editions/1', 'revisions/1']) {
    const restored = await client.post(`${url}/${path}/restore`)
    t.match(restored.json(), { slug: 'moved', title: draft.title }, path)
  }
})

t.test('protection is added by every writer and taken away by an editor', async (t) => {
  const { client, contributor, editor } = await newsroom(t)
  const { url } = await at(client, 'draft')
  const [soon, later] = ['2026-11-20T00:00:00.000Z', '2026-12-20T00:00:00.000Z']
  const patch = async (input: object, who: { token: string }) => {
    const answer = await client.patch(url, input, who)
    return [answer.status, answer.json<{ errors?: { pointer: string }[] }>().errors?.[0]?.pointer]
  }
  t.same(await patch({ embargoUntil: day(1) }, contributor), [200, undefined])
  t.same(await patch({ embargoUntil: null }, contributor), [200, undefined], 'one that is over')
  t.same(await patch({ embargoUntil: soon }, contributor), [200, undefined])
  t.same(await patch({ embargoUntil: later }, contributor), [200, undefined])
  t.same(await patch({ embargoUntil: soon }, contributor), [403, '/embargoUntil'])
  t.same(await patch({ embargoUntil: null }, contributor), [403, '/embargoUntil'])
  t.same(await patch({ embargoUntil: null }, editor), [200, undefined])
  t.same(await patch({ legalHold: true }, contributor), [200, undefined])
  t.same(await patch({ legalHold: null }, contributor), [403, '/legalHold'])
  t.same(await patch({ legalHold: false }, editor), [200, undefined])
})

t.test('how readers may answer is changed by a contributor only until it is public', async (t) => {
  const { client, contributor, editor } = await newsroom(t)
  const { url } = await at(client, 'draft')
  const closed = { commentPolicy: { mode: 'closed' } }
  t.equal((await client.patch(url, closed, contributor)).status, 200)
  await client.post(`${url}/publish`)
  const open = { commentPolicy: { mode: 'open', closesAt: day(9) } }
  for (const step of ['publish', 'withdraw']) {
    await client.post(`${url}/${step}`)
    t.match((await client.patch(url, open, contributor)).json(), {
      status: 403,
      errors: [{ pointer: '/commentPolicy', detail: /editor/ }]
    })
    t.equal((await client.patch(url, { ...closed, dek: step }, contributor)).status, 200, 'as it is')
  }
  t.equal((await client.put(url, { title: 'All of it' }, contributor)).status, 403)
  t.equal((await client.put(url, { title: 'All of it', ...closed }, contributor)).status, 200)
  t.equal((await client.patch(url, open, editor)).status, 200)
})

t.test('a duplicate is protected like the original, and takes no end that is past', async (t) => {
  const { client, contributor } = await newsroom(t)
  const embargoUntil = '2099-01-01T00:00:00.000Z'
  const workflow = { assignee: 'Ines', internalNotes: 'Call.', dueAt: day(3), legalHold: true, embargoUntil }
  const copyOf = async (input: object) => {
    const { id } = await client.draft(input)
    return (await client.post(`/v1/articles/${id}/duplicate`, undefined, contributor)).json<DraftArticle>()
  }
  t.match(await copyOf({ ...workflow, commentPolicy: { mode: 'open', closesAt: day(1) } }), {
    legalHold: true,
    embargoUntil,
    assignee: null,
    internalNotes: null,
    dueAt: null
  })
  const policy = async (closesAt: string) =>
    (await copyOf({ commentPolicy: { mode: 'open', closesAt } })).commentPolicy
  t.strictSame(await policy(day(1)), { mode: 'open' })
  t.strictSame(await policy(day(3)), { mode: 'open', closesAt: day(3) })
})

t.test('a published correction stays, and only an editor makes another kind of it', async (t) => {
  const { client, contributor, editor } = await newsroom(t)
  const { url } = await at(client, 'published')
  const made = await client.post(`${url}/corrections`, { kind: 'retraction', text: 'All of it was wrong.' })
  const { id } = made.json<{ id: string }>()
  const correction = `/v1/corrections/${id}`
  t.equal((await client.patch(correction, { kind: 'update' }, contributor)).status, 200, 'nobody read it')
  await client.patch(correction, { kind: 'retraction' })
  await client.post(`${correction}/publish`)
  for (const who of [contributor, editor]) {
    t.match((await client.remove(correction, who)).json(), { status: 409, detail: /is published/ })
  }
  t.match((await client.patch(correction, { kind: 'update' }, contributor)).json(), {
    status: 403,
    errors: [{ pointer: '/kind' }]
  })
  t.equal((await client.patch(correction, { text: 'Most of it was.' }, contributor)).status, 200)
  await client.post(`${url}/publish`)
  t.match((await client.read(url)).json(), { retracted: true, corrections: [{ id }] })
  t.equal((await client.patch(correction, { kind: 'editors_note' }, editor)).status, 200)
})

t.test(
  'what a correction points at is not deleted, and going back to an edition says what it lost',
  async (t) => {
    const { client } = await newsroom(t)
    const { draft, url } = await at(client, 'published')
    const [credit] = draft.media[0]!.credits
    const added = await client.post(`${url}/quotes`, { text: 'The board agreed.', kind: 'indirect' })
    const quote = added.json<{ id: string }>().id
    const targets = {
      [`/v1/quotes/${draft.quotes[0]!.id}`]: { attributionId: draft.quotes[0]!.attributions[0]!.id },
      [`/v1/attributions/${draft.attributions[0]!.id}`]: { attributionId: draft.attributions[0]!.id },
      [`/v1/media-credits/${credit!.id}`]: { creditId: credit!.id },
      [`/v1/quotes/${quote}`]: { quoteId: quote }
    }
    const corrections: string[] = []
    for (const [record, target] of Object.entries(targets)) {
      const made = await client.post(`${url}/corrections`, { kind: 'correction', text: 'x', target })
      const { id } = made.json<{ id: string }>()
      corrections.push(id)
      t.match((await client.remove(record)).json(), {
        status: 409,
        detail: new RegExp(`The correction ${id} points at .*change its target`)
      })
    }
    await client.patch(url, { legalHold: true })
    t.equal((await client.post(`${url}/editions/1/restore`)).status, 409, 'a quote that is held would go')
    await client.patch(url, { legalHold: false })
    t.equal((await client.post(`${url}/editions/1/restore`)).status, 200)
    const left = (await draftOf(client, url)).corrections
    t.match(
      left.slice(0, 3),
      Object.values(targets)
        .slice(0, 3)
        .map((target) => ({ target }))
    )
    t.equal(left[3]!.target, null)
    const { data } = (await client.get(`${url}/history`)).json<{ data: { id: string; sentence: string }[] }>()
    t.match(
      data.find(({ id }) => id === corrections[3])!.sentence,
      /changed a correction: “What it pointed at/
    )
    await client.patch(`/v1/corrections/${corrections[0]}`, { target: null })
    t.equal((await client.remove(`/v1/quotes/${draft.quotes[0]!.id}`)).status, 204)
  }
)

t.test('what a write does not change is not held against newer rules', async (t) => {
  const { client } = await newsroom(t)
  const { draft, url } = await at(client, 'draft')
  const correction = await client.post(`${url}/corrections`, { kind: 'update', text: 'x' })
  const { id } = correction.json<{ id: string }>()
  const target = { quoteId: 'quo_01k9v3w8zhe5ra4gxm7y2bqd6c' }
  const webhook = (await client.post('/v1/webhooks', { url: 'https://93.184.215.14/' })).json<{
    id: string
  }>()
  const { articles, corrections, sources, webhooks } = client.db.read.t
  await client.db.write('an older release', async (tx) => {
    await tx.q.update(corrections).set({ target })
    await tx.q.update(articles).set({ title: '', body: [{ _type: 'rule', _key: 'a', old: true }] as never })
    await tx.q.update(sources).set({ name: '' })
    await tx.q.update(webhooks).set({ url: 'https://127.0.0.1/' })
  })
  const source = `/v1/sources/${draft.sources[0]!.id}`
  const headers = { authorization: `Bearer ${admin}`, 'if-match': '*' }
  // Not by way of the client, which holds answers against the rules of today.
  const status = async (url: string, payload: object) =>
    (await client.server.inject({ method: 'PATCH', url, headers, payload })).statusCode
  for (const [record, patch] of [
    [`/v1/corrections/${id}`, { text: 'Mended.' }],
    [url, { dek: 'New.' }],
    [source, { role: 'pilot' }],
    [`/v1/webhooks/${webhook.id}`, { events: ['article.published'] }]
  ] as const)
    t.equal(await status(record, patch), 200, record)
  t.match((await client.patch(url, { title: '' })).json(), { status: 400, errors: [{ pointer: '/title' }] })
  t.equal(
    (await client.patch(`/v1/corrections/${id}`, { target: { quoteId: `${target.quoteId.slice(0, -1)}d` } }))
      .status,
    422
  )
  t.match((await client.patch(url, { origin: { url: 'https://example.org' }, slug: '-' })).json(), {
    status: 400,
    errors: [{ pointer: '/slug' }]
  })
})
