// Several nodes over one database of PostgreSQL: real processes, which may be stopped and killed. ONRECORD_TEST_TRIES says how
// often the rare is tried (2,000 for the figures in bench/RESULTS.md).
import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import t from 'tap'
import type { DraftArticle } from '../../src/content/articles/schema.ts'
import { openDatabase } from '../../src/storage/opening/open.ts'
import { ferry, folder } from '../support/app.ts'
import { until } from '../support/until.ts'
import { busy, type Node, nodes } from './nodes.ts'
import { missing, statements } from './server.ts'

const skip = (await missing()) ?? false

const tries = Number(process.env.ONRECORD_TEST_TRIES ?? 120)

t.test(
  'no read that begins after a publish was acknowledged is older, on whatever node',
  { skip },
  async (t) => {
    const { all } = await nodes(t)
    const [first, second] = all as [Node, Node]
    const slugs = await Promise.all([0, 1, 2, 3].map(async (i) => (await first.draft({ slug: `s${i}` })).id))
    const readers = Array.from({ length: 6 }, (_, i) =>
      busy(() => second.read(['/v1/articles', '/v1/articles/s1', '/v1/articles?q=ferry'][i % 3]!))
    )
    let stale = 0
    let asked = 0
    await Promise.all(
      slugs.map(async (id, i) => {
        for (let n = 0; n < tries / 4; n++) {
          const action = n % 2 === 0 ? 'publish' : 'withdraw'
          t.equal((await first.post(`/v1/articles/${id}/${action}`)).status, 200)
          const { status } = await second.read(`/v1/articles/s${i}`)
          asked++
          if (status !== (n % 2 === 0 ? 200 : 410)) stale++
        }
      })
    )
    await Promise.all(readers.map((stop) => stop()))
    t.ok(asked >= tries)
    t.equal(stale, 0, `of ${asked} reads`)
  }
)

t.test('no draft is read torn while another node writes it', { skip }, async (t) => {
  const { all, url } = await nodes(t, 1)
  const [only] = all as [Node]
  const { id, quotes: drafted } = await only.draft()
  const db = await openDatabase(url, undefined, { folder: folder(t) })
  t.teardown(() => db.close())
  let moment = 0
  const stop = busy(() =>
    db.write('t', async ({ q, t: { articles, quotes } }) => {
      const text = `Moment ${++moment}`
      await q.update(articles).set({ title: text }).where(eq(articles.id, id))
      await q.update(quotes).set({ text }).where(eq(quotes.id, drafted[0]!.id))
    })
  )
  await until(() => moment >= 2)
  let torn = 0
  const seen = new Set<string>()
  for (let i = 0; i < tries / 2; i += 4)
    await Promise.all(
      Array.from({ length: 4 }, async () => {
        const draft = JSON.parse((await only.get(`/v1/articles/${id}?edition=draft`)).body) as DraftArticle
        if (draft.title !== draft.quotes[0]!.text) torn++
        seen.add(draft.title)
      })
    )
  await stop()
  t.equal(torn, 0)
  t.ok(seen.size > 1, 'it was written meanwhile')
})

t.test('who reads the change log misses nothing that two nodes write', { skip }, async (t) => {
  const { all, url } = await nodes(t)
  let isOver = false
  const writers = Array.from({ length: 16 }, async (_, i) => {
    for (let n = 0; n < tries / 40; n++) {
      const { status } = await all[i % 2]!.post('/v1/articles', { ...ferry, slug: `w${i}-${n}` })
      t.equal(status, 201)
    }
  })
  const seen: number[] = []
  let cursor = ''
  async function follow() {
    for (let turn = 0; ; turn++) {
      const wasOver = isOver
      const { body } = await all[turn % 2]!.get(`/v1/changes?limit=100${cursor && `&after=${cursor}`}`)
      const { data } = JSON.parse(body) as { data: { seq: number }[] }
      for (const { seq } of data) seen.push(seq)
      if (data.length > 0) cursor = String(data.at(-1)!.seq)
      else if (wasOver) return
    }
  }
  const following = follow()
  await Promise.all(writers)
  isOver = true
  await following
  const rows = await statements(url, 'select seq::int as seq from changes order by seq')
  t.same(
    seen,
    rows.map(({ seq }) => seq),
    'each once, in order, none left out'
  )
  t.ok(seen.length >= 16 * Math.ceil(tries / 40))
})

t.test(
  'a node that stands still with the lock does not keep the others from writing',
  { skip },
  async (t) => {
    const { all, url } = await nodes(t)
    const [frozen, other] = all as [Node, Node]
    // Until it is caught with the lock.
    const holders = `select 1 from pg_stat_activity where state like 'idle in transaction%' and datname = current_database()`
    let isCaught = false
    const writers = Array.from({ length: 4 }, () =>
      busy(() => frozen.post('/v1/articles', ferry).catch(() => pause(100)))
    )
    for (let n = 0; n < 200 && !isCaught; n++) {
      await pause(20 + Math.random() * 20)
      frozen.child.kill('SIGSTOP')
      await pause(50)
      isCaught = (await statements(url, holders)).length > 0
      if (!isCaught) frozen.child.kill('SIGCONT')
    }
    t.ok(isCaught, 'it stands still with the lock')
    const began = performance.now()
    t.equal((await other.post('/v1/articles', ferry)).status, 201)
    t.comment(`written after ${Math.round(performance.now() - began)} ms`)
    frozen.child.kill('SIGCONT')
    await Promise.all(writers.map((stop) => stop()))
    const { status } = await frozen.post('/v1/articles', ferry)
    t.equal(status, 201, 'and so does that one, once it goes on')
  }
)
