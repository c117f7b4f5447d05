// Checks of quotations on the wire: what is asked, and what the record says.
import { type Static, Type } from 'typebox'
import {
  choice,
  edition,
  Instant,
  id,
  Language,
  nullable,
  optionalNullable,
  ref,
  strict,
  text
} from '../../http/schemas.ts'

/** In bytes, of the whole request. */
export const maxBytes = 20 * 1024
export const maxQuotations = 50

const about = {
  description: 'Without quotation marks.',
  examples: ['It stays.']
}
const words = Type.String(about)
const speaker = {
  description: 'Whose they are said to be.',
  examples: ['Mara Lindqvist']
}

const Asked = strict(
  {
    words: text(maxBytes, about),
    speaker: optionalNullable(text(300, speaker))
  },
  { description: 'A quotation.' }
)

export const NewQuoteCheck = strict(
  {
    text: Type.Optional(
      text(maxBytes, {
        description: 'A text, with quotation marks.',
        examples: ['"It stays," said Mara Lindqvist.']
      })
    ),
    html: Type.Optional(
      text(maxBytes, {
        description: 'The same as HTML.',
        examples: ['<p>“It stays,” said Mara Lindqvist.</p>']
      })
    ),
    quotations: Type.Optional(
      Type.Array(Asked, {
        minItems: 1,
        maxItems: maxQuotations,
        description: 'The quotations themselves.'
      })
    ),
    articleId: Type.Optional({
      ...id('art'),
      description: 'A draft, with `edition=draft`.'
    }),
    language: Type.Optional({
      ...Language,
      description: 'Told from its words if left out.'
    })
  },
  {
    $id: 'NewQuoteCheck',
    description: 'One of `text`, `html`, `quotations` and `articleId`: what is to be checked, 20 kB at most.',
    examples: [{ text: '"The ferry will keep sailing," said Mara Lindqvist.' }]
  }
)
export type NewQuoteCheck = Static<typeof NewQuoteCheck>

export const QuoteCheckQuery = strict(edition)
export type QuoteCheckQuery = Static<typeof QuoteCheckQuery>

export const WordDifference = strict(
  {
    text: Type.String({ description: 'Words.', examples: ['will '] }),
    change: Type.Optional(
      choice(['added', 'removed'], {
        description: 'Absent where both have it.',
        examples: ['removed']
      })
    )
  },
  { $id: 'WordDifference', description: 'Words of one text or of both.' }
)
export type WordDifference = Static<typeof WordDifference>

const QuotedSource = strict(
  {
    id: nullable({ ...id('src'), description: 'Null: not named.' }),
    name: Type.String({
      description: 'Its name, or how it is described.',
      examples: ['Mara Lindqvist']
    })
  },
  { $id: 'QuotedSource', description: 'Whose words they are on record.' }
)
export const Quoted = QuotedSource
export type Quoted = Static<typeof QuotedSource>

export const QuoteMatch = strict(
  {
    quoteId: id('quo'),
    words: { ...words, description: 'The words on record.' },
    sources: Type.Array(ref(QuotedSource), { description: 'Where the chains of attribution end.' }),
    article: strict(
      {
        id: id('art'),
        slug: Type.String({ description: 'Its address.', examples: ['late-ferry-keeps-sailing'] }),
        title: Type.String({ description: 'Its headline.', examples: ['Late ferry keeps sailing'] }),
        publishedAt: { ...Instant, description: 'At first.' },
        updatedAt: { ...Instant, description: 'Since when it is this edition.' }
      },
      { description: 'Where it stands.' }
    ),
    changed: Type.Integer({
      minimum: 0,
      description: 'How many words differ.',
      examples: [1]
    }),
    difference: Type.Array(ref(WordDifference), {
      description: 'Both texts in one.'
    })
  },
  { $id: 'QuoteMatch', description: 'A quote on record.' }
)
export type QuoteMatch = Static<typeof QuoteMatch>

const { article: _, ...ofQuote } = QuoteMatch.properties

export const DraftQuoteMatch = strict(
  {
    ...ofQuote,
    article: strict(
      {
        id: id('art'),
        title: Type.String({ description: 'Its headline.', examples: ['Late ferry keeps sailing'] }),
        status: Type.String({ description: 'Where it is in the workflow.', examples: ['draft'] })
      },
      { description: 'The draft in which it stands.' }
    )
  },
  { $id: 'DraftQuoteMatch', description: 'A quote that is in a draft and not on record like this.' }
)
export type DraftQuoteMatch = Static<typeof DraftQuoteMatch>

const verdict = choice(['verbatim', 'altered', 'misattributed', 'unknown'], {
  description:
    '`verbatim`: on record in these words; `altered`: in other words; `misattributed`: of somebody else; `unknown`: not at all.',
  examples: ['altered']
})

export const CheckedQuotation = strict(
  {
    words,
    speaker: nullable(Type.String({ ...speaker, description: 'Whom the text names.' })),
    verdict,
    matches: Type.Array(ref(QuoteMatch), {
      description: 'Of whom the text names first; five at most.'
    }),
    drafts: Type.Optional(
      Type.Array(ref(DraftQuoteMatch), {
        description:
          'The same in drafts, nearest first, five at most; with `edition=draft` only. The verdict is of what is on record.'
      })
    )
  },
  { $id: 'CheckedQuotation', description: 'What the record says of it.' }
)
export type CheckedQuotation = Static<typeof CheckedQuotation>

export const QuoteCheck = strict(
  { quotations: Type.Array(ref(CheckedQuotation), { description: 'In the order of the text.' }) },
  { $id: 'QuoteCheck', description: 'Nothing of it is kept.' }
)
export type QuoteCheck = Static<typeof QuoteCheck>

export const QuoteVariants = strict(
  {
    quoteId: id('quo'),
    words: { ...words, description: 'The words of this quote.' },
    variants: Type.Array(ref(QuoteMatch), {
      description: 'The nearest first, 50 at most.'
    })
  },
  { $id: 'QuoteVariants', description: 'The same words elsewhere.' }
)
export type QuoteVariants = Static<typeof QuoteVariants>
