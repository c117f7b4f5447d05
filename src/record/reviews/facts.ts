// What the checks before publishing must know of what no longer stands.
import type { Article } from '../../content/articles/schema.ts'
import type { Reader } from '../../storage/database.ts'
import { edgesOf } from '../edges/compile.ts'
import { hopKey } from '../provenance/facts.ts'
import { statementsOf } from '../provenance/network.ts'
import { causesOf, isAny, type Row } from './causes.ts'
import { restsOn } from './forward.ts'
import { ofArticle } from './store.ts'

export type DoubtedHops = Map<string, Row[]>

/**
 * What each hop of a draft leads to that is doubted or corrected and was not cleared for this article, by attribution and
 * place in the chain.
 */
export async function doubtedHops(db: Reader, article: Article): Promise<DoubtedHops> {
  const found: DoubtedHops = new Map()
  if (!(await isAny(db))) return found
  const rows = await ofArticle(db, article.id)
  const cleared = new Set(rows.filter(({ state }) => state === 'cleared').map(({ causeId }) => causeId))
  for (const statement of statementsOf(edgesOf(article)))
    for (const chain of statement.chains)
      for (const edge of chain) {
        const isLast = edge === chain.at(-1)
        const ids = isLast
          ? await restsOn(db, [{ ...statement, chains: [[edge]] }])
          : [edge.target].filter((id) => id !== null)
        const open = (await causesOf(db, ids)).filter(
          ({ id, kind, articleId }) => kind !== 'retraction' && articleId !== article.id && !cleared.has(id)
        )
        if (open.length > 0) found.set(hopKey(edge.attributionId, edge.position), open)
      }
  return found
}
