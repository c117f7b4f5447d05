// Where chains of attribution end, and how many of these ends are independent of each other.
import type { Edge } from '../edges/compile.ts'
import { continued, isArticle, isUnnamed, type Network, originOf, type Statement } from './network.ts'

/** What some statements rest on. */
export interface Basis {
  /** Where their chains end: ids of sources and articles, and sources that are not named. */
  roots: string[]
  /** How many of the roots are independent of each other. */
  independent: number
  /** How many of the roots are not named. */
  unnamed: number
  /** Who is nearest to the reader in each chain. */
  nearest: string[]
  /** The articles of a circle in which each cites the next; empty where there is none. */
  circle: string[]
  /** The retracted or withdrawn articles on the way. */
  fallen: string[]
}

/** A step of a chain. */
interface Step {
  edge: Edge
  /** The steps that follow; none at the end. */
  next: Step[]
}

/** Answers what statements rest on; it remembers the ways through the network. */
export function basisIn(network: Network): (statements: Statement[]) => Basis {
  const steps = new Map<Edge, Step>()
  const reached = new Map<Step, Step[]>()

  /** The first step of a chain, linked with all that follow, through other articles too. */
  function linked(chain: Edge[]): Step {
    const known = steps.get(chain[0]!)
    if (known) return known
    const made = chain.map((edge): Step => ({ edge, next: [] }))
    for (const step of made) steps.set(step.edge, step)
    for (const [i, step] of made.entries()) {
      const onward = continued(network, step.edge).flatMap(({ chains }) => chains)
      step.next = i + 1 < made.length ? [made[i + 1]!] : onward.map(linked)
    }
    return made[0]!
  }

  /** All steps on the ways from this one, itself among them. */
  function waysFrom(step: Step): Step[] {
    const known = reached.get(step)
    if (known) return known
    const found = new Set([step])
    for (const one of found) for (const next of one.next) found.add(next)
    const all = [...found]
    reached.set(step, all)
    return all
  }

  return (statements) => {
    const first = statements.flatMap(({ chains }) => chains.map(linked))
    const all = [...new Set(first.flatMap(waysFrom))]
    const roots = [...new Set(all.filter(isEnd).map(({ edge }) => originOf(edge)))]
    const groups = groupsOf(roots)
    for (const step of all) {
      const origin = originOf(step.edge)
      // Who passes on what a root says does not confirm it.
      if (isEnd(step) || !groups.has(origin)) continue
      for (const { edge } of waysFrom(step).filter(isEnd)) groups.join(origin, originOf(edge))
    }
    for (const some of Map.groupBy(roots, (root) => network.owners.get(root) ?? root).values())
      for (const root of some) groups.join(some[0]!, root)
    const cited = new Set(all.flatMap(({ edge: { target } }) => (isArticle(target) ? [target] : [])))
    return {
      roots,
      independent: groups.count(),
      unnamed: roots.filter(isUnnamed).length,
      nearest: [...new Set(first.map(({ edge }) => originOf(edge)))],
      circle: circleFrom(first),
      fallen: [...cited].filter((id) => network.states.get(id) !== 'published')
    }
  }
}

const isEnd = ({ next }: Step) => next.length === 0

/** Disjoint sets of roots: two in one set are not independent. */
function groupsOf(roots: string[]) {
  const parents = new Map(roots.map((root) => [root, root]))
  function find(root: string): string {
    const parent = parents.get(root)!
    return parent === root ? root : find(parent)
  }
  return {
    has: (origin: string) => parents.has(origin),
    join: (one: string, other: string) => parents.set(find(one), find(other)),
    count: () => roots.filter((root) => find(root) === root).length
  }
}

/** The articles on the first circle that a depth-first search meets. */
function circleFrom(first: Step[]): string[] {
  const done = new Set<Step>()
  const path: Step[] = []
  const onPath = new Set<Step>()
  function visit(step: Step): string[] {
    if (onPath.has(step)) {
      const circle = path.slice(path.indexOf(step))
      return [...new Set(circle.map(({ edge }) => edge.articleId))]
    }
    if (done.has(step)) return []
    path.push(step)
    onPath.add(step)
    for (const next of step.next) {
      const found = visit(next)
      if (found.length > 0) return found
    }
    path.pop()
    onPath.delete(step)
    done.add(step)
    return []
  }
  for (const step of first) {
    const found = visit(step)
    if (found.length > 0) return found
  }
  return []
}
