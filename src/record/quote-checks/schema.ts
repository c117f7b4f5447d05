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
  description: 'The words, without the quotation marks around them.',
  examples: ['The ferry will keep sailing.']
}
const words = Type.String(about)
const speaker = {
  description: 'Whose words they are said to be.',
  examples: ['Mara Lindqvist']
}

const Asked = strict(
  {
    words: text(maxBytes, about),
    speaker: optionalNullable(text(300, speaker))
  },
  { description: 'A quotation, and whose it is said to be.' }
)

export const NewQuoteCheck = strict(
  {
    text: Type.Optional(
      text(maxBytes, {
        description: 'A text, with its quotations between quotation marks.',
        examples: ['"The ferry will keep sailing," said Mara Lindqvist.']
      })
    ),
    html: Type.Optional(
      text(maxBytes, {
        description: 'The same as HTML.',
        examples: ['<p>“The ferry will keep sailing,” said Mara Lindqvist.</p>']
      })
    ),
    quotations: Type.Optional(
      Type.Array(Asked, {
        minItems: 1,
        maxItems: maxQuotations,
        description: 'The quotations themselves, where the client has found them.',
        examples: [[{ words: 'The ferry will keep sailing.', speaker: 'Mara Lindqvist' }]]
      })
    ),
    articleId: Type.Optional({
      ...id('art'),
      description: 'A draft, with `edition=draft`: what it quotes is looked for in all other articles.'
    }),
    language: Type.Optional({
      ...Language,
      description:
        'The language of the text, by whose grammar speakers are found; told from its words if left out.'
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
    text: Type.String({ description: 'Words, with the spaces behind them.', examples: ['will '] }),
    change: Type.Optional(
      choice(['added', 'removed'], {
        description:
          '`added` in the quotation, `removed` from the words on record; absent where they are the same.',
        examples: ['removed']
      })
    )
  },
  { $id: 'WordDifference', description: 'A stretch of a quotation, of the words on record, or of both.' }
)
export type WordDifference = Static<typeof WordDifference>

const QuotedSource = strict(
  {
    id: nullable({ ...id('src'), description: 'The id of the source; null where it is not named.' }),
    name: Type.String({
      description: 'The name of the source, or how one is described that is not named.',
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
        publishedAt: { ...Instant, description: 'When it was published first.' },
        updatedAt: { ...Instant, description: 'Since when readers read this edition of it.' }
      },
      { description: 'Where it stands, in the published edition.' }
    ),
    changed: Type.Integer({
      minimum: 0,
      description: 'How many words differ; one that stands for another counts once.',
      examples: [1]
    }),
    difference: Type.Array(ref(WordDifference), {
      description: 'Both texts in one; a single stretch where nothing differs.'
    })
  },
  { $id: 'QuoteMatch', description: 'A quote on record whose words these are, or nearly.' }
)
export type QuoteMatch = Static<typeof QuoteMatch>

const verdict = choice(['verbatim', 'altered', 'misattributed', 'unknown'], {
  description:
    '`verbatim`: on record in these words, of whom the text names; capitals, accents and punctuation aside. `altered`: on record in other words. `misattributed`: on record, but of somebody else. `unknown`: not on record here.',
  examples: ['altered']
})

export const CheckedQuotation = strict(
  {
    words,
    speaker: nullable(
      Type.String({ ...speaker, description: 'Whom the text names for them; null where it names nobody.' })
    ),
    verdict,
    matches: Type.Array(ref(QuoteMatch), {
      description:
        'Where they are on record: those of whom the text names first, then the nearest; five at most.'
    })
  },
  { $id: 'CheckedQuotation', description: 'A quotation, and what the record says of it.' }
)
export type CheckedQuotation = Static<typeof CheckedQuotation>

export const QuoteCheck = strict(
  { quotations: Type.Array(ref(CheckedQuotation), { description: 'In the order of the text.' }) },
  { $id: 'QuoteCheck', description: 'Every quotation of what was sent. Nothing of it is kept.' }
)
export type QuoteCheck = Static<typeof QuoteCheck>

export const QuoteVariants = strict(
  {
    quoteId: id('quo'),
    words: { ...words, description: 'The words of this quote.' },
    variants: Type.Array(ref(QuoteMatch), {
      description:
        'The same words elsewhere, the nearest first: 50 at most. `difference` begins with the words of this quote: what is `removed` stands there, and not here.'
    })
  },
  { $id: 'QuoteVariants', description: 'A quote, and the same words in other quotes.' }
)
export type QuoteVariants = Static<typeof QuoteVariants>
