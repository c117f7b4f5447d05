// From draft to published and back: who may take which step, what it writes, and what readers see meanwhile.
import { setTimeout as pause } from 'node:timers/promises'
import t, { type Test } from 'tap'
import type { Article, DraftArticle } from '../../src/content/articles/schema.ts'
import { runDue } from '../../src/publishing/workflow/scheduler.ts'
import { app, type Client, database, ferry, folder, opened } from '../support/app.ts'
import { served } from '../support/commands.ts'
import { keepTimetable } from '../support/timetable.ts'
import { until } from '../support/until.ts'

interface Workflow {
  states: string[]
  steps: { name: string; from: string[]; to: string | null; roles: string[] }[]
}
const day = (n: number) => `2026-11-${String(n).padStart(2, '0')}T08:00:00.000Z`

/** An app whose clock the test moves. */
async function newsroom(t: Test) {
  const clock = { now: new Date(day(2)) }
  return { ...(await app(t, { clock: () => clock.now })), clock }
}

/** What each step is sent. */
const bodies: Record<string, object | undefined> = {
  return: { note: 'Who said so?' },
  schedule: { publishAt: day(9) },
  withdraw: { reason: 'The source takes it back.' }
}

/** The steps that lead to each state. */
const ways: Record<string, string[]> = {
  draft: [],
  in_review: ['submit'],
  approved: ['submit', 'approve'],
  scheduled: ['schedule'],
  published: ['publish'],
  withdrawn: ['publish', 'withdraw']
}

async function at(client: Client, state: string) {
  const { id } = await client.draft({ title: `One that is ${state}` })
  for (const step of ways[state]!) await client.post(`/v1/articles/${id}/${step}`, bodies[step])
  const draft = (await client.get(`/v1/articles/${id}?edition=draft`)).json<DraftArticle>()
  if (draft.status !== state) throw new Error(`${draft.status}, not ${state}`)
  return `/v1/articles/${id}`
}

t.test('every step leads from where the workflow says to where it says, for whom it says', async (t) => {
  const client = await newsroom(t)
  const { states, steps } = (await client.get('/v1/workflow')).json<Workflow>()
  t.same(states, Object.keys(ways))
  const roles = ['contributor', 'editor', 'moderator', 'admin']
  const tokens = new Map<string, string>()
  for (const role of roles) tokens.set(role, (await client.token(role)).token)
  for (const state of states) {
    for (const { name, from, to, roles: allowed } of steps) {
      for (const role of roles) {
        const url = await at(client, state)
        const answer = await client.post(`${url}/${name}`, bodies[name], { token: tokens.get(role)! })
        const cell = `${name} as ${role} when ${state}`
        const after = (await client.get(`${url}?edition=draft`)).json<DraftArticle>().status
        if (!allowed.includes(role)) {
          t.equal(answer.status, 403, cell)
          t.equal(after, state)
        } else if (state === 'published' && name === 'unschedule') {
          t.match(answer.json(), { status: 409, detail: 'Nothing is planned for the article.' })
        } else if (from.includes(state)) {
          t.equal(answer.status, 200, cell)
          // What is unscheduled is what it was before; what is published stays so, whatever is planned for it.
          t.equal(
            after,
            name === 'unschedule' ? 'draft' : state === 'published' && name !== 'withdraw' ? state : to
          )
        } else {
          t.match(answer.json(), {
            status: 409,
            detail: new RegExp(`of the status ${state} cannot be .*; it can be`)
          })
          t.equal(after, state)
        }
      }
    }
  }
})

t.test('a step heeds If-Match, and says what is wrong with its body', async (t) => {
  const client = await newsroom(t)
  const url = await at(client, 'draft')
  const stale = { headers: { 'if-match': '"99-aaaaaaaaaaaaaaaaaaaaaa"' } }
  for (const name of ['submit', 'schedule', 'publish'])
    t.equal((await client.post(`${url}/${name}`, bodies[name], stale)).status, 412, name)
  for (const [body, status, pointer] of [
    [{ publishAt: day(2) }, 422, '/publishAt'],
    [{ publishAt: day(1) }, 422, '/publishAt'],
    [{ publishAt: day(5), withdrawAt: day(5) }, 422, '/withdrawAt'],
    [{ publishAt: day(5), withdrawAt: day(3) }, 422, '/withdrawAt'],
    [{}, 400, '/publishAt'],
    [{ publishAt: 'soon' }, 400, '/publishAt']
  ] as const)
    t.match((await client.post(`${url}/schedule`, body)).json(), { status, errors: [{ pointer }] })
  await client.post(`${url}/submit`)
  t.equal((await client.post(`${url}/return`)).status, 400)
  t.match((await client.post(`${url}/return`, {})).json(), { status: 400, errors: [{ pointer: '/note' }] })
  t.equal((await client.post(`${url}/publish`, { note: '' })).status, 400)
  t.equal((await client.post('/v1/articles/art_01k9v3w8zhe5ra4gxm7y2bqd6c/submit')).status, 404)
})

t.test('an If-Match that is empty names no version, so a step is refused', async (t) => {
  const { draft, post, get } = await app(t)
  const { id } = await draft()
  const refused = await post(`/v1/articles/${id}/submit`, {}, { headers: { 'if-match': '' } })
  t.equal(refused.status, 412)
  t.match((await get(`/v1/articles/${id}?edition=draft`)).json(), { status: 'draft' })
})

t.test('a step does without a body, but null is none', async (t) => {
  const { draft, call } = await app(t)
  const url = `/v1/articles/${(await draft()).id}/submit`
  const headers = { 'content-type': 'application/json' }
  t.equal((await call('POST', url, { payload: 'null', headers })).status, 400)
  t.equal((await call('POST', url, { payload: '', headers })).status, 200)
})

t.test('what an editor has decided on is not changed by a contributor', async (t) => {
  const client = await newsroom(t)
  const { token } = await client.token('contributor')
  for (const state of ['approved', 'scheduled']) {
    const url = await at(client, state)
    const answer = await client.patch(url, { title: 'Other' }, { token })
    t.match(answer.json(), {
      status: 409,
      detail: `The article is ${state}: an editor must return it before you change it.`
    })
    t.equal(
      (await client.post(`${url}/quotes`, { text: 'The board agreed.', kind: 'indirect' }, { token })).status,
      409
    )
    t.equal((await client.patch(url, { title: 'Other' })).status, 200, 'an editor may')
    t.equal((await client.get(`${url}?edition=draft`)).json<DraftArticle>().status, state)
  }
  const held = await at(client, 'draft')
  t.equal(
    (
      await client.patch(
        held,
        { legalHold: true, assignee: 'Ines', dueAt: day(3), internalNotes: 'Call.' },
        { token }
      )
    ).status,
    200
  )
  t.match((await client.patch(held, { legalHold: false }, { token })).json(), {
    status: 403,
    detail: /editor/
  })
  t.equal((await client.patch(held, { title: 'Still held' }, { token })).status, 200)
  t.equal((await client.post(`${held}/publish`)).status, 409)
  t.equal((await client.patch(held, { legalHold: false })).status, 200)
  t.equal((await client.post(`${held}/publish`)).status, 200)
  const article = (await client.read(held)).body
  for (const name of ['assignee', 'dueAt', 'internalNotes', 'legalHold', 'status', 'Ines', 'Call.'])
    t.notOk(article.includes(name), `${name} is for the desk`)
  t.match((await client.get(`${held}?edition=draft`)).json(), {
    assignee: 'Ines',
    dueAt: day(3),
    internalNotes: 'Call.',
    legalHold: false
  })
})

t.test('a scheduled article is published once its time has come, and withdrawn likewise', async (t) => {
  const { clock, ...client } = await newsroom(t)
  const due = keepTimetable(client.db, clock)
  const { id } = await client.draft()
  const url = `/v1/articles/${id}`
  const never = (await client.read('/v1/articles/art_01k9v3w8zhe5ra4gxm7y2bqd6c')).body
  t.equal(
    (await client.post(`${url}/schedule`, { publishAt: day(5), withdrawAt: day(8), note: 'For Friday.' }))
      .status,
    200
  )
  clock.now = new Date(Date.parse(day(5)) - 1)
  t.equal(await due(), 0)
  for (const read of [url, '/v1/articles/late-ferry-keeps-sailing'])
    t.equal((await client.read(read)).body, never, 'until then it is as if it never was')
  for (const list of ['articles', 'quotes', 'sources', 'search?q=ferry', 'sections', 'tags'])
    t.equal((await client.read(`/v1/${list}`)).body, '{"data":[],"next":null}', list)
  clock.now = new Date(day(6))
  t.equal(await due(), 1)
  t.equal(await due(), 0, 'once')
  const article = (await client.read(url)).json<Article>()
  t.match(article, { publishedAt: day(5), firstPublishedAt: day(5) }, 'at the time it was meant for')
  t.match((await client.get(`${url}?edition=draft`)).json(), {
    status: 'published',
    publishAt: null,
    withdrawAt: day(8),
    edition: 1,
    publishedWithChanges: false
  })
  await client.patch(url, { title: 'Edited' })
  t.match((await client.get(`${url}?edition=draft`)).json(), {
    status: 'published',
    publishedWithChanges: true
  })
  clock.now = new Date(day(9))
  t.equal(await due(), 1)
  t.equal((await client.read(url)).status, 410)
  t.match((await client.get(`${url}?edition=draft`)).json(), { status: 'withdrawn', withdrawAt: null })

  await client.post(`${url}/schedule`, { publishAt: day(12), withdrawAt: day(13) })
  t.match((await client.post(`${url}/unschedule`)).json(), {
    status: 'withdrawn',
    publishAt: null,
    withdrawAt: null
  })
  clock.now = new Date(day(12))
  t.equal(await due(), 0)
})

t.test('the timetable is kept by the service itself', async (t) => {
  const { clock, ...client } = await newsroom(t)
  const { id } = await client.draft()
  await client.post(`/v1/articles/${id}/schedule`, { publishAt: day(5) })
  clock.now = new Date(day(5))
  await until(async () => (await client.read(`/v1/articles/${id}`)).status === 200)
})

t.test('what goes wrong with the timetable is tried again', async (t) => {
  const { clock, ...client } = await newsroom(t)
  const { id } = await client.draft()
  await client.post(`/v1/articles/${id}/schedule`, { publishAt: day(5) })
  const { write } = client.db
  let tried = 0
  client.db.write = () => {
    tried++
    return Promise.reject(new Error('The disk is full.'))
  }
  clock.now = new Date(day(5))
  await until(() => tried > 0)
  t.equal((await client.read(`/v1/articles/${id}`)).status, 404)
  client.db.write = write
  await until(async () => (await client.read(`/v1/articles/${id}`)).status === 200)
})

t.test('a scheduled article that fails a check by then goes back with a note', async (t) => {
  const { clock, ...client } = await newsroom(t)
  const due = keepTimetable(client.db, clock)
  const { id } = await client.draft()
  const url = `/v1/articles/${id}`
  await client.post(`${url}/schedule`, { publishAt: day(5), withdrawAt: day(8) })
  await client.patch(url, { embargoUntil: day(7) })
  clock.now = new Date(day(5))
  t.equal(await due(), 1)
  t.equal((await client.read(url)).status, 404)
  t.match((await client.get(`${url}?edition=draft`)).json(), {
    status: 'draft',
    publishAt: null,
    withdrawAt: null
  })
  t.equal(await due(), 0)
  t.match((await client.post(`${url}/schedule`, { publishAt: day(6) })).json(), {
    status: 409,
    type: '/problems/checks-failed'
  })
  t.equal(
    (await client.post(`${url}/schedule`, { publishAt: day(7) })).status,
    200,
    'not under embargo by then'
  )
})

t.test('many that are due at once are published once each, by two processes over one file', async (t) => {
  const file = await database(t)
  const clock = () => new Date(day(5))
  const client = await app(t, { clock: () => new Date(day(2)), file })
  const ids: string[] = []
  for (let first = 0; first < 120; first += 40) {
    const operations = Array.from({ length: 40 }, (_, i) => first + i).flatMap((i) => [
      {
        method: 'POST',
        path: '/v1/articles',
        body: { ...ferry, title: `Story ${i}`, slug: `story-${i}` },
        key: `story-${i}`
      },
      { method: 'POST', path: `/v1/articles/$story-${i}/schedule`, body: { publishAt: day(5) } }
    ])
    const { results } = (await client.post('/v1/batch', { operations })).json<{
      results: { body: { id: string } }[]
    }>()
    ids.push(...new Set(results.map(({ body }) => body.id)))
  }
  const others = [await opened(t, file, clock), await opened(t, file, clock)]
  const done = await Promise.all(others.map((db) => runDue(db, clock)))
  t.equal(done[0]! + done[1]!, 120)
  for (const db of others) await db.close()
  for (const id of ids) {
    const { data } = (await client.get(`/v1/articles/${id}/editions`)).json<{ data: { number: number }[] }>()
    t.same(
      data.map(({ number }) => number),
      [1]
    )
  }
  t.equal((await client.read('/v1/articles?count=exact')).json<{ count: number }>().count, 120)
})

t.test('a crash over the moment delays the publishing, and does not lose or repeat it', async (t) => {
  const home = folder(t)
  const start = async () => {
    const { address, ...server } = await served(t, home, 'serve', { ONRECORD_ADMIN_TOKEN: 'onr_test' })
    const call = async <T>(method: string, path: string, body?: object) => {
      const answer = await fetch(`${address}${path}`, {
        method,
        headers: { authorization: 'Bearer onr_test', ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) })
      })
      return { status: answer.status, body: (await answer.json()) as T }
    }
    return { ...server, call }
  }
  const first = await start()
  const { id } = (await first.call<{ id: string }>('POST', '/v1/articles', ferry)).body
  // Late enough that a busy machine schedules it before.
  const publishAt = new Date(Date.now() + 4000).toISOString()
  t.equal((await first.call('POST', `/v1/articles/${id}/schedule`, { publishAt })).status, 200)
  first.kill()
  await first.closed
  await pause(Math.max(0, Date.parse(publishAt) - Date.now()))
  const second = await start()
  const read = () => second.call<Article>('GET', `/v1/articles/${id}`)
  await until(async () => (await read()).status === 200)
  t.match((await read()).body, { publishedAt: publishAt })
  const editions = await second.call<{ data: object[] }>('GET', `/v1/articles/${id}/editions`)
  t.equal(editions.body.data.length, 1)
  t.equal(await second.stop(), 0)
})
