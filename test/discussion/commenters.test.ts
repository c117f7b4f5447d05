// What is kept of those who comment, and that nothing is when they are erased.
import { readFileSync } from 'node:fs'
import t from 'tap'
import type { CommentAuthor } from '../../src/discussion/commenters/schema.ts'
import { hashesOf } from '../../src/discussion/comments/author-identity.ts'
import type { Comment, DraftComment, PostedComment } from '../../src/discussion/comments/schema.ts'
import { app, type Client, onlyInFile, onPostgres } from '../support/app.ts'

const ines = { name: 'canary-Ines', key: 'canary-key-of-ines', email: 'Canary@mail.example' }

/** A published article with an open thread. */
async function discussed(client: Client) {
  const { id } = await client.draft({ commentPolicy: { mode: 'open' } })
  await client.post(`/v1/articles/${id}/publish`)
  const at = `/v1/articles/${id}/comments`
  const desk = async (id: string) =>
    (await client.get(`/v1/comments/${id}?edition=draft`)).json<DraftComment>()
  const say = async (body: string, author: object, parentId?: string, ip = '192.0.2.1') =>
    (
      await client.post(
        at,
        { author, body, ...(parentId && { parentId }) },
        { token: null, remoteAddress: ip }
      )
    ).json<PostedComment>().id
  return {
    say,
    desk,
    keyOf: async (id: string) => (await desk(id)).author.key!,
    report: (id: string, input: object, ip = '192.0.2.1') =>
      client.post(
        `/v1/comments/${id}/reports`,
        { reason: 'other', ...input },
        { token: null, remoteAddress: ip }
      ),
    thread: async () =>
      (await client.read(at))
        .json<{ data: Comment[] }>()
        .data.map(({ author, body }) => `${author.name}: ${body}`)
  }
}

t.test('moderators learn what is kept of an author', async (t) => {
  let now = new Date('2026-11-02T08:00:00.000Z')
  const client = await app(t, { clock: () => now })
  const { say, desk, keyOf } = await discussed(client)
  const first = await say('a', ines)
  now = new Date('2026-11-02T09:00:00.000Z')
  await say('b', { ...ines, email: undefined })
  const spam = await say('c', ines)
  const keyless = await keyOf(await say('d', { name: 'x', email: 'canary@MAIL.example' }))
  await client.post(`/v1/comments/${spam}/spam`)
  const { author } = await desk(first)
  await client.post('/v1/bans', { kind: 'author', value: author.key, until: '2026-11-02T10:00:00Z' })

  const answer = await client.get(`/v1/comment-authors/${author.key}`)
  t.equal(answer.headers['cache-control'], 'private, no-store')
  const byKey = {
    key: author.key,
    of: 'author',
    comments: { pending: 0, approved: 2, rejected: 0, spam: 1 },
    errorReports: 0,
    firstAt: '2026-11-02T08:00:00.000Z',
    lastAt: '2026-11-02T09:00:00.000Z',
    banned: true
  }
  t.same(answer.json(), byKey)
  const byEmail = {
    ...byKey,
    key: author.emailHash,
    of: 'email',
    comments: { pending: 0, approved: 2, rejected: 0, spam: 1 },
    banned: false
  }
  t.same((await client.get(`/v1/comment-authors/${author.emailHash}`)).json(), byEmail)

  const lookup = async (input: object) => {
    const answer = await client.post('/v1/comment-authors/lookup', input)
    t.equal(answer.headers['cache-control'], 'private, no-store')
    t.notMatch(answer.body, /canary/i)
    return answer.json<{ data: CommentAuthor[] }>().data
  }
  const another = {
    ...byKey,
    key: keyless,
    comments: { pending: 0, approved: 1, rejected: 0, spam: 0 },
    firstAt: byKey.lastAt,
    banned: false
  }
  t.same(
    await lookup({ email: 'CANARY@mail.example' }),
    [another, byKey, byEmail],
    'and the authors who gave it'
  )
  t.same(await lookup({ key: ines.key }), [byKey])
  t.same(await lookup({ key: ines.key, email: ines.email }), [byKey, another, byEmail])
  t.same(await lookup({ email: 'nobody@mail.example' }), [])
  t.match((await client.post('/v1/comment-authors/lookup', {})).json(), { status: 400 })
  t.match((await client.get(`/v1/comment-authors/${'x'.repeat(22)}`)).json(), {
    status: 404,
    detail: 'There is no such comment author.'
  })
  const value = 'x'.repeat(22)
  await client.post('/v1/bans', { kind: 'author', value })
  t.equal((await client.call('DELETE', `/v1/comment-authors/${value}`)).status, 404)
  t.match((await client.get('/v1/bans')).json(), { data: [{ value }, {}] }, 'and nothing was written')
  now = new Date('2026-11-02T10:00:00.000Z')
  t.equal((await lookup({ key: ines.key }))[0]!.banned, false, 'the ban has ended')
})

t.test('whoever is erased leaves empty places, and not a byte of theirs in the file', async (t) => {
  const client = await app(t)
  const { say, desk, keyOf, report, thread } = await discussed(client)
  const bo = { name: 'Bo', key: 'the key of Bo, his own' }
  const top = await say('canary top', ines)
  const reply = await say('Bo answers', bo, top)
  await say('canary below', ines, reply)
  const alone = await say('canary alone', ines, undefined, '192.0.2.2')
  const own = await say('canary own', ines)
  await say('canary own reply', ines, own)
  const bos = await say('Bo again', bo)
  const { author, network } = await desk(top)
  for (const id of [top, alone]) {
    await client.patch(`/v1/comments/${id}`, { body: 'canary edited' })
    await client.post(`/v1/comments/${id}/approve`, { reasons: ['canary reason'], note: 'canary note' })
    await report(id, { detail: 'canary detail' }, '198.51.100.1')
  }
  await client.post(`/v1/comments/${alone}/spam`)
  await report(bos, { key: ines.key, detail: 'canary reported' }, '192.0.2.2')
  await report(bos, { detail: 'A neighbour of hers.' })
  const { articleId } = await desk(top)
  const contact = { name: ines.name, email: ines.email, key: ines.key }
  await client.post(
    `/v1/articles/${articleId}/error-reports`,
    { what: 'canary what', words: 'canary words', evidence: 'canary evidence', contact },
    { token: null }
  )
  await client.post('/v1/bans', { kind: 'author', commentId: top, reason: 'canary ban' })
  await client.post('/v1/bans', { kind: 'network', commentId: top })
  const hook = await client.post('/v1/webhooks', { url: 'https://site.example/', events: [] })
  t.equal(hook.status, 201)

  const moderator = (await client.token('moderator')).token
  const url = `/v1/comment-authors/${author.key}`
  t.equal((await client.call('DELETE', url, { token: moderator })).status, 403)
  const erased = await client.call('DELETE', url)
  t.equal(erased.headers['cache-control'], 'private, no-store')
  t.same(erased.json(), { deleted: 4, emptied: 1, errorReports: 1 })
  t.same(await thread(), [': ', 'Bo: Bo answers', 'Bo: Bo again'])
  t.match(await desk(top), { author: { name: '', key: null, emailHash: null }, network: null, body: '' })
  t.equal((await client.get(`/v1/comments/${alone}?edition=draft`)).status, 404)
  t.same((await client.get(`/v1/comments/${top}/decisions`)).json(), { data: [], next: null })
  t.match((await client.get(`/v1/comments/${bos}/reports`)).json(), {
    data: [{ detail: 'A neighbour of hers.' }]
  })
  t.match((await client.get('/v1/bans')).json(), { data: [{ kind: 'network', value: network }], next: null })
  t.equal((await client.get(url)).status, 404)
  t.equal((await client.call('DELETE', url)).status, 404)
  t.equal((await client.get(`/v1/comment-authors/${await keyOf(reply)}`)).status, 200)

  // What a server keeps of deleted rows is its own affair.
  if (onPostgres) return
  const bytes = ['', '-wal', '-shm', '.mark']
    .map((end) => readFileSync(client.db.file + end, 'latin1'))
    .join()
  t.match(bytes, 'Bo answers')
  for (const trace of ['canary', 'Canary', author.key!, author.emailHash!])
    t.notOk(bytes.includes(trace), trace)
})

t.test(
  'who is erased in a batch is gone from the file once it is committed',
  onlyInFile('it reads the bytes of the file'),
  async (t) => {
    const client = await app(t)
    const { say, desk } = await discussed(client)
    const id = await say('canary', ines)
    const { key } = (await desk(id)).author
    const operations = [{ method: 'DELETE', path: `/v1/comment-authors/${key}` }]
    t.equal((await client.post('/v1/batch', { operations })).status, 200)
    t.equal(
      (await client.post('/v1/batch', { operations: [{ method: 'GET', path: '/v1/tags' }] })).status,
      400
    )
    for (const end of ['', '-wal'])
      t.notOk(readFileSync(client.db.file + end, 'latin1').includes('canary'), `news.db${end}`)
  }
)

t.test('an address that others may have given is erased by itself', async (t) => {
  const client = await app(t)
  const { say, desk, thread } = await discussed(client)
  await say('with a key', ines)
  const id = await say('without', { name: 'x', email: ines.email })
  await say('of another', { name: 'Bo', email: 'bo@mail.example' })
  const { emailHash } = (await desk(id)).author
  t.same((await client.call('DELETE', `/v1/comment-authors/${emailHash}`)).json(), {
    deleted: 2,
    emptied: 0,
    errorReports: 0
  })
  t.same(await thread(), ['Bo: of another'])
})

t.test('however much somebody wrote, all of it goes, a part at a time', async (t) => {
  const client = await app(t)
  const { say, keyOf, thread } = await discussed(client)
  const id = await say('x', ines)
  const { db } = client
  const [row] = await db.read.q.select().from(db.read.t.comments)
  await db.write('t', async (tx) => {
    for (let i = 0; i < 450; i++) {
      const copy = `com_01k9v3w8zhe5ra4gxm7y2b${String(i).padStart(4, '0')}`
      await tx.q.insert(tx.t.comments).values({ ...row!, id: copy, thread: copy.slice(4), status: 'pending' })
    }
  })
  const key = await keyOf(id)
  await db.write('t', async (tx) => {
    for (let i = 0; i < 450; i++)
      await tx.q.insert(tx.t.errorReports).values({
        ...{ id: `err_01k9v3w8zhe5ra4gxm7y2b${String(i).padStart(4, '0')}`, articleId: row!.articleId },
        ...{ what: 'x', mention: false, status: 'open', rules: [], author: key, network: 'x' },
        ...{ receipt: String(i), version: 1, createdAt: tx.now, updatedAt: tx.now }
      })
  })
  t.same((await client.call('DELETE', `/v1/comment-authors/${key}`)).json(), {
    deleted: 451,
    emptied: 0,
    errorReports: 450
  })
  t.same(await thread(), [])
})

for (const who of ['its author', 'a moderator', 'an erasure'])
  t.test(
    `the place of a deleted comment goes with the last answer to it, taken away by ${who}`,
    async (t) => {
      const client = await app(t)
      const { keyOf, thread } = await discussed(client)
      const [{ id: article }] = (await client.read('/v1/articles')).json<{ data: [{ id: string }] }>().data
      const keys = new Map<string, string>()
      const post = async (name: string, parentId?: string) => {
        const body = {
          author: { name, key: `canary-key-of-${name}` },
          body: name,
          ...(parentId && { parentId })
        }
        const answer = await client.post(`/v1/articles/${article}/comments`, body, { token: null })
        const { id, editKey } = answer.json<PostedComment & { editKey: string }>()
        keys.set(id, editKey)
        return id
      }
      const byAuthor = (id: string) =>
        client.post(`/v1/comments/${id}/delete`, { editKey: keys.get(id) }, { token: null })
      const takeAway = async (id: string) => {
        if (who === 'its author') return byAuthor(id)
        if (who === 'a moderator') return client.remove(`/v1/comments/${id}`)
        return client.remove(`/v1/comment-authors/${await keyOf(id)}`)
      }
      const ann = await post('Ann')
      const bob = await post('Bob', ann)
      const cleo = await post('Cleo', bob)
      const dan = await post('Dan', bob)
      const eve = await post('Eve')
      const below = await post('Below', eve)
      await byAuthor(ann)
      await byAuthor(bob)
      t.ok((await takeAway(cleo)).status < 300)
      t.same(await thread(), [': ', ': ', 'Dan: Dan', 'Eve: Eve', 'Below: Below'])
      t.ok((await takeAway(dan)).status < 300)
      t.same(await thread(), ['Eve: Eve', 'Below: Below'])
      t.ok((await takeAway(below)).status < 300)
      t.same(await thread(), ['Eve: Eve'], 'one with words stays')
      t.equal((await client.read(`/v1/comments/${ann}`)).status, 410)
      t.ok((await takeAway(eve)).status < 300)
      t.equal((await client.read('/v1/comments?count=exact')).json<{ count: number }>().count, 0)
    }
  )

t.test('addresses beyond ASCII are one however they are written', async (t) => {
  const client = await app(t)
  const lookup = async (email: string) => {
    const answer = await client.post('/v1/comment-authors/lookup', { email })
    return answer.status
  }
  for (const email of [
    'reader@пример.test',
    'читатель@пример.test',
    'rené@mail.example',
    'a@xn--e1afmkfd.test'
  ])
    t.equal(await lookup(email), 200, email)
  for (const email of [
    'reader@',
    '@пример.test',
    'rea der@пример.test',
    'a\u200bb@mail.example',
    'a@при мер.test',
    'a@\u200b.test'
  ])
    t.equal(await lookup(email), 400, email)
  const hashes = hashesOf('a secret')
  for (const [one, other] of [
    ['reader@пример.test', 'Reader@ПРИМЕР.test'],
    ['reader@пример.test', 'reader@xn--e1afmkfd.test'],
    ['rene\u0301@mail.example', 'ren\u00e9@mail.example']
  ] as const)
    t.equal(hashes.email(one), hashes.email(other), one)
  t.not(hashes.email('a@пример.test'), hashes.email('b@пример.test'))
})
