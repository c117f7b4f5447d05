// Reviews: articles that rest on what no longer stands.
import t, { type Test } from 'tap'
import type { Change } from '../../src/changes/log/schema.ts'
import { page } from '../../src/changes/log/store.ts'
import type { DraftArticle, NewStory } from '../../src/content/articles/schema.ts'
import type { NewHop } from '../../src/content/attributions/schema.ts'
import type { Cause, Mark } from '../../src/content/desk/marks/schema.ts'
import { doubt } from '../../src/record/reviews/causes.ts'
import { marksOf, pendingCause } from '../../src/record/reviews/marks.ts'
import type { Review } from '../../src/record/reviews/schema.ts'
import { spread, startReviews } from '../../src/record/reviews/spread.ts'
import { list } from '../../src/record/reviews/store.ts'
import { app, type Client, database, opened } from '../support/app.ts'
import { runKilled } from '../support/commands.ts'

const words = 'the ferry will stop before summer'
const said = (sourceId: string): NewHop => ({ sourceId, relation: 'said' })
const cites = (articleId: string): NewHop => ({ articleId, relation: 'reported' })
const newest = { headers: { 'if-match': '*' } }
const reason = 'He was not at the meeting.'

/** A newsroom with a source; articles are published, and need no review yet. */
async function newsroom(t: Test, file?: string) {
  const client = await app(t, file ? { file } : {})
  const { post, get } = client
  const publish = (id: string, input: object = {}) => post(`/v1/articles/${id}/publish`, input, newest)
  const story = async (chains: NewHop[][], claim = words) => {
    const sent: NewStory = {
      title: `Report of ${claim}`,
      language: 'en',
      section: 'harbour',
      bylines: [{ name: 'Ida Reporter' }],
      body: { text: `People say that ${claim}.` },
      attributions: chains.map((hops) => ({ claim, hops }))
    }
    const { id, attributions } = (await post('/v1/articles', sent)).json<DraftArticle>()
    const answer = await publish(id)
    return { id, claims: attributions.map(({ id }) => id), answer }
  }
  const source = async (name: string) =>
    (await post('/v1/sources', { kind: 'person', name })).json<{ id: string }>().id
  return {
    ...client,
    publish,
    story,
    source,
    lind: await source('Mara Lindqvist'),
    /** Why the desk is told that a record needs a review. */
    marks: async (record: string) =>
      (await get(`/v1/${record}?edition=draft`)).json<{ needsReview?: Mark[] }>().needsReview ?? [],
    reviews: async (query = '') => (await get(`/v1/reviews?${query}`)).json<{ data: Review[] }>().data,
    events: async () =>
      (await get('/v1/changes?action=flag,clear'))
        .json<{ data: Change[] }>()
        .data.map(({ event, articleId }) => [event, articleId]),
    doubt: (id: string, input: object = { reason }) => post(`/v1/sources/${id}/doubt`, input)
  }
}

/** A retraction or correction of an article, published. */
async function correct({ post }: Pick<Client, 'post'>, articleId: string, input: object) {
  const sent = { kind: 'correction', text: 'It was wrong.', ...input }
  const { id } = (await post(`/v1/articles/${articleId}/corrections`, sent)).json<{ id: string }>()
  const answer = await post(`/v1/corrections/${id}/publish`, {}, newest)
  return { id, answer }
}

t.test('what rests on a doubted source needs a review, at once and until an editor clears it', async (t) => {
  const room = await newsroom(t)
  const { db, lind, get, post, read, marks, reviews, events } = room
  const first = await room.story([[said(lind)]])
  const second = await room.story([[cites(first.id)]])
  const other = await room.story([[said(await room.source('Ole Brine'))]])
  const before = (await read(`/v1/articles/${first.id}`)).body
  t.same(await marks(`articles/${first.id}`), [])

  const answer = await room.doubt(lind)
  t.equal(answer.status, 200)
  const cause = answer.json<Cause>()
  t.match(cause, { kind: 'doubt', subjectId: lind, articleId: null, reason, endedAt: null })
  for (const { id, claims } of [first, second])
    for (const record of [`articles/${id}`, `attributions/${claims[0]}`])
      t.match(await marks(record), [{ id: cause.id, reason }])
  t.same(await marks(`articles/${other.id}`), [])
  t.match((await get(`/v1/sources/${lind}?edition=draft`)).json(), { doubt: { reason } })
  t.equal((await room.doubt(lind)).status, 409)
  t.equal((await room.doubt(`src_${'0'.repeat(26)}`)).status, 404)

  await spread(db)
  t.match(await reviews(), [
    { articleId: second.id, state: 'open', cause: { id: cause.id } },
    { articleId: first.id, state: 'open' }
  ])
  t.same(await events(), [
    ['article.flagged', first.id],
    ['article.flagged', second.id]
  ])
  t.match(await marks(`articles/${first.id}`), [{ reviewId: /^rev_/ }])
  t.equal((await read(`/v1/articles/${first.id}`)).body, before, 'readers see what they saw')
  t.equal((await get(`/v1/articles/${first.id}`)).body, before, 'with a token too')
  t.equal((await read('/v1/reviews')).status, 401)
  t.equal((await reviews(`article=${first.id}&cause=${cause.id}&limit=1`)).length, 1)
  const { next } = (await get('/v1/reviews?limit=1')).json<{ next: string }>()
  t.match(await reviews(`cursor=${next}`), [{ articleId: first.id }])
  t.equal((await get('/v1/reviews?cursor=nonsense')).status, 400)
  t.match((await get(`/v1/articles/${first.id}/history`)).body, /The record found that it needs a review/)

  // A check refuses it, until it is waived or cleared.
  await room.patch(`/v1/articles/${first.id}`, { title: 'Another title' })
  const refused = await room.publish(first.id)
  t.match(
    [refused.status, refused.json()],
    [
      409,
      {
        errors: [
          {
            code: 'rests-on-doubted',
            pointer: '/attributions/0/hops/0/sourceId',
            detail: /is doubted: He was/
          }
        ]
      }
    ]
  )
  const [, open] = await reviews()
  const { token } = await room.token('contributor')
  t.equal((await post(`/v1/reviews/${open!.id}/clear`, { note: 'I know.' }, { token })).status, 403)
  const cleared = await post(`/v1/reviews/${open!.id}/clear`, { note: 'Two others told us.' })
  t.match(cleared.json(), { state: 'cleared', note: 'Two others told us.', clearedBy: /./ })
  t.equal((await post(`/v1/reviews/${open!.id}/clear`, { note: 'Again.' })).status, 409)
  t.match((await get(`/v1/reviews/${open!.id}`)).json(), { state: 'cleared' })
  t.same(await marks(`articles/${first.id}`), [])
  t.equal((await room.publish(first.id)).status, 200)

  await room.patch(`/v1/articles/${second.id}`, { title: 'Another one' })
  t.match((await room.publish(second.id)).json(), {
    errors: [{ pointer: '/attributions/0/hops/0/articleId' }]
  })
  const waive = [{ code: 'rests-on-doubted', reason: 'It is old.' }]
  t.equal((await room.publish(second.id, { waive })).status, 200)
  t.match(await reviews('state=cleared'), [{ articleId: second.id, note: 'It is old.' }, {}])
  t.same(await marks(`articles/${second.id}`), [])

  const ended = await post(`/v1/sources/${lind}/trust`, { note: 'He was there.' })
  t.match([ended.status, ended.json()], [200, { id: cause.id, endedAt: /Z$/ }])
  t.equal((await post(`/v1/sources/${lind}/trust`, { note: 'Again.' })).status, 404)
  await spread(db)
  t.notMatch((await get(`/v1/sources/${lind}?edition=draft`)).json(), { doubt: {} })
  t.same((await events()).slice(2), [
    ['article.cleared', first.id],
    ['article.cleared', second.id]
  ])
})

t.test('reviews follow what articles rest on', async (t) => {
  const room = await newsroom(t)
  const { db, lind, patch, post, marks, reviews } = room
  const brine = await room.source('Ole Brine')
  const told: NewHop = { unnamed: { description: 'an aide' }, relation: 'told' }
  const first = await room.story([[said(brine)]])
  const second = await room.story([[cites(first.id)]])
  await room.doubt(lind)
  await spread(db)
  t.same(await reviews(), [])
  const rests = (source: string) =>
    patch(`/v1/attributions/${first.claims[0]}`, { hops: [told, said(source), told] })
  const waive = [{ code: 'rests-on-doubted', reason: 'The best we have.' }]
  await rests(lind)
  t.equal((await room.publish(first.id, { waive })).status, 200)
  t.same(await marks(`articles/${first.id}`), [], 'who published it knew')
  t.equal((await marks(`articles/${second.id}`)).length, 1)
  await spread(db)
  t.match(await reviews(), [{ articleId: second.id }])

  await rests(brine)
  await room.publish(first.id)
  t.same(await marks(`articles/${second.id}`), [])
  await spread(db)
  t.same(await reviews(), [])
  t.match(await reviews('state=moot'), [{ articleId: second.id }])

  // And again: what was cleared once is not asked anew.
  await rests(lind)
  t.equal((await room.publish(first.id)).status, 200)
  await spread(db)
  t.match(await reviews(), [{ articleId: second.id }])
  await post(`/v1/articles/${second.id}/withdraw`, {}, newest)
  t.same(await reviews(), [])
  await post(`/v1/sources/${lind}/trust`, { note: 'It was nothing.' })
  const third = await room.story([[said(lind)]])
  t.equal(third.answer.status, 200)
})

t.test(
  'doubts about a source are about the one that it is merged into, until that is taken back',
  async (t) => {
    const room = await newsroom(t)
    const { db, lind, get, post, marks, reviews } = room
    const other = await room.source('M. Lindqvist')
    const [cleared, open] = [await room.story([[said(other)]]), await room.story([[said(other)]])]
    const own = await room.story([[said(lind)]], 'the pier will be sold')
    const doubts = {
      one: (await room.doubt(other)).json<Cause>(),
      two: (await room.doubt(lind)).json<Cause>()
    }
    await spread(db)
    const [review] = await reviews(`article=${cleared.id}`)
    await post(`/v1/reviews/${review!.id}/clear`, { note: 'Two others told us.' })
    const needing = async (id: string) => (await marks(`articles/${id}`)).map((mark) => mark.id).sort()
    const both = [doubts.one.id, doubts.two.id].sort()

    t.equal((await post(`/v1/sources/${other}/merge`, { into: lind })).status, 200)
    for (const when of ['at once', 'in rows']) {
      t.same(await needing(own.id), both, when)
      t.same(await needing(open.id), both, when)
      t.same(await needing(cleared.id), [doubts.two.id], `what was reviewed stays so, ${when}`)
      await spread(db)
    }
    t.match((await get(`/v1/sources/${lind}?edition=draft`)).json(), { doubt: { id: doubts.one.id } })

    t.equal((await post(`/v1/sources/${other}/unmerge`)).status, 200)
    for (const when of ['at once', 'in rows']) {
      t.same(await needing(own.id), [doubts.two.id], when)
      t.same(await needing(open.id), [doubts.one.id], when)
      t.same(await needing(cleared.id), [], when)
      await spread(db)
    }
    await post(`/v1/sources/${other}/merge`, { into: lind })
    t.equal((await post(`/v1/sources/${lind}/trust`, { note: 'She was there.' })).status, 200)
    await spread(db)
    t.same(await reviews(), [], 'all doubts about it have ended')
    await post(`/v1/sources/${other}/unmerge`)
    t.notMatch((await get(`/v1/sources/${other}?edition=draft`)).json(), { doubt: {} })
  }
)

t.test('retractions and corrections of words are causes; other corrections are not', async (t) => {
  const room = await newsroom(t)
  const { db, lind, marks, reviews, patch, read, get } = room
  const first = await room.story([[said(lind)]])
  const citing = await room.story([[cites(first.id)]])
  const other = await room.story([[cites(first.id)]], 'the harbour is closed')
  const plain = await correct(room, first.id, {})
  t.equal(plain.answer.status, 200)
  t.same(await marks(`articles/${citing.id}`), [])
  const wrong = await correct(room, first.id, { target: { attributionId: first.claims[0] } })
  t.match(await marks(`articles/${citing.id}`), [{ kind: 'correction', subjectId: first.claims[0] }])
  t.match(
    await marks(`articles/${other.id}`),
    [{ kind: 'correction' }],
    'for it has no words of its own there'
  )
  t.same(await marks(`articles/${first.id}`), [], 'whoever corrected it knows')
  t.equal((await room.story([[cites(first.id)]])).answer.status, 409)
  await spread(db)
  t.equal((await reviews()).length, 2)
  await patch(`/v1/corrections/${wrong.id}`, { target: null })
  await room.publish(first.id)
  t.same(await marks(`articles/${citing.id}`), [])

  await patch(`/v1/corrections/${wrong.id}`, { kind: 'retraction' })
  await room.publish(first.id)
  t.match(await marks(`articles/${citing.id}`), [{ kind: 'retraction', subjectId: first.id }])
  await spread(db)
  t.match(await reviews(`article=${citing.id}`), [{ cause: { kind: 'retraction' } }])
  t.match((await read(`/v1/articles/${citing.id}/provenance`)).body, /rests-on-retracted/)
  t.notMatch((await read(`/v1/articles/${citing.id}`)).body, /needsReview/)
  await patch(`/v1/articles/${citing.id}`, { title: 'Once more' })
  const waive = [{ code: 'rests-on-retracted', reason: 'The text says so.' }]
  t.equal((await room.publish(citing.id, { waive })).status, 200)
  t.match(await reviews(`article=${citing.id}&state=cleared`), [{ note: 'The text says so.' }])
  await patch(`/v1/corrections/${plain.id}`, { kind: 'retraction' })
  await room.publish(first.id)
  t.equal((await marks(`articles/${citing.id}`)).length, 1)
  t.equal((await get(`/v1/attributions/${citing.claims[0]}?edition=draft`)).status, 200)
})

t.test('a quote that is corrected, or one of its chains', async (t) => {
  const room = await newsroom(t)
  const { post, marks, lind } = room
  const { id } = await room.story([], 'nothing at all')
  const quote = (
    await post(`/v1/articles/${id}/quotes`, {
      text: 'nothing at all',
      attributions: [{ hops: [said(lind)] }]
    })
  ).json<{ id: string; attributions: { id: string }[] }>()
  await room.publish(id)
  const citing = await room.story([[cites(id)]], 'nothing at all')
  await correct(room, id, { target: { attributionId: quote.attributions[0]!.id } })
  t.match(await marks(`articles/${citing.id}`), [{ subjectId: quote.attributions[0]!.id }])
  await correct(room, id, { target: { quoteId: quote.id } })
  t.equal((await marks(`articles/${citing.id}`)).length, 2)
  await room.doubt(lind)
  t.equal((await marks(`quotes/${quote.id}`)).length, 1)
  t.equal((await marks(`attributions/${quote.attributions[0]!.id}`)).length, 1)
})

t.test('every review is found once, however often the program is killed meanwhile', async (t) => {
  const file = await database(t)
  const room = await newsroom(t, file)
  const ids: string[] = []
  for (let n = 0; n < 6; n++)
    ids.push((await room.story([[ids.length === 0 ? said(room.lind) : cites(ids.at(-1)!)]])).id)
  await room.server.close()
  let db = await opened(t, file)
  await db.write('desk', (tx) => doubt(tx, room.lind, reason))
  await db.close()
  for (const slices of [2, 3]) {
    const { signal, stderr } = runKilled('test/record/kill-reviews.ts', [file, String(slices)])
    t.equal(signal, 'SIGKILL', stderr)
  }
  db = await opened(t, file)
  const found = async () => (await list(db.read, {}, 100)).map(({ articleId }) => articleId).sort()
  t.same(await found(), ids.slice(0, 3), 'some are there')
  for (const id of ids) t.equal((await marksOf(db.read, id, id)).length, 1, 'and all are told')
  const failures: unknown[] = []
  const stop = startReviews(db, { failed: (error) => failures.push(error) })
  while ((await pendingCause(db.read)) !== undefined) await new Promise((resolve) => setTimeout(resolve, 50))
  await stop()
  t.same([failures, await found()], [[], ids])
  const { data } = await page(db.read, { action: ['flag'] })
  t.same(data.map(({ articleId }) => articleId).sort(), ids)
  await db.close()
})

t.test(
  'of many articles that rest on a source each is told once, though the program is killed between them',
  async (t) => {
    const file = await database(t)
    const room = await newsroom(t, file)
    const webhook = { url: 'https://hooks.example/reviews', events: ['article.flagged'] }
    t.equal((await room.post('/v1/webhooks', webhook)).status, 201)
    const ids: string[] = []
    for (let n = 0; n < 33; n++) ids.push((await room.story([[said(room.lind)]])).id)
    await room.server.close()
    let db = await opened(t, file)
    await db.write('desk', (tx) => doubt(tx, room.lind, reason))
    await db.close()
    const counts: number[] = []
    // The fourth slice finds the last articles; those after it look behind them, and forget what was reached.
    for (const slices of [2, 2, 2, 1, 2, 2]) {
      const { signal, stderr } = runKilled('test/record/kill-reviews.ts', [file, String(slices)])
      t.equal(signal, 'SIGKILL', stderr)
      db = await opened(t, file)
      counts.push((await list(db.read, {}, 100)).length)
      for (const id of ids) t.equal((await marksOf(db.read, id, id)).length, 1, 'told at once')
      await db.close()
    }
    t.same(counts, [10, 20, 30, 30, 33, 33])
    db = await opened(t, file)
    await spread(db)
    const { deliveries } = db.read.t
    const told = {
      reviews: (await list(db.read, {}, 100)).map(({ articleId }) => articleId),
      events: (await page(db.read, { action: ['flag'] })).data.map(({ articleId }) => articleId),
      webhooks: (await db.read.q.select({ id: deliveries.articleId }).from(deliveries)).map(({ id }) => id)
    }
    for (const [what, found] of Object.entries(told)) t.same(found.toSorted(), ids, what)
    for (const id of ids) t.equal((await marksOf(db.read, id, id)).length, 1)
    await db.close()
  }
)

t.test('a failure while reviews are looked for is told', async (t) => {
  const db = await opened(t, await database(t))
  const failures: unknown[] = []
  const unreadable = { ...db, read: { ...db.read, q: undefined as never } }
  const stop = startReviews(unreadable, { failed: (error) => failures.push(error) })
  while (failures.length === 0) await new Promise((resolve) => setTimeout(resolve, 50))
  await stop()
  await db.close()
  t.match(failures[0], Error)
})
