import { type Static, Type } from 'typebox'
import { choice, Instant, ref, strict, text } from '../../http/schemas.ts'

export const CheckResult = strict(
  {
    code: text(100, { description: 'Which check it is; what `waive` names.', examples: ['broken-link'] }),
    severity: choice(['error', 'warning'], {
      description: 'An error blocks publishing; a warning does not.'
    }),
    waivable: Type.Boolean({
      description: 'Whether an editor may publish in spite of this error, saying why.'
    }),
    pointer: Type.String({
      description: 'JSON Pointer (RFC 6901) to the place in the draft (`edition=draft`).',
      examples: ['/media/0/credits']
    }),
    detail: Type.String({ description: 'What is wrong.' }),
    fix: Type.String({ description: 'What to do about it.' }),
    waived: Type.Optional(
      strict({ reason: Type.String() }, { description: 'Why it need not hold; it does not block any more.' })
    )
  },
  { $id: 'CheckResult', description: 'A check that the draft fails, at one place.' }
)
export type CheckResult = Static<typeof CheckResult>

export const Checks = strict(
  {
    publishable: Type.Boolean({ description: 'Whether no error is left that is not waived.' }),
    checks: Type.Array(ref(CheckResult))
  },
  { $id: 'Checks', description: 'What publishing would say of a draft.' }
)

export const ChecksQuery = strict({
  at: Type.Optional({
    ...Instant,
    description:
      'When it is meant to be published: embargoes and rights are checked for then. When it is scheduled for, or now, if left out.'
  })
})
export type ChecksQuery = Static<typeof ChecksQuery>
