// What an article was: editions, drafts, what is different between them, the way back; and corrections.
import { asc } from 'drizzle-orm'
import t from 'tap'
import type { Article, DraftArticle } from '../../src/content/articles/schema.ts'
import { rebuild } from '../../src/publishing/compile/rebuild.ts'
import type { Difference } from '../../src/publishing/editions/schema.ts'
import { takeEdition } from '../../src/storage/columns/edition-bytes.ts'
import { updateRow } from '../../src/storage/columns/rows.ts'
import { app, type Client, ferry } from '../support/app.ts'
import { forged } from '../support/forged-cursors.ts'

const media = [{ key: 'pic', kind: 'image' as const, alt: 'A ferry.', credits: [{ creditLine: 'Ana' }] }]
const story = {
  ...ferry,
  dek: 'It stays.',
  media,
  leadMediaId: 'pic',
  sources: [...ferry.sources, { key: 'board', kind: 'organization' as const, name: 'Harbour board' }],
  attributions: [{ claim: 'The board agreed', hops: [{ sourceId: 'board', relation: 'confirmed' as const }] }]
}

/** A story that rests on nobody. */
const bare = { sources: [], quotes: [], bylines: [] }

async function published(client: Client) {
  const { id } = await client.draft(story)
  await client.post(`/v1/articles/${id}/publish`, { note: 'First.' })
  return { url: `/v1/articles/${id}`, id, article: (await client.read(`/v1/articles/${id}`)).json<Article>() }
}
const draftOf = async ({ get }: Client, url: string) =>
  (await get(`${url}?edition=draft`)).json<DraftArticle>()

t.test('every edition stays readable as it was', async (t) => {
  const client = await app(t)
  const { url, article } = await published(client)
  const first = (await client.read(url)).body
  await client.patch(url, { title: 'The ferry stays', tags: ['ferry', 'night'] })
  t.equal((await client.read(url)).body, first, 'editing changes nothing that is public')
  await client.post(`${url}/publish`)
  const list = await client.get(`${url}/editions`)
  t.equal(list.headers['cache-control'], 'private, no-store')
  t.match(list.json(), {
    data: [
      { number: 2, note: null, actor: 'ONRECORD_ADMIN_TOKEN' },
      { number: 1, note: 'First.', actor: 'ONRECORD_ADMIN_TOKEN' }
    ],
    next: null
  })
  const one = (await client.get(`${url}/editions/1`)).json<{ article: Article }>()
  t.equal(JSON.stringify(one.article), first)
  t.equal(
    JSON.stringify((await client.get(`${url}/editions/2`)).json<{ article: Article }>().article),
    (await client.read(url)).body
  )
  const page = (await client.get(`${url}/editions?limit=1`)).json<{ data: object[]; next: string }>()
  t.match(page.data, [{ number: 2 }])
  t.match((await client.get(`${url}/editions?limit=1&cursor=${page.next}`)).json(), {
    data: [{ number: 1 }],
    next: null
  })
  for (const cursor of ['x', forged(page.next), forged(page.next, 'a'), forged(page.next, '0')])
    t.match((await client.get(`${url}/editions?cursor=${cursor}`)).json(), {
      type: '/problems/invalid-cursor'
    })
  for (const path of [
    'editions/3',
    'editions/3/diff',
    'editions/1/diff',
    'editions/1/diff?against=9',
    'revisions/99'
  ])
    t.equal((await client.get(`${url}/${path}`)).status, 404, path)
  for (const path of ['editions/0', 'editions/x', 'editions/9999999999999', 'editions/1/diff?against=0'])
    t.equal((await client.get(`${url}/${path}`)).status, 400, path)
  t.equal((await client.get('/v1/articles/art_01k9v3w8zhe5ra4gxm7y2bqd6c/editions')).status, 404)
  for (const path of ['editions', 'editions/1', 'editions/2/diff', 'revisions'])
    t.equal((await client.read(`${url}/${path}`)).status, 401, path)
  t.equal(
    (await client.post(`/v1/sources/${article.sources[0]!.id}/republish`)).json<{ articles: number }>()
      .articles,
    0
  )
  await client.patch(`/v1/sources/${article.sources[0]!.id}`, { name: 'M. Lindqvist' })
  await client.post(`/v1/sources/${article.sources[0]!.id}/republish`)
  t.match((await client.get(`${url}/editions/3`)).json(), {
    note: `The source ${article.sources[0]!.id} was renewed`,
    version: null,
    article: { sources: [{ name: 'M. Lindqvist' }, {}] }
  })
})

t.test('a person reads what an edition changed', async (t) => {
  const client = await app(t)
  const { url, article } = await published(client)
  const [quote] = article.quotes
  await client.patch(url, {
    title: 'Late ferry is sailing',
    dek: null,
    summary: 'It sails.',
    tags: ['ferry'],
    extra: { a: { b: 1 } },
    body: {
      text: '"The ferry will keep sailing," Mara Lindqvist said on Tuesday. "And that is that."\n\nThe board agreed.'
    }
  })
  await client.patch(`/v1/quotes/${quote!.id}`, { text: 'The ferry will keep sailing', language: 'en' })
  await client.post(`${url}/quotes`, {
    text: 'The board agreed.',
    kind: 'indirect',
    attributions: [{ hops: [{ sourceId: article.sources[0]!.id, relation: 'said' }] }]
  })
  await client.post(`${url}/publish`)
  const { from, to, changes } = (await client.get(`${url}/editions/2/diff`)).json<Difference>()
  t.same([from, to], [1, 2])
  const change = (pointer: string) => changes.find((one) => one.pointer === pointer)
  t.same(change('/title'), {
    pointer: '/title',
    change: 'changed',
    words: [
      { text: 'Late ferry ' },
      { text: 'keeps', change: 'removed' },
      { text: 'is', change: 'added' },
      { text: ' sailing' }
    ]
  })
  t.same(change('/dek'), { pointer: '/dek', change: 'removed', was: 'It stays.' })
  t.same(change('/summary'), { pointer: '/summary', change: 'added', now: 'It sails.' })
  t.same(change('/tags'), { pointer: '/tags', change: 'changed', was: ['ferry', 'budget'], now: ['ferry'] })
  t.same(change('/extra/a'), { pointer: '/extra/a', change: 'added', now: { b: 1 } })
  t.match(change('/body')?.words, [
    {},
    { text: 'Monday', change: 'removed' },
    { text: 'Tuesday', change: 'added' },
    {}
  ])
  t.match(change(`/quotes/${quote!.id}/text`), { change: 'changed', words: [{}, { change: 'removed' }] })
  t.match(change(`/quotes/${quote!.id}/language`), { change: 'added', now: 'en' })
  t.ok(changes.some(({ pointer, change }) => pointer.startsWith('/quotes/') && change === 'added'))
  t.notOk(changes.some(({ pointer }) => /updatedAt|publishedAt/i.test(pointer)))
  const back = (await client.get(`${url}/editions/1/diff?against=2`)).json<Difference>()
  t.match(
    back.changes.find(({ pointer }) => pointer === '/dek'),
    { change: 'added' }
  )
  t.same((await client.get(`${url}/editions/1/diff?against=1`)).json<Difference>().changes, [])

  await client.patch(url, {
    body: [{ _type: 'block', children: [{ _type: 'span', text: 'Same words.' }] }],
    extra: {}
  })
  for (const { id } of (await draftOf(client, url)).quotes) await client.remove(`/v1/quotes/${id}`)
  await client.post(`${url}/publish`)
  await client.patch(url, {
    body: [{ _type: 'block', children: [{ _type: 'span', text: 'Same words.', marks: ['strong'] }] }]
  })
  await client.post(`${url}/publish`)
  t.match((await client.get(`${url}/editions/4/diff`)).json<Difference>().changes, [
    { pointer: '/body', change: 'changed', was: [{}], now: [{}] }
  ])
})

t.test('texts too different to be told word by word are given whole', async (t) => {
  const client = await app(t)
  const words = (seed: number) =>
    Array.from({ length: 40_000 }, (_, i) => `w${((i + 1) * seed * 7919) % 100_003}`).join(' ')
  const { id } = await client.draft({ quotes: [], sources: [], body: { text: words(1) } })
  await client.post(`/v1/articles/${id}/publish`)
  await client.patch(`/v1/articles/${id}`, { body: { text: words(3) } })
  await client.post(`/v1/articles/${id}/publish`)
  const { changes } = (await client.get(`/v1/articles/${id}/editions/2/diff`)).json<Difference>()
  t.match(changes, [{ pointer: '/body', was: words(1), now: words(3) }])
})

t.test('a corrected link and another picture are told beside the words that differ', async (t) => {
  const client = await app(t)
  const { id } = await client.draft({ quotes: [], sources: [] })
  const url = `/v1/articles/${id}`
  const changesOf = async (body: object[], number: number) => {
    await client.patch(url, { body })
    await client.post(`${url}/publish`)
    return (await client.get(`${url}/editions/${number}/diff`)).json<Difference>().changes.slice(1)
  }
  const paragraph = (word: string, href?: string) => ({
    _type: 'block',
    children: [
      { _type: 'span', text: `On ${word}, ` },
      { _type: 'span', text: 'the report', marks: href ? ['report'] : [] }
    ],
    ...(href && { markDefs: [{ _type: 'link', _key: 'report', href }] })
  })
  const embed = (name: string) => ({ _type: 'embed', url: `https://video.example/${name}` })
  await client.post(`${url}/publish`)
  await changesOf([paragraph('Monday', 'https://news.example/a')], 2)
  t.same(await changesOf([paragraph('Tuesday', 'https://news.example/b'), embed('pier')], 3), [
    {
      pointer: '/body',
      change: 'changed',
      was: [{ _type: 'link', href: 'https://news.example/a', text: 'the report' }],
      now: [{ _type: 'link', href: 'https://news.example/b', text: 'the report' }, embed('pier')]
    }
  ])
  t.same(await changesOf([paragraph('Friday', 'https://news.example/b')], 4), [
    { pointer: '/body', change: 'removed', was: [embed('pier')] }
  ])
  t.same(await changesOf([paragraph('Sunday', 'https://news.example/b'), embed('port')], 5), [
    { pointer: '/body', change: 'added', now: [embed('port')] }
  ])
  t.same(await changesOf([paragraph('Monday'), embed('port')], 6), [
    {
      pointer: '/body',
      change: 'removed',
      was: [{ _type: 'link', href: 'https://news.example/b', text: 'the report' }]
    }
  ])
})

t.test('differences are whole words in every script, and those of long texts whole paragraphs', async (t) => {
  const client = await app(t)
  const marked = async (was: string, now: string) => {
    const { id } = await client.draft({ quotes: [], sources: [], body: { text: was } })
    await client.post(`/v1/articles/${id}/publish`)
    await client.patch(`/v1/articles/${id}`, { body: { text: now } })
    await client.post(`/v1/articles/${id}/publish`)
    const { changes } = (await client.get(`/v1/articles/${id}/editions/2/diff`)).json<Difference>()
    const sign = { added: '+', removed: '-' }
    return changes[0]!.words?.map(({ text, change }) => (change ? sign[change] : '') + text)
  }
  t.same(await marked('Президент подписал новый закон.', 'Премьер отклонил старый проект.'), [
    ...['-Президент', '+Премьер', ' ', '-подписал', '+отклонил', ' ', '-новый', '+старый', ' '],
    ...['-закон', '+проект', '.']
  ])
  t.same(await marked('港口将于周一关闭。', '港口将于周二关闭。'), ['港口将于', '-周一', '+周二', '关闭。'])
  t.same(await marked('สภาเห็นชอบ', 'สภาปฏิเสธ'), ['สภา', '-เห็นชอบ', '+ปฏิเสธ'])
  t.same(await marked('One.\n\nTwo.', 'One.\n\nTwo.\n\nThree.'), ['One.\n\nTwo.', '+\n\nThree.'])
  t.same(await marked('One.\n\nTwo.\n\nThree.', 'Two.\n\nThree.'), ['-One.\n\n', 'Two.\n\nThree.'])
  const long = (word: string) => `${word} `.repeat(20_000).trim()
  t.same(await marked(`A.\n\n${long('word')}`, `A.\n\n${long('other')}`), [
    'A.\n\n',
    `-${long('word')}`,
    `+${long('other')}`
  ])
  const many = (word: string) => Array.from({ length: 400 }, (_, i) => `${word} ${i}.`).join('\n\n')
  t.equal(await marked(many('a'), many('b')), undefined)
})

t.test('an edition is restored into the draft, with all that has been deleted since', async (t) => {
  const client = await app(t)
  const { url, article } = await published(client)
  const before = (await client.read(url)).body
  for (const { id } of article.quotes) await client.remove(`/v1/quotes/${id}`)
  for (const { id } of article.attributions) await client.remove(`/v1/attributions/${id}`)
  await client.patch(url, {
    title: 'Gone',
    body: { text: 'Nothing.' },
    leadMediaId: null,
    internalNotes: 'Kept.'
  })
  for (const { id } of article.sources) t.equal((await client.remove(`/v1/sources/${id}`)).status, 204)
  t.equal((await client.remove(`/v1/media/${article.media[0]!.id}`)).status, 204)
  const stale = await client.post(`${url}/editions/1/restore`, undefined, {
    headers: { 'if-match': '"1-aaaaaaaaaaaaaaaaaaaaaa"' }
  })
  t.equal(stale.status, 412)
  t.equal((await client.post(`${url}/editions/7/restore`)).status, 404)
  const restored = await client.post(`${url}/editions/1/restore`)
  t.equal(restored.status, 200, restored.body)
  const draft = restored.json<DraftArticle>()
  const { updatedAt: _u, ...content } = article
  const { updatedAt: _d, ...drafted } = draft
  t.match(drafted, content, 'the draft is what was published')
  t.match(draft, { internalNotes: 'Kept.', status: 'published', publishedWithChanges: false })
  t.equal((await client.read(url)).body, before, 'what is published is not touched')
  t.equal((await client.post(`${url}/editions/1/restore`)).status, 200, 'as often as one likes')
  t.equal((await client.post(`${url}/publish`)).status, 200, 'and it can be published again')
  const again = (await client.read(url)).json<Article>()
  t.same({ ...again, updatedAt: null }, { ...article, updatedAt: null })
  const old = (await client.get(`/v1/quotes/${article.quotes[0]!.id}?edition=draft`)).json<{
    version: number
  }>()
  t.ok(old.version > 1, 'no version stands for two forms')
})

t.test('a source that belongs to another comes back after it', async (t) => {
  const client = await app(t)
  const { id } = await client.draft({
    ...ferry,
    sources: [
      { key: 'lindqvist', kind: 'person', name: 'Mara Lindqvist', affiliationId: 'board' },
      { key: 'board', kind: 'organization', name: 'Harbour board' }
    ]
  })
  const url = `/v1/articles/${id}`
  await client.post(`${url}/publish`)
  const article = (await client.read(url)).json<Article>()
  await client.remove(`/v1/quotes/${article.quotes[0]!.id}`)
  const [person] = article.sources.filter(({ affiliationId }) => affiliationId)
  await client.remove(`/v1/sources/${person!.id}`)
  await client.remove(`/v1/sources/${person!.affiliationId}`)
  t.equal((await client.post(`${url}/editions/1/restore`)).status, 200)
  t.same((await draftOf(client, url)).sources, article.sources)
})

t.test('the last fifty drafts are kept, and come back', async (t) => {
  const client = await app(t)
  const { id, quotes } = await client.draft(story)
  const url = `/v1/articles/${id}`
  for (let i = 0; i < 55; i++) await client.patch(url, { title: `Title ${i}` })
  const list = (await client.get(`${url}/revisions?limit=100`)).json<{
    data: { version: number; actor: string }[]
  }>()
  t.equal(list.data.length, 50)
  const first = (await client.get(`${url}/revisions?limit=2`)).json<{ data: object[]; next: string }>()
  t.same(first.data, list.data.slice(0, 2))
  const second = (await client.get(`${url}/revisions?limit=2&cursor=${first.next}`)).json<{
    data: object[]
  }>()
  t.same(second.data, list.data.slice(2, 4))
  t.match(list.data[0], { version: 56, actor: 'ONRECORD_ADMIN_TOKEN' })
  const { draft } = (await client.get(`${url}/revisions/40`)).json<{ draft: { title: string } }>()
  t.equal(draft.title, 'Title 38')
  t.equal((await client.get(`${url}/revisions/3`)).status, 404)
  await client.remove(`/v1/quotes/${quotes[0]!.id}`)
  const restored = await client.post(`${url}/revisions/40/restore`)
  t.match(restored.json(), { title: 'Title 38', quotes: [] }, 'anchors of what is gone are left out')
  t.notMatch(restored.body, quotes[0]!.id)
  t.match(restored.json<DraftArticle>().attributions, [{ claim: 'The board agreed' }])
  const { id: claim } = restored.json<DraftArticle>().attributions[0]!
  await client.remove(`/v1/attributions/${claim}`)
  t.notMatch((await client.post(`${url}/revisions/40/restore`)).body, claim)
})

t.test('a body is kept once for all drafts that have it, and each comes back with its own', async (t) => {
  const client = await app(t)
  const { id } = await client.draft({
    ...bare,
    title: 'Ferry',
    body: { text: 'The ferry stays until November.' }
  })
  const url = `/v1/articles/${id}`
  await client.patch(url, { dek: 'It stays.' })
  await client.patch(url, {
    body: { text: `It goes at night. ${'And it comes back in the morning. '.repeat(60)}` }
  })
  await client.patch(url, { title: 'Night ferry' })
  await client.post(`${url}/quotes`, { text: 'It goes at night' })
  await client.patch(url, { body: { text: 'Nobody knows.' } })
  const drafts = async (last: number) =>
    Promise.all(
      [1, 2, 3, 4, last].map(async (version) => {
        const { draft } = (await client.get(`${url}/revisions/${version}`)).json<{ draft: DraftArticle }>()
        return [draft.title, draft.dek, JSON.stringify(draft.body).match(/"text":"(.{6})/)![1]]
      })
    )
  const should = [
    ['Ferry', null, 'The fe'],
    ['Ferry', 'It stays.', 'The fe'],
    ['Ferry', 'It stays.', 'It goe'],
    ['Night ferry', 'It stays.', 'It goe'],
    ['Night ferry', 'It stays.', 'Nobody']
  ]
  t.same(await drafts(6), should)
  const { revisions: r } = client.db.read.t
  const rows = await client.db.read.q.select().from(r).orderBy(r.version)
  t.same(
    rows.map(({ version, body, draft }) => [version, body !== null, 'body' in draft]),
    [
      [1, false, false],
      [2, true, false],
      [3, false, false],
      [4, true, false],
      [6, false, false]
    ]
  )
  const older = (await client.get(`${url}/revisions/2`)).json<{ draft: DraftArticle }>().draft
  await client.db.write('x', (tx) =>
    updateRow(tx, r, { articleId: id, version: 2 }, { draft: { ...older }, body: null })
  )
  t.same((await drafts(6))[1], should[1], 'one of an older release has its body within')
})

t.test(
  'an edition is stored once while the newsstand has it, then in gzip; of an older release, as it is',
  async (t) => {
    const client = await app(t)
    const body = { text: 'Long enough to be compressed. '.repeat(80) }
    const { id } = await client.draft({ ...bare, title: 'Ferry', body })
    const at = `/v1/articles/${id}`
    const { editions: e } = client.db.read.t
    const stored = async () =>
      (await client.db.read.q.select().from(e).orderBy(asc(e.number))).map(({ document }) =>
        document.length > 1 ? document.readUInt16BE() : document.length
      )
    const edition = async (number: number) => {
      const { article } = (await client.get(`${at}/editions/${number}`)).json<{ article: Article }>()
      return JSON.stringify(article)
    }
    await client.post(`${at}/publish`)
    const first = (await client.read(at)).body
    t.same(await stored(), [0])
    t.equal(await edition(1), first)

    await client.patch(at, { title: 'Another' })
    await client.post(`${at}/publish`)
    const second = (await client.read(at)).body
    t.same(await stored(), [0x1f8b, 0])
    t.same([await edition(1), await edition(2)], [first, second])

    await client.post(`${at}/withdraw`)
    t.same(await stored(), [0x1f8b, 0x1f8b], 'what is withdrawn stays an edition')
    t.same([await edition(1), await edition(2)], [first, second])

    await client.post(`${at}/publish`)
    t.same(await stored(), [0x1f8b, 0x1f8b, 0])
    const third = (await client.read(at)).body
    await client.db.write('x', async (tx) => {
      await takeEdition(tx, id)
      await tx.q.update(tx.t.rebuilds).set({ after: '' })
    })
    t.same(await stored(), [0x1f8b, 0x1f8b, 0x1f8b], 'as older releases stored them')
    await rebuild(client.db)
    t.same(await stored(), [0x1f8b, 0x1f8b, 0], 'and what is compiled anew is stored once again')
    t.equal(await edition(3), third)

    const document = Buffer.from(first)
    await client.db.write('x', (tx) => updateRow(tx, e, { articleId: id, number: 1 }, { document }))
    t.equal(await edition(1), first)
  }
)

t.test('a correction is published by itself, and what else was edited waits', async (t) => {
  const client = await app(t)
  const { url, article } = await published(client)
  await client.patch(url, { title: 'Not yet' })
  const made = await client.post(`${url}/corrections`, {
    kind: 'correction',
    text: 'It was Monday.',
    was: 'Tuesday',
    now: 'Monday'
  })
  const other = (await client.post(`${url}/corrections`, { kind: 'update', text: 'Later.' })).json<{
    id: string
  }>()
  const { id } = made.json<{ id: string }>()
  t.equal((await client.read('/v1/corrections')).body, '{"data":[],"next":null}')
  const answer = await client.post(`/v1/corrections/${id}/publish`)
  t.match(answer.json(), { title: 'Not yet', edition: 2 })
  const now = (await client.read(url)).json<Article>()
  t.match(now, { title: article.title, corrections: [{ id, text: 'It was Monday.' }], retracted: false })
  t.equal(now.corrections.length, 1)
  t.ok(now.updatedAt > article.updatedAt)
  t.match((await client.read('/v1/corrections')).json(), { data: [{ id }] })
  t.equal((await client.read(`/v1/corrections/${other.id}`)).status, 404)
  t.same((await client.get(`${url}/editions/1`)).json<{ article: Article }>().article.corrections, [])
  t.match((await client.get(`${url}/editions/2/diff`)).json<Difference>().changes, [
    { pointer: `/corrections/${id}`, change: 'added' }
  ])
  t.match((await client.post(`/v1/corrections/${id}/publish`)).json(), { status: 409, detail: /already/ })
  const unpublished = await client.draft({ slug: 'other' })
  const waiting = (
    await client.post(`/v1/articles/${unpublished.id}/corrections`, { kind: 'update', text: 'x' })
  ).json<{ id: string }>()
  t.match((await client.post(`/v1/corrections/${waiting.id}/publish`)).json(), {
    status: 409,
    detail: /not published/
  })
  t.equal((await client.post('/v1/corrections/cor_01k9v3w8zhe5ra4gxm7y2bqd6c/publish')).status, 404)
})

t.test('what was retracted says so wherever it is read', async (t) => {
  const client = await app(t)
  const { url, id } = await published(client)
  t.match((await client.read('/v1/articles')).json(), { data: [{ retracted: false }] })
  const made = await client.post(`${url}/corrections`, { kind: 'retraction', text: 'None of it holds.' })
  await client.post(`/v1/corrections/${made.json<{ id: string }>().id}/publish`)
  for (const read of [url, `${url}?body=html`]) t.match((await client.read(read)).json(), { retracted: true })
  t.match((await client.read('/v1/articles')).json(), { data: [{ id, retracted: true }] })
  t.match((await client.read('/v1/search?q=ferry')).json(), { data: [{ item: { retracted: true } }] })
  t.match((await client.get('/v1/articles?edition=draft')).json(), { data: [{ id, retracted: true }] })
  t.match(await draftOf(client, url), { retracted: true })
})

t.test('what is held back stays as it was published', async (t) => {
  const client = await app(t)
  const { url, article } = await published(client)
  const before = (await client.read(url)).body
  await client.patch(url, { legalHold: true })
  const made = await client.post(`${url}/corrections`, { kind: 'update', text: 'Later.' })
  const correction = `/v1/corrections/${made.json<{ id: string }>().id}`
  t.match((await client.post(`${correction}/publish`)).json(), { status: 409, detail: /legal hold/ })
  const source = `/v1/sources/${article.sources[0]!.id}`
  await client.patch(source, { name: 'M. Lindqvist' })
  t.same((await client.post(`${source}/republish`)).json(), { articles: 0 })
  t.equal((await client.read(url)).body, before)
  t.match((await client.get(`${source}?edition=draft`)).json(), { outdatedIn: 1 })
  await client.patch(url, { legalHold: false })
  t.same((await client.post(`${source}/republish`)).json(), { articles: 1 })
  const media = `/v1/media/${article.media[0]!.id}`
  await client.patch(media, { embargoUntil: '2999-01-01T00:00:00Z', alt: 'Other.' })
  t.match((await client.post(`${media}/republish`)).json(), { status: 409, detail: /embargo until 2999/ })
  await client.patch(media, { embargoUntil: '2000-01-01T00:00:00Z' })
  t.same((await client.post(`${media}/republish`)).json(), { articles: 1 })
})

t.test('a link leads where it says, and nowhere by way of white space', async (t) => {
  const client = await app(t)
  const linked = (href: string) =>
    client.post('/v1/articles', {
      title: 'x',
      body: [
        {
          _type: 'block',
          children: [{ _type: 'span', text: 'a', marks: ['l'] }],
          markDefs: [{ _type: 'link', _key: 'l', href }]
        }
      ]
    })
  for (const href of [
    '/\t/evil.example',
    '/\\evil.example',
    '//evil.example',
    'https://x.example/\n',
    '/a\r'
  ])
    t.equal((await linked(href)).status, 400, JSON.stringify(href))
  for (const href of ['/plan', '/', '#a b', 'https://x.example/a b'])
    t.equal((await linked(href)).status, 201, href)
})

t.test('no edition is restored over what a legal hold keeps', async (t) => {
  const client = await app(t)
  const { url } = await published(client)
  const quote = {
    text: 'The board agreed.',
    attributions: [{ hops: [{ unnamed: { description: 'a clerk' }, relation: 'said' }] }]
  }
  t.equal((await client.post(`${url}/quotes`, quote)).status, 201)
  await client.patch(url, { legalHold: true })
  const restore = () => client.post(`${url}/editions/1/restore`)
  t.match((await restore()).json(), { status: 409, detail: /legal hold/ })
  await client.patch(url, { legalHold: false })
  t.match((await restore()).json<DraftArticle>().quotes, { length: 1 })
})
