// What published statements rest on, as ids: the way that provenance goes, without its words.
import type { Reader } from '../../storage/database.ts'
import { storiesOf } from '../impact/walk.ts'
import { continued, isArticle, type Statement } from '../provenance/network.ts'
import { maxHops, maxNodes } from '../provenance/reading.ts'

/**
 * The sources and articles that the chains of these statements name, through other articles too, and the quotes, claims
 * and chains in which they go on.
 */
export async function restsOn(db: Reader, statements: Statement[]): Promise<Set<string>> {
  const ids = new Set<string>()
  const stories = new Map<string, Statement[]>()
  const seen = new Map(statements.map((statement) => [statement, 0]))
  for (const [statement, hops] of seen)
    for (const chain of statement.chains) {
      for (const { target } of chain) if (target !== null) ids.add(target)
      const last = chain.at(-1)!
      const away = hops + chain.length
      if (!isArticle(last.target) || away >= maxHops || ids.size >= maxNodes) continue
      if (!stories.has(last.target))
        for (const [id, story] of await storiesOf(db, [last.target])) stories.set(id, story)
      for (const next of continued({ stories, states: new Map() }, last)) {
        ids.add(next.id)
        for (const [edge] of next.chains) ids.add(edge!.attributionId)
        if (!seen.has(next)) seen.set(next, away)
      }
    }
  return ids
}
