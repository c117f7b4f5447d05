// Quotes between quotation marks: which stretches are somebody's words, and whose.
import {
  fromParagraphBefore,
  fromSameSentence,
  fromSentenceBefore,
  sharedSubject,
  signedBelow
} from './carried-speakers.ts'
import { type FoundQuote, quoteBy, type ReaderState } from './found-quotes.ts'
import type { Cue } from './grammar/cue.ts'
import { cueAfter, wordsOfSpeaker } from './grammar/cues.ts'
import { cueBefore } from './grammar/leads.ts'
import { isTime } from './grammar/names.ts'
import { clauseOf, tokensOf } from './grammar/tokens.ts'
import { isSpeaking, verbsIn } from './grammar/verbs.ts'
import type { Lexicon } from './languages/lexicon.ts'
import { inciseIn } from './layouts/incises.ts'
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
import { lastSentence } from './sentences.ts'

/** Every quote between quotation marks in these paragraphs, in reading order. */
export function quotesIn(paragraphs: Paragraph[], lexicon: Lexicon): FoundQuote[] {
  const reading: ReaderState = { lexicon, found: [], cued: false, between: '', pending: [] }
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
function read(reading: ReaderState, place: Place) {
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
    fromSameSentence(reading, place) ??
    signedBelow(place, reading.lexicon) ??
    fromSentenceBefore(reading, place) ??
    fromParagraphBefore(reading, place)
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
function pass(reading: ReaderState, place: Place) {
  if (!isWithinCue(reading, place)) {
    reading.open = undefined
    reading.cued = false
  }
  reading.between += place.before + place.quoted
}

/** “One paragraph, and “the next one. */
function leftOpen({ last }: ReaderState, { block, first, before }: Place) {
  return last?.open && first && last.block === block - 1 && before.trim() === '' ? last.quote : undefined
}

/** “A quote,” said S. */
function afterwards(place: Place, lexicon: Lexicon): FoundQuote | undefined {
  if (place.stretch.open) return undefined
  const fragment = isMidSentence(place)
  const isNamed = /(?:^|[.!?])\s*als\s*$/i.test(place.before)
  if (fragment && !isTelling(place) && !isNamed) return undefined
  const cue = cueAfter(place.after, lexicon) ?? wordsOfSpeaker(place.after, lexicon)
  const ended = /[,.!?…—–-][’'"”»]*\s*.$|[,!?]$/u.test(place.quoted) || /^\s*[,—–-]/.test(place.after)
  const follows = ended || cue?.relation === 'according' || (!fragment && isTelling(place)) || isNamed
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
const isWithinCue = ({ cued, between }: ReaderState, { before }: Place) =>
  cued && /\p{L}/u.test(before) && lastSentence(`${between}${before}`.trim()) === 0

/** “A,” said S. “And B.” */
function splitByCue({ open, cued, between, lexicon }: ReaderState, place: Place) {
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
function beforehand({ between, lexicon }: ReaderState, place: Place): FoundQuote | undefined {
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
