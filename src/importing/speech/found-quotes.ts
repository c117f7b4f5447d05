// What was found of a story's quotes while it is read.
import type { Range } from '../../content/body/text.ts'
import type { Cue } from './grammar/cue.ts'
import type { Lexicon } from './languages/lexicon.ts'

/** A quote as it was found: where its parts stand, and the words that say whose they are. */
export interface FoundQuote {
  ranges: Range[]
  kind: 'direct' | 'mixed'
  display: 'inline' | 'block'
  cue: Cue
  /** The speaker is the one of the quote before: no words of this paragraph say so. */
  carried?: FoundQuote
  /** A paragraph after the one that names the speaker was taken for a part of it. */
  continued?: true
  /** The words of the page that say how the quote was changed: "(emphasis added)". */
  note?: string
}

/** What the reader carries from one stretch to the next. */
export interface ReaderState {
  lexicon: Lexicon
  found: FoundQuote[]
  /** The quote of the stretch before, in the same paragraph. */
  open?: FoundQuote
  /** Whether the words after that quote were its cue. */
  cued: boolean
  /** The words behind that quote up to the stretch that is read, with the stretches between that are no quotes. */
  between: string
  /** The last quote of all, where it ended, and whether its mark was left open. */
  last?: { quote: FoundQuote; block: number; open: boolean; closes: boolean }
  /** Paragraphs of a quote whose cue is still to come. */
  pending: Range[]
}

/** A quote that this cue says whose it is. */
export const quoteBy = (cue: Cue, kind: FoundQuote['kind']): FoundQuote => ({
  ranges: [],
  kind,
  display: 'inline',
  cue
})
