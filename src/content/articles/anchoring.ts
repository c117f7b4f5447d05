import { unprocessable } from '../../http/problems.ts'
import type { Reader } from '../../storage/database.ts'
import { anchorAll } from '../body/anchors/anchoring.ts'
import { claimAnchor, quoteAnchor } from '../body/anchors/anchors.ts'
import { tokenizeAhead } from '../body/anchors/tokens.ts'
import { mentions } from '../body/mentions.ts'
import type { Body } from '../body/schema.ts'
import * as quotes from '../quotes/store.ts'

/**
 * The new body of an article, in which its quotes and claims are anchored as in the old one: a client that sends
 * Markdown cannot send anchors. Throws 422 for an anchor of what the article does not have.
 */
export async function reanchor(db: Reader, articleId: string, body: Body, old: Body): Promise<Body> {
  const said = await quotes.ofArticle(db, articleId)
  checkUnknownAnchors(body, said)
  const wanted = [
    ...said.quotes.map(({ id, text }) => ({ to: quoteAnchor(id), text })),
    ...said.attributions.flatMap(({ id, claim }) => (claim ? [{ to: claimAnchor(id), text: claim }] : []))
  ]
  if (wanted.length > 0) for (const one of [body, old]) await tokenizeAhead(one)
  return (await anchorAll(body, wanted, { old })).body
}

/** Throws 422 for an anchor of what the article does not have. */
export function checkUnknownAnchors(
  body: Body,
  said: { quotes: { id: string }[]; attributions: { id: string }[] }
) {
  const known = new Set([...said.quotes, ...said.attributions].map(({ id }) => id))
  const stray = mentions(body).find(({ kind, id }) => kind !== 'media' && !known.has(id))
  if (stray) throw unprocessable(stray.pointer, `The article has no ${stray.kind} ${stray.id}.`)
}
