// Random networks of articles, against a model that follows every path by hand.
import fc from 'fast-check'
import t from 'tap'
import type { Edge } from '../../src/record/edges/compile.ts'
import {
  isUnnamed,
  type Network,
  originOf,
  type State,
  statementsOf
} from '../../src/record/provenance/network.ts'
import { basisIn } from '../../src/record/provenance/roots.ts'

const runs = Number(process.env.RUNS ?? 1000)
const articles = ['art_a', 'art_b', 'art_c', 'art_d']
const sources = ['src_1', 'src_2', 'src_3', 'src_4']

interface Drawn {
  chains: { article: number; words: string; hops: { target: string | null; unnamed: string | null }[] }[]
  states: State[]
  owners: number[]
  /** A source that was merged into another; into itself where none was. */
  merge: { from: number; into: number }
}

const hop = fc.oneof(
  fc.constantFrom(...sources).map((target) => ({ target, unnamed: null })),
  fc.constantFrom(...articles).map((target) => ({ target, unnamed: null })),
  fc.constantFrom('an official', 'A  Friend').map((unnamed) => ({ target: null, unnamed }))
)
const drawn: fc.Arbitrary<Drawn> = fc.record({
  chains: fc.array(
    fc.record({
      article: fc.nat(articles.length - 1),
      words: fc.constantFrom('one', 'two'),
      hops: fc.array(hop, { minLength: 1, maxLength: 3 })
    }),
    { maxLength: 10 }
  ),
  states: fc.array(fc.constantFrom<State>('published', 'published', 'retracted', 'withdrawn'), {
    minLength: articles.length,
    maxLength: articles.length
  }),
  owners: fc.array(fc.nat(sources.length - 1), { minLength: sources.length, maxLength: sources.length }),
  merge: fc.record({ from: fc.nat(sources.length - 1), into: fc.nat(sources.length - 1) })
})

/** The source that one is after a merge. */
const afterMerge = ({ from, into }: Drawn['merge'], id: string) =>
  id === sources[from] ? sources[into]! : id

/** The network as it is read: statements with the same words in one article are one, with several chains. */
function networkOf({ chains, states, owners }: Omit<Drawn, 'merge'>): Network {
  const edges = chains.flatMap(({ article, words, hops }, c): Edge[] =>
    hops.map((hop, position) => ({
      articleId: articles[article]!,
      attributionId: `att_${c}`,
      statementId: `${articles[article]} ${words}`,
      position,
      words,
      relation: 'said',
      url: null,
      at: null,
      ...hop
    }))
  )
  const stories = Map.groupBy(statementsOf(edges), ({ articleId }) => articleId)
  return {
    stories: new Map(articles.map((id) => [id, stories.get(id) ?? []])),
    states: new Map(articles.map((id, i) => [id, states[i]!])),
    owners: new Map(sources.map((id, i) => [id, sources[Math.min(i, owners[i]!)]!])),
    cut: false
  }
}

/** A merge as it is carried out: whatever named the one source names the other. */
const merged = ({ chains, merge, ...drawn }: Drawn): Omit<Drawn, 'merge'> => ({
  ...drawn,
  chains: chains.map(({ hops, ...chain }) => ({
    ...chain,
    hops: hops.map(({ target, unnamed }) => ({ target: target && afterMerge(merge, target), unnamed }))
  }))
})

/** Every path of hops from this chain on, as lists of origins; it ends where a chain would be entered twice. */
function pathsOf(network: Network, chain: Edge[], entered: Edge[][] = []): Edge[][] {
  if (entered.includes(chain)) return []
  const last = chain.at(-1)!
  const there =
    network.states.get(last.target ?? '') === 'withdrawn'
      ? []
      : (network.stories.get(last.target ?? '') ?? [])
  const same = there.filter(({ words }) => words === last.words)
  const next = (same.length > 0 ? same : there).flatMap(({ chains }) => chains)
  if (next.length === 0) return [chain]
  return next.flatMap((one) => pathsOf(network, one, [...entered, chain]).map((path) => [...chain, ...path]))
}

/** Every chain that can be reached from these. */
function reachable(network: Network, chains: Edge[][]): Edge[][] {
  const all = [...network.stories.values()].flat().flatMap(({ chains }) => chains)
  const found = [...chains]
  for (const chain of found)
    for (const other of all) if (!found.includes(other) && leadsTo(network, chain, other)) found.push(other)
  return found
}

function leadsTo({ stories, states }: Network, chain: Edge[], other: Edge[]): boolean {
  const { target, words } = chain.at(-1)!
  if (target === null || states.get(target) === 'withdrawn' || other[0]!.articleId !== target) return false
  return other[0]!.words === words || !(stories.get(target) ?? []).some((one) => one.words === words)
}

/** What is expected of a network in which nothing was merged, where these two sources are one. */
function model(network: Network, chains: Edge[][], merge: Drawn['merge']) {
  const whoIs = (edge: Edge) => afterMerge(merge, originOf(edge))
  const reached = reachable(network, chains)
  const roots = [
    ...new Set(chains.flatMap((chain) => pathsOf(network, chain).map((path) => whoIs(path.at(-1)!))))
  ]
  const related = (one: string, other: string) =>
    (network.owners.get(one) ?? one) === (network.owners.get(other) ?? other) ||
    reached.some((chain) =>
      pathsOf(network, chain).some(
        (path) => path.slice(0, -1).some((edge) => whoIs(edge) === one) && whoIs(path.at(-1)!) === other
      )
    )
  let classes = roots.map((root) => new Set([root]))
  for (const one of roots)
    for (const other of roots) {
      if (!related(one, other)) continue
      const [mine, others] = [
        classes.find((some) => some.has(one))!,
        classes.find((some) => some.has(other))!
      ]
      if (mine !== others)
        classes = [...classes.filter((some) => some !== mine && some !== others), mine.union(others)]
    }
  const named = new Set(reached.flat().flatMap(({ target }) => (target?.startsWith('art_') ? [target] : [])))
  return {
    roots: new Set(roots),
    independent: classes.length,
    unnamed: roots.filter(isUnnamed).length,
    isCircular: reached.some((chain) => {
      const after = reached.filter((other) => leadsTo(network, chain, other))
      return reachable(network, after).includes(chain)
    }),
    fallen: new Set([...named].filter((id) => network.states.get(id) !== 'published'))
  }
}

t.test('roots, independence and warnings are those of the model', (t) => {
  let [circular, fewer] = [0, 0]
  fc.assert(
    fc.property(drawn, (life) => {
      const [before, network] = [networkOf(life), networkOf(merged(life))]
      const basis = basisIn(network)
      for (const [articleId, statements] of network.stories) {
        const old = before.stories.get(articleId)!
        for (const some of [...statements.map((one) => [one]), statements]) {
          const { roots, independent, unnamed, circle, fallen } = basis(some)
          const chains = old
            .filter(({ id }) => some.some((one) => one.id === id))
            .flatMap(({ chains }) => chains)
          const expected = model(before, chains, life.merge)
          if (expected.isCircular) circular++
          if (expected.roots.size < model(before, chains, { from: 0, into: 0 }).roots.size) fewer++
          t.same(
            {
              roots: new Set(roots),
              independent,
              unnamed,
              isCircular: circle.length > 0,
              fallen: new Set(fallen)
            },
            expected
          )
        }
      }
      return t.passing()
    }),
    { numRuns: runs, seed: Number(process.env.SEED ?? 7) }
  )
  t.ok(circular > runs / 50, 'circles are among them')
  t.ok(fewer > runs / 50, 'and merges of roots')
  t.end()
})
