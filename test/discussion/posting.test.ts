// What becomes of a reader's comment: policies, rules, limits, forms and proofs of work.
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import { Webhook as Signer } from 'standardwebhooks'
import t, { type Test } from 'tap'
import { readConfig } from '../../src/config/config.ts'
import * as sources from '../../src/content/sources/store.ts'
import type { DraftComment, PostedComment } from '../../src/discussion/comments/schema.ts'
import type { Challenge, CommentForm } from '../../src/discussion/forms/schema.ts'
import type { CurrentSettings } from '../../src/discussion/settings/schema.ts'
import { firstId } from '../../src/http/ids.ts'
import type { Problem } from '../../src/http/problems.ts'
import { type Answer, app, type Client, database } from '../support/app.ts'
import { until } from '../support/until.ts'

const body = 'I take that ferry every day.'
const ines = { author: { name: 'Ines' }, body }
const url = '/v1/comment-settings'

/** A clock that tests move. */
function moving(start = '2026-11-02T08:00:00.000Z') {
  let now = Date.parse(start)
  return {
    clock: () => new Date(now),
    pass: (seconds: number) => {
      now += seconds * 1000
    }
  }
}

/** A published article, and who writes on it. */
async function discussed(client: Client, story: object = {}) {
  const { id } = await client.draft(story)
  await client.post(`/v1/articles/${id}/publish`)
  const at = `/v1/articles/${id}`
  const say = (input: object = {}, options: object = {}) =>
    client.post(`${at}/comments`, { ...ines, ...input }, { token: null, ...options })
  return {
    id,
    at,
    say,
    form: async () => (await client.read(`${at}/comment-form`)).json<CommentForm>(),
    /** The comment as the desk sees it. */
    said: async (input: object = {}, options: object = {}) => {
      const { id } = (await say(input, options)).json<PostedComment>()
      return (await client.get(`/v1/comments/${id}?edition=draft`)).json<DraftComment>()
    }
  }
}

const status = async (answer: Promise<{ json<T>(): T }>) =>
  (await answer).json<{ status: string | number }>().status

t.test('the settings of the site hold their defaults until they are set', async (t) => {
  const { get, put, patch, token } = await app(t)
  const standard = {
    mode: 'premoderated',
    closesAfterDays: null,
    networkLimit: { count: 30, seconds: 60 },
    authorLimit: { count: 5, seconds: 60 },
    maxLinks: 2,
    minLength: 1,
    maxLength: 10_000,
    minSeconds: 3,
    requireForm: false,
    challenge: 'off',
    attackedAt: 100,
    difficulty: 5000,
    reportsToHold: 3,
    storeEmail: false,
    errorReports: true,
    editMinutes: 15
  }
  const first = await get(url)
  t.same(first.json(), { ...standard, version: 0, updatedAt: null })
  t.equal(first.headers['cache-control'], 'private, no-store')
  const bare = await patch(url, { maxLinks: 5 }, { headers: { 'if-match': '' } })
  t.equal(bare.status, 428)
  const changed = await patch(
    url,
    { maxLinks: 5, networkLimit: { count: 3 } },
    { headers: { 'if-match': String(first.headers.etag) } }
  )
  t.match(changed.json(), { ...standard, maxLinks: 5, networkLimit: { count: 3, seconds: 60 }, version: 1 })
  const stale = await patch(url, { maxLinks: 6 }, { headers: { 'if-match': String(first.headers.etag) } })
  t.match(stale.json(), { status: 412, detail: 'The comment settings has been changed since you read it.' })
  t.equal(stale.headers.etag, changed.headers.etag)
  t.match((await patch(url, { maxLinks: null, mode: 'open' })).json(), {
    maxLinks: 2,
    mode: 'open',
    version: 2
  })
  t.match((await put(url, {})).json(), { ...standard, version: 3 }, 'what is left out holds the default')
  const impossible = await put(url, { minLength: 10, maxLength: 9 })
  t.match(impossible.json(), { status: 422, errors: [{ pointer: '/minLength' }] })
  for (const [name, value] of Object.entries({
    mode: 'site',
    maxLinks: -1,
    difficulty: 99,
    networkLimit: { count: 0, seconds: 1 },
    authorLimit: { count: 1 },
    requireForm: 'yes',
    secret: 1
  }))
    t.match((await put(url, { [name]: value })).json(), { status: 400 }, name)
  t.equal((await patch(url, { networkLimit: { count: 1001 } })).status, 400)
  t.equal((await get(url)).json<CurrentSettings>().version, 3, 'nothing was written')
  const { token: moderator } = await token('moderator')
  t.equal((await patch(url, { mode: 'first' }, { token: moderator })).status, 200)
})

t.test('an article that says nothing does as the site does', async (t) => {
  const { clock, pass } = moving()
  const client = await app(t, { clock })
  const { patch } = client
  const site = await discussed(client)
  const open = await discussed(client, { commentPolicy: { mode: 'open' } })
  const dated = await discussed(client, { commentPolicy: { mode: 'site', closesAt: '2027-01-01T00:00:00Z' } })
  t.match(await site.form(), { mode: 'premoderated', open: true, closesAt: null })
  t.equal(await status(site.say()), 'pending')
  t.equal(await status(open.say({ body: 'Another' })), 'approved')
  await patch(url, { mode: 'open', closesAfterDays: 2 })
  t.equal(await status(site.say({ body: 'A third' })), 'approved')
  t.match(await site.form(), { mode: 'open', open: true, closesAt: '2026-11-04T08:00:00.000Z' })
  pass(2 * 86_400)
  t.equal((await site.say()).status, 409)
  t.match(await site.form(), { open: false })
  t.match(await dated.form(), { open: true, closesAt: '2027-01-01T00:00:00.000Z' })
  t.equal((await dated.say({ body: 'A fourth' })).status, 201, 'its own date goes before that of the site')
  await patch(url, { mode: 'closed', closesAfterDays: null })
  t.equal((await site.say()).status, 409)
  t.equal((await open.say({ body: 'A fifth' })).status, 201)
})

t.test('in the mode first an author waits once, and is known by a secret alone', async (t) => {
  const client = await app(t)
  const { post } = client
  const article = await discussed(client, { commentPolicy: { mode: 'first' } })
  const posted = (await article.say()).json<PostedComment>()
  t.match(posted, { status: 'pending', authorKey: /^[\da-z]{9}\.[\w-]{43}$/ })
  const key = posted.authorKey!
  const more = (n: number, author: object = { key }) =>
    article.say({ author: { name: 'Ines', ...author }, body: `Remark ${n}` })
  const waiting = (await more(1)).json<PostedComment>()
  t.equal(waiting.status, 'pending', 'the first is not decided on')
  t.notOk('authorKey' in waiting, 'a key that was sent is not repeated')
  const shown = await client.get(`/v1/comments/${waiting.id}?edition=draft`)
  t.same(shown.json<DraftComment>().rules, [
    { rule: 'first', outcome: 'hold', matched: 'no comment of this author was approved before' }
  ])
  t.notOk(shown.body.includes(key))
  const pseudonym = shown.json<DraftComment>().author.key!
  t.match(pseudonym, /^[\w-]{22}$/)
  t.equal(pseudonym.slice(0, 9), key.slice(0, 9), 'authors who are new at the same time stand together')
  const own = (await more(1, { key: 'mf1k2l3m4.my-own-secret' })).json<PostedComment>()
  const draft = await client.get(`/v1/comments/${own.id}?edition=draft`)
  t.notOk(draft.body.includes('mf1k2l3m4'), 'nothing is told of a key that somebody made up')
  await post(`/v1/comments/${posted.id}/approve`)
  t.equal(await status(more(2)), 'approved')
  t.equal(await status(more(3, { email: 'ines@mail.example' })), 'pending', 'a stranger with the same name')
  const twin = { key: `${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}` }
  t.equal(await status(more(4, twin)), 'pending', 'nearly the same key')
  const spam = (await article.say({ author: { name: 'Ines', key }, body: 'Spam', website: 'x' })).json<
    PostedComment & { id: string }
  >()
  t.equal(spam.status, 'pending')
  t.equal(await status(more(5)), 'pending', 'one of theirs was spam')
})

t.test('what a rule finds is shown to the desk, and to nobody else', async (t) => {
  const { clock, pass } = moving()
  const client = await app(t, { clock })
  const article = await discussed(client, { commentPolicy: { mode: 'open' } })
  const marks = async (input: object) => {
    pass(60)
    const { status, rules } = await article.said(input)
    return [status, ...rules.map(({ rule, outcome, matched }) => `${rule} ${outcome}: ${matched}`)]
  }
  t.same(await marks({}), ['approved'])
  const links = 'See www.one.example and https://two.example/x,https://three.example or four.example!'
  t.same(await marks({ body: links }), [
    'pending',
    'links hold: 4 links: www.one.example https://two.example https://three.example'
  ])
  t.same(await marks({ body: 'No link: 3.14, e.g. this.That, a@mail.example, ... and so on' }), ['approved'])
  t.same(await marks({ body: 'Look', website: 'https://spam.example' }), [
    'spam',
    'honeypot spam: https://spam.example'
  ])
  t.same(
    await marks({ body: 'Look again', website: '' }),
    ['approved'],
    'an empty honeypot is as it should be'
  )
  t.same(await marks({}), ['pending', 'repeat hold: the same was said from there within a day'])
  t.same(await marks({ body: '👍' }), ['approved'])
  t.same(await marks({ body: '👎' }), ['approved'], 'what has no words is compared as it is')
  const long =
    'The harbour board decided on Monday that the ferry to the islands will keep sailing all winter.'
  const { id } = await article.said({ body: long })
  t.same(await marks({ body: `${long} Buy!` }), ['pending', `near-repeat hold: ${id}`])
  const spam = await article.say({ body: 'Cheap', website: 'x' })
  t.match(spam.json(), { status: 'pending' })
  t.notMatch(spam.body, /honeypot|spam|rules/)
  const [first] = (await client.get('/v1/comments?edition=draft&limit=1')).json<{ data: DraftComment[] }>()
    .data
  t.match(first, { status: 'spam', rules: [{ rule: 'honeypot', outcome: 'spam', matched: 'x' }] })
  pass(86_400)
  t.same(await marks({}), ['approved'], 'a day later it may be said again')
})

t.test('a comment is as long as the site allows, in characters', async (t) => {
  const client = await app(t)
  await client.patch(url, { minLength: 3, maxLength: 5 })
  const article = await discussed(client)
  for (const [body, status] of [
    ['ab', 422],
    ['abc', 201],
    ['👍👍👍👍👍', 201],
    ['abcdef', 422]
  ] as const)
    t.equal((await article.say({ body })).status, status, body)
  t.match((await article.say({ body: 'abcdef' })).json(), {
    errors: [{ pointer: '/body', detail: 'A comment has 3 to 5 characters; this has 6.' }]
  })
})

t.test('a network posts no more than its limit, whatever its disguise', async (t) => {
  const { clock, pass } = moving()
  const client = await app(t, { clock })
  const { server } = client
  const article = await discussed(client)
  const disguises: ((n: number) => object)[] = [
    () => ({}),
    () => ({ url: `${article.at}/comments?` }),
    () => ({ url: `${article.at}/c%6fmments` }),
    () => ({ url: `${article.at.replace('articles', '%61rticles')}/comments` }),
    (n) => ({ headers: { 'x-forwarded-for': `198.51.100.${n % 250}` } }),
    (n) => ({ headers: { forwarded: `for=198.51.100.${n % 250}`, 'x-real-ip': `198.51.100.${n % 250}` } }),
    (n) => ({ headers: { authorization: `Bearer onr_${n}` } }),
    (n) => ({ headers: { authorization: 'Bearer onr_test', 'user-agent': `agent ${n}` } }),
    (n) => ({ remoteAddress: `2001:db8:1:2:${n.toString(16)}::${(n * 7).toString(16)}` }),
    () => ({ remoteAddress: '::ffff:203.0.113.9' })
  ]
  const counted = { v4: 0, v6: 0 }
  const refused: { status: number; after: unknown }[] = []
  let writes = 0
  const { write } = client.db
  client.db.write = (actor, work) => {
    writes++
    return write(actor, work)
  }
  for (let round = 0; round < 50; round++) {
    const answers = await Promise.all(
      Array.from({ length: 100 }, async (_, i) => {
        const n = round * 100 + i
        const { headers, ...disguise } = disguises[n % disguises.length]!(n) as { headers?: object }
        const address = { remoteAddress: '203.0.113.9', url: `${article.at}/comments`, ...disguise }
        const author = { name: `Reader ${n}`, email: `${n}@mail.example`, key: `key of reader ${n} ......` }
        const payload = { author, body: `Remark ${n} ${Math.sin(n)}` }
        const answer = await server.inject({ method: 'POST', payload, headers: { ...headers }, ...address })
        const family = address.remoteAddress.startsWith('2001') ? ('v6' as const) : ('v4' as const)
        if (answer.statusCode === 201) counted[family]++
        return { status: answer.statusCode, after: answer.headers['retry-after'] }
      })
    )
    refused.push(...answers.filter(({ status }) => status !== 201))
  }
  t.same(counted, { v4: 30, v6: 30 })
  t.equal(refused.length, 4940)
  t.ok(refused.every(({ status, after }) => status === 429 && Number(after) === 60))
  t.ok(writes <= 200, `${writes} writes for 5000 comments`)

  const later = () => article.say({ author: { name: 'x' } }, { remoteAddress: '203.0.113.9' })
  t.equal((await article.say({}, { remoteAddress: '203.0.113.10' })).status, 201, 'a neighbour may')
  t.equal((await article.say({ body: 'x' }, { remoteAddress: '2001:db8:1:3::1' })).status, 201)
  pass(59.5)
  const early = await later()
  t.match(early.json(), {
    type: '/problems/too-many-requests',
    status: 429,
    detail: 'Too many comments. Try again in 1 second.'
  })
  t.equal(early.headers['retry-after'], '1')
  pass(0.5)
  t.equal((await later()).status, 201)
})

t.test('an author posts no more than their limit, from wherever', async (t) => {
  const client = await app(t)
  await client.patch(url, { authorLimit: { count: 2 }, networkLimit: { seconds: 0 } })
  const article = await discussed(client)
  const author = { name: 'Ines', key: 'a secret of her own' }
  for (const [n, expected] of [201, 201, 429, 429].entries()) {
    const answer = await article.say({ author, body: `${n}` }, { remoteAddress: `203.0.113.${n}` })
    t.equal(answer.status, expected)
  }
  t.equal((await article.say({ author: { name: 'Bo' } })).status, 201)
  await client.patch(url, { authorLimit: { seconds: 0 } })
  t.equal((await article.say({ author, body: 'without a limit' })).status, 201)
})

t.test('what is counted when it is examined is counted again when it is written', async (t) => {
  const client = await app(t)
  await client.patch(url, { authorLimit: { count: 3 } })
  const article = await discussed(client)
  const author = { name: 'Ines', key: 'a secret of her own' }
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) => article.say({ author, body: `Remark ${n}` }))
  )
  t.equal(answers.filter(({ status }) => status === 201).length, 3)
})

t.test('who is banned posts nothing until the ban ends', async (t) => {
  const { clock, pass } = moving()
  const client = await app(t, { clock })
  const { db } = client
  const article = await discussed(client)
  const author = { name: 'Ines', key: 'a secret of her own' }
  const { author: known, network } = await article.said({ author })
  const ban = (id: string, kind: 'author' | 'network', value: string, until: string | null) =>
    db.write('t', async ({ q, t: { bans }, now }) => {
      await q.insert(bans).values({ id, kind, value, until, reason: null, actor: 't', createdAt: now })
    })
  await ban('a', 'author', known.key!, '2026-11-02T08:05:00.000Z')
  const refused = await article.say({ author, body: 'Again' }, { remoteAddress: '203.0.113.9' })
  t.match(refused.json(), { type: '/problems/banned', status: 403 })
  t.equal((await article.say({ body: 'Somebody else' })).status, 201)
  pass(300)
  t.equal((await article.say({ author, body: 'Again' })).status, 201, 'it has ended')
  await ban('b', 'network', network!, null)
  t.equal((await article.say({ author, body: 'Once more' })).status, 403)
  t.equal((await article.say({ author, body: 'Once more' }, { remoteAddress: '203.0.113.9' })).status, 201)
})

t.test('the form shows when it was fetched, for one article and a day', async (t) => {
  const { clock, pass } = moving()
  const client = await app(t, { clock })
  const article = await discussed(client, { commentPolicy: { mode: 'open' } })
  const other = await discussed(client)
  const answer = await client.read(`${article.at}/comment-form`)
  t.equal(answer.headers['cache-control'], 'no-store')
  const { form, ...rest } = answer.json<CommentForm>()
  t.same(rest, {
    articleId: article.id,
    mode: 'open',
    open: true,
    closesAt: null,
    errorReports: true,
    honeypot: 'website',
    challengeRequired: false,
    challenge: null
  })
  const draft = await client.draft()
  t.equal((await client.read(`/v1/articles/${draft.id}/comment-form`)).status, 404)

  pass(2)
  const hasty = await article.said({ form })
  t.match(hasty, {
    status: 'pending',
    rules: [{ rule: 'haste', outcome: 'hold', matched: '2 s after the form was fetched' }]
  })
  pass(1)
  t.match(await article.said({ form, body: 'Slower' }), { status: 'approved', rules: [] })
  const wrong = [
    (await other.form()).form,
    `${form.slice(0, -1)}${form.endsWith('A') ? 'B' : 'A'}`,
    form.replace(/^\d+/, (at) => String(Number(at) - 1000)),
    'NaN.x',
    '.'
  ]
  for (const form of wrong)
    t.match((await article.say({ form, body: 'x' })).json(), { status: 422, errors: [{ pointer: '/form' }] })
  pass(86_397)
  t.equal((await article.say({ form, body: 'The next day' })).status, 201)
  pass(1)
  t.equal((await article.say({ form, body: 'Too late' })).status, 422)
  t.equal((await article.say({ body: 'Without' })).status, 201)
  await client.patch(url, { requireForm: true })
  t.equal((await article.say({ body: 'Without a form' })).status, 422)
  t.equal((await article.say({ body: 'With one', ...{ form: (await article.form()).form } })).status, 201)
})

/** The proof of work for a challenge, as a widget sends it. */
async function solved(challenge: Challenge) {
  const solution = await solveChallenge({ challenge, deriveKey })
  return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64')
}

t.test('a proof of work is asked for, and counts once', async (t) => {
  // The library looks at the clock of the machine as well.
  const { clock, pass } = moving(new Date().toISOString())
  const client = await app(t, { clock })
  const { db } = client
  await client.patch(url, { challenge: 'on', difficulty: 100, networkLimit: { seconds: 0 } })
  const article = await discussed(client)
  const other = await discussed(client)
  const form = await article.form()
  t.match(form, { challengeRequired: true, challenge: { parameters: { cost: 100, keyPrefix: '00' } } })
  const bare = await article.say()
  t.match(bare.json(), { type: '/problems/challenge-required', status: 403 })
  const proof = await solved(form.challenge!)
  const tampered = (change: (payload: { challenge: Challenge; solution: object }) => void) => {
    const payload = JSON.parse(Buffer.from(proof, 'base64').toString())
    change(payload)
    return Buffer.from(JSON.stringify(payload)).toString('base64')
  }
  const wrong = {
    junk: 'junk',
    'another form': Buffer.from('{"challenge":{},"solution":null}').toString('base64'),
    'an easier challenge': tampered(({ challenge }) => {
      challenge.parameters.keyPrefix = '0'
    }),
    'a later end': tampered(({ challenge }) => {
      challenge.parameters.expiresAt += 1
    }),
    'no solution': tampered(({ solution }) => Object.assign(solution, { counter: 1e6 })),
    'another article': await solved((await other.form()).challenge!)
  }
  for (const [what, proof] of Object.entries(wrong))
    t.equal((await article.say({ proof, body: what })).status, 403, what)
  const astray = await article.say({ proof, body: 'to nobody', parentId: 'com_00000000000000000000000000' })
  t.equal(astray.status, 422, 'what is refused for something else spends nothing')
  const answers = await Promise.all([1, 2, 3].map((n) => article.say({ proof, body: `Remark ${n}` })))
  t.same(answers.map(({ status }) => status).sort(), [201, 403, 403], 'sent three times at once')
  t.equal((await article.say({ proof, body: 'later' })).status, 403)

  const spent = async () => (await db.read.q.select().from(db.read.t.spentProofs)).length
  t.equal(await spent(), 1)
  const late = await solved((await article.form()).challenge!)
  pass(20 * 60)
  t.equal((await article.say({ proof: late, body: 'too late' })).status, 403)
  const fresh = await solved((await article.form()).challenge!)
  t.equal((await article.say({ proof: fresh, body: 'in time' })).status, 201)
  t.equal(await spent(), 1, 'the one that expired is forgotten')
})

t.test('under attack a proof of work is asked for until a minute has passed', async (t) => {
  const { clock, pass } = moving()
  const client = await app(t, { clock })
  await client.patch(url, { challenge: 'auto', attackedAt: 3, authorLimit: { count: 1 }, difficulty: 100 })
  const article = await discussed(client)
  const author = { name: 'x', key: 'a secret of one author' }
  t.equal((await article.say({ author })).status, 201, 'a comment that waits is no attack')
  t.match(await article.form(), { challengeRequired: false, challenge: { signature: /^[0-9a-f]{64}$/ } })
  for (let i = 0; i < 2; i++) t.equal((await article.say({ author })).status, 429)
  t.equal((await article.form()).challengeRequired, false)
  await article.say({ body: 'caught', website: 'x' })
  t.equal((await article.form()).challengeRequired, true)
  t.equal((await article.say({ body: 'a reader' })).status, 403)
  pass(59)
  t.equal((await article.form()).challengeRequired, true)
  pass(1)
  t.equal((await article.form()).challengeRequired, false)
  t.equal((await article.say({ body: 'a reader' })).status, 201)
})

t.test('an e-mail address is kept where the site asks for it, encrypted', async (t) => {
  const client = await app(t)
  const { db, get } = client
  const article = await discussed(client)
  const author = { name: 'Ines', email: 'Canary@mail.example' }
  t.equal((await article.said({ author })).author.email, null)
  await client.patch(url, { storeEmail: true })
  const kept = await article.said({ author, body: 'Later' })
  t.match(kept.author, { email: 'Canary@mail.example', emailHash: /^[\w-]{22}$/ })
  t.equal((await article.said({ body: 'Without' })).author.email, null)
  t.notMatch((await get('/v1/comments?edition=draft')).body, /canary/i, 'a list does not tell')
  t.notMatch(JSON.stringify(await db.read.q.select().from(db.read.t.comments)), /canary/i)
  t.equal((await get('/v1/comments/com_01k9v3w8zhe5ra4gxm7y2bqd6c?edition=draft')).status, 404)
})

t.test('HTML in a comment is text, and comes back byte for byte', async (t) => {
  const client = await app(t)
  await client.patch(url, { maxLinks: 1000, networkLimit: { seconds: 0 } })
  const article = await discussed(client, { commentPolicy: { mode: 'open' } })
  for (const body of [
    '<b>bold</b> &amp; <a href="javascript:alert(1)">x</a>',
    '<script src=//evil.example></script>',
    '![x](javascript:alert(1))\r\n\t<!-- -->',
    '\u202e\u200b\ufeffx'
  ]) {
    const { id } = (await article.say({ body, author: { name: body } })).json<PostedComment>()
    const read = (await client.read(`/v1/comments/${id}`)).json<PostedComment>()
    t.same([read.body, read.author.name], [body, body])
  }
})

t.test('an article that is withdrawn meanwhile takes no comment', async (t) => {
  const client = await app(t)
  const article = await discussed(client)
  const [withdrawn, posted] = await Promise.all([
    client.post(`${article.at}/withdraw`),
    pause(0).then(() => article.say())
  ])
  t.equal(withdrawn.status, 200)
  t.equal(posted.status, 410)
  t.match(posted.json<Problem>(), { type: '/problems/gone' })
})

const akismet = (url: string) => ({
  ONRECORD_AKISMET_URL: url,
  ONRECORD_AKISMET_KEY: 'a key of the test',
  ONRECORD_SITE_URL: 'https://news.example/'
})

/** A service that is asked about comments, and answers as the test says. */
async function service(t: Test, answer: (question: URLSearchParams, response: ServerResponse) => void) {
  const asked: { question: URLSearchParams; headers: Record<string, string>; body: string }[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += part
    const question = new URLSearchParams(body)
    asked.push({ question, headers: request.headers as Record<string, string>, body })
    answer(question, response)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/check` }
}

t.test('another service is asked, and only lifts what was held for it', async (t) => {
  const { asked, url: at } = await service(t, (question, response) => {
    response.end(String(question.get('comment_content')!.includes('pills')))
  })
  const client = await app(t, { config: akismet(at) })
  const { get, db } = client
  const open = await discussed(client, {
    commentPolicy: { mode: 'open' },
    canonicalUrl: 'https://news.example/ferry'
  })
  const comment = async (id: string) => (await get(`/v1/comments/${id}?edition=draft`)).json<DraftComment>()
  const settled = async (posted: Promise<Answer>) => {
    const { id, status } = (await posted).json<PostedComment>()
    t.equal(status, 'pending', 'it waits for the answer')
    await until(async () => (await comment(id)).version > 1)
    return comment(id)
  }
  const author = { name: 'Ines', email: 'ines@mail.example' }
  const headers = { 'user-agent': 'A browser', referer: 'https://news.example/' }
  const good = await settled(open.say({ author }, { headers, remoteAddress: '203.0.113.9' }))
  t.match(good, { status: 'approved', rules: [], version: 2 })
  t.equal((await client.read(`/v1/comments/${good.id}`)).status, 200)
  const { question, headers: sent, body: signed } = asked[0]!
  t.same(Object.fromEntries(question), {
    api_key: 'a key of the test',
    blog: 'https://news.example/',
    comment_type: 'comment',
    user_ip: '203.0.113.9',
    user_agent: 'A browser',
    referrer: 'https://news.example/',
    permalink: 'https://news.example/ferry',
    comment_author: 'Ines',
    comment_author_email: 'ines@mail.example',
    comment_content: body
  })
  new Signer('a key of the test', { format: 'raw' }).verify(signed, sent, { jsonParse: false })
  t.equal(sent['webhook-id'], good.id)

  t.match(await settled(open.say({ body: 'Cheap pills' })), {
    status: 'spam',
    rules: [{ rule: 'akismet', outcome: 'spam', matched: 'it is said to be spam' }]
  })
  const held = await settled(open.say({ body: 'a.example b.example c.example' }))
  t.match(held, { status: 'pending', rules: [{ rule: 'links' }] })
  t.equal(held.rules.length, 1, 'held for something else')
  const decisions = await db.read.q.select().from(db.read.t.commentDecisions)
  t.match(decisions, [
    { commentId: good.id, decision: 'approve', actor: 'akismet', before: 'pending', after: 'approved' },
    { decision: 'spam', actor: 'akismet', after: 'spam' }
  ])
  const before = asked.length
  await open.say({ body: 'caught', website: 'x' })
  t.equal(asked.length, before, 'what is spam anyway is not asked about')
})

t.test('a service that does not say yes or no publishes nothing', async (t) => {
  let behave: (response: ServerResponse) => void = (response) => response.end('invalid')
  const { asked, url: at } = await service(t, (_, response) => behave(response))
  const client = await app(t, { config: akismet(at), requestTimeout: 1000 })
  const { get, post } = client
  const open = await discussed(client, { commentPolicy: { mode: 'open' } })
  const comment = async (id: string) => (await get(`/v1/comments/${id}?edition=draft`)).json<DraftComment>()
  const ends: ((response: ServerResponse) => void)[] = [
    (response) => void response.end('invalid'),
    (response) => void response.writeHead(500).end('false'),
    (response) => void response.writeHead(302, { location: '/yes' }).end('false'),
    (response) => void response.destroy(),
    () => {}
  ]
  for (const [n, end] of ends.entries()) {
    behave = end
    const { id } = (await open.say({ body: `Remark ${n}` })).json<PostedComment>()
    await until(() => asked.length === n + 1)
    await pause(n === ends.length - 1 ? 1300 : 50)
    t.match(await comment(id), {
      status: 'pending',
      version: 1,
      rules: [{ rule: 'akismet', outcome: 'hold', matched: 'not answered yet' }]
    })
  }
  t.equal(asked.length, ends.length, 'no redirect was followed')

  const { promise, resolve: arrive } = Promise.withResolvers<ServerResponse>()
  behave = arrive
  const { id } = (await open.say({ body: 'decided on' })).json<PostedComment>()
  const response = await promise
  await post(`/v1/comments/${id}/reject`, { reasons: ['rude'] })
  response.end('false')
  await pause(100)
  t.match(await comment(id), { status: 'rejected', version: 2 }, 'what a moderator decided stays')
})

t.test('a flood asks few questions at once, and what does not fit waits', async (t) => {
  const waiting: ServerResponse[] = []
  const { asked, url: at } = await service(t, (_, response) => void waiting.push(response))
  const client = await app(t, { config: akismet(at) })
  await client.patch(url, { networkLimit: { seconds: 0 } })
  const open = await discussed(client, { commentPolicy: { mode: 'open' } })
  const statuses = await Promise.all(
    Array.from({ length: 120 }, async (_, n) => (await open.say({ body: `Remark ${n}` })).status)
  )
  t.ok(statuses.every((status) => status === 201))
  await until(() => waiting.length === 4)
  await pause(50)
  t.equal(waiting.length, 4)
  await until(async () => {
    for (const response of waiting.splice(0)) response.end('false')
    const { data } = (await client.get('/v1/comments?edition=draft&status=approved&limit=100')).json<{
      data: DraftComment[]
    }>()
    return data.length === 100
  })
  await until(() => asked.length >= 104)
  await pause(50)
  t.equal(asked.length, 104)
})

t.test('in a batch a comment waits for a moderator: nobody is asked before it is written', async (t) => {
  const { asked, url: at } = await service(t, (_, response) => void response.end('false'))
  const client = await app(t, { config: akismet(at) })
  const open = await discussed(client, { commentPolicy: { mode: 'open' } })
  const operations = [{ method: 'POST', path: `${open.at}/comments`, body: ines }]
  const done = await client.post('/v1/batch', { operations })
  t.match(done.json(), { results: [{ status: 201, body: { status: 'pending' } }] })
  t.equal(asked.length, 0)
})

t.test('a check for spam needs a key and a site', async (t) => {
  t.throws(() => readConfig({ ONRECORD_AKISMET_URL: 'https://spam.example/' }), {
    message: 'Bad configuration: ONRECORD_AKISMET_URL needs ONRECORD_AKISMET_KEY and ONRECORD_SITE_URL'
  })
  t.equal(readConfig(akismet('https://spam.example/')).ONRECORD_SITE_URL, 'https://news.example/')
})

t.test('a clock that is set back keeps nobody out for longer than the limit', async (t) => {
  const { clock, pass } = moving()
  const client = await app(t, { clock })
  await client.patch(url, { networkLimit: { count: 3, seconds: 60 }, authorLimit: { count: 3, seconds: 60 } })
  const { say } = await discussed(client)
  const key = 'a key of somebody who writes often'
  const one = (n: number) =>
    say({ author: { name: 'Ines', key }, body: `The ${n}th ferry of them all is late.` })
  pass(7200)
  for (let i = 0; i < 3; i++) t.equal((await one(i)).status, 201)
  pass(-7200)
  for (let i = 3; i < 6; i++) t.equal((await one(i)).status, 201, 'those from the future are not counted')
  const refused = await one(6)
  t.equal(refused.status, 429)
  t.ok(Number(refused.headers['retry-after']) <= 60)
  pass(61)
  t.equal((await one(7)).status, 201)
})

t.test('after the clock was set back and a new start, the newest is first in its list', async (t) => {
  const file = await database(t)
  const client = await app(t, { file })
  // As an earlier process made it, whose clock was a second ahead of the one of now.
  const ahead = firstId('src', new Date(Date.now() + 1000).toISOString())
  await client.db.write('a test', (tx) => sources.create(tx, { kind: 'person', name: 'Ahead' }, ahead))
  const { post, get } = await app(t, { file })
  const { id } = (await post('/v1/sources', { kind: 'person', name: 'Now' })).json<{ id: string }>()
  const { data } = (await get('/v1/sources?edition=draft')).json<{ data: { id: string }[] }>()
  t.same(
    data.map((one) => one.id),
    [id, ahead]
  )
})

t.test('after the clock was set back the newest is first, and repeats are found', async (t) => {
  const client = await app(t)
  const now = Date.now()
  t.intercept(Date, 'now', { value: () => now + 60_000 })
  const { say } = await discussed(client)
  await say({ body: 'The ferry was late again this morning.' })
  t.intercept(Date, 'now', { value: () => now })
  const { id } = await client.draft({ title: 'Made after the step' })
  const { data } = (await client.get('/v1/articles?edition=draft')).json<{ data: { id: string }[] }>()
  t.equal(data[0]!.id, id)
  const marks = async () =>
    (await client.get('/v1/comments?edition=draft&status=pending')).json<{ data: object[] }>()
  await say({ body: 'Nobody told us anything at the harbour.' })
  const before = (await marks()).data.length
  await say({ body: 'Nobody told us anything at the harbour.' })
  t.equal((await marks()).data.length, before + 1, 'it waits for a moderator')
})

t.test('repeats are found beside comments of a time to come, as a process left them', async (t) => {
  const client = await app(t)
  const { say, said } = await discussed(client)
  await say({ body: 'The ferry was late again this morning.' })
  const { db } = client
  const [row] = await db.read.q.select().from(db.read.t.comments)
  const id = firstId('com', new Date(Date.now() + 7_200_000).toISOString())
  await db.write('t', (tx) => tx.q.insert(tx.t.comments).values({ ...row!, id, thread: id.slice(4) }))
  const body = 'Nobody told us anything at the harbour.'
  await said({ body: 'What does the board say to all of this?' })
  t.same((await said({ body })).rules, [])
  t.match((await said({ body })).rules, [{ rule: 'repeat' }])
})
