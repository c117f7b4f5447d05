// What was last sent of an article, with another source in the place of one: what is compared with the next send.
import type { Writer } from '../../storage/database.ts'
import * as sends from './sends.ts'

type Sent = sends.Sent

/** A copy of JSON with another text in the place of one, which is an id, wherever it stands. */
const replaced = <T>(value: T, from: string, to: string): T =>
  JSON.parse(JSON.stringify(value), (_, one: unknown) => (one === from ? to : one)) as T

/** Has the last send name another source; answers the keys under which it had the one, or undefined where it had not. */
export async function renameInSend(tx: Writer, articleId: string, from: string, to: string) {
  const sent = await sends.last(tx, articleId)
  if (sent === undefined) return undefined
  await sends.keep(tx, articleId, replaced(sent, from, to))
  return sent.sources.flatMap(({ key, id }) => (id === from ? [key] : []))
}

interface Restored {
  from: string
  to: string
  /** The keys under which it had the source. */
  keys: string[]
  /** The chains with the places that were restored, of each quote or claim in order. */
  isRestored(statementId: string, chain: number, hop: number): boolean
  /** The names in the bylines that were restored. */
  bylines: string[]
}

/** Has the last send name a source again where the draft does. */
export async function restoreInSend(
  tx: Writer,
  articleId: string,
  { from, to, keys, isRestored, bylines }: Restored
) {
  const sent = (await sends.last(tx, articleId))!
  const chained = (one: Sent['quotes'][number]) => ({
    ...one,
    hops: one.hops.map((chain, i) =>
      chain.map((hop, j) => (isRestored(one.id, i, j) ? replaced(hop, to, from) : hop))
    )
  })
  // As: it is what fieldsOf (sent.ts) made.
  const signed = (sent.article.bylines as { name: string }[]).map((byline) =>
    bylines.includes(byline.name) ? replaced(byline, to, from) : byline
  )
  await sends.keep(tx, articleId, {
    ...sent,
    article: { ...sent.article, bylines: signed },
    sources: sent.sources.map((one) =>
      keys.includes(one.key) && one.id === to ? { ...one, id: from } : one
    ),
    quotes: sent.quotes.map(chained),
    claims: sent.claims.map(chained)
  })
}
