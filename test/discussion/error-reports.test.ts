// What readers report as wrong, from their receipt to the published correction.
import { readFileSync } from 'node:fs'
import { Writable } from 'node:stream'
import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import t from 'tap'
import type { DraftArticle } from '../../src/content/articles/schema.ts'
import type { Correction, DraftCorrection } from '../../src/content/corrections/schema.ts'
import type { CommentAuthor } from '../../src/discussion/commenters/schema.ts'
import type {
  ErrorReport,
  OwnErrorReport,
  PostedErrorReport
} from '../../src/discussion/error-reports/schema.ts'
import type { Challenge, CommentForm } from '../../src/discussion/forms/schema.ts'
import type { Problem } from '../../src/http/problems.ts'
import { app, type Client, ferry, onPostgres } from '../support/app.ts'

const unknown = 'err_01k9v3w8zhe5ra4gxm7y2bqd6c'
const what = 'It was built in 1989.'

/** A published article with a picture, and who reports errors in it. */
async function published(client: Client) {
  const article = await client.draft({
    media: [{ key: 'pier', kind: 'image', alt: 'x', credits: [{ creditLine: 'Ana Example' }] }],
    leadMediaId: 'pier',
    attributions: [{ claim: 'The board agreed', hops: [{ sourceId: 'lindqvist', relation: 'said' }] }]
  })
  t.equal((await client.post(`/v1/articles/${article.id}/publish`)).status, 200)
  const send = (input: object = {}, ip = '192.0.2.1') =>
    client.post(
      `/v1/articles/${article.id}/error-reports`,
      { what, ...input },
      { token: null, remoteAddress: ip }
    )
  return {
    article,
    send,
    sent: async (input: object = {}, ip?: string) => (await send(input, ip)).json<PostedErrorReport>(),
    desk: async (id: string) => (await client.get(`/v1/error-reports/${id}`)).json<ErrorReport>(),
    queue: async (query = '') =>
      (await client.get(`/v1/error-reports${query}`))
        .json<{ data: ErrorReport[] }>()
        .data.map(({ what }) => what),
    own: async (receipt: string) =>
      (await client.post('/v1/error-reports/receipt', { receipt }, { token: null })).json<OwnErrorReport>()
  }
}

t.test(
  'a report ends in a correction that says a reader found it, and the receipt tells of it',
  async (t) => {
    const client = await app(t)
    const { article, send, desk, own } = await published(client)
    const quoteId = article.quotes[0]!.id
    const answer = await send({ quoteId, words: 'canary words', evidence: 'canary', mention: true })
    t.equal(answer.status, 201)
    t.equal(answer.headers['cache-control'], 'no-store')
    const { id, receipt } = answer.json<PostedErrorReport>()
    t.match(await own(receipt), { id, status: 'open', reason: null, correctionId: null, decidedAt: null })
    t.match(await desk(id), {
      what,
      words: 'canary words',
      quoteId,
      status: 'open',
      mention: true,
      version: 1
    })

    const text = 'An earlier version gave the wrong year.'
    const correction = { kind: 'correction', text, was: '1987', now: '1989' }
    const accepted = await client.post(`/v1/error-reports/${id}/accept`, {
      correction,
      note: 'Rang the yard.'
    })
    t.match(accepted.json(), { status: 'accepted', note: 'Rang the yard.', version: 2 })
    const { correctionId } = accepted.json<ErrorReport>()
    const draft = async () =>
      (await client.get(`/v1/corrections/${correctionId}?edition=draft`)).json<DraftCorrection>()
    t.match(await draft(), {
      ...correction,
      target: { quoteId },
      errorReportId: id,
      foundByReader: true,
      publishedAt: null
    })
    t.match(await own(receipt), { status: 'accepted', correctionId: null }, 'drafts are not told of')
    t.match((await client.post(`/v1/error-reports/${id}/accept`, { correction })).json(), { status: 409 })
    t.match((await client.post(`/v1/error-reports/${id}/decline`, { reason: 'x' })).json(), {
      status: 409,
      detail: `It led to the correction ${correctionId}: delete that first, where it is not published.`
    })

    await client.post(`/v1/corrections/${correctionId}/publish`)
    t.match(await own(receipt), { status: 'corrected', correctionId })
    const log = await client.read(`/v1/corrections?publishedAt.gte=2020-01-01T00:00:00Z`)
    const [listed] = log.json<{ data: Correction[] }>().data
    t.match(listed, { text, was: '1987', now: '1989', target: { quoteId }, foundByReader: true })
    t.same((await client.read('/v1/corrections?publishedAt.lt=2020-01-01T00:00:00Z')).json(), {
      data: [],
      next: null
    })
    const drafts = '/v1/corrections?edition=draft&publishedAt.gte=2020-01-01T00:00:00Z'
    t.match((await client.get(drafts)).json(), { data: [{ id: correctionId }] })
    t.match((await client.get(`${drafts}&publishedAt.lt=2020-01-01T00:00:00Z`)).json(), { data: [] })
    for (const url of [`/v1/articles/${article.id}`, `/v1/corrections/${correctionId}`]) {
      const { body } = await client.read(url)
      t.match(body, '"foundByReader":true')
      t.notMatch(body, /canary|error|err_/i, 'and nothing else of the report')
    }

    const removed = await client.remove(`/v1/error-reports/${id}`)
    t.equal(removed.status, 204)
    t.match(await draft(), { errorReportId: null, foundByReader: true }, 'the correction stays')
    t.equal((await client.post('/v1/error-reports/receipt', { receipt }, { token: null })).status, 404)
    const history = await client.get(`/v1/articles/${article.id}/history`)
    t.match(history.body, 'A reader reported an error.')
  }
)

t.test('who did not agree is not mentioned, and a correction may answer several reports', async (t) => {
  const client = await app(t)
  const { article, sent, own, desk } = await published(client)
  const accept = (id: string, input: object) => client.post(`/v1/error-reports/${id}/accept`, input)
  const correction = { kind: 'correction', text: 'x' }
  const silent = await sent()
  const first = (await accept(silent.id, { correction })).json<ErrorReport>()
  const read = async (id: string) =>
    (await client.get(`/v1/corrections/${id}?edition=draft`)).json<DraftCorrection>()
  t.notOk('foundByReader' in (await read(first.correctionId!)))
  t.equal((await read(first.correctionId!)).target, null)

  const made = async () =>
    (await client.post(`/v1/articles/${article.id}/corrections`, correction)).json<DraftCorrection>().id
  const ours = await made()
  const [one, two] = [await sent({ mention: true }), await sent({ mention: true })]
  t.equal((await accept(one.id, { correctionId: ours })).status, 200)
  t.match(await read(ours), { errorReportId: one.id, foundByReader: true, version: 2 })
  t.equal((await accept(two.id, { correctionId: ours })).status, 200)
  t.match(await read(ours), { errorReportId: one.id, version: 2 }, 'who came first')

  const other = await client.draft()
  const theirs = (
    await client.post(`/v1/articles/${other.id}/corrections`, correction)
  ).json<DraftCorrection>().id
  const third = await sent({ mention: true })
  for (const [input, pointer] of [
    [{}, '/correction'],
    [{ correction, correctionId: ours }, '/correction'],
    [{ correctionId: theirs }, '/correctionId'],
    [{ correctionId: 'cor_01k9v3w8zhe5ra4gxm7y2bqd6c' }, '/correctionId'],
    [
      { correction: { ...correction, target: { quoteId: other.quotes[0]!.id } } },
      '/correction/target/quoteId'
    ]
  ] as const)
    t.match((await accept(third.id, input)).json(), { status: 422, errors: [{ pointer }] }, pointer)
  t.match(await desk(third.id), { status: 'open', version: 1 })
  t.match((await accept(third.id, { correction: { kind: 'x' } })).json(), { status: 400 })

  await client.post(`/v1/corrections/${ours}/publish`)
  t.match(await own(two.receipt), { status: 'corrected', correctionId: ours })
  await accept(third.id, { correctionId: ours })
  t.match(await read(ours), { errorReportId: one.id }, 'what is published stays as it is')

  t.equal((await client.remove(`/v1/corrections/${first.correctionId}`)).status, 204)
  t.match(await own(silent.receipt), { status: 'accepted', correctionId: null })
  t.match(await desk(silent.id), { status: 'accepted', correctionId: null })
  const reason = 'It was right.'
  const declined = await client.post(`/v1/error-reports/${silent.id}/decline`, { reason })
  t.match(declined.json(), { status: 'declined', reason, note: null })
  t.match(await own(silent.receipt), { status: 'declined', reason })
})

t.test('a report is about something that readers see in this article', async (t) => {
  const client = await app(t)
  const { article, send, sent, desk } = await published(client)
  const draft = await client.draft({ ...ferry, title: 'another' })
  const creditId = article.media[0]!.credits[0]!.id
  const attributionId = article.attributions[0]!.id
  const accept = async (id: string) => {
    const correction = { kind: 'correction', text: 'x' }
    const { correctionId } = (
      await client.post(`/v1/error-reports/${id}/accept`, { correction })
    ).json<ErrorReport>()
    return (await client.get(`/v1/corrections/${correctionId}?edition=draft`)).json<DraftCorrection>().target
  }
  for (const subject of [{ creditId }, { attributionId }]) {
    const { id } = await sent(subject)
    t.match(await desk(id), subject)
    t.same(await accept(id), subject)
  }
  const hidden = draft.quotes[0]!.id
  const never = `${hidden.slice(0, 4)}01k9v3w8zhe5ra4gxm7y2bqd6c`
  for (const [input, pointer] of [
    [{ quoteId: hidden }, '/quoteId'],
    [{ quoteId: never }, '/quoteId'],
    [{ creditId, attributionId }, '/creditId']
  ] as const)
    t.match((await send(input)).json(), { status: 422, errors: [{ pointer }] })
  const told = async (quoteId: string) =>
    (await send({ quoteId })).json<Problem>().detail!.replace(quoteId, 'it')
  t.equal(await told(hidden), await told(never), 'drafts are not told of')
  const at = (id: string) => client.post(`/v1/articles/${id}/error-reports`, { what }, { token: null })
  t.equal((await at(draft.id)).status, 404)
  await client.post(`/v1/articles/${article.id}/withdraw`)
  t.equal((await at(article.id)).status, 410)
  t.equal((await client.get('/v1/error-reports?limit=1')).json<{ data: unknown[] }>().data.length, 1)
})

t.test(
  'the desk finds reports by state, article, quote, reader and time, and pages through them',
  async (t) => {
    let now = new Date('2026-11-02T08:00:00.000Z')
    const client = await app(t, { clock: () => now })
    const { article, sent, desk, queue } = await published(client)
    const quoteId = article.quotes[0]!.id
    const contact = { name: 'Ines', email: 'ines@mail.example', key: 'the key of Ines, hers' }
    const first = await sent({ what: 'first', quoteId, contact })
    now = new Date('2026-11-03T08:00:00.000Z')
    await sent({ what: 'second', contact: { key: contact.key } }, '198.51.100.7')
    const third = await sent({ what: 'third' })
    await client.post(`/v1/error-reports/${third.id}/decline`, { reason: 'x' })
    const { contact: shown, network } = await desk(first.id)
    t.match(shown, { name: 'Ines', email: 'ines@mail.example' })
    t.match((await client.get('/v1/error-reports')).json(), {
      data: [{}, {}, { contact: { name: null, email: null, key: shown.key } }]
    })
    for (const [query, expected] of [
      ['', 'third second first'],
      ['?sort=createdAt', 'first second third'],
      ['?status=open', 'second first'],
      ['?status=declined,accepted', 'third'],
      [`?article=${article.id}&quote=${quoteId}`, 'first'],
      ['?article=art_01k9v3w8zhe5ra4gxm7y2bqd6c', ''],
      [`?author=${shown.key}`, 'second first'],
      [`?emailHash=${shown.emailHash}`, 'first'],
      [`?network=${network}`, 'third first'],
      ['?createdAt.gte=2026-11-03T00:00:00Z', 'third second'],
      ['?createdAt.lt=2026-11-03T00:00:00Z', 'first']
    ] as const)
      t.equal((await queue(query)).join(' '), expected, query)
    const page = await client.get('/v1/error-reports?limit=2&sort=createdAt')
    t.equal(page.headers['cache-control'], 'private, no-store')
    const { next } = page.json<{ next: string }>()
    t.same(await queue(`?limit=2&sort=createdAt&cursor=${next}`), ['third'])
    t.equal((await client.get(`/v1/error-reports?cursor=${next}`)).status, 400)
    const newest = (await client.get('/v1/error-reports?limit=2')).json<{ next: string }>()
    t.same(await queue(`?limit=2&cursor=${newest.next}`), ['first'])

    const { headers } = await client.get(`/v1/error-reports/${first.id}`)
    const stale = { headers: { 'if-match': String(headers.etag) } }
    await client.post(`/v1/error-reports/${first.id}/decline`, { reason: 'x' })
    const again = await client.post(`/v1/error-reports/${first.id}/decline`, { reason: 'y' }, stale)
    t.equal(again.status, 412)
    t.equal((await client.remove(`/v1/error-reports/${first.id}`, stale)).status, 412)
    for (const refused of [
      await client.get(`/v1/error-reports/${unknown}`),
      await client.post(`/v1/error-reports/${unknown}/decline`, { reason: 'x' }),
      await client.remove(`/v1/error-reports/${unknown}`)
    ])
      t.equal(refused.status, 404)
    await client.post(`/v1/articles/${article.id}/withdraw`)
    t.equal((await client.remove(`/v1/articles/${article.id}`)).status, 204)
    t.same(await queue(), [], 'not of what is in the trash')
  }
)

t.test('the limits, bans, forms, blocked words and proofs of comments hold for reports', async (t) => {
  let now = Date.parse('2026-11-02T08:00:00.000Z')
  const client = await app(t, { clock: () => new Date(now) })
  const { article, send, sent, desk, own, queue } = await published(client)
  const set = (settings: object) => client.put('/v1/comment-settings', settings)
  const form = async () => (await client.read(`/v1/articles/${article.id}/comment-form`)).json<CommentForm>()
  t.match(await form(), { errorReports: true })

  const spam = await sent({ website: 'https://shop.example' })
  t.match(await desk(spam.id), { status: 'spam', rules: [{ rule: 'honeypot', outcome: 'spam' }] })
  t.match(await own(spam.receipt), { status: 'open', decidedAt: null }, 'who sends spam is not told')
  t.match((await send({ form: 'x.y' })).json(), { status: 422, errors: [{ pointer: '/form' }] })
  const hasty = await sent({ form: (await form()).form })
  t.match(await desk(hasty.id), { status: 'open', rules: [{ rule: 'haste', outcome: 'hold' }] })
  await client.post('/v1/blocked-terms', { kind: 'word', term: 'casino', outcome: 'refuse' })
  await client.post('/v1/blocked-terms', { kind: 'word', term: 'poker', outcome: 'hold' })
  t.match((await send({ evidence: 'a casino' })).json(), { status: 422, errors: [{ pointer: '/evidence' }] })
  t.match((await send({ contact: { name: 'Casino' } })).json(), { errors: [{ pointer: '/contact/name' }] })
  t.match(await desk((await sent({ words: 'poker' })).id), {
    rules: [{ rule: 'blocked-terms', matched: 'poker' }]
  })

  const { network } = await desk(hasty.id)
  await client.post('/v1/bans', { kind: 'network', value: network })
  t.match((await send()).json(), { status: 403, type: '/problems/banned' })
  const key = 'the key of Ines, hers'
  await set({ authorLimit: { count: 1, seconds: 60 }, networkLimit: { count: 2, seconds: 60 } })
  const ip = '198.51.100.1'
  t.equal((await send({ contact: { key } }, ip)).status, 201)
  const limited = await send({ contact: { key } }, ip)
  t.match(limited.json(), { status: 429, detail: 'Too many reports. Try again in 60 seconds.' })
  t.equal(limited.headers['retry-after'], '60')
  t.equal((await send({}, ip)).status, 201)
  t.equal((await send({}, ip)).status, 429)
  now += 60_000
  t.equal((await send({}, ip)).status, 201)

  await set({ requireForm: true })
  t.match((await send({}, ip)).json(), { status: 422, errors: [{ pointer: '/form' }] })
  await set({ errorReports: false })
  t.match((await send({}, ip)).json(), { status: 409 })
  t.match(await form(), { errorReports: false })
  t.equal((await queue()).length, 6)
})

t.test('a report comes with a proof of work where that is asked, and each counts once', async (t) => {
  const client = await app(t)
  const { article, send } = await published(client)
  const form = async () => (await client.read(`/v1/articles/${article.id}/comment-form`)).json<CommentForm>()
  await client.put('/v1/comment-settings', { challenge: 'on', difficulty: 100 })
  t.match((await send({})).json(), { status: 403, type: '/problems/challenge-required' })
  const challenge = (await form()).challenge as Challenge
  const solution = await solveChallenge({ challenge, deriveKey } as Parameters<typeof solveChallenge>[0])
  const proof = Buffer.from(JSON.stringify({ challenge, solution })).toString('base64')
  t.equal((await send({ proof })).status, 201)
  t.equal((await send({ proof })).status, 403, 'a proof counts once')
})

t.test('the contact is in no log, event or public byte, and goes with the person', async (t) => {
  let logged = ''
  const log = new Writable({
    write(chunk, _, done) {
      logged += chunk
      done()
    }
  })
  const client = await app(t, { level: 'trace', log })
  const { article, sent, desk, queue } = await published(client)
  const contact = { name: 'canary-Ines', email: 'canary@mail.example', key: 'canary-key-of-ines' }
  const { id } = await sent({ contact })
  await sent({ what: 'by address alone', contact: { email: contact.email } })
  await client.post(`/v1/articles/${article.id}/publish`)
  // What a server keeps of deleted rows is its own affair.
  const file = (end: string) => (onPostgres ? '' : readFileSync(client.db.file + end, 'latin1'))
  for (const bytes of [
    file(''),
    file('-wal'),
    (await client.get('/v1/changes')).body,
    (await client.get('/v1/error-reports')).body,
    (await client.get(`/v1/articles/${article.id}?edition=draft`)).body,
    (await client.read(`/v1/articles/${article.id}`)).body
  ])
    t.notMatch(bytes, /canary/i)
  const { emailHash, key } = (await desk(id)).contact
  const known = await client.post('/v1/comment-authors/lookup', { email: contact.email })
  t.match(known.json<{ data: CommentAuthor[] }>().data, [
    { key, of: 'author', errorReports: 1, comments: { pending: 0 } },
    { key: emailHash, of: 'email', errorReports: 2 }
  ])
  const correction = { kind: 'correction', text: 'x' }
  const { correctionId } = (
    await client.post(`/v1/error-reports/${id}/accept`, { correction })
  ).json<ErrorReport>()
  const erased = await client.call('DELETE', `/v1/comment-authors/${emailHash}`)
  t.same(erased.json(), { deleted: 0, emptied: 0, errorReports: 2 })
  t.same(await queue(), [])
  t.equal((await client.get(`/v1/comment-authors/${key}`)).status, 404)
  const kept = await client.get(`/v1/corrections/${correctionId}?edition=draft`)
  t.match(kept.json(), { errorReportId: null })
  const draft = await client.get(`/v1/articles/${article.id}?edition=draft`)
  t.equal(draft.json<DraftArticle>().corrections.length, 1)
  t.ok(logged.includes('/v1/error-reports'), 'requests are logged')
  t.notMatch(logged, /canary/i)
})

t.test('events tell of a report and of what became of it, without its words', async (t) => {
  const client = await app(t)
  const { sent } = await published(client)
  const [one, two] = [await sent({ what: 'canary' }), await sent()]
  await client.post(`/v1/error-reports/${one.id}/decline`, { reason: 'canary', note: 'canary' })
  await client.post(`/v1/error-reports/${two.id}/accept`, { correction: { kind: 'update', text: 'x' } })
  await client.remove(`/v1/error-reports/${two.id}`)
  const log = await client.get('/v1/changes?kind=error_report')
  t.same(
    log.json<{ data: { event: string }[] }>().data.map(({ event }) => event),
    ['created', 'created', 'declined', 'accepted', 'deleted'].map((name) => `error_report.${name}`)
  )
  t.notMatch(log.body, 'canary')
  const events = ['error_report.created', 'error_report.accepted', 'error_report.declined']
  t.equal((await client.post('/v1/webhooks', { url: 'https://site.example/', events })).status, 201)
})
