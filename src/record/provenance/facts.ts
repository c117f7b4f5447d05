// What the checks before publishing must know of the record.
import type { Article } from '../../content/articles/schema.ts'
import * as published from '../../newsstand/documents/published.ts'
import type { Reader } from '../../storage/database.ts'
import { type Edge, edgesOf } from '../edges/compile.ts'
import { isArticle, type Statement } from './network.ts'
import { surroundings } from './reading.ts'
import { basisIn } from './roots.ts'

export interface RecordFacts {
  /** The articles that its chains name and that were never published. */
  unpublished: Set<string>
  /** The retracted and withdrawn articles that each hop leads to, by attribution and place. */
  fallen: Map<string, string[]>
}

/** A hop by its attribution and place in the chain. */
export const hopKey = (attributionId: string, position: number) => `${attributionId} ${position}`

/** What the chains of a draft name of ours. Nothing is read where they name no article. */
export async function recordFacts(db: Reader, article: Article): Promise<RecordFacts> {
  const edges = edgesOf(article)
  const citing = edges.filter(({ target }) => isArticle(target))
  const unpublished = new Set<string>()
  if (citing.length === 0) return { unpublished, fallen: new Map() }
  const { network } = await surroundings(db, article.id, edges, article.sources)
  for (const [id, state] of network.states)
    if (state === 'withdrawn' && (await published.withdrawnAt(db, 'article', id)) === undefined)
      unpublished.add(id)
  const basis = basisIn(network)
  const fallen = citing.map((edge) => {
    const ids = basis([alone(edge)]).fallen
    return [hopKey(edge.attributionId, edge.position), ids.filter((id) => !unpublished.has(id))] as const
  })
  return { unpublished, fallen: new Map(fallen) }
}

/** A statement that rests on this hop only. */
const alone = (edge: Edge): Statement => ({ ...edge, id: edge.statementId, chains: [[{ ...edge }]] })
