// What rests on a subject, item by item: statements, and the articles that hold them.

import { stepsAlong } from '../provenance/graph.ts'
import { originOf } from '../provenance/network.ts'
import type { ProvenanceEdge } from '../provenance/schema.ts'
import type { Reached, Subject } from './walk.ts'

/** An article, a quote or a claim that rests on the subject. */
export interface Item {
  id: string
  articleId: string
  /** How many articles away: 1 where it names the subject itself. */
  level: number
  reached: Reached
}

/** The order of items: nearest first, then the newest articles, an article before what it holds. */
export const isBefore = (one: Place, other: Place) =>
  one.level !== other.level
    ? one.level < other.level
    : one.articleId !== other.articleId
      ? one.articleId > other.articleId
      : one.id < other.id

export type Place = Pick<Item, 'level' | 'articleId' | 'id'>

/** The items of a level, in order; notes the articles that are among them. */
export function itemsOf(level: number, reached: Reached[], { id }: Subject, articles: Set<string>) {
  const items: Item[] = []
  for (const one of reached) {
    const { articleId } = one.statement
    if (!articles.has(articleId) && articleId !== id)
      items.push({ id: articleId, articleId, level, reached: one })
    articles.add(articleId)
    const isSubject = one.statement.id === id
    if (!isSubject) items.push({ id: one.statement.id, articleId, level, reached: one })
  }
  return items.sort((one, other) => (isBefore(one, other) ? -1 : 1))
}

/** The way from an item to the subject. */
export function pathOf({ id, articleId, reached }: Item, subject: Subject): ProvenanceEdge[] {
  const holds: ProvenanceEdge[] =
    id === articleId ? [{ from: articleId, to: reached.statement.id, relation: 'contains' }] : []
  return [...holds, ...stepsOf(reached, subject)]
}

function stepsOf({ statement, chain, onward }: Reached, subject: Subject): ProvenanceEdge[] {
  if (chain.length === 0)
    return statement.id === subject.id
      ? []
      : [{ from: statement.id, to: subject.id, relation: 'attributed', attributionId: subject.id }]
  const steps = stepsAlong(statement.id, chain)
  if (onward === undefined) return steps
  const last = originOf(chain.at(-1)!)
  return [
    ...steps,
    { from: last, to: onward.statement.id, relation: 'continues' },
    ...stepsOf(onward, subject)
  ]
}
