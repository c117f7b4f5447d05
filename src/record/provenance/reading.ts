// Reading the network around an article: the edges of everything it rests on, article by article.
import type { Source } from '../../content/sources/schema.ts'
import * as published from '../../newsstand/documents/published.ts'
import type { Reader } from '../../storage/database.ts'
import type { Edge } from '../edges/compile.ts'
import { edgesFrom } from '../edges/store.ts'
import { isArticle, type Network, originOf, type State, type Statement, statementsOf } from './network.ts'

/** A graph has so many nodes at most, and reaches so many hops from its article. */
export const maxNodes = 2000
export const maxHops = 20

/** What readers see of an article or source that is named: its card. */
export type Cards = Map<string, Record<string, unknown>>

/** A network, the cards of what its chains name, and the article from which it was read. */
export interface Surroundings {
  network: Network
  cards: Cards
}

/**
 * Reads the network around an article with these edges, of what is published; `drafts` are sources that only the desk
 * knows.
 */
export async function surroundings(
  db: Reader,
  articleId: string,
  own: Edge[],
  drafts: Source[] = []
): Promise<Surroundings> {
  const stories = new Map<string, Statement[]>()
  const nodes = new Set([articleId])
  const hopsTo = new Map([[articleId, 0]])
  let cut = false
  let frontier = [articleId]
  for (let edges = own; frontier.length > 0; edges = await edgesFrom(db, frontier)) {
    const bounded = edges.slice(0, maxEdges(nodes, edges))
    cut ||= bounded.length < edges.length
    const found = Map.groupBy(statementsOf(bounded), (statement) => statement.articleId)
    for (const id of frontier) stories.set(id, found.get(id) ?? [])
    const { near, far } = citedIn(
      frontier.flatMap((id) => stories.get(id)!),
      hopsTo
    )
    cut ||= far
    frontier = near.filter((id) => !stories.has(id))
  }
  const targets = new Set([...stories.values()].flat().flatMap(targetsOf))
  const cards = await cardsOf(db, [...targets], drafts)
  const states = new Map([...targets].filter(isArticle).map((id) => [id, stateOf(cards.get(id))]))
  return { network: { stories, states, owners: ownersOf(cards), cut }, cards }
}

/** How many of these edges may be added before the graph has too many nodes, which are noted. */
function maxEdges(nodes: Set<string>, edges: Edge[]) {
  for (const [i, edge] of edges.entries()) {
    nodes.add(edge.statementId)
    nodes.add(originOf(edge))
    if (nodes.size > maxNodes) return i
  }
  return edges.length
}

const targetsOf = ({ chains }: Statement) =>
  chains.flatMap((chain) => chain.flatMap(({ target }) => target ?? []))

/** The articles at the ends of chains, and whether one is too many hops away; notes how many hops lead to each. */
function citedIn(statements: Statement[], hopsTo: Map<string, number>) {
  const near: string[] = []
  let far = false
  for (const { articleId, chains } of statements) {
    for (const chain of chains) {
      const { target } = chain.at(-1)!
      if (!isArticle(target)) continue
      const hops = hopsTo.get(articleId)! + chain.length
      if (hops > maxHops) far = true
      else if (!hopsTo.has(target)) {
        hopsTo.set(target, hops)
        near.push(target)
      }
    }
  }
  return { near, far }
}

/** The cards of those that are published, and of the organizations that the sources belong to. */
async function cardsOf(db: Reader, ids: string[], drafts: Source[]): Promise<Cards> {
  const cards: Cards = new Map(drafts.map((source) => [source.id, { ...source }]))
  let wanted = ids.filter((id) => !cards.has(id))
  while (wanted.length > 0) {
    const [articles, sources] = [wanted.filter(isArticle), wanted.filter((id) => !isArticle(id))]
    const found = [
      ...(await published.cards(db, 'article', articles)),
      ...(await published.cards(db, 'source', sources))
    ]
    for (const { id, card } of found) cards.set(id, JSON.parse(card.toString()))
    const above = found.flatMap(({ id }) => affiliationOf(cards, id) ?? [])
    wanted = [...new Set(above)].filter((id) => !cards.has(id))
  }
  return cards
}

const affiliationOf = (cards: Cards, id: string) => cards.get(id)?.affiliationId as string | null | undefined

const stateOf = (card: Record<string, unknown> | undefined): State =>
  card === undefined ? 'withdrawn' : card.retracted ? 'retracted' : 'published'

/** The organization at the top of each source's affiliations. */
function ownersOf(cards: Cards) {
  const topOf = (id: string, below: string[] = []): string => {
    const above = affiliationOf(cards, id)
    return above && cards.has(above) && !below.includes(above) ? topOf(above, [...below, id]) : id
  }
  return new Map([...cards.keys()].filter((id) => !isArticle(id)).map((id) => [id, topOf(id)]))
}
