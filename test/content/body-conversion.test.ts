import t from 'tap'
import { prepareBodies } from '../../src/content/articles/batch-bodies.ts'
import { refuseLosses } from '../../src/content/articles/body-conversion.ts'
import type { DraftArticle } from '../../src/content/articles/schema.ts'
import { app, ferry } from '../support/app.ts'

const wordsOf = (article: DraftArticle) => JSON.stringify(article.body)

t.test('a body is converted the same, whether it is small or large', async (t) => {
  const { post, get } = await app(t)
  for (const [form, paragraph] of [
    ['text', 'The board agreed.'],
    ['markdown', 'The *board* agreed.'],
    ['html', '<p>The <em>board</em> agreed.</p>']
  ] as const) {
    for (const times of [1, 300]) {
      const body = { [form]: Array(times).fill(paragraph).join('\n\n') }
      const made = await post('/v1/articles', { title: 'Late ferry', body })
      t.equal(made.status, 201)
      const article = made.json<DraftArticle & { warnings?: unknown }>()
      t.equal(article.body.length, times, `${form}, ${times} paragraphs`)
      t.notOk('warnings' in article)
      t.same((await get(`/v1/articles/${article.id}?edition=draft`)).json(), article)
    }
  }
})

t.test('what cannot be converted is refused where it is sent', async (t) => {
  const { post, put, patch, draft } = await app(t)
  const body = { html: '<b>'.repeat(4000) }
  t.match((await post('/v1/articles', { title: 'Late ferry', body })).json(), {
    status: 422,
    errors: [{ pointer: '/body' }]
  })
  const { id } = await draft()
  t.equal((await put(`/v1/articles/${id}`, { title: 'Late ferry', body })).status, 422)
  t.equal((await patch(`/v1/articles/${id}`, { body })).status, 422)
  const batch = await post('/v1/batch', {
    operations: [
      { method: 'POST', path: '/v1/sources', body: { kind: 'person', name: 'Mara Lindqvist' } },
      { method: 'PUT', path: `/v1/articles/${id}`, ifMatch: '*', body: { title: 'Late ferry', body } }
    ]
  })
  t.match(batch.json(), {
    status: 422,
    detail: new RegExp(`^Operation 1, PUT /v1/articles/${id}: The body nests`),
    errors: [{ pointer: '/operations/1' }],
    problem: { status: 422, errors: [{ pointer: '/body' }] }
  })
})

t.test('a part of an article is changed without its body, and null takes the body away', async (t) => {
  const { patch, draft } = await app(t)
  const before = await draft()
  const retitled = (await patch(`/v1/articles/${before.id}`, { title: 'Later ferry' })).json<DraftArticle>()
  t.equal(wordsOf(retitled), wordsOf(before))
  const changed = await patch(`/v1/articles/${before.id}`, { body: { text: 'The board agreed.' } })
  t.match(wordsOf(changed.json<DraftArticle>()), /"text":"The board agreed\."/)
  const emptied = (await patch(`/v1/articles/${before.id}`, { body: null })).json<DraftArticle>()
  t.same(emptied.body, [])
})

t.test('bodies of a batch are converted, of whatever form they are', async (t) => {
  const { post } = await app(t)
  const send = (body: unknown) =>
    post('/v1/batch', {
      operations: [
        { method: 'POST', path: '/v1/articles', body: { title: 'Late ferry', body }, key: 'ferry' },
        { method: 'PATCH', path: '/v1/articles/$ferry', ifMatch: '*', body: { title: 'Later ferry' } }
      ]
    })
  for (const body of [
    { text: 'One\n\n$ferry' },
    { markdown: 'One\n\n$ferry' },
    { html: '<p>One</p><p>$ferry</p>' }
  ]) {
    const { results } = (await send(body)).json<{ results: { body: DraftArticle }[] }>()
    t.match(results[1]!.body, {
      title: 'Later ferry',
      body: [{ children: [{ text: 'One' }] }, { children: [{ text: '$ferry' }] }]
    })
  }
  t.equal((await send([])).status, 200)
  for (const body of [
    {},
    { html: 1 },
    { html: '', text: '' },
    { page: '' },
    'text',
    { text: 'a'.repeat(1_000_001) }
  ])
    t.equal((await send(body)).status, 400, JSON.stringify(body).slice(0, 40))
  t.equal((await send(null)).status, 400)
})

t.test('with an Idempotency-Key a body is converted before anything waits', async (t) => {
  const { post } = await app(t)
  const story = { ...ferry, body: { html: `<p>${ferry.body.text}</p>` } }
  const headers = { 'idempotency-key': 'ferry' }
  const first = await post('/v1/articles', story, { headers })
  t.equal(first.status, 201)
  const again = await post('/v1/articles', story, { headers })
  t.equal(again.headers['idempotency-replayed'], 'true')
  t.equal(again.body, first.body)
  const other = await post('/v1/articles', { ...story, body: first.json<DraftArticle>().body }, { headers })
  t.match(other.json(), { type: '/problems/key-reused' }, 'what counts is what was sent')
})

t.test('what would be lost is refused with its places, its words and what to do', async (t) => {
  t.equal(refuseLosses([]), undefined)
  const losses = [
    { code: 'link-dropped', detail: 'The link leads nowhere.', words: 'here', pointer: '/body/1' },
    { code: 'script-dropped', detail: 'A script is no text.', words: '' }
  ]
  t.throws(() => refuseLosses(losses), {
    kind: 'unprocessable',
    message:
      'Not all of the body can be kept. The link leads nowhere. (here) Mend what `errors` names, or send it without strict=true.',
    errors: [
      { pointer: '/body/1', code: 'link-dropped', detail: 'The link leads nowhere. (here)' },
      { pointer: '/body', code: 'script-dropped', detail: 'A script is no text.' }
    ]
  })
})

/** A body of which a link is lost, in few or many words. */
const losing = (form: 'html' | 'markdown', times = 1) => {
  const paragraph = form === 'html' ? '<p>Nobody came.</p>' : 'Nobody came.\n\n'
  const link = form === 'html' ? '<a href="javascript:x()">Here</a>' : '[Here](javascript:x())'
  return { [form]: `${paragraph.repeat(times)}${link}` }
}
const lost = (at: number) => [{ code: 'link-dropped', words: 'Here', pointer: `/body/${at}` }]

t.test('every write says what of a body is lost, and a read does not', async (t) => {
  const { post, put, patch, get } = await app(t)
  for (const [body, at] of [
    [losing('html'), 1],
    [losing('markdown'), 1],
    [losing('markdown', 400), 400]
  ] as const) {
    const made = await post('/v1/articles', { title: 'Late ferry', body })
    const { id, warnings } = made.json<{ id: string; warnings: object[] }>()
    t.match(warnings, lost(at))
    const read = await get(`/v1/articles/${id}?edition=draft`)
    t.notMatch(read.body, /warnings/)
    t.equal(made.headers.etag, read.headers.etag, 'the tag is that of the draft')
    const replaced = await put(`/v1/articles/${id}`, { title: 'Later ferry', body })
    t.match(replaced.json(), { warnings: lost(at) })
    t.match((await patch(`/v1/articles/${id}`, { body })).json(), { warnings: lost(at) })
    t.notMatch((await patch(`/v1/articles/${id}`, { title: 'Latest ferry' })).body, /warnings/)
  }
})

t.test('a strict write is refused where something would be lost, and done where nothing would', async (t) => {
  const { post, put, patch, draft, get } = await app(t)
  const body = losing('html')
  const refusal = {
    status: 422,
    type: '/problems/unprocessable',
    detail: /^Not all of the body can be kept. The link to javascript:x\(\) .* without strict=true\.$/,
    errors: [{ pointer: '/body/1', code: 'link-dropped' }]
  }
  t.match((await post('/v1/articles?strict=true', { title: 'Late ferry', body })).json(), refusal)
  const { id, version } = await draft()
  t.match((await put(`/v1/articles/${id}?strict=true`, { title: 'Late ferry', body })).json(), refusal)
  t.match((await patch(`/v1/articles/${id}?strict=true`, { body })).json(), refusal)
  t.match((await get(`/v1/articles/${id}?edition=draft`)).json(), { version })
  t.equal((await patch(`/v1/articles/${id}?strict=true`, { body: { html: '<p>Here</p>' } })).status, 200)
  t.equal((await patch(`/v1/articles/${id}?strict=false`, { body })).status, 200)
})

t.test('an operation of a batch says what is lost, or is refused where it is strict', async (t) => {
  const { post } = await app(t)
  const send = (path: string) =>
    post('/v1/batch', {
      operations: [
        { method: 'POST', path: '/v1/articles', body: { title: 'Early ferry', body: { text: 'Words.' } } },
        { method: 'POST', path, body: { title: 'Late ferry', body: losing('markdown') } }
      ]
    })
  const { results } = (await send('/v1/articles')).json<{ results: { body: object }[] }>()
  t.notOk('warnings' in results[0]!.body)
  t.match(results[1]!.body, { title: 'Late ferry', warnings: lost(1) })
  t.match((await send('/v1/articles?strict=true')).json(), {
    status: 422,
    errors: [{ pointer: '/operations/1' }],
    problem: { status: 422, errors: [{ pointer: '/body/1', code: 'link-dropped' }] }
  })
})

t.test('an answer that is replayed has the same warnings', async (t) => {
  const { post } = await app(t)
  const story = { title: 'Late ferry', body: losing('html') }
  const headers = { 'idempotency-key': 'ferry' }
  const first = await post('/v1/articles', story, { headers })
  t.match(first.json(), { warnings: lost(1) })
  t.equal((await post('/v1/articles', story, { headers })).body, first.body)
})

t.test('a fault of the program is not told as one of an operation', async (t) => {
  const body = {
    get body(): never {
      throw new TypeError('of the program')
    }
  }
  await t.rejects(prepareBodies([{ method: 'POST', path: '/v1/articles', body }], 'request'), TypeError)
})
