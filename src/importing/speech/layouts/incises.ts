// A cue within the quotation marks, as French, Spanish, Italian and Portuguese set it: « Le gel, explique S, est venu. »
import type { Cue } from '../grammar/cue.ts'
import { verbFirst } from '../grammar/cues.ts'
import { clauseOf } from '../grammar/tokens.ts'
import type { Lexicon } from '../languages/lexicon.ts'
import type { Place } from '../places.ts'

interface Incise {
  cue: Cue
  /** The words of the quote before the cue and behind it. */
  parts: { start: number; end: number }[]
}

const opens = /,\s+|\s[—–-]\s?/g

/** The cue within a quote, with what it leaves of the quote on its two sides. */
export function inciseIn({ quoted, stretch, words }: Place, lexicon: Lexicon): Incise | undefined {
  if (!lexicon.language.incise) return undefined
  for (const { 0: mark, index } of quoted.matchAll(opens)) {
    const from = index + mark.length
    const dash = mark.trim() !== ','
    const closing = (dash ? /[—–-](?=[\s,.])/ : /,\s/).exec(quoted.slice(from))
    if (!closing) continue
    const clause = quoted.slice(from, from + closing.index)
    const cue = verbFirst(clauseOf(clause, lexicon))
    if (!cue) continue
    const after = stretch.start + from + closing.index + closing[0].trimEnd().length
    return {
      cue,
      parts: [
        { start: words.start, end: stretch.start + index },
        { start: after + /^\s*/.exec(quoted.slice(after - stretch.start))![0].length, end: words.end }
      ]
    }
  }
  return undefined
}
