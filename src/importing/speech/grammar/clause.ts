// A clause and its noun phrases, as those who read them hand them on.
import type { Lexicon } from '../languages/lexicon.ts'
import type { Speaker } from './speakers.ts'
import type { Token } from './tokens.ts'

/** A speaker and the first token behind it. */
export interface Phrase {
  speaker: Speaker
  end: number
}

export interface Clause {
  text: string
  tokens: Token[]
  lexicon: Lexicon
}

/** The words of a clause from one token to before another. */
export const joined = ({ text, tokens }: Clause, from: number, to: number) =>
  text.slice(tokens[from]!.start, tokens[to - 1]!.end)
