// A network of articles: their quotes and claims, and the chains of attribution that lead out of each.
import { digestOf, type Edge } from '../edges/compile.ts'

/** A quote or a claim, with every chain that says who it is from. */
export interface Statement {
  id: string
  articleId: string
  /** The digest of its words. */
  words: string
  chains: Edge[][]
}

/** Whether readers can read an article, and whether it was retracted. */
export type State = 'published' | 'retracted' | 'withdrawn'

export interface Network {
  /** The statements of every article that was looked at. */
  stories: Map<string, Statement[]>
  /** The state of every article that is named. */
  states: Map<string, State>
  /** The organization at the top of the affiliations of a source; itself where it has none. */
  owners: Map<string, string>
  /** Whether something was left out, because of its size or depth. */
  cut: boolean
}

/** The statements of edges that are in order. */
export function statementsOf(edges: Edge[]): Statement[] {
  const statements = new Map<string, Statement>()
  for (const edge of edges) {
    const { statementId: id, articleId, words, position } = edge
    const statement = statements.get(id) ?? { id, articleId, words, chains: [] }
    statements.set(id, statement)
    if (position === 0) statement.chains.push([edge])
    else statement.chains.at(-1)!.push(edge)
  }
  return [...statements.values()]
}

export const isArticle = (target: string | null): target is string => target?.startsWith('art_') ?? false

/**
 * Who a hop names: the id of its source or article; for one that is not named, its description within the article, since
 * who is described alike in one article is taken for the same.
 */
export const originOf = ({ target, unnamed, articleId }: Edge) =>
  target ?? `unnamed:${articleId}:${digestOf(unnamed!)}`

export const isUnnamed = (origin: string) => origin.startsWith('unnamed:')

/**
 * The statements in which a chain that ends at an article goes on: the one with the same words, or else all of them. None
 * where the article says nothing according to anybody, or is not there.
 */
export function continued(
  { stories, states }: Pick<Network, 'stories' | 'states'>,
  { target, words }: Edge
): Statement[] {
  if (!isArticle(target) || states.get(target) === 'withdrawn') return []
  const all = stories.get(target) ?? []
  const same = all.filter((statement) => statement.words === words)
  return same.length > 0 ? same : all
}
