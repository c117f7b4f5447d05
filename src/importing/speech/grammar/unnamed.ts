// People who are not named, with what is said of them.

import { reasonAt } from './speakers.ts'
import type { Token } from './tokens.ts'
import { type Clause, type Phrase, textBetween } from './tokens.ts'

const counts: Record<string, number> = Object.fromEntries([
  ['a', 1],
  ['an', 1],
  ...'one two three four five six seven eight nine ten'.split(' ').map((word, i) => [word, i + 1])
])
/** "20" */
export const isNumber = ({ text }: Token) => /^\d{1,3}$/.test(text)

/** How the words that belong to unnamed people begin: "familiar with", "of the port", "who". */
const complement =
  /^(?:familiar|briefed|with|close|who|for|of|from|involved|de|du|des|d’|del|da|do|di|della|von|der|für|aus|van|av|af|fra|från|pour|chez|i)$/
const closes = /^[,;:.!?—–()„“”"«»]$/

/** Unnamed people, with the words that say who they are and why they are not named. */
export function unnamed(clause: Clause, at: number, nounEnd: number, unknown = false): Phrase {
  const { tokens, text, lexicon } = clause
  const next = tokens[nounEnd]
  let end = nounEnd
  const why = reasonAt(text.slice(tokens[nounEnd - 1]!.end))
  // "sagte ein Ingenieur der Zeitung „Neues Ufer“": whom they told.
  const isTold = lexicon.outlets.test(tokens[nounEnd + 1]?.lower ?? '') && tokens[nounEnd + 2]?.text === '„'
  if (!why && next && complement.test(next.lower) && !isTold) {
    end++
    while (tokens[end] && !closes.test(tokens[end]!.text) && !reasonAt(text.slice(tokens[end - 1]!.end)))
      end++
  }
  const after = reasonAt(text.slice(tokens[end - 1]!.end))
  const description = textBetween(clause, at, end)
  const first = tokens[at]!
  const count = counts[first.lower] ?? (isNumber(first) ? Number(first.text) : undefined)
  const stop = after ? tokens[end - 1]!.end + after.words.length : 0
  while (after && tokens[end] && tokens[end]!.start < stop) end++
  return {
    speaker: {
      as: 'unnamed',
      unnamed: { description, ...(count && { count }), ...(after && { reason: after.reason }) },
      ...(unknown && { unknown }),
      words: textBetween(clause, at, end)
    },
    end
  }
}
