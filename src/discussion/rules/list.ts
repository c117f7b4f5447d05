// Every rule. Adding one is adding an entry to the list of its subject.
import type { Finding, Rule } from './rule.ts'
import { senderRules } from './senders.ts'
import { textRules } from './texts.ts'

export const rules: Rule[] = [...senderRules, ...textRules]

/** Those that new words for an old comment must pass: how it came in was judged then. */
export const rulesOfEdits = rules.filter(({ name }) =>
  ['ban', 'first', 'length', 'blocked-terms', 'links'].includes(name)
)

/** What the desk is shown of a rule that had something to say. */
export interface Mark {
  rule: string
  outcome: 'hold' | 'spam'
  matched: string
}

/** How many marks a comment has at most, and how long each is. */
const most = 20
const longest = 200

/**
 * What these rules say of a comment. Throws the problem of the first that refuses it. `alarm` is told of a comment in
 * which they find a sign of an attack.
 */
export function judge<Read>(facts: Read, rules: Rule<Read>[], alarm = () => {}): Mark[] {
  const found = rules.flatMap((rule) => rule.find(facts).map((finding) => ({ rule, finding })))
  if (found.some(({ rule }) => !rule.routine)) alarm()
  return found.map(({ rule, finding }) => markOf(rule.name, finding)).slice(0, most)
}

/** What is refused is not marked: it is not kept. */
function markOf(rule: string, finding: Finding): Mark {
  if (finding.outcome === 'refuse') throw finding.problem
  return { rule, outcome: finding.outcome, matched: finding.matched.slice(0, longest) }
}
