// Hints about parts of an RE2 pattern that behave differently than in other regular expressions.
import type { NewBlockedTerm } from './schema.ts'

/** The parts of a pattern that match characters: escapes, Unicode and POSIX classes, ranges. */
const parts = /\\p\{\^?\w+\}|\\.|\[:\^?\w+:\]|[A-Za-z]-[A-Za-z]/gs

const beyondAscii = /[[\p{L}\p{M}]--[A-Za-z]]/v

interface Hint {
  /** The parts that it is about. */
  about: RegExp
  /** Whether it applies only to patterns with letters beyond ASCII. */
  beyond: boolean
  text: (part: string) => string
}

const hints: Hint[] = [
  {
    about: /^\\b$/i,
    beyond: true,
    text: (part) =>
      `${part} knows no letters beyond ASCII, so a word does not end at them: write (?:^|[^\\p{L}]) before it and (?:[^\\p{L}]|$) after it, or block a word instead of a pattern.`
  },
  {
    about: /^\\w$|^\[:\^?(?:word|alnum|alpha):\]$|^[A-Z]-[A-Z]$/i,
    beyond: true,
    text: (part) => `${part} has no letters beyond ASCII: write \\p{L}.`
  },
  {
    about: /^\\s$|^\[:\^?space:\]$/i,
    beyond: true,
    text: (part) => `${part} has no spaces beyond ASCII: write [\\s\\p{Z}].`
  },
  {
    about: /^[A-Z]-[A-Z]$|^\\p\{\^?Lu\}$|^\[:\^?upper:\]$/,
    beyond: false,
    text: (part) =>
      `${part} finds small letters as well, for case does not matter: begin with (?-i) where it does.`
  }
]

/** Hints about a term, in sentences; most have none. */
export function hintsOf({ kind, term }: Pick<NewBlockedTerm, 'kind' | 'term'>): string[] {
  if (kind === 'word') return []
  const isBeyond = beyondAscii.test(term)
  const regardsCase = !term.includes('(?-i')
  return [...new Set(term.match(parts))].flatMap((part) =>
    hints
      .filter(({ about, beyond }) => about.test(part) && (beyond ? isBeyond : regardsCase))
      .map(({ text }) => text(part))
  )
}
