import { type Static, Type } from 'typebox'
import {
  choice,
  deskFields,
  filterValues,
  id,
  nullable,
  optionalNullable,
  pageQuery,
  strict,
  text
} from '../../http/schemas.ts'

const kind = choice(['word', 'pattern'], {
  description:
    'A word, or words that stand together, in whatever case and with whatever accents, as searches find them; or a regular expression (RE2), in whatever case. In RE2 `\\b`, `\\w`, `\\s` and `[a-z]` know ASCII alone: beside other letters write `\\p{L}`. Pattern and text are compared in Unicode normalization form C.'
})
const term = text(500, { examples: ['casino bonus'] })
const outcome = choice(['hold', 'spam', 'refuse'], {
  description: 'What becomes of a comment that has it: it waits, is marked as spam, or is not taken.'
})
const hints = Type.Array(Type.String(), {
  description:
    'What of a pattern may do something else than it seems to, and what to write instead; mostly nothing.'
})
const note = text(500, { description: 'Why it is blocked.' })

export const NewBlockedTerm = strict(
  { kind, term, outcome, note: optionalNullable(note) },
  { $id: 'NewBlockedTerm', examples: [{ kind: 'word', term: 'casino bonus', outcome: 'spam' }] }
)
export type NewBlockedTerm = Static<typeof NewBlockedTerm>

export const BlockedTerm = strict(
  { id: id('blk'), kind, term, outcome, note: nullable(note), hints, ...deskFields },
  { $id: 'BlockedTerm', description: 'A word or pattern that no comment gets past.' }
)
export type BlockedTerm = Static<typeof BlockedTerm>

export const BlockedTermQuery = strict({
  ...pageQuery().properties,
  kind: filterValues(kind),
  outcome: filterValues(outcome)
})
export type BlockedTermQuery = Static<typeof BlockedTermQuery>

export const Trial = strict(
  {
    kind,
    term,
    texts: Type.Array(text(10_000), { minItems: 1, maxItems: 20, description: 'Comments to try it on.' })
  },
  {
    $id: 'Trial',
    examples: [{ kind: 'pattern', term: 'cas[i1]no', texts: ['A CAS1NO', 'The casinos of Oslo', 'A ferry'] }]
  }
)
export type Trial = Static<typeof Trial>

export const TrialResult = strict(
  {
    matches: Type.Array(nullable(Type.String()), {
      description: 'For each text what of it matches, and null where nothing does.'
    }),
    hints
  },
  { $id: 'TrialResult', examples: [{ matches: ['CAS1NO', 'casino', null], hints: [] }] }
)
export type TrialResult = Static<typeof TrialResult>
