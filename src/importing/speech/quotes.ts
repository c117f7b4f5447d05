// Quotes between quotation marks: which stretches are somebody's words, and whose.
import type { Range } from '../../content/body/text.ts'
import { type Cue, clauseOf, cueAfter, cueBefore, wordsOf } from './grammar/cues.ts'
import { isTime } from './grammar/names.ts'
import { tokensOf } from './grammar/tokens.ts'
import { isSpeaking, relationOf, verbsIn } from './grammar/verbs.ts'
import { inciseIn } from './incises.ts'
import type { Lexicon } from './languages/lexicon.ts'
import { opensQuote } from './marks.ts'
import type { Paragraph } from './paragraphs.ts'
import {
  endsSentence,
  isMidSentence,
  isScare,
  isTelling,
  isTitle,
  type Place,
  placesIn,
  startsSentence
} from './places.ts'
import { lastSentence, sentenceEnd } from './sentences.ts'

/** A quote as it was found: where its parts stand, and the words that say whose they are. */
export interface Found {
  ranges: Range[]
  kind: 'direct' | 'mixed'
  display: 'inline' | 'block'
  cue: Cue
  /** The speaker is the one of the quote before: no words of this paragraph say so. */
  carried?: Found
  /** A paragraph after the one that names the speaker was taken for a part of it. */
  continued?: true
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
  /** The words behind that quote up to the stretch that is read, with the stretches between that are no quotes. */
  between: string
  /** The last quote of all, where it ended, and whether its mark was left open. */
  last?: { quote: Found; block: number; open: boolean; closes: boolean }
  /** Paragraphs of a quote whose cue is still to come. */
  pending: Range[]
}

/** Every quote between quotation marks in these paragraphs, in reading order. */
export function quotesIn(paragraphs: Paragraph[], lexicon: Lexicon): Found[] {
  const reading: Reading = { lexicon, found: [], cued: false, between: '', pending: [] }
  paragraphs.forEach((paragraph, i) => {
    reading.open = undefined
    reading.between = ''
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
  const lead = beforehand(reading, place)
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
  if (!quote) return pass(reading, place)
  reading.between = ''
  reading.cued = quote === own
  reading.open = quote
  reading.last = {
    quote,
    block: place.block,
    open: place.stretch.open,
    closes: !/\p{L}/u.test(place.after)
  }
}

/** Goes on behind a stretch that is no quote: within a cue it changes nothing. */
function pass(reading: Reading, place: Place) {
  if (!isWithinCue(reading, place)) {
    reading.open = undefined
    reading.cued = false
  }
  reading.between += place.before + place.quoted
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
  const follows = ended || cue?.relation === 'according' || (!fragment && isTelling(place))
  if (!cue || !follows || isNextLead(place, cue, lexicon)) return undefined
  return quoteBy(cue, fragment ? 'mixed' : 'direct')
}

/** “A.” S said that ..., “A.” S said: “B.” A sentence of its own is no cue for the quote it stands behind. */
function isNextLead({ quoted, after }: Place, { words, relation }: Cue, lexicon: Lexicon) {
  if (!/[.…]['’]?["”»“']+$/.test(quoted) || !/^\s+\p{Lu}/u.test(after)) return false
  const rest = after.slice(after.indexOf(words) + words.length)
  if (/^\s*[,:]\s*$/.test(rest)) return true
  const [next] = tokensOf(rest.slice(0, 40), lexicon)
  if (!next?.word || relation === 'told' || isTime(next.text)) return false
  return !lexicon.prepositions.has(next.lower) && !lexicon.adverbs.has(next.lower)
}

/** “A,” S told “Morning Watch” on Friday: what the cue after a quote calls by its name. */
const isWithinCue = ({ cued, between }: Reading, { before }: Place) =>
  cued && /\p{L}/u.test(before) && lastSentence(`${between}${before}`.trim()) === 0

/** “A,” said S. “And B.” */
function splitByCue({ open, cued, between, lexicon }: Reading, place: Place) {
  const clause = `${between}${place.before}`.trim()
  if (!/[\p{L}\p{N}]/u.test(clause)) return open
  if (!cued || lastSentence(clause) !== 0) return undefined
  if (/, (?:and|but|or)$/.test(clause)) return startsSentence(place) ? undefined : open
  if (/[.]["”'’]*$/.test(clause)) return isSubject(place) ? undefined : open
  // “A,” S said “B.”
  if (/\p{L}$/u.test(clause)) return startsSentence(place) && endsSentence(place) ? open : undefined
  if (/:$/.test(clause) && open?.kind === 'mixed') return undefined
  const { tokens } = clauseOf(clause, lexicon)
  // "said, adding": what follows is another quote.
  const isOther = verbsIn(tokens, lexicon)
    .filter(isSpeaking)
    .some(
      ({ participle, at }, i) =>
        (i > 0 || participle) && (!participle || tokens[at - 1]?.word !== true || tokens.length - at < 5)
    )
  return /[,:;—–-]$/.test(clause) && !isOther ? open : undefined
}

/** “Late boat” is what the sailors call it: a term that a sentence begins with. */
const isSubject = (place: Place) =>
  !isTelling(place) && !/[,.!?…]["”»“'’]*$/.test(place.quoted) && /^\s+\p{Ll}/u.test(place.after)

/** S said: “A quote.” */
function beforehand({ between, lexicon }: Reading, place: Place): Found | undefined {
  const isAnnounced = place.before.trim() === '' && place.first && place.previous?.endsWith(':')
  const intro = isAnnounced ? place.previous! : between + place.before
  const lead = cueBefore(intro, lexicon)
  if (!lead || isWork(place, lead)) return undefined
  if (lead.joint === 'adjacent') return quoteBy(lead, startsSentence(place) ? 'direct' : 'mixed')
  if (lead.joint === 'calling') return quoteBy(lead, 'mixed')
  if (startsSentence(place) && !isTitle(place)) return quoteBy(lead, 'direct')
  return isTelling(place) && !isScare(place) ? quoteBy(lead, 'mixed') : undefined
}

/** S wrote “Boats at Night”: the title of what somebody wrote, sang or read. */
const isWork = (place: Place, { words }: Cue) =>
  isTitle(place) &&
  !endsSentence(place) &&
  /\b(?:wr[io]te\w*|published|quot\w+|cit\w+|read\w*|sings?|sang|singing)$/.test(words) &&
  !/[,:]\s*$/.test(place.before)

/** “...,” S said, adding, “...”: the subject of the cue before is that of this one. */
function sharedSubject({ open, lexicon }: Reading, place: Place): Found | undefined {
  const clause = clauseOf(place.before.slice(-200), lexicon)
  const verb = verbsIn(clause.tokens, lexicon).findLast(isSpeaking)
  if (!open || !verb || verb.at > 2) return undefined
  const relation = relationOf(verb, clause.tokens)
  const kind = startsSentence(place) && /[,:]\s*$/.test(place.before) ? 'direct' : 'mixed'
  if (kind === 'mixed' && isTitle(place)) return undefined
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
function orphan({ last, pending }: Reading, place: Place): Found | undefined {
  const { block, before, after, first, stretch } = place
  if (!last || last.block + pending.length !== block - 1 || !first) return undefined
  if (before.trim() !== '' || after.trim() !== '') return undefined
  // A mark left open has its cue in the next paragraph; a title is a heading.
  if (stretch.open || (isTitle(place) && !endsSentence(place))) return undefined
  if (last.quote.kind === 'direct') {
    if (!last.closes) last.quote.continued = true
    return last.quote
  }
  return { ...quoteBy(last.quote.cue, 'direct'), carried: last.quote }
}
