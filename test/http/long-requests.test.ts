// Long requests: they are answered as short ones are, and give others a turn in between.
import { performance } from 'node:perf_hooks'
import t from 'tap'
import type { DraftArticle } from '../../src/content/articles/schema.ts'
import { bodiesCompiling } from '../../src/http/input/body-validators.ts'
import { compileBodies } from '../../src/http/input/validation.ts'
import type { Problem } from '../../src/http/problems.ts'
import { folded } from '../../src/storage/text/fold-ahead.ts'
import { jsonOf, parseJson, storedJson } from '../../src/storage/text/json-text.ts'
import { indexed } from '../../src/storage/text/tokenizer.ts'
import { app } from '../support/app.ts'

/** A body of 700 kB. */
const blocks = Array.from({ length: 4000 }, (_, i) => ({
  _type: 'block',
  children: [1, 2].map((n) => ({
    _type: 'span',
    text: `Words of block ${i}, ${n}. `,
    marks: n > 1 ? ['em'] : []
  }))
}))

t.test('the JSON of a long value is what JSON.stringify makes of it', (t) => {
  const long = Array.from({ length: 30_000 }, (_, i) => i)
  const values = [
    { a: 1, long, b: undefined, c: { long }, 'd"': null },
    [long, { long }],
    'text',
    null,
    { long: [long] },
    long
  ]
  const plain = values.map((value) => JSON.stringify(value))
  t.equal(storedJson(long), JSON.stringify(long))
  t.strictSame(values.map(jsonOf), plain)
  const read = parseJson(plain[0]!) as { long: number[] }
  t.strictSame(read, JSON.parse(plain[0]!))
  t.equal(jsonOf(read), plain[0])
  t.equal(jsonOf({ ...read, a: 2 }), JSON.stringify({ ...read, a: 2 }))
  t.equal(parseJson(storedJson(null)), null)
  t.end()
})

/** Does something, and counts the turns of the event loop meanwhile: libuv does, without making any. */
async function turnsOf(work: () => Promise<unknown>): Promise<number> {
  const turns = () => performance.nodeTiming.uvMetricsInfo.loopCount
  const before = turns()
  await work()
  return turns() - before
}

t.test('a long article gives others a turn between two steps, and is the same in every answer', async (t) => {
  const { post, get, call } = await app(t)
  let path = ''
  let answer = ''
  async function create() {
    const created = await post('/v1/articles', {
      title: 'Late ferry',
      bylines: [{ name: 'Ines' }],
      body: blocks
    })
    t.equal(created.status, 201)
    answer = created.body
    path = `/v1/articles/${created.json<DraftArticle>().id}`
  }
  const short = await turnsOf(() => post('/v1/articles', { title: 'Late ferry', body: blocks.slice(0, 5) }))
  t.ok((await turnsOf(create)) >= short + 10, 'created')
  t.equal(answer, JSON.stringify(JSON.parse(answer)))
  const read = await get(`${path}?edition=draft`)
  t.equal(read.body, answer)
  const changed = await call('PATCH', path, {
    payload: { title: 'Later ferry' },
    headers: { 'if-match': String(read.headers.etag) }
  })
  t.equal(changed.status, 200)
  const before = JSON.parse(answer)
  const { title, slug, version, updatedAt } = changed.json<DraftArticle>()
  t.equal(changed.body, JSON.stringify({ ...before, title, slug, version, updatedAt }))
  const again = await get(`${path}?edition=draft`)
  t.equal(again.body, changed.body)
  t.equal(again.headers.etag, changed.headers.etag)
  t.equal((await turnsOf(() => post(`${path}/publish`, {}))) >= 5, true, 'published')
  t.strictSame((await get(path)).json<DraftArticle>().body, before.body)
  const revision = (await get(`${path}/revisions/1`)).json<{ draft: DraftArticle }>()
  t.strictSame(revision.draft.body, before.body)
})

t.test('a long text is folded for the index as a short one is', async (t) => {
  const words = (text: string) => text.split(/[\0-\x2f]+/).filter((word) => word !== '')
  for (const some of [
    'Το πλοίο φεύγει κάθε νύχτα. ',
    '董事会，同意今年。',
    'Ein «Große»-Maß; ',
    '渡輪',
    '𠀀𠀁',
    'nothing here'
  ]) {
    const text = some.repeat(50_000 / some.length)
    const ahead = words(await folded(text))
    t.ok(ahead.length > 10)
    t.strictSame(ahead, words(indexed(text)), some)
  }
  const letters = 'паромнеидет'.repeat(5000)
  const cut = words(await folded(`${letters} сегодня`))
  t.strictSame([cut.length, cut.at(-1)], [56, 'сегодня'], 'what is far too long for a word is cut')
  // The letter before a cut is in both parts.
  t.equal(
    cut
      .slice(0, -1)
      .map((part, i) => part.slice(Math.min(i, 1)))
      .join(''),
    letters
  )
  t.strictSame(words(await folded(`${'—'.repeat(50_000)}Größe`)), ['grosse'])
  t.strictSame(words(await folded(`Größe${'—'.repeat(50_000)}`)), ['grosse'])
})

t.test('a body that comes while validators are compiled waits, and is validated', async (t) => {
  const { post } = await app(t)
  // As a listening socket does: compiling alone keeps no process.
  const socket = setInterval(() => {}, 1000)
  t.teardown(() => clearInterval(socket))
  const compiled = compileBodies()
  const [made, refused] = await Promise.all([
    post('/v1/sources', { kind: 'person', name: 'Mara Lindqvist' }),
    post('/v1/sources', { kind: 'person' })
  ])
  t.strictSame([made.status, refused.status], [201, 400])
  await compiled
  t.equal(bodiesCompiling(), undefined)
})

t.test('a page of drafts is whole, however many there are', async (t) => {
  const { post, get } = await app(t)
  const operations = Array.from({ length: 60 }, (_, i) => ({
    method: 'POST',
    path: '/v1/articles',
    body: { title: `Ferry ${i}`, tags: [`t${i}`], bylines: [{ name: `Ines ${i}` }], body: blocks.slice(0, 1) }
  }))
  t.equal((await post('/v1/batch', { operations })).status, 200)
  const listed = async (sort: string) => {
    const { data, next } = (await get(`/v1/articles?edition=draft&limit=57${sort}`)).json<{
      data: DraftArticle[]
      next: string
    }>()
    const rest = (await get(`/v1/articles?edition=draft&limit=57${sort}&cursor=${next}`)).json<{
      data: DraftArticle[]
    }>()
    t.equal(rest.data.length, 3)
    return [...data, ...rest.data].map(({ title, tags, bylines }) => [title, tags[0], bylines[0]!.name])
  }
  const all = Array.from({ length: 60 }, (_, i) => [`Ferry ${i}`, `t${i}`, `Ines ${i}`])
  t.strictSame(await listed(''), all.toReversed())
  t.strictSame(await listed('&sort=updatedAt'), all)
})

t.test('a quote is anchored in a long text, and what stands at its end is found', async (t) => {
  const { post, get } = await app(t)
  const text = `${'Το πλοίο φεύγει κάθε νύχτα.\n\n'.repeat(3000)}"Ήταν Αργά," είπε.\n\n"Μόνο σήμερα," είπε.`
  const quote = {
    text: 'Μόνο σήμερα',
    attributions: [{ hops: [{ unnamed: { description: 'ένας', basis: 'fact' }, relation: 'said' }] }]
  }
  const created = await post('/v1/articles', {
    title: 'Πλοίο',
    section: 'λιμάνι',
    language: 'el',
    bylines: [{ name: 'Ines' }],
    body: { text },
    quotes: [quote]
  })
  t.equal(created.status, 201)
  const path = `/v1/articles/${created.json<DraftArticle>().id}`
  t.equal((await post(`${path}/quotes`, { ...quote, text: 'Ήταν Αργά' })).status, 201)
  const draft = (await get(`${path}?edition=draft`)).json<DraftArticle>()
  const last = JSON.stringify((draft.body as object[]).slice(-2))
  t.equal(last.match(/"quoteId"/g)?.length, 2)
  t.equal((await post(`${path}/publish`, {})).status, 200)
  const found = async (query: string) => (await get(`/v1/${query}`)).json<{ data: unknown[] }>().data.length
  t.equal(await found(`search?q=${encodeURIComponent('σημερα')}&kind=article`), 1)
  t.equal(await found(`articles?edition=draft&q=${encodeURIComponent('αργα')}`), 1)
})

t.test('of a text that is longer than any story the first 100,000 words are found', async (t) => {
  const { post, get } = await app(t)
  const text = `${'so '.repeat(99_998)}harbour ferry late`
  const created = await post('/v1/articles', { title: 'Harbour', section: 's', body: { text } })
  t.equal(created.status, 201)
  const found = async (q: string) =>
    (await get(`/v1/articles?edition=draft&q=${q}`)).json<{ data: unknown[] }>().data.length
  // The title and the section are two of them.
  t.strictSame([await found('so'), await found('late')], [1, 0])
  t.strictSame((await folded(text)).split(' ').slice(-2), ['harbour', 'ferry'])
  t.equal(await folded(text.slice(3)), text.slice(3))
})

t.test('what is wrong with a long body is found as in a short one', async (t) => {
  const { call } = await app(t)
  const send = (payload: string) =>
    call('POST', '/v1/articles', { payload, headers: { 'content-type': 'application/json' } })
  const long = 'a'.repeat(150_000)
  const token = `onr_${'a'.repeat(43)}`
  const zeros = `[${Array(40).fill(`{"_type":"block","children":[${Array(4000).fill(0)}]}`)}]`
  for (const [payload, type, pointer, errors] of [
    [`{"title":"x","title":"y","body":{"text":"${long}"}}`, 'malformed-json', '/title', 1],
    [`{"title":"x","body":{"text":"${long}`, 'malformed-json', undefined, 0],
    [`"${long}"`, 'invalid-input', '', 1],
    [`{"title":"x","extra":{"a":["${token}"]},"body":{"text":"${long}"}}`, 'invalid-input', '/extra/a/0', 1],
    [`{"title":"x","extra":{"a":["\\u0000"]},"body":{"text":"${long}"}}`, 'malformed-json', '/extra/a/0', 1],
    [`{"title":"x","body":${zeros}}`, 'invalid-input', '/body/0/children/0', 1]
  ] as const) {
    const { type: found, errors: told = [], status } = (await send(payload)).json<Problem>()
    t.equal(status, 400)
    t.equal(found, `/problems/${type}`)
    t.equal(told[0]?.pointer, pointer)
    t.equal(told.length, errors)
  }
})
