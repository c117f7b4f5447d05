// Who said what in a story: its quotes, its claims and their sources, anchored in its body.
import type { NewStory } from '../../content/articles/schema.ts'
import type { NewHop } from '../../content/attributions/schema.ts'
import {
  type Anchor,
  anchoredText,
  annotate,
  claimAnchor,
  quoteAnchor
} from '../../content/body/anchors/anchors.ts'
import { truncate } from '../../content/body/pieces.ts'
import type { Body, TextBlock } from '../../content/body/schema.ts'
import { mapTexts, type Range, textsOf } from '../../content/body/text.ts'
import {
  confidenceOf,
  type Evidence,
  excerpt,
  ruleOfClaim,
  ruleOfQuote,
  ruleOfSource
} from '../evidence/evidence.ts'
import type { Warn } from '../page/lines.ts'
import { alterationsOf } from './alterations.ts'
import { claimsIn, type FoundClaim } from './claims/find.ts'
import type { FoundQuote } from './found-quotes.ts'
import type { Cue } from './grammar/cue.ts'
import { hopsOf } from './hops.ts'
import { lexiconFor } from './languages/detect.ts'
import type { Lexicon } from './languages/lexicon.ts'
import { blockQuotesIn } from './layouts/blockquotes.ts'
import { transcriptIn } from './layouts/transcripts.ts'
import { type Paragraph, paragraphsOf } from './paragraphs.ts'
import { quotesIn } from './quotes.ts'
import { newSourceList, type SourceList } from './sources.ts'

type Words = Required<Pick<NewStory, 'sources' | 'quotes' | 'attributions'>> & {
  body: Body
  evidence: Evidence[]
  /** Where each quote stands. */
  places: Range[][]
}

/** What is being read: the words found so far, and who said them. */
interface Reading extends Omit<Words, 'body'> {
  texts: TextBlock[]
  paragraphs: Map<number, Paragraph>
  sourceList: SourceList
  hops: Map<FoundQuote, NewHop[]>
  /** The codes of what was warned of for each quote, and for what is read now. */
  doubts: Map<FoundQuote, Set<string>>
  codes: Set<string>
  warn: Warn
}

const limit = 500
// How far back a pronoun may look for whom it stands for.
const maxDistance = 1200

interface Settings {
  language?: string
  /** Whether only quotes are looked for, which takes half the time. */
  quotesOnly?: boolean
}

/** The quotes, claims and sources of this body, and the body with its anchors. */
export function readSpeech(plain: Body, warn: Warn, settings: Pick<Settings, 'language'> = {}) {
  const { places: _, ...words } = speechIn(plain, warn, settings)
  return words
}

/** The quotes of this body, where each stands, and their sources. */
export const readQuotes = (plain: Body, warn: Warn, language: string | undefined) =>
  speechIn(plain, warn, { language, quotesOnly: true })

function speechIn(plain: Body, warn: Warn, { language, quotesOnly }: Settings): Words {
  const paragraphs = paragraphsOf(plain, warn)
  const text = paragraphs.map(({ text }) => text).join('\n')
  const lexicon = lexiconFor(text, language)
  if (!lexicon) {
    const detail =
      'Quotes are not read in the language of this page: nobody was looked for who said something.'
    warn({ code: 'language-not-read', detail, words: truncate(text, 300), pointer: '/language' })
    return { body: plain, sources: [], quotes: [], places: [], attributions: [], evidence: [] }
  }
  return read(plain, { paragraphs, text, lexicon, quotesOnly }, warn)
}

interface SearchedText extends Pick<Settings, 'quotesOnly'> {
  paragraphs: Paragraph[]
  text: string
  lexicon: Lexicon
}

function read(plain: Body, { paragraphs, text, lexicon, quotesOnly }: SearchedText, warn: Warn): Words {
  const blocks = [...blockQuotesIn(paragraphs, lexicon), ...transcriptIn(paragraphs)]
  const inBlocks = new Set(blocks.flatMap(({ ranges }) => ranges.map(({ block }) => block)))
  const others = paragraphs.filter(({ block }) => !inBlocks.has(block))
  const quotes = [...blocks, ...quotesIn(others, lexicon)]
  const quoted = quotes.flatMap(({ ranges }) => ranges)
  const claims = quotesOnly ? [] : claimsIn(others, quoted, lexicon)
  const sourceList = newSourceList(text, lexicon, warn)
  const reading: Reading = {
    texts: withBlockQuotes(
      textsOf(plain),
      new Set(
        blocks
          .filter(({ display }) => display === 'block')
          .flatMap(({ ranges }) => ranges.map(({ block }) => block))
      )
    ),
    sources: sourceList.sources,
    quotes: [],
    places: [],
    attributions: [],
    paragraphs: new Map(paragraphs.map((paragraph) => [paragraph.block, paragraph])),
    sourceList,
    hops: new Map(),
    doubts: new Map(),
    codes: new Set(),
    evidence: [],
    warn: (warning) => {
      reading.codes.add(warning.code)
      warn(warning)
    }
  }
  for (const found of [...atMost(quotes, warn), ...atMost(claims, warn)].sort(inOrder)) {
    reading.codes = new Set()
    if (isQuote(found)) keepQuote(reading, found)
    else keepClaim(reading, found)
  }
  const { texts, sources, quotes: kept, places, attributions, evidence } = reading
  return { body: mapTexts(plain, (_, i) => texts[i]!), sources, quotes: kept, places, attributions, evidence }
}

/** As many as a story has room for, the first ones. */
function atMost<T extends FoundQuote | FoundClaim>(found: T[], warn: Warn): T[] {
  if (found.length > limit) {
    const detail = `A story has room for ${limit} quotes and ${limit} claims: others were left out.`
    warn({ code: 'too-many-quotes', detail, words: '' })
  }
  return found.toSorted(inOrder).slice(0, limit)
}

/** The texts with these blocks set as block quotes. */
const withBlockQuotes = (texts: TextBlock[], blocks: Set<number>): TextBlock[] =>
  texts.map((block, i) => (blocks.has(i) ? { ...block, style: 'blockquote' } : block))

const placeOf = (found: FoundQuote | FoundClaim): Range => found.ranges[0]!

const isQuote = (found: FoundQuote | FoundClaim): found is FoundQuote => 'display' in found

function inOrder(one: FoundQuote | FoundClaim, other: FoundQuote | FoundClaim) {
  const [a, b] = [placeOf(one), placeOf(other)]
  return a.block - b.block || a.start - b.start
}

/** The text a pronoun may look back to: some paragraphs before these words, and their own up to them. */
function textBefore({ paragraphs }: Reading, { block, start }: Range) {
  const before = [-3, -2, -1].map((by) => paragraphs.get(block + by)?.text ?? '')
  return { text: `${before.join('\n')}\n${paragraphs.get(block)!.text.slice(0, start)}`.slice(-maxDistance) }
}

/** Keeps a quote with its speaker, anchored; one without speaker or place is left out. */
function keepQuote(reading: Reading, found: FoundQuote) {
  const { quotes, warn } = reading
  const pointer = `/quotes/${quotes.length}`
  const hops = hopsOfQuote(reading, found, pointer)
  const key = `quote-${quotes.length + 1}`
  const { texts, text } = anchored(reading, found.ranges, quoteAnchor(key))
  if (!hops || text.length > 10_000) {
    const detail = 'These words could not be kept as a quote of their own.'
    return warn({ code: 'quote-left-out', detail, words: truncate(text, 300) })
  }
  reading.texts = texts
  reading.places.push(found.ranges)
  const { kind, display } = found
  quotes.push({
    key,
    text,
    kind,
    display,
    alterations: alterationsOf(text, found.note),
    attributions: [{ hops }]
  })
  addEvidence(reading, { kind: 'quote', key, rule: ruleOfQuote(found) }, found.cue)
}

/** Keeps by which rule, and from which words, a record was read. */
function addEvidence(
  { evidence, codes }: Reading,
  record: Pick<Evidence, 'kind' | 'key' | 'rule'>,
  { words }: Cue
) {
  evidence.push({ ...record, readFrom: excerpt(words), confidence: confidenceOf(codes) })
}

/** The hops of a quote; a carried speaker is told to the editor. */
function hopsOfQuote(reading: Reading, found: FoundQuote, pointer: string): NewHop[] | undefined {
  const { hops, warn } = reading
  const carried = found.carried && hops.get(found.carried)
  const own = carried ?? hopsOfCue(reading, found.cue, found.ranges[0]!, pointer)
  reading.doubts.set(found, reading.codes)
  if (own) hops.set(found, own)
  reading.sourceList.last.quoted = own?.at(-1)?.sourceId
  if (carried || found.continued) {
    for (const code of reading.doubts.get(found.carried ?? found)!) reading.codes.add(code)
    warn({
      code: 'speaker-carried-over',
      detail: 'No words beside it say whose this is: the speaker of the words before was taken.',
      words: truncate(found.cue.words, 300),
      pointer
    })
  }
  return own
}

/** The hops a cue stands for; what was guessed about them is told of the record at this pointer. */
function hopsOfCue(reading: Reading, cue: Cue, place: Range, pointer: string) {
  const warn: Warn = (warning) => reading.warn({ ...warning, pointer })
  const known = reading.sources.length
  const hops = hopsOf({ ...reading.sourceList, warn }, cue, textBefore(reading, place))
  for (const { key } of reading.sourceList.sources.slice(known)) {
    const rule = ruleOfSource(cue, hops?.at(-1)?.sourceId === key)
    addEvidence(reading, { kind: 'source', key, rule }, cue)
  }
  return hops
}

/** Keeps a claim with the source it rests on, anchored. */
function keepClaim(reading: Reading, found: FoundClaim) {
  const { ranges, cue } = found
  const { attributions } = reading
  const hops = hopsOfCue(reading, cue, ranges[0]!, `/attributions/${attributions.length}`)
  if (!hops) return
  const key = `claim-${attributions.length + 1}`
  const { texts, text } = anchored(reading, ranges, claimAnchor(key))
  reading.texts = texts
  attributions.push({ key, claim: text, hops })
  addEvidence(reading, { kind: 'claim', key, rule: ruleOfClaim(found) }, cue)
}

/** The texts with these ranges anchored, and the words under the anchor. */
function anchored({ texts }: Reading, ranges: Range[], to: Anchor) {
  const first = ranges[0]!.block
  const last = ranges.at(-1)!.block
  const within = ranges.map((range) => ({ ...range, block: range.block - first }))
  const near = textsOf(annotate(texts.slice(first, last + 1), within, to))
  return { texts: texts.toSpliced(first, near.length, ...near), text: anchoredText(near, to)! }
}
