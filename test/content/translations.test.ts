// A story in several languages: one group whichever of them is named, and what of it readers see.
import t, { type Test } from 'tap'
import type { Article, DraftArticle } from '../../src/content/articles/schema.ts'
import { app, ferry } from '../support/app.ts'

interface Problem {
  detail: string
  errors: { pointer: string; detail: string }[]
}

/** The service with its site, and what these tests ask of it. */
async function newsroom(t: Test) {
  const client = await app(t, { config: { ONRECORD_SITE: 'on' } })
  const { get, post, patch } = client
  const write = (language: string, fields: object = {}) =>
    post('/v1/articles', { ...ferry, title: `Ferry ${language}`, language, ...fields })
  const create = async (language: string, fields: object = {}) => {
    const answer = await write(language, fields)
    t.equal(answer.status, 201, answer.body)
    return answer.json<DraftArticle>().id
  }
  const act = async (id: string, step: string) => {
    const answer = await post(`/v1/articles/${id}/${step}`)
    t.equal(answer.status, 200, answer.body)
    return answer.json<DraftArticle>()
  }
  const change = (id: string, fields: object) => patch(`/v1/articles/${id}`, fields)
  const draft = async (id: string) => (await get(`/v1/articles/${id}?edition=draft`)).json<DraftArticle>()
  const languages = async (id: string) => {
    const answer = await get(`/v1/articles/${id}`, { token: null })
    return answer.json<Article>().translations.map(({ language, slug }) => `${language} ${slug}`)
  }
  const page = async (slug: string) => (await client.server.inject(`/articles/${slug}`)).body
  const jsonld = async (id: string) =>
    (await get(`/v1/articles/${id}/jsonld`)).json<Record<string, unknown>>()
  return { ...client, write, create, act, change, draft, languages, page, jsonld }
}

t.test('a translation of a translation is one of the original', async (t) => {
  const { create, draft, get, write, change } = await newsroom(t)
  const en = await create('en')
  const es = await create('es', { translationOf: en })
  const fr = await create('fr', { translationOf: es })
  t.equal((await draft(fr)).translationOf, en)
  t.equal((await draft(en)).translationOf, null)
  const listed = (await get(`/v1/articles?edition=draft&translationOf=${en}`)).json<{
    data: DraftArticle[]
  }>()
  t.strictSame(
    listed.data.map(({ id }) => id),
    [fr, es]
  )

  const missing = `art_${'0'.repeat(26)}`
  const cases: [string, object, RegExp][] = [
    [es, { translationOf: missing }, /There is no article .* send null/],
    [en, { translationOf: en }, /no translation of itself/],
    [en, { translationOf: es }, /is a translation of this article, which is the original/]
  ]
  for (const [id, fields, said] of cases) {
    const answer = await change(id, fields)
    t.equal(answer.status, 422, answer.body)
    const [fault] = answer.json<Problem>().errors
    t.match(fault, { pointer: '/translationOf', detail: said })
  }
  const other = await create('no')
  const joined = await change(en, { translationOf: other })
  t.equal(joined.status, 422)
  t.match(joined.json<Problem>().errors, [{ pointer: '/translationOf', detail: /Let its translations name/ }])
  t.equal((await change(fr, { translationOf: null })).status, 200)
  t.equal((await draft(fr)).translationOf, null)
  t.equal((await change(fr, { translationOf: es })).status, 200)
  t.equal((await draft(fr)).translationOf, en)
  t.equal((await change(fr, { translationOf: es })).status, 200, 'the same again')

  for (let i = 2; i < 100; i++) await create('de', { translationOf: en })
  const oneMore = await write('de', { translationOf: en })
  t.equal(oneMore.status, 422)
  t.match(oneMore.json<Problem>().errors, [{ pointer: '/translationOf', detail: /100 translations already/ }])
})

t.test('a published article tells of its published translations, and they of it', async (t) => {
  const { create, act, languages, page, jsonld, get } = await newsroom(t)
  const en = await create('en', { slug: 'ferry-en' })
  const es = await create('es', { slug: 'ferry-es', translationOf: en })
  const own = await create('x-harbour', { slug: 'ferry-x', translationOf: en })
  await create('fr', { translationOf: en })
  await act(en, 'publish')
  t.strictSame(await languages(en), [], 'drafts are not told of')
  t.notMatch(await page('ferry-en'), /hreflang/)
  const { updatedAt } = (await get(`/v1/articles/${en}`)).json<Article>()
  await act(es, 'publish')
  t.strictSame(await languages(en), ['es ferry-es'])
  t.strictSame(await languages(es), ['en ferry-en'])
  t.equal(
    (await get(`/v1/articles/${en}`)).json<Article>().updatedAt,
    updatedAt,
    'its words are as they were'
  )
  const [, own1] = [await act(own, 'publish'), (await get(`/v1/articles/${own}`)).json<Article>()]
  t.equal(own1.translationOf, en)
  t.strictSame(await languages(es), ['en ferry-en', 'x-harbour ferry-x'])

  const links = [
    '<link rel="alternate" hreflang="en" href="/articles/ferry-en">',
    '<link rel="alternate" hreflang="es" href="/articles/ferry-es">',
    '<link rel="alternate" hreflang="x-harbour" href="/articles/ferry-x">'
  ]
  for (const slug of ['ferry-en', 'ferry-es'])
    for (const link of links) t.ok((await page(slug)).includes(link))
  t.match(await page('ferry-en'), '<a href="/articles/ferry-es" hreflang="es" lang="es">español</a>')
  t.match(
    await page('ferry-en'),
    '<a href="/articles/ferry-x" hreflang="x-harbour" lang="x-harbour">x-harbour</a>'
  )
  t.match(await jsonld(en), {
    workTranslation: [
      { identifier: es, inLanguage: 'es' },
      { identifier: own, inLanguage: 'x-harbour' }
    ]
  })
  t.match(await jsonld(es), { translationOfWork: { identifier: en, inLanguage: 'en' } })
  t.notOk('workTranslation' in (await jsonld(es)))
  const listed = (await get(`/v1/articles?translationOf=${en}`, { token: null })).json<{ data: Article[] }>()
  t.strictSame(listed.data.map(({ id }) => id).sort(), [es, own].sort())

  await act(en, 'withdraw')
  t.strictSame(await languages(es), ['x-harbour ferry-x'], 'what is withdrawn is not told of')
  t.notOk('translationOfWork' in (await jsonld(es)))
  t.notMatch(await page('ferry-es'), /ferry-en/)
  await act(en, 'publish')
  t.strictSame(await languages(es), ['en ferry-en', 'x-harbour ferry-x'])
})

t.test('translations are told in the order of their languages', async (t) => {
  const { create, act, languages } = await newsroom(t)
  const original = await create('en')
  await act(original, 'publish')
  for (const language of ['nb', 'de', 'sv', 'fr'])
    await act(await create(language, { translationOf: original }), 'publish')
  t.same(
    (await languages(original)).map((told) => told.slice(0, 2)),
    ['de', 'fr', 'nb', 'sv']
  )
})

t.test('whoever caches a list of translations gets the new one', async (t) => {
  const { create, act, change, draft, get, languages, server } = await newsroom(t)
  const en = await create('en', { slug: 'ferry-en' })
  await act(en, 'publish')
  const es = await create('es', { slug: 'ferry-es', translationOf: en })
  const asked = async () => {
    const { headers, body } = await server.inject(`/v1/articles/${en}`)
    return { etag: headers.etag, body }
  }
  const before = await asked()
  t.strictSame(await asked(), before, 'from the cache')
  await act(es, 'publish')
  const after = await asked()
  t.not(after.etag, before.etag)

  const { edition } = await draft(en)
  t.equal(edition, 2, 'what readers saw before is an edition of its own')
  const kept = (await get(`/v1/articles/${en}/editions/1`)).json<{ article: Article }>()
  t.strictSame(kept.article.translations, [])
  const { data } = (await get(`/v1/changes?article=${en}`)).json<{ data: { event: string }[] }>()
  t.equal(data.filter(({ event }) => event === 'article.published').length, 2, 'and an event')
  t.equal((await draft(en)).publishedWithChanges, false)
  t.equal((await act(en, 'publish')).unchanged, true)

  await change(es, { slug: 'el-ferry' })
  t.strictSame(await languages(en), ['es ferry-es'], 'what is not published yet')
  await act(es, 'publish')
  t.strictSame(await languages(en), ['es el-ferry'])
  await change(es, { title: 'Otro' })
  await act(es, 'publish')
  t.equal((await draft(en)).edition, 3, 'what the list does not tell makes no edition')
})

t.test('an article that leaves its group, or is deleted, is not told of any more', async (t) => {
  const { create, act, change, draft, languages, remove, post } = await newsroom(t)
  const en = await create('en', { slug: 'ferry-en' })
  const fr = await create('fr', { slug: 'ferry-fr', translationOf: en })
  const es = await create('es', { slug: 'ferry-es', translationOf: en })
  for (const id of [en, es, fr]) await act(id, 'publish')
  t.strictSame(await languages(en), ['es ferry-es', 'fr ferry-fr'], 'in the order of their languages')
  await change(fr, { translationOf: null })
  t.equal((await draft(fr)).publishedWithChanges, true)
  t.strictSame(await languages(es), ['en ferry-en', 'fr ferry-fr'])
  await act(fr, 'publish')
  t.strictSame(await languages(es), ['en ferry-en'])
  t.strictSame(await languages(fr), [])

  await change(fr, { translationOf: es })
  await act(fr, 'publish')
  await act(en, 'withdraw')
  const gone = await remove(`/v1/articles/${en}`)
  t.equal(gone.status, 204, gone.body)
  t.strictSame(await languages(fr), ['es ferry-es'], 'the others stay together')
  const refused = await change(await create('de'), { translationOf: en })
  t.equal(refused.status, 422, 'what is in the trash cannot be named anew')
  t.equal((await change(es, { dek: 'Sigue.' })).status, 200, 'but stays where it is named')
  const back = await post(`/v1/trash/${en}/restore`)
  t.equal(back.status, 200, back.body)
  await act(en, 'publish')
  t.strictSame(await languages(fr), ['en ferry-en', 'es ferry-es'])
})

t.test('an article on legal hold keeps its list until it is published again', async (t) => {
  const { create, act, change, languages } = await newsroom(t)
  const en = await create('en', { slug: 'ferry-en' })
  const es = await create('es', { slug: 'ferry-es', translationOf: en })
  await act(en, 'publish')
  await change(en, { legalHold: true })
  await act(es, 'publish')
  t.strictSame(await languages(en), [])
  t.strictSame(await languages(es), ['en ferry-en'])
  await change(en, { legalHold: false })
  await act(en, 'publish')
  t.strictSame(await languages(en), ['es ferry-es'])
})

t.test('a story that is sent again by its external id stays the translation it is', async (t) => {
  const { create, draft, call } = await newsroom(t)
  const en = await create('en')
  const es = await create('es', { translationOf: en })
  const send = (fields: object = {}) =>
    call('PUT', '/v1/external/wire/fr-1/article', {
      payload: { ...ferry, language: 'fr', title: 'Le bac', translationOf: es, ...fields }
    })
  const first = await send()
  t.equal(first.status, 201, first.body)
  const { id } = first.json<DraftArticle>()
  t.equal((await draft(id)).translationOf, en)
  const second = await send({ dek: 'Il reste.' })
  t.equal(second.status, 200, second.body)
  t.notOk(second.json<{ kept?: unknown[] }>().kept?.length)
  t.equal((await draft(id)).translationOf, en)
  t.equal((await send({ translationOf: null })).status, 200)
  t.equal((await draft(id)).translationOf, null)
  t.equal((await send({ translationOf: en })).status, 200)
  t.equal((await send({ translationOf: undefined })).status, 200)
  t.equal((await draft(id)).translationOf, en, 'changed only where it is named')
})
