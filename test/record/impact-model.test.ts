// Random networks of articles, against a model that looks from every item whether the subject is on its way.
import { deepEqual, equal, ok } from 'node:assert/strict'
import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import t from 'tap'
import type { Edge } from '../../src/record/edges/compile.ts'
import { setEdges } from '../../src/record/edges/store.ts'
import { pathOf } from '../../src/record/impact/items.ts'
import { itemsAfter } from '../../src/record/impact/store.ts'
import type { Subject } from '../../src/record/impact/walk.ts'
import {
  add,
  type Row as CauseRow,
  moveDoubts,
  restart,
  returnDoubts
} from '../../src/record/reviews/causes.ts'
import { followEdges } from '../../src/record/reviews/follow.ts'
import { marksOf } from '../../src/record/reviews/marks.ts'
import { advance } from '../../src/record/reviews/spread.ts'
import { list, ofArticle } from '../../src/record/reviews/store.ts'
import { insertAll } from '../../src/storage/columns/rows.ts'
import { app, database, opened } from '../support/app.ts'

/** Of networks, half with dependents, half with reviews. */
const runs = Number(process.env.RUNS ?? 1000) / 2
const articles = ['art_a', 'art_b', 'art_c', 'art_d', 'art_e']
const sources = ['src_1', 'src_2']

interface Drawn {
  article: string
  words: string
  hops: (string | null)[]
}

const drawn: fc.Arbitrary<Drawn[]> = fc.array(
  fc.record({
    article: fc.constantFrom(...articles),
    words: fc.constantFrom('one', 'two'),
    hops: fc.array(fc.constantFrom(...sources, ...articles, null), { minLength: 1, maxLength: 3 })
  }),
  { maxLength: 12 }
)

const edge = (articleId: string, statementId: string, words: string, attributionId: string) => ({
  articleId,
  attributionId,
  statementId,
  words,
  relation: 'said',
  url: null,
  at: null
})

/** Chains with the same words in one article belong to one statement. */
const edgesOf = (chains: Drawn[]): Edge[] =>
  chains.flatMap(({ article, words, hops }, c) =>
    hops.map((target, position) => ({
      ...edge(article, `att_${article}_${words}`, words, `att_chain_${c}`),
      position,
      target,
      unnamed: target === null ? 'an official' : null
    }))
  )

/** Everything that an item rests on: what its chains name, and the statements in which they go on. */
function restsOn(all: Edge[], item: string, known = articles): Set<string> {
  const found = new Set<string>()
  const statements = known.includes(item)
    ? new Set(all.filter(({ articleId }) => articleId === item).map(({ statementId }) => statementId))
    : new Set([item])
  if (known.includes(item)) for (const id of statements) found.add(id)
  for (const statement of statements)
    for (const { target, attributionId, articleId, position, words } of all) {
      if (!all.some((one) => one.attributionId === attributionId && one.statementId === statement)) continue
      if (target !== null) found.add(target)
      const isLast = !all.some(
        (one) => one.articleId === articleId && one.attributionId === attributionId && one.position > position
      )
      if (!isLast || target === null) continue
      const there = all.filter((one) => one.articleId === target)
      const same = there.filter((one) => one.words === words)
      for (const { statementId } of same.length > 0 ? same : there) {
        statements.add(statementId)
        found.add(statementId)
      }
    }
  return found
}

const rollBack = new Error('rolled back')

/** What names the first source names the second. */
const renamed = (all: Edge[]) =>
  all.map((edge) => (edge.target === 'src_1' ? { ...edge, target: 'src_2' } : edge))

t.test('dependents are those of the model, each with a way that is there', async (t) => {
  const db = await opened(t, await database(t))
  t.teardown(() => db.close())
  let indirect = 0
  await db
    .write('model', async (tx) => {
      const check = async (chains: Drawn[], isMerged: boolean) => {
        const before = edgesOf(chains)
        const all = isMerged ? renamed(before) : before
        // The model knows no merge: what rested on the first source rests on the second.
        const restsAfter = (item: string) =>
          new Set([...restsOn(before, item)].map((id) => (isMerged && id === 'src_1' ? 'src_2' : id)))
        for (const id of articles)
          await setEdges(
            tx,
            id,
            all.filter(({ articleId }) => articleId === id)
          )
        const statements = [...new Map(all.map((one) => [one.statementId, one.articleId]))]
        const subjects: Subject[] = [
          ...[...sources, ...articles].map((id) => ({ id })),
          ...statements.map(([id, articleId]) => ({ id, statement: { id, articleId } }))
        ]
        const items = [...articles, ...statements.map(([id]) => id)]
        const under = new Map(items.map((item) => [item, restsAfter(item)]))
        for (const subject of subjects) {
          const { items: found } = await itemsAfter(tx, subject, 1000, undefined)
          const expected = items.filter((item) => item !== subject.id && under.get(item)!.has(subject.id))
          deepEqual(found.map(({ id }) => id).sort(), expected.sort(), JSON.stringify({ chains, subject }))
          for (const item of found) {
            const path = pathOf(item, subject)
            if (item.level > 1) indirect++
            equal(path[0]!.from, item.id)
            equal(path.at(-1)!.to, subject.id)
            ok(path.every(({ from }, i) => i === 0 || path[i - 1]!.to === from))
          }
          const [half, rest] = [found.slice(0, 2), found.slice(2)]
          const after = half.at(-1)
          // As much again for each: a few tell.
          if (after && subjects.indexOf(subject) % 4 === 0) {
            const further = await itemsAfter(tx, subject, 1000, after)
            deepEqual(
              further.items.map(({ id }) => id),
              rest.map(({ id }) => id),
              'page by page'
            )
          }
        }
      }
      await fc.assert(
        fc.asyncProperty(drawn, fc.constantFrom(false, false, true), async (chains, isMerged) => {
          await check(chains, isMerged)
        }),
        { numRuns: runs, seed: Number(process.env.SEED ?? 7) }
      )
      throw rollBack
    })
    .catch((error) => t.equal(error, rollBack))
  t.ok(indirect > runs / 2, 'many rest on it through others')
})

t.test(
  'a walk ends after twenty hops or two thousand items, and those that name the subject are all told',
  async (t) => {
    const db = await opened(t, await database(t))
    t.teardown(() => db.close())
    const place = (article: string, target: string) => ({ article, words: 'one', hops: [target] })
    const name = (n: number) => `art_${String(n).padStart(5, '0')}`
    const chain = Array.from({ length: 25 }, (_, n) => place(name(n), n === 0 ? 'src_1' : name(n - 1)))
    const many = Array.from({ length: 1100 }, (_, n) => place(name(n + 100), 'src_2'))
    const indirect = place('art_x', name(100))
    await db
      .write('model', async (tx) => {
        for (const one of [...chain, ...many, indirect]) await setEdges(tx, one.article, edgesOf([one]))
        const deep = await itemsAfter(tx, { id: 'src_1' }, 100, undefined)
        t.match(deep, { cut: true })
        t.same(
          new Set(deep.items.map(({ level }) => level)),
          new Set(Array.from({ length: 20 }, (_, i) => i + 1))
        )
        const page = await itemsAfter(tx, { id: 'src_2' }, 21, undefined)
        t.match(page, { cut: false, looked: ['src_2'] })
        const wide = await itemsAfter(tx, { id: 'src_2' }, 3000, undefined)
        t.equal(wide.cut, true)
        t.equal(wide.items.length, 2200)
        t.equal(new Set(wide.items.map(({ id }) => id)).size, 2200)
        throw rollBack
      })
      .catch((error) => t.equal(error, rollBack))
  }
)

interface Life {
  before: Drawn[]
  after: Drawn[]
  /** What no longer stands: sources, articles that are retracted, words that are corrected. */
  subjects: string[]
  ended: boolean
  /** Whether the first source is merged into the second, and whether that is taken back. */
  merge: 'none' | 'kept' | 'taken back'
}

const lives: fc.Arbitrary<Life> = fc.record({
  before: drawn,
  after: drawn,
  subjects: fc.uniqueArray(fc.constantFrom(...sources, ...articles, 'words 0', 'words 1'), { maxLength: 3 }),
  ended: fc.boolean(),
  merge: fc.constantFrom('none', 'none', 'none', 'none', 'kept', 'taken back')
})

t.test('what needs a review is that of the model, at once and in rows that follow', async (t) => {
  const client = await app(t)
  const drafts: string[] = []
  for (const title of articles) drafts.push((await client.draft({ title, quotes: [] })).id)
  const real = (id: string | null) => (id && articles.includes(id) ? drafts[articles.indexOf(id)]! : id)
  let [marked, merged] = [0, 0]
  const [one, two] = ['src_1', 'src_2'] as const
  await client.db
    .write('model', async (tx) => {
      const place = async (all: Edge[]) => {
        for (const id of drafts)
          await followEdges(
            tx,
            id,
            await setEdges(
              tx,
              id,
              all.filter(({ articleId }) => articleId === id)
            )
          )
      }
      const drawnEdges = (chains: Drawn[]) =>
        edgesOf(
          chains.map(({ article, words, hops }) => ({ article: real(article)!, words, hops: hops.map(real) }))
        )
      const check = async (chains: Edge[], causes: CauseRow[], label: string) => {
        // While articles are moved from one source to another, what names the one names the other.
        const [row] = await tx.q.select().from(tx.t.sourceMerges)
        const isOne = row?.state === 'moving' || row?.state === 'undoing'
        const all = isOne ? renamed(chains) : chains
        for (const id of drafts) {
          const statements = [...new Set(all.flatMap((one) => (one.articleId === id ? one.statementId : [])))]
          for (const item of [id, ...statements]) {
            const under = restsOn(all, item, drafts)
            const expected = causes.filter(
              ({ subjectId, articleId }) => articleId !== id && under.has(subjectId)
            )
            const marks = await marksOf(tx, id, item)
            deepEqual(marks.map(({ id }) => id).sort(), expected.map(({ id }) => id).sort(), label)
            marked += expected.length
            if (item !== id || label === 'at once') continue
            const rows = (await ofArticle(tx, id)).filter(({ state }) => state === 'open')
            deepEqual(rows.map(({ causeId }) => causeId).sort(), expected.map(({ id }) => id).sort(), label)
          }
        }
      }
      const forget = async () => {
        const { reviews, reached, causes, edges, sourceMerges } = tx.t
        for (const table of [reviews, reached, causes, edges, sourceMerges]) await tx.q.delete(table)
      }
      const follow = async () => {
        while (await advance(tx));
      }
      const merge = async (all: Edge[], rows: CauseRow[], isTakenBack: boolean) => {
        const now = rows.map((row) => ({ ...row, subjectId: row.subjectId === one ? two : row.subjectId }))
        const after = renamed(all)
        const who = { id: one, into: two, at: tx.now, actor: 'model', gained: { aliases: [], sameAs: [] } }
        await insertAll(tx, tx.t.sourceMerges, [{ ...who, state: 'moving', articles: 0, left: [] }])
        const moved = await moveDoubts(tx, one, two)
        merged += moved.length
        const half = (from: Edge[], to: Edge[]) =>
          [from, to].flatMap((edges, i) =>
            edges.filter(({ articleId }) => drafts.indexOf(articleId) < 2 === (i === 1))
          )
        const change = async (from: Edge[], to: Edge[], causes: CauseRow[]) => {
          await check(from, causes, 'at once')
          await follow()
          await place(half(from, to))
          await check(half(from, to), causes, 'at once')
          await follow()
          await check(half(from, to), causes, 'while articles are moved')
          await place(to)
        }
        await change(all, after, now)
        await tx.q.update(tx.t.sourceMerges).set({ state: isTakenBack ? 'undoing' : 'done' })
        if (isTakenBack) {
          await change(after, all, now)
          await tx.q.update(tx.t.sourceMerges).set({ state: 'undone' })
          await returnDoubts(tx, moved, one, two)
        }
        const [edges, causes] = isTakenBack ? [all, rows] : [after, now]
        await check(edges, causes, 'at once')
        await follow()
        await check(edges, causes, 'after a merge')
        return { edges, causes }
      }
      const live = async ({ before, after, subjects, ended, merge: merging }: Life) => {
        // What an example that failed has left.
        await forget()
        const [first, second] = [drawnEdges(before), drawnEdges(after)]
        await place(first)
        const rows: CauseRow[] = []
        const none = { correctionId: null, reason: 'no' }
        for (const subject of subjects) {
          const at = first[Number(subject.slice(6))]
          if (!subject.startsWith('words')) {
            const isSource = sources.includes(subject)
            const [subjectId, kind] = [real(subject)!, isSource ? 'doubt' : 'retraction']
            const articleId = isSource ? null : subjectId
            rows.push(await add(tx, { ...none, kind, subjectId, articleId, statementId: null }))
          } else if (at) {
            const { statementId, articleId } = at
            rows.push(
              await add(tx, { ...none, kind: 'correction', subjectId: statementId, articleId, statementId })
            )
          }
        }
        await check(first, rows, 'at once')
        await follow()
        await check(first, rows, 'when rows have followed')
        await place(second)
        await check(second, rows, 'at once')
        await follow()
        await check(second, rows, 'after other editions')
        const { edges, causes } =
          merging === 'none'
            ? { edges: second, causes: rows }
            : await merge(second, rows, merging === 'taken back')
        if (ended && causes[0]) {
          const [row] = await tx.q.select().from(tx.t.causes).where(eq(tx.t.causes.id, causes[0].id))
          await restart(tx, row!, { endedAt: tx.now })
          await check(edges, causes.slice(1), 'at once')
          await follow()
          await check(edges, causes.slice(1), 'after an end')
        }
      }
      // More than a slice holds.
      const [row] = await tx.q.select().from(tx.t.articles).where(eq(tx.t.articles.id, drafts[0]!))
      const many = Array.from(
        { length: 60 },
        (_, n) => `${drafts[0]!.slice(0, -3)}${String(n).padStart(3, '0')}`
      )
      await insertAll(
        tx,
        tx.t.articles,
        many.map((id) => ({ ...row!, id, slug: id }))
      )
      for (const article of many)
        await setEdges(tx, article, edgesOf([{ article, words: 'one', hops: ['src_2'] }]))
      const none = { articleId: null, statementId: null, correctionId: null }
      await add(tx, { ...none, kind: 'doubt', subjectId: 'src_2', reason: 'no' })
      while (await advance(tx));
      equal((await list(tx, {}, 100)).length, many.length)
      await forget()
      await fc.assert(fc.asyncProperty(lives, live), { numRuns: runs, seed: Number(process.env.SEED ?? 7) })
      throw rollBack
    })
    .catch((error) => t.equal(error, rollBack))
  t.ok(marked > runs, 'many need one')
  t.ok(merged > runs / 50, 'doubts are about sources that are merged')
})
