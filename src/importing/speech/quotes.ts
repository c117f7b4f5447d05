// Quotes between quotation marks: which stretches are somebody's words, and whose.
import type { Range } from '../../content/body/text.ts'
import { type Cue, clauseOf, cueAfter, cueBefore, wordsOf } from './grammar/cues.ts'
import { isSpeaking, relationOf, verbsIn } from './grammar/verbs.ts'
import { inciseIn } from './incises.ts'
import type { Lexicon } from './languages/lexicon.ts'
import { opensQuote } from './marks.ts'
import type { Paragraph } from './paragraphs.ts'
import { isMidSentence, isScare, isTelling, isTitle, type Place, placesIn, startsSentence } from './places.ts'
import { lastSentence, sentenceEnd } from './sentences.ts'

/** A quote as it was found: where its parts stand, and the words that say whose they are. */
export interface Found {
  ranges: Range[]
  kind: 'direct' | 'mixed'
  display: 'inline' | 'block'
  cue: Cue
  /** The speaker is the one of the quote before: no words of this paragraph say so. */
  carried?: Found
  /** The words of the page that say how the quote was changed: "(emphasis added)". */
  note?: string
}

/** What the reader carries from one stretch to the next. */
interface Reading {
  lexicon: Lexicon
  found: Found[]
  /** The quote of the stretch before, in the same paragraph. */
  open?: Found
  /** Whether the words after that quote were its cue. */
  cued: boolean
  /** The last quote of all, where it ended, and whether its mark was left open. */
  last?: { quote: Found; block: number; open: boolean; closes: boolean }
  /** Paragraphs of a quote whose cue is still to come. */
  pending: Range[]
}

/** Every quote between quotation marks in these paragraphs, in reading order. */
export function quotesIn(paragraphs: Paragraph[], lexicon: Lexicon): Found[] {
  const reading: Reading = { lexicon, found: [], cued: false, pending: [] }
  paragraphs.forEach((paragraph, i) => {
    reading.open = undefined
    const next = paragraphs[i + 1]
    const goesOn = next?.block === paragraph.block + 1 && opensQuote(next.text)
    const following = next?.block === paragraph.block + 1 ? next.text : undefined
    for (const place of placesIn(paragraph, goesOn, lexicon)) read(reading, { ...place, following })
  })
  return reading.found
}

/** Reads one stretch: a part of the quote before it, a quote of its own, or no quote. */
function read(reading: Reading, place: Place) {
  const incise = inciseIn(place, reading.lexicon)
  if (incise) {
    const quote = {
      ...quoteBy(incise.cue, 'direct'),
      ranges: incise.parts.map((part) => ({ block: place.block, ...part }))
    }
    reading.found.push(quote)
    reading.open = quote
    reading.cued = false
    reading.last = { quote, block: place.block, open: false, closes: false }
    return
  }
  const lead = beforehand(place, reading.lexicon)
  // S said, “A.” Another sentence begins behind it.
  const closed =
    lead &&
    /[.!?…]["”»’']*$/.test(place.quoted) &&
    /^\s+\p{Lu}/u.test(place.after) &&
    /[,:]\s*$/.test(place.before)
  const own = closed ? undefined : afterwards(place, reading.lexicon)
  const quote =
    leftOpen(reading, place) ??
    own ??
    splitByCue(reading, place) ??
    lead ??
    sharedSubject(reading, place) ??
    sameSentence(reading, place) ??
    signed(place, reading.lexicon) ??
    orphan(reading, place)
  const range = { block: place.block, ...place.words }
  if (quote?.ranges.length === 0) reading.found.push(quote)
  quote?.ranges.push(...reading.pending, range)
  reading.pending = !quote && place.stretch.open ? [...reading.pending, range] : []
  reading.cued = quote !== undefined && quote === own
  reading.open = quote
  if (quote)
    reading.last = {
      quote,
      block: place.block,
      open: place.stretch.open,
      closes: !/\p{L}/u.test(place.after)
    }
}

const quoteBy = (cue: Cue, kind: Found['kind']): Found => ({ ranges: [], kind, display: 'inline', cue })

/** “One paragraph, and “the next one. */
function leftOpen({ last }: Reading, { block, first, before }: Place) {
  return last?.open && first && last.block === block - 1 && before.trim() === '' ? last.quote : undefined
}

/** “A quote,” said S. */
function afterwards(place: Place, lexicon: Lexicon): Found | undefined {
  if (place.stretch.open) return undefined
  const fragment = isMidSentence(place)
  if (fragment && !isTelling(place)) return undefined
  const cue = cueAfter(place.after, lexicon) ?? wordsOf(place.after, lexicon)
  const ended = /[,.!?…—–-][’'"”»]*\s*.$|[,!?]$/u.test(place.quoted) || /^\s*[,—–-]/.test(place.after)
  if (!cue || !(ended || cue.relation === 'according')) return undefined
  return quoteBy(cue, fragment ? 'mixed' : 'direct')
}

/** “A,” said S. “And B.” */
function splitByCue({ open, cued, lexicon }: Reading, { before }: Place) {
  if (!/[\p{L}\p{N}]/u.test(before)) return open
  const clause = before.trim()
  const { tokens } = clauseOf(clause, lexicon)
  // "said, adding": what follows is another quote.
  const verb = verbsIn(tokens, lexicon).at(-1)
  if (verb?.participle && tokens.length - verb.at < 5 && /[,:]$/.test(clause)) return undefined
  return cued && /[.,:;—–-]$/.test(clause) && lastSentence(clause) === 0 ? open : undefined
}

/** S said: “A quote.” */
function beforehand(place: Place, lexicon: Lexicon): Found | undefined {
  const intro =
    place.before.trim() === '' && place.first && place.previous?.endsWith(':') ? place.previous : place.before
  const lead = cueBefore(intro, lexicon)
  if (!lead) return undefined
  if (lead.joint === 'adjacent') return quoteBy(lead, startsSentence(place) ? 'direct' : 'mixed')
  if (lead.joint === 'calling') return quoteBy(lead, 'mixed')
  if (startsSentence(place) && !isTitle(place)) return quoteBy(lead, 'direct')
  return isTelling(place) && !isScare(place) ? quoteBy(lead, 'mixed') : undefined
}

/** “...,” S said, adding, “...”: the subject of the cue before is that of this one. */
function sharedSubject({ open, lexicon }: Reading, place: Place): Found | undefined {
  const clause = clauseOf(place.before.slice(-200), lexicon)
  const verb = verbsIn(clause.tokens, lexicon).findLast(isSpeaking)
  if (!open || !verb || verb.at > 2) return undefined
  const relation = relationOf(verb, clause.tokens)
  const kind = startsSentence(place) && /[,:]\s*$/.test(place.before) ? 'direct' : 'mixed'
  return { ...quoteBy({ ...open.cue, relation }, kind), carried: open }
}

/** A quote whose speaker signs it in the next paragraph: “...” / — Ana Example */
function signed({ first, before, after, following }: Place, lexicon: Lexicon): Found | undefined {
  if (
    !first ||
    before.trim() !== '' ||
    after.trim() !== '' ||
    !/^[—–―-]{1,2}\s*\p{Lu}/u.test(following ?? '')
  )
    return undefined
  const cue = cueAfter(following!, lexicon)
  return cue && quoteBy(cue, 'direct')
}

/** S said the plan was “a gift” that came “without a card.” */
function sameSentence({ open, cued }: Reading, place: Place) {
  const joined = open?.kind === 'mixed' && !cued && sentenceEnd(place.before) === place.before.length
  return joined && isTelling(place) ? open : undefined
}

/** A paragraph that is a quote and nothing else, after a paragraph that has a speaker. */
function orphan({ last }: Reading, { block, before, after, first }: Place): Found | undefined {
  if (!last || last.block !== block - 1 || !first || before.trim() !== '' || after.trim() !== '')
    return undefined
  // A paragraph that ended with the quote goes on here.
  if (last.closes && last.quote.kind === 'direct') return last.quote
  return { ...quoteBy(last.quote.cue, 'direct'), carried: last.quote }
}
