// Walking the edges backwards: from a source, an article or words of one to everything that rests on it.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Reader } from '../../storage/database.ts'
import type { Edge } from '../edges/compile.ts'
import { citing, edgesFrom } from '../edges/store.ts'
import { continued, type Statement, statementsOf } from '../provenance/network.ts'
import { maxHops, maxNodes } from '../provenance/reading.ts'

/** What others may rest on: a source, an article, or a quote, a claim or a chain of a quote of an article. */
export interface Subject {
  id: string
  /** Of words: the statement itself, or the quote of a chain. */
  statement?: { id: string; articleId: string }
}

/** A statement that rests on the subject. */
export interface Reached {
  statement: Pick<Statement, 'id' | 'articleId'>
  /** Its chain, as far as the source or article that leads on; empty where the statement is the subject. */
  chain: Edge[]
  /** The statement of another article in which the chain goes on, where it does. */
  onward?: Reached
  /** How many hops away the subject is. */
  hops: number
}

/** Statements by how many articles away they are: those that name the subject themselves come first. */
export interface Walk {
  levels: Reached[][]
  /** The sources and articles whose dependents were looked for. */
  looked: string[]
  /** Whether something was left out, because of its size or depth. */
  cut: boolean
}

type Stories = Map<string, Statement[]>

/** The statements of these articles. */
export async function storiesOf(db: Reader, articleIds: string[]): Promise<Stories> {
  const found = Map.groupBy(statementsOf(await edgesFrom(db, articleIds)), ({ articleId }) => articleId)
  return new Map(articleIds.map((id) => [id, found.get(id) ?? []]))
}

/** The statements of an article that name a source or an article, each with its shortest way there. */
export function naming(story: Statement[], target: string): Reached[] {
  return story.flatMap((statement) => {
    const ways = statement.chains.flatMap((chain) => {
      const at = chain.findIndex((edge) => edge.target === target)
      return at < 0 ? [] : [chain.slice(0, at + 1)]
    })
    const [chain] = ways.sort((one, other) => one.length - other.length)
    return chain ? [{ statement, chain, hops: chain.length }] : []
  })
}

/** Everything that rests on the subject, nearest first, as far as the limits of a graph. */
export async function walk(db: Reader, { id, statement }: Subject): Promise<Walk> {
  const stories: Stories = new Map()
  const known = new Set<string>()
  const looked = statement ? [] : [id]
  let room = maxNodes
  let cut = false

  /** Reads the articles that cite this one, as many as there is room for. */
  async function readCiting(target: string): Promise<string[]> {
    // With an article comes one statement at least.
    const limit = Math.floor(room / 2)
    const found = await citing(db, target, limit + 1)
    cut ||= found.length > limit
    const some = found.slice(0, limit)
    const missing = some.filter((articleId) => !stories.has(articleId))
    for (const [articleId, story] of await storiesOf(db, missing)) stories.set(articleId, story)
    await nextTurn()
    return some
  }

  /** Adds those that are new, near enough, and for which there is room. */
  function added(all: Reached[]): Reached[] {
    return all.filter((one) => {
      if (known.has(one.statement.id)) return false
      if (one.hops > maxHops || room <= 0) {
        cut = true
        return false
      }
      room -= known.has(one.statement.articleId) ? 1 : 2
      known.add(one.statement.id).add(one.statement.articleId)
      return true
    })
  }

  async function first(): Promise<Reached[]> {
    if (statement === undefined) {
      const articleIds = await readCiting(id)
      return added(articleIds.flatMap((articleId) => naming(stories.get(articleId)!, id)))
    }
    const { articleId } = statement
    const [story] = (await storiesOf(db, [articleId])).values()
    stories.set(articleId, story!)
    // Without a published chain it rests on nobody, and no chain goes on in it.
    const own = story!.filter((one) => one.id === statement.id)
    return added(own.map((one) => ({ statement: one, chain: [], hops: 0 })))
  }

  /** The statements whose chains go on in one of these. */
  async function next(frontier: Reached[]): Promise<Reached[]> {
    const found: Reached[] = []
    for (const [target, here] of Map.groupBy(frontier, (one) => one.statement.articleId)) {
      looked.push(target)
      const reached = new Map(here.map((one) => [one.statement.id, one]))
      // Who names the subject is nearest, also where that was left out.
      for (const articleId of await readCiting(target))
        for (const statement of stories.get(articleId)!)
          if (naming([statement], id).length === 0) found.push(...onwardFrom(statement, target, reached))
    }
    return added(found)
  }

  function onwardFrom(statement: Statement, target: string, reached: Map<string, Reached>): Reached[] {
    const ways = statement.chains.flatMap((chain) => {
      if (chain.at(-1)!.target !== target) return []
      return continued({ stories, states: new Map() }, chain.at(-1)!).flatMap(({ id }) => {
        const onward = reached.get(id)
        return onward ? [{ statement, chain, onward, hops: chain.length + onward.hops }] : []
      })
    })
    return ways.sort((one, other) => one.hops - other.hops).slice(0, 1)
  }

  const levels: Reached[][] = []
  for (let level = await first(); level.length > 0; level = await next(level)) levels.push(level)
  return { levels, looked, cut }
}
