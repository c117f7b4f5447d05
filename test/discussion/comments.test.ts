// Readers answer, moderators decide, and nobody else sees what they have not decided on.
import t from 'tap'
import type { Article } from '../../src/content/articles/schema.ts'
import type { Comment, DraftComment, PostedComment } from '../../src/discussion/comments/schema.ts'
import { type Answer, app, type Client } from '../support/app.ts'

const ines = { author: { name: 'Ines' }, body: 'I take that ferry every day.' }
const unknown = 'com_01k9v3w8zhe5ra4gxm7y2bqd6c'

/** A published article, and what its readers and moderators do. */
async function discussed(client: Client, story: object = {}) {
  const { id } = await client.draft(story)
  const published = await client.post(`/v1/articles/${id}/publish`)
  if (published.status !== 200) throw new Error(published.body)
  const at = `/v1/articles/${id}`
  const say = (input: object = ines) => client.post(`${at}/comments`, input, { token: null })
  const answer = async (body: string, parentId?: string) =>
    (await say({ ...ines, body, ...(parentId && { parentId }) })).json<PostedComment>().id
  const decide = (id: string, verdict: string, input?: object) =>
    client.post(`/v1/comments/${id}/${verdict}`, input)
  return {
    id,
    at,
    say,
    answer,
    approve: (id: string) => decide(id, 'approve'),
    reject: (id: string, reasons: string[] = []) => decide(id, 'reject', { reasons }),
    /** A comment that was approved at once. */
    approved: async (body: string, parentId?: string) => {
      const id = await answer(body, parentId)
      await decide(id, 'approve')
      return id
    },
    /** The bodies readers see, in the order they see them. */
    thread: async () => bodies(await client.read(`${at}/comments`))
  }
}

const page = (answer: Answer) => answer.json<{ data: Comment[]; next: string | null }>()
const bodies = (answer: Answer) => page(answer).data.map(({ body }) => body)

t.test('anybody may answer a published article, and nothing else', async (t) => {
  const client = await app(t)
  const { post, read } = client
  const article = await discussed(client)
  const posted = await article.say()
  t.equal(posted.status, 201)
  t.equal(posted.headers['cache-control'], 'no-store')
  const comment = posted.json<PostedComment>()
  t.equal(posted.headers.location, `/v1/comments/${comment.id}`)
  t.same(comment, {
    id: comment.id,
    articleId: article.id,
    parentId: null,
    depth: 1,
    author: { name: 'Ines' },
    body: ines.body,
    createdAt: comment.createdAt,
    editedAt: null,
    status: 'pending',
    editKey: comment.editKey,
    authorKey: comment.authorKey
  })
  t.match(comment.editKey, /^[\w-]{43}$/)

  const draft = await client.draft()
  const refused = []
  for (const id of [draft.id, 'art_01k9v3w8zhe5ra4gxm7y2bqd6c']) {
    const answer = await post(`/v1/articles/${id}/comments`, ines, { token: null })
    const { date: _d, 'x-request-id': _r, ...headers } = answer.headers
    refused.push({ status: answer.status, headers, body: answer.body })
    t.equal((await read(`/v1/articles/${id}/comments`)).status, 404)
  }
  t.same(refused[0], refused[1], 'a draft is answered as what never was')
  t.match(refused[0], { status: 404, body: /"There is no such article\. A draft is read with/ })

  await post(`${article.at}/withdraw`)
  t.match((await article.say()).json(), {
    type: '/problems/gone',
    status: 410,
    detail: /^This article was withdrawn at \d{4}-\d\d-\d\dT[\d:.]+Z\.$/
  })
  t.equal((await read(`${article.at}/comments`)).status, 410)

  const bad = async (input: object) => (await article.say(input)).json<{ errors: { pointer: string }[] }>()
  t.match(await bad({ author: { name: '' }, body: 'x' }), {
    status: 400,
    errors: [{ pointer: '/author/name' }]
  })
  t.match(await bad({ author: { name: 'x' } }), { status: 400, errors: [{ pointer: '/body' }] })
  t.match(await bad({ ...ines, status: 'approved' }), { status: 400, errors: [{ pointer: '/status' }] })
  t.equal((await article.say({ ...ines, body: 'x'.repeat(70_000) })).status, 413)
})

t.test('what waits or was rejected shows nowhere; what is approved, with what it answers', async (t) => {
  const client = await app(t)
  const { read, get } = client
  const article = await discussed(client)
  const { answer, approve, reject, approved, thread } = article
  const empty = '{"data":[],"next":null}'
  const nowhere = async (id: string, status: number, what: string) => {
    t.equal((await read(`/v1/comments/${id}`)).status, status, what)
    t.notOk((await read('/v1/comments')).body.includes(id), what)
    t.notOk((await read(`/v1/comments?article=${article.id}`)).body.includes(id), what)
    t.notOk((await read(`${article.at}/comments`)).body.includes(id), what)
  }
  const first = await answer('first')
  await nowhere(first, 404, 'pending')
  t.equal((await read(`/v1/comments/${first}`)).body, (await read(`/v1/comments/${unknown}`)).body)
  t.equal((await read(`/v1/comments?article=${article.id}`)).body, empty)
  t.equal((await get(`${article.at}/comments`)).body, empty, 'not to a token either')

  const answered = await approve(first)
  t.match(answered.json(), { status: 'approved', version: 2, reasons: [] })
  t.equal(answered.headers['cache-control'], 'private, no-store')
  const shown = await read(`/v1/comments/${first}`)
  t.same(shown.json(), {
    id: first,
    articleId: article.id,
    parentId: null,
    depth: 1,
    author: { name: 'Ines' },
    body: 'first',
    createdAt: shown.json<Comment>().createdAt,
    editedAt: null
  })
  t.match(shown.headers, {
    etag: /^"[\w-]{22}"$/,
    'cache-control': 'public, max-age=5, stale-while-revalidate=60, stale-if-error=86400'
  })
  t.equal((await read(`${article.at}/comments`)).body, `{"data":[${shown.body}],"next":null}`)

  const second = await approved('second')
  const reply = await approved('first.1', first)
  const deep = await approved('first.1.1', reply)
  await approved('second.1', second)
  const waiting = await answer('first.2', first)
  await approved('first.3', first)
  await approved('third')
  const whole = ['first', 'first.1', 'first.1.1', 'first.3', 'second', 'second.1', 'third']
  t.same(await thread(), whole)
  t.same(bodies(await read(`/v1/comments?article=${article.id}`)), whole)
  t.same(bodies(await read('/v1/comments')), whole)
  t.same(bodies(await read(`/v1/comments?parent=${first}`)), ['first.1', 'first.3'])
  t.same(bodies(await read(`/v1/comments?parent=${waiting}`)), [])
  t.match((await read(`/v1/comments/${deep}`)).json(), { depth: 3, parentId: reply, articleId: article.id })
  const paged: string[] = []
  for (let url: string | undefined = `${article.at}/comments?limit=2`; url; ) {
    const answer: Answer = await read(url)
    paged.push(...bodies(answer))
    url = /^<(.+)>; rel="next"$/.exec(String(answer.headers.link ?? ''))?.[1]
  }
  t.same(paged, whole, 'page by page')

  const rejected = await reject(first, ['off topic', 'rude'])
  t.match(rejected.json(), { status: 'rejected', reasons: ['off topic', 'rude'] })
  t.same(await thread(), ['second', 'second.1', 'third'])
  for (const id of [first, reply, deep]) await nowhere(id, 410, 'rejected, or below what was')
  t.same((await get(`/v1/comments/${first}?edition=draft`)).json<DraftComment>().reasons, [
    'off topic',
    'rude'
  ])
  t.equal((await get(`/v1/comments/${reply}?edition=draft`)).json<DraftComment>().status, 'approved')

  await approve(waiting)
  await nowhere(waiting, 404, 'approved below what was rejected')
  await reject(deep)
  await approve(first)
  t.same(await thread(), ['first', 'first.1', 'first.2', 'first.3', 'second', 'second.1', 'third'])
  await nowhere(deep, 410, 'rejected meanwhile')
  t.same(
    (await get(`/v1/comments/${first}?edition=draft`)).json<DraftComment>().reasons,
    [],
    'no reason is left'
  )
  await approve(deep)
  t.same((await thread()).slice(0, 4), ['first', 'first.1', 'first.1.1', 'first.2'])

  for (const verdict of ['approve', 'reject']) {
    const answer = await client.post(
      `/v1/comments/${unknown}/${verdict}`,
      verdict === 'reject' ? {} : undefined
    )
    t.match(answer.json(), { status: 404, detail: 'There is no such comment.' })
  }
})

t.test('replies nest eight deep, below comments that readers see', async (t) => {
  const client = await app(t)
  const article = await discussed(client)
  const elsewhere = await discussed(client)
  let parent: string | undefined
  for (let depth = 1; depth <= 8; depth++) {
    const posted = await article.say({ ...ines, parentId: parent ?? null })
    t.match(posted.json(), { depth, parentId: parent ?? null }, `depth ${depth}`)
    parent = posted.json<Comment>().id
    await article.approve(parent)
  }
  const ninth = await article.say({ ...ines, parentId: parent })
  const detail = 'Replies nest 8 deep and no deeper.'
  t.match(ninth.json(), {
    type: '/problems/unprocessable',
    status: 422,
    detail,
    errors: [{ pointer: '/parentId', detail }]
  })
  t.equal((await article.thread()).length, 8)

  const pending = await article.answer('pending')
  const rejected = await article.approved('rejected')
  await article.reject(rejected)
  const hidden = await article.approved('hidden')
  const below = await article.approved('below', hidden)
  await article.reject(hidden)
  const deleted = await article.approved('deleted')
  await client.remove(`/v1/comments/${deleted}`)
  const foreign = await elsewhere.approved('foreign')
  for (const parentId of [unknown, pending, rejected, below, deleted, foreign]) {
    const { type, title, status, detail, errors } = (await article.say({ ...ines, parentId })).json<never>()
    const said = 'There is no such comment on this article: answer one that is approved, or send null.'
    t.same(
      { type, title, status, detail, errors },
      {
        type: '/problems/unprocessable',
        title: 'Unprocessable content',
        status: 422,
        detail: said,
        errors: [{ pointer: '/parentId', detail: said }]
      }
    )
  }
})

t.test('who wrote it is for the moderators alone', async (t) => {
  const client = await app(t)
  const { get, put, patch, read } = client
  const article = await discussed(client)
  const author = { name: 'Ines', email: 'canary@mail.example', key: 'canary-key-of-ines' }
  const posted = await article.say({ author, body: 'Hello' })
  t.notOk(posted.body.includes('canary'), 'not in the answer to who posts')
  const { id } = posted.json<Comment>()
  const secret = await article.answer('pending')
  await article.approve(id)
  const reply = await article.say({ author, body: 'Me again', parentId: id })
  await article.approve(reply.json<Comment>().id)
  const addresses = [
    `/v1/comments/${id}`,
    `/v1/comments/${reply.json<Comment>().id}`,
    '/v1/comments',
    `/v1/comments?article=${article.id}`,
    `/v1/comments?parent=${id}`,
    `${article.at}/comments`,
    article.at,
    `${article.at}?body=html`,
    '/v1/articles'
  ]
  const silent = async (what: string) => {
    for (const url of addresses) {
      for (const answer of [await read(url), await get(url)]) {
        t.equal(answer.status, 200, url)
        t.notOk(/canary|"status":|"reasons":|"version":|"email":|"key":/.test(answer.body), `${what}: ${url}`)
      }
    }
  }
  await silent('approved')
  const desk = `/v1/comments/${id}?edition=draft`
  const shown = { name: 'Ines', key: /^[\w-]{22}$/, emailHash: /^[\w-]{22}$/, email: null }
  t.match((await get(desk)).json(), { author: shown, status: 'approved', version: 2 })
  t.notOk((await get(desk)).body.includes('canary'), 'nor to moderators')
  const moderator = await client.token('moderator')
  t.match((await get(desk, { token: moderator.token })).json(), { author: shown })
  t.equal((await read(desk)).status, 401)
  for (const role of ['contributor', 'editor']) {
    const { token } = await client.token(role)
    t.equal((await get(desk, { token })).status, 403, role)
    t.equal((await get('/v1/comments?edition=draft', { token })).status, 403, role)
    t.equal((await client.post(`/v1/comments/${id}/approve`, undefined, { token })).status, 403, role)
    t.equal((await client.remove(`/v1/comments/${id}`, { token })).status, 403, role)
  }
  t.equal((await read('/v1/comments?edition=draft')).status, 401)

  const edited = await patch(`/v1/comments/${id}`, { body: 'Hello!' }, { token: moderator.token })
  t.match(edited.json(), { author: shown, body: 'Hello!', editedAt: /Z$/, version: 3, status: 'approved' })
  t.match((await read(`/v1/comments/${id}`)).json(), {
    body: 'Hello!',
    author: { name: 'Ines' },
    editedAt: edited.json<Comment>().editedAt
  })
  await silent('edited')
  const replaced = await put(`/v1/comments/${id}`, { author: { name: 'I.' }, body: 'Hi' })
  t.match(replaced.json(), { author: { ...shown, name: 'I.' }, body: 'Hi', version: 4 })
  t.same((await read(`/v1/comments/${id}`)).json<Comment>().author, { name: 'I.' })
  await patch(`/v1/comments/${secret}`, { author: { name: 'Ines O.' } })
  t.match((await get(`/v1/comments/${secret}?edition=draft`)).json(), {
    author: { name: 'Ines O.', email: null, emailHash: null },
    status: 'pending'
  })
  t.equal((await read(`/v1/comments/${secret}`)).status, 404, 'an edit approves nothing')
  await silent('replaced')
  t.match((await patch(`/v1/comments/${id}`, { author: { name: null } })).json(), {
    status: 400,
    errors: [{ pointer: '/author/name' }]
  })
  t.equal((await patch(`/v1/comments/${unknown}`, { body: 'x' })).status, 404)
})

t.test('the queue of the moderators', async (t) => {
  const client = await app(t)
  const { get, read } = client
  const one = await discussed(client)
  const two = await discussed(client)
  const a = await one.approved('a')
  const b = await one.answer('b')
  const c = await two.answer('c')
  const d = await one.answer('a.1', a)
  await one.reject(b)
  const queue = async (query = '') => bodies(await get(`/v1/comments?edition=draft${query}`))
  t.same(await queue(), ['a.1', 'c', 'b', 'a'], 'newest first')
  t.same(await queue('&status=pending'), ['a.1', 'c'])
  t.same(await queue('&status=approved'), ['a'])
  t.same(await queue('&status=rejected'), ['b'])
  t.same(await queue(`&article=${one.id}`), ['a.1', 'b', 'a'])
  t.same(await queue(`&article=${one.id}&status=pending`), ['a.1'])
  t.same(await queue(`&parent=${a}`), ['a.1'])
  t.same(await queue(`&parent=${c}`), [])
  const first = await get('/v1/comments?edition=draft&limit=3')
  t.equal(first.headers['cache-control'], 'private, no-store')
  t.same(bodies(first), ['a.1', 'c', 'b'])
  await two.answer('later')
  const url = /^<(.+)>; rel="next"$/.exec(String(first.headers.link))?.[1]
  const second = await get(url!)
  t.same(bodies(second), ['a'])
  t.equal(second.headers.link, undefined)
  t.match((await read('/v1/comments?status=pending')).json(), {
    type: '/problems/invalid-input',
    status: 400,
    errors: [{ in: 'query', pointer: '/status', detail: 'needs edition=draft.' }]
  })

  const versions = async (id: string, verdict: string, tag: unknown) =>
    client.post(`/v1/comments/${id}/${verdict}`, verdict === 'reject' ? {} : undefined, {
      headers: { 'if-match': String(tag) }
    })
  const seen = await get(`/v1/comments/${d}?edition=draft`)
  await client.patch(`/v1/comments/${d}`, { body: 'a.1 edited' })
  for (const verdict of ['approve', 'reject']) {
    t.match((await versions(d, verdict, seen.headers.etag)).json(), {
      type: '/problems/stale',
      status: 412,
      detail: 'The comment has been changed since you read it.'
    })
  }
  t.match((await get(`/v1/comments/${d}?edition=draft`)).json(), { status: 'pending', version: 2 })
  const fresh = await get(`/v1/comments/${d}?edition=draft`)
  t.equal((await versions(d, 'approve', fresh.headers.etag)).status, 200)
  t.equal((await versions(d, 'reject', '*')).status, 200)

  const bare = await client.call('DELETE', `/v1/comments/${d}`)
  t.match(bare.json(), { status: 428, type: '/problems/precondition-required' })
  const stale = await client.remove(`/v1/comments/${d}`, {
    headers: { 'if-match': String(fresh.headers.etag) }
  })
  t.equal(stale.status, 412)
})

t.test('a comment that was public is gone when it is deleted; with replies it stays', async (t) => {
  const client = await app(t)
  const { read, get, remove } = client
  const article = await discussed(client)
  const parent = await article.approved('parent')
  const child = await article.answer('child', parent)
  t.match((await remove(`/v1/comments/${parent}`)).json(), { type: '/problems/in-use', status: 409 })
  t.equal((await read(`/v1/comments/${parent}`)).status, 200)
  const gone = await remove(`/v1/comments/${child}`)
  t.same([gone.status, gone.body], [204, ''])
  t.equal((await read(`/v1/comments/${child}`)).status, 404, 'it never was public')
  t.equal((await remove(`/v1/comments/${parent}`)).status, 204)
  t.match((await read(`/v1/comments/${parent}`)).json(), {
    type: '/problems/gone',
    status: 410,
    detail: /^This comment was withdrawn at \d{4}-/
  })
  t.equal((await get(`/v1/comments/${parent}?edition=draft`)).status, 404)
  t.equal((await remove(`/v1/comments/${parent}`)).status, 404)
  t.same(await article.thread(), [])
})

t.test('the policy of the article decides who waits, and when nobody may answer any more', async (t) => {
  let now = new Date('2026-11-02T08:00:00.000Z')
  const client = await app(t, { clock: () => now })
  const closed = await discussed(client, { commentPolicy: { mode: 'closed' } })
  const refused = await closed.say()
  t.match(refused.json(), {
    type: '/problems/comments-closed',
    status: 409,
    detail: 'This article takes no comments.'
  })
  t.equal((await client.get('/v1/comments?edition=draft')).body, '{"data":[],"next":null}')

  const closesAt = '2026-11-02T10:00:00+01:00'
  const open = await discussed(client, { commentPolicy: { mode: 'open', closesAt } })
  t.match((await client.read(open.at)).json<Article>().commentPolicy, {
    mode: 'open',
    closesAt: '2026-11-02T09:00:00.000Z'
  })
  const posted = await open.say()
  t.match(posted.json(), { status: 'approved', createdAt: '2026-11-02T08:00:00.000Z' })
  t.same(await open.thread(), [ines.body], 'visible at once')
  now = new Date('2026-11-02T08:59:59.999Z')
  t.equal((await open.say({ ...ines, body: 'Twice a day.' })).status, 201)
  now = new Date('2026-11-02T09:00:00.000Z')
  t.equal((await open.say()).status, 409)
  t.equal((await open.thread()).length, 2)
  t.match((await open.reject(posted.json<Comment>().id)).json(), { status: 'rejected' })
  t.equal((await open.thread()).length, 1, 'closed comments are moderated still')
})

t.test('a comment is text, byte for byte, and never markup', async (t) => {
  const client = await app(t)
  const article = await discussed(client, { commentPolicy: { mode: 'open' } })
  const naughty = [
    '<script>alert(1)</script>',
    '</script><img src=x onerror=alert(1)>',
    '" onmouseover="alert(1)',
    "Robert'); DROP TABLE comments;--",
    '{"data":[],"next":null}',
    '\\u0000 \\" \\\\ /',
    ' \t leading and trailing \r\n\r\n ',
    '\u2028\u2029\u0085\u200b\ufeff.',
    '\u202eevil\u202c',
    'Z\u0351\u036ba\u0334l\u0338g\u0321o',
    '👩‍👩‍👧‍👦 \u{1F1F3}\u{1F1F4}',
    '%00%0d%0aSet-Cookie: x=1',
    '{{7*7}} <%= 7*7 %> #{7*7}',
    '\u0001\u0008\u001b[31m\u007f',
    'é e\u0301 ﬁ'
  ]
  for (const [i, text] of naughty.entries()) {
    const posted = await article.say({ author: { name: text }, body: text })
    t.match(posted.headers, {
      'content-type': 'application/json; charset=utf-8',
      'x-content-type-options': 'nosniff'
    })
    const one = await client.read(`/v1/comments/${posted.json<Comment>().id}`)
    for (const answer of [posted, one]) {
      t.equal(answer.json<Comment>().body, text, `text ${i}`)
      t.equal(answer.json<Comment>().author.name, text, `name ${i}`)
    }
    t.match(one.headers, {
      'content-type': 'application/json; charset=utf-8',
      'x-content-type-options': 'nosniff'
    })
  }
  t.same(bodies(await client.read(`${article.at}/comments?limit=100`)), naughty)
  t.equal((await client.read(`${article.at}/comments`)).headers['x-content-type-options'], 'nosniff')
  for (const text of ['\u0000', 'x\ud800'])
    t.match((await article.say({ ...ines, body: text })).json(), {
      status: 400,
      type: '/problems/malformed-json'
    })
})

t.test('comments go and come back with their article', async (t) => {
  const client = await app(t)
  const { post, read, get, remove } = client
  const article = await discussed(client)
  const [kept, dropped, deleted] = [
    await article.approved('kept'),
    await article.approved('dropped'),
    await article.approved('deleted')
  ]
  const reply = await article.approved('kept.1', kept)
  const waiting = await article.answer('waiting')
  const late = await article.answer('late', kept)
  await post(`${article.at}/withdraw`)
  const status = async (id: string) => (await read(`/v1/comments/${id}`)).status
  for (const id of [kept, dropped, deleted, reply]) t.equal(await status(id), 410)
  for (const id of [waiting, late]) t.equal(await status(id), 404)
  t.same(bodies(await read('/v1/comments')), [])

  // The moderators go on while nobody reads.
  await article.approve(late)
  await article.reject(dropped)
  await client.patch(`/v1/comments/${kept}`, { body: 'kept, edited' })
  await remove(`/v1/comments/${deleted}`)
  for (const id of [kept, dropped, deleted, reply]) t.equal(await status(id), 410)
  for (const id of [waiting, late]) t.equal(await status(id), 404)

  await post(`${article.at}/publish`)
  t.same(await article.thread(), ['kept, edited', 'kept.1', 'late'])
  for (const id of [kept, reply, late]) t.equal(await status(id), 200)
  for (const id of [dropped, deleted]) t.equal(await status(id), 410)
  t.equal(await status(waiting), 404)
  await post(`${article.at}/publish`)
  t.same(await article.thread(), ['kept, edited', 'kept.1', 'late'], 'published again as it stands')

  await post(`${article.at}/withdraw`)
  t.equal((await remove(article.at)).status, 204, 'an article is deleted with its comments')
  t.equal((await get('/v1/comments?edition=draft')).body, '{"data":[],"next":null}')
  for (const id of [kept, reply, late]) t.equal(await status(id), 410)
  t.equal(await status(waiting), 404)
})
