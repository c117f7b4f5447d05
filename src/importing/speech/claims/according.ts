// Claims without a verb: "According to S, CLAIM", "CLAIM, according to S".

import { accordingAt } from '../grammar/according.ts'
import type { Clause } from '../grammar/tokens.ts'
import { verbsIn } from '../grammar/verbs.ts'
import { openBracket, type SentenceClaim } from './bounds.ts'

/** "According to S, CLAIM", "CLAIM, according to S", "CLAIM, according to S, CLAIM" */
export function accordingClaims(clause: Clause, sentence: string): SentenceClaim[] {
  const { tokens, lexicon } = clause
  if (!lexicon.according.test(sentence)) return []
  for (let at = 0; at < tokens.length; at++) {
    const cue = lexicon.according.test(sentence.slice(tokens[at]!.start, tokens[at]!.start + 40))
      ? accordingAt(clause, at)
      : undefined
    if (!cue) continue
    const end = apposition(clause, cue.end)
    const next = tokens[end]
    const after = next && /^[,:]$/.test(next.text) ? tokens[end + 1] : next
    if (at === 0) return after ? [{ cue, start: after.start, end: sentence.length }] : []
    const before = sentence.slice(0, tokens[at]!.start).replace(/[\s,—–]{1,5}$/, '').length
    const rest = next?.text === ',' && after ? sentence.slice(after.start) : ''
    if (rest.length > before && !isAdded.test(rest))
      return [{ cue, start: after!.start, end: sentence.length }]
    return before > 0 ? [{ cue, start: openBracket(sentence, before), end: before }] : []
  }
  return []
}

/** ", according to S, although ...": what stands behind is said of the claim before. */
const isAdded = /^(?:although|though|and|but|which|who|while|because|\p{Ll}+ing)\s/u

/** Where a role between commas ends, when something follows it. */
function apposition({ tokens, lexicon }: Clause, end: number) {
  if (tokens[end]?.text !== ',') return end
  const close = tokens.findIndex(({ text }, i) => i > end && text === ',')
  const role = close < 0 ? [] : tokens.slice(end + 1, close)
  const isRole =
    role.length > 0 &&
    role.length < 12 &&
    role.some(({ lower }) => lexicon.people.test(lower)) &&
    verbsIn(role, lexicon).length === 0
  return isRole ? close : end
}
