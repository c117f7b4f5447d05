// All rules for comments. To add one, add an entry to the list of its subject.
import type { Finding, Rule } from './rule.ts'
import { senderRules } from './senders.ts'
import { textRules } from './texts.ts'

export const rules: Rule[] = [...senderRules, ...textRules]

/** The rules for edits: those about the sender applied when it was posted. */
export const rulesOfEdits = rules.filter(({ name }) =>
  ['ban', 'first', 'length', 'blocked-terms', 'links'].includes(name)
)

/** A mark: a rule that matched, as moderators see it. */
export interface Mark {
  rule: string
  outcome: 'hold' | 'spam'
  matched: string
}

/** Limits of the number of marks, and of the length of each. */
const maxMarks = 20
const maxMarkLength = 200

/**
 * Applies rules to a comment and answers its marks. Throws the problem of the first rule that refuses it. `alarm` is
 * called for a sign of an attack.
 */
export function judge<Read>(facts: Read, rules: Rule<Read>[], alarm = () => {}): Mark[] {
  const found = rules.flatMap((rule) => rule.find(facts).map((finding) => ({ rule, finding })))
  if (found.some(({ rule }) => !rule.routine)) alarm()
  return found.map(({ rule, finding }) => markOf(rule.name, finding)).slice(0, maxMarks)
}

/** A refused comment gets no mark: it is not stored. */
function markOf(rule: string, finding: Finding): Mark {
  if (finding.outcome === 'refuse') throw finding.problem
  return { rule, outcome: finding.outcome, matched: finding.matched.slice(0, maxMarkLength) }
}
