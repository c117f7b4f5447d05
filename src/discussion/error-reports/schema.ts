import { type Static, Type } from 'typebox'
import { NewCorrection } from '../../content/corrections/schema.ts'
import {
  choice,
  deskFields,
  filterValues,
  Instant,
  id,
  nullable,
  optionalNullable,
  pageQuery,
  ref,
  strict,
  text
} from '../../http/schemas.ts'
import { DraftComment, email, hash, key, NewComment } from '../comments/schema.ts'

const what = text(5000, {
  description: 'What is wrong, in the words of the reader. Plain text.',
  examples: ['The ferry was built in 1989, not in 1987.']
})
const words = text(2000, {
  description: 'The words of the article that are wrong.',
  examples: ['built in 1987']
})
const evidence = text(5000, {
  description: 'How the reader knows: a document, an address, that they were there.',
  examples: ['https://shipyard.example/list shows the year.']
})
const name = text(100, { description: 'Told to the desk only.', examples: ['Ines'] })
const mention = Type.Boolean({
  description: 'Whether the correction may say that a reader found it. No name is published.',
  examples: [true]
})

/** What a report may be about, beside the article itself: one of these. */
const subjects = {
  quoteId: optionalNullable(id('quo')),
  attributionId: optionalNullable(id('att')),
  creditId: optionalNullable(id('crd'))
}

export const NewErrorReport = strict(
  {
    what,
    words: optionalNullable(words),
    ...subjects,
    evidence: optionalNullable(evidence),
    mention: Type.Optional(mention),
    contact: optionalNullable(
      strict(
        { name: optionalNullable(name), email: optionalNullable(email), key: optionalNullable(key) },
        {
          description:
            'How the desk may ask back. Kept encrypted, shown to the desk where one report is read, never published.'
        }
      )
    ),
    website: NewComment.properties.website,
    form: NewComment.properties.form,
    proof: NewComment.properties.proof
  },
  {
    $id: 'NewErrorReport',
    examples: [
      {
        what: 'The ferry was built in 1989, not in 1987.',
        words: 'built in 1987',
        evidence: 'https://shipyard.example/list shows the year.',
        mention: true,
        contact: { email: 'ines@mail.example' }
      }
    ]
  }
)
export type NewErrorReport = Static<typeof NewErrorReport>

const receipt = Type.String({
  pattern: '^[A-Za-z0-9_-]{43}$',
  description:
    'With it the reader asks what became of the report, without an account. It is told this once: only its SHA-256 is kept.',
  examples: ['q3mJm1sV2vYyX9m0b5oT4hZ8kLr7cWfQe6nUaGdPiSx']
})

const common = { id: id('err'), articleId: id('art'), createdAt: Instant }

export const PostedErrorReport = strict(
  {
    ...common,
    status: choice(['open'], { description: 'It waits for the desk.' }),
    receipt
  },
  { $id: 'PostedErrorReport', description: 'The answer to a report, with its receipt.' }
)
export type PostedErrorReport = Static<typeof PostedErrorReport>

export const NewReceiptLookup = strict(
  { receipt },
  { $id: 'NewReceiptLookup', examples: [{ receipt: 'q3mJm1sV2vYyX9m0b5oT4hZ8kLr7cWfQe6nUaGdPiSx' }] }
)
export type NewReceiptLookup = Static<typeof NewReceiptLookup>

const reason = text(2000, {
  description: 'Why it was declined, as the reader is told.',
  examples: ['The yard confirmed 1987 to us.']
})

export const OwnErrorReport = strict(
  {
    ...common,
    status: choice(['open', 'accepted', 'corrected', 'declined'], {
      description:
        'Whether it waits (open), will be corrected (accepted), is corrected in what is published now (corrected), or was declined.'
    }),
    reason: nullable(reason),
    correctionId: nullable({
      ...id('cor'),
      description: 'The published correction; null before.'
    }),
    decidedAt: nullable(Instant)
  },
  { $id: 'OwnErrorReport', description: 'What became of a report, as its reader is told.' }
)
export type OwnErrorReport = Static<typeof OwnErrorReport>

const statuses = ['open', 'accepted', 'declined', 'spam'] as const
const note = text(2000, { description: 'For the desk.', examples: ['Checked with the yard.'] })

export const ErrorReport = strict(
  {
    ...common,
    what,
    words: nullable(words),
    quoteId: nullable(id('quo')),
    attributionId: nullable(id('att')),
    creditId: nullable(id('crd')),
    evidence: nullable(evidence),
    mention,
    contact: strict(
      {
        name: nullable(Type.String({ description: 'Told where one report is read.', examples: ['Ines'] })),
        email: nullable(Type.String({ description: 'Told where one report is read.' })),
        key: nullable(hash),
        emailHash: nullable(hash)
      },
      { description: 'Who reported it.' }
    ),
    network: hash,
    status: choice([...statuses]),
    rules: DraftComment.properties.rules,
    reason: nullable(reason),
    note: nullable(note),
    correctionId: nullable({ ...id('cor'), description: 'The correction that it led to.' }),
    decidedAt: nullable(Instant),
    decidedBy: nullable(
      Type.String({ description: 'Who accepted or declined it.', examples: ['The night desk'] })
    ),
    version: deskFields.version,
    updatedAt: Instant
  },
  { $id: 'ErrorReport', description: 'What a reader says is wrong in an article. For the desk only.' }
)
export type ErrorReport = Static<typeof ErrorReport>

export const Acceptance = strict(
  {
    correction: Type.Optional(ref(NewCorrection)),
    correctionId: Type.Optional({
      ...id('cor'),
      description: 'A correction of the same article that says it already, instead of a new one.'
    }),
    note: optionalNullable(note)
  },
  {
    $id: 'Acceptance',
    description:
      'Either a new `correction`, which without a `target` has what the report is about, or the `correctionId` of one.',
    examples: [
      {
        correction: {
          kind: 'correction',
          text: 'An earlier version gave the wrong year.',
          was: '1987',
          now: '1989'
        }
      }
    ]
  }
)
export type Acceptance = Static<typeof Acceptance>

export const Refusal = strict(
  { reason, note: optionalNullable(note) },
  { $id: 'Refusal', examples: [{ reason: 'The yard confirmed 1987 to us.' }] }
)
export type Refusal = Static<typeof Refusal>

export const ErrorReportFilters = strict({
  ...pageQuery().properties,
  status: filterValues(choice([...statuses])),
  article: filterValues(id('art')),
  quote: filterValues(id('quo')),
  author: filterValues(hash, 'The hash of the key of the reader, as `contact.key` shows it.'),
  emailHash: filterValues(hash, 'The hash of the e-mail address.'),
  network: filterValues(hash, 'The hash of the network.'),
  'createdAt.gte': Type.Optional(Instant),
  'createdAt.lt': Type.Optional(Instant),
  sort: Type.Optional(
    choice(['-createdAt', 'createdAt'], { description: 'Newest first (when left out), or oldest first.' })
  )
})
export type ErrorReportFilters = Static<typeof ErrorReportFilters>
