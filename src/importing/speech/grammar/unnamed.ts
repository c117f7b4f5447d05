// People who are not named, with what is said of them.

import { reasonAt } from './speakers.ts'
import type { Token } from './tokens.ts'
import { type Clause, type Phrase, textBetween } from './tokens.ts'

const counts: Record<string, number | undefined> = Object.fromEntries([
  ['a', 1],
  ['an', 1],
  ...'one two three four five six seven eight nine ten'.split(' ').map((word, i) => [word, i + 1])
])
/** "20" */
export const isNumber = ({ text }: Token) => /^\d{1,3}$/.test(text)

/** "six in 10", "nine out of ten", "a slim majority", "a third", "18 %": how many people, without a noun for them. */
const ratio = /^(?:in|out)$/
const share = /^(?:half|thirds?|quarters?|fifths?|majority|minority|plurality)$/
const loneWords = 'half|most|another|two-thirds|three-quarters|some|many|several|few|both|others|those'
const lone = new RegExp(`^(?:${loneWords})$`)
/** What says more of people whom no noun names: "those in the harbour". */
const peopleSaid = /^(?:of|who|in|around|at|near|close|behind|inside|outside)$/
const approximateWords =
  'about|nearly|roughly|almost|just|only|over|more|fewer|less|than|at|least|as|many|some'
const approximate = new RegExp(`^(?:${approximateWords})$`)
/** What such words begin with, if not with a number. */
const begins = new Set([
  ...Object.keys(counts),
  'the',
  ...loneWords.split('|'),
  ...approximateWords.split('|')
])

/** Where the words for a share of people end, which has no noun of its own; undefined where none begins here. */
export function shareEnd({ tokens, lexicon }: Clause, at: number): number | undefined {
  if (lexicon.language.tag !== 'en') return undefined
  if (!begins.has(tokens[at]!.lower) && !isNumber(tokens[at]!)) return undefined
  const behindOne = tokens[at + 1]
  if (lone.test(tokens[at]!.lower) && (!behindOne || peopleSaid.test(behindOne.lower))) return at + 1
  let first = at
  if (/^half$/.test(tokens[at]!.lower) && behindOne?.lower === 'the') return at + 2
  while (first < tokens.length - 1 && approximate.test(tokens[first]!.lower)) first++
  const number = tokens[first]!
  const next = tokens[first + 1]
  if (counts[number.lower] !== undefined || isNumber(number)) {
    if (next?.text === '%') return first + 2
    if (next && ratio.test(next.lower)) {
      const of = tokens[first + 2]?.lower === 'of' ? first + 3 : first + 2
      const whole = tokens[of]
      return whole && (counts[whole.lower] !== undefined || isNumber(whole)) ? of + 1 : undefined
    }
  }
  const noun = /^(?:an?|the)$/.test(number.lower) && next && !share.test(next.lower) ? first + 2 : first + 1
  if (/^(?:an?|the|one|two|three)$/.test(number.lower) && share.test(tokens[noun]?.lower ?? ''))
    return noun + 1
  return lone.test(number.lower) && (!next || peopleSaid.test(next.lower)) ? first + 1 : undefined
}

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
  const isShare = shareEnd(clause, at) !== undefined
  const count = isShare
    ? undefined
    : (counts[first.lower] ?? (isNumber(first) ? Number(first.text) : undefined))
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
