// The words of a direct quote must stand in the body; those of any other need not.
import type { Fault } from '../../http/problems.ts'
import { faultAt, refuse } from '../../http/server/several-faults.ts'
import { yieldIfDue } from '../../storage/commits/turns.ts'
import { anchorsIn, keyOfAnchor, quoteAnchor } from '../body/anchors/anchors.ts'
import { nearest } from '../body/anchors/nearest.ts'
import { saysTheSame } from '../body/anchors/tokens.ts'
import { wordingDifference } from '../body/anchors/wording.ts'
import type { Body } from '../body/schema.ts'
import type { NewQuote } from './schema.ts'

/** How many faults one answer has. */
const maxFaults = 20

const isDirect = ({ kind = 'direct' }: NewQuote) => kind === 'direct'

/** Throws 422 for direct quotes whose anchors in the body have another text. */
export async function checkAnchors(body: Body, quotes: { id: string; record: NewQuote; pointer: string }[]) {
  const there = anchorsIn(body)
  const faults: Fault[] = []
  for (const { id, record, pointer } of quotes) {
    await yieldIfDue()
    const at = there.get(keyOfAnchor(quoteAnchor(id)))
    if (!at || !isDirect(record) || saysTheSame(at.text, record.text)) continue
    const { expected, found } = wordingDifference(record.text, at.text)
    const detail = `The words of this direct quote are not those it is anchored to in the body: ${found} stands there instead of ${expected}.`
    faults.push(faultAt(`${pointer}/text`, detail))
  }
  refuse(faults)
}

/** Throws 422 for direct quotes, since their words do not stand in the body; any others need not. */
export async function checkWordsFound(body: Body, missing: { record: NewQuote; pointer: string }[]) {
  const faults: Fault[] = []
  for (const { record, pointer } of missing.filter(({ record }) => isDirect(record)).slice(0, maxFaults)) {
    await yieldIfDue()
    faults.push(faultAt(`${pointer}/text`, whereNearest(body, record)))
  }
  refuse(faults)
}

/** What stands in the body instead, and what to do. */
function whereNearest(body: Body, quote: NewQuote) {
  const near = nearest(body, quote.text)
  const there =
    near === undefined ? '' : ` The nearest that do are ${wordingDifference(quote.text, near).found}.`
  return `The words of this direct quote do not stand in the body of the article.${there} Make its text what stands there, put its words into the body first, or say that it is \`indirect\` or \`mixed\`.`
}
