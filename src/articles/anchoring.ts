import * as attributions from '../attributions/store.ts'
import { anchor, isAnchored, quoteAnchor } from '../body/anchors.ts'
import { mentions } from '../body/mentions.ts'
import type { Body } from '../body/schema.ts'
import { wordsOf } from '../body/text.ts'
import { unprocessable } from '../problems.ts'
import * as quotes from '../quotes/store.ts'
import type { Reader } from '../storage/database.ts'

/**
 * The new body of an article, with its quotes and claims anchored again where their words still stand in it: a client
 * that sends Markdown cannot send anchors. Throws 422 for an anchor of what the article does not have.
 */
export async function settled(db: Reader, articleId: string, body: Body): Promise<Body> {
  const { quotes: said, attributions: rests } = await quotes.saidIn(db, articleId)
  const known = new Set([...said, ...rests].map(({ id }) => id))
  const stray = mentions(body).find(({ kind, id }) => kind !== 'media' && !known.has(id))
  if (stray) throw unprocessable(stray.pointer, `The article has no ${stray.kind} ${stray.id}.`)
  const words = wordsOf(body)
  let anchored = body
  for (const { id, text } of said) {
    const to = quoteAnchor(id)
    if (!isAnchored(anchored, to)) anchored = anchor(anchored, to, text, words) ?? anchored
  }
  for (const { id, claim } of rests) {
    if (claim) anchored = attributions.claimAnchored(anchored, id, claim, words)
  }
  return anchored
}
