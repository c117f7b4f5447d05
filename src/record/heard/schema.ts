import { type Static, Type } from 'typebox'
import { choice, filterValues, Instant, id, nullable, ref, strict, text } from '../../http/schemas.ts'

const count = (description: string, example = 3) =>
  Type.Integer({ minimum: 0, description, examples: [example] })

/** What is counted of anybody. */
const counts = {
  articles: count('In how many articles.'),
  quotes: count('How many quotes are theirs: where a chain of attribution ends.', 12),
  direct: count('How many of these are in their own words.', 9),
  claims: count('How many claims, without quotation marks, rest on them.', 4),
  words: count('How many words the quotes have.', 310)
}

const nameOf = (what: string, example: string) => Type.String({ description: what, examples: [example] })

export const HeardSource = strict(
  {
    id: id('src'),
    name: nameOf('The name.', 'Mara Lindqvist'),
    kind: choice(['person', 'organization', 'document'], { description: 'What kind of source it is.' }),
    role: nullable(nameOf('The role, as it was published last.', 'harbour master')),
    affiliation: nullable(nameOf('The organization it belongs to.', 'Port Aldis Harbour Board')),
    firstTime: Type.Boolean({
      description: 'Whether no article before the period named it.',
      examples: [true]
    }),
    ...counts
  },
  { $id: 'HeardSource', description: 'A source that is heard in the period.' }
)
export type HeardSource = Static<typeof HeardSource>

export const HeardGroup = strict(
  {
    name: nullable(nameOf('What they have in common; null where it is not known.', 'person')),
    sources: count('How many sources.'),
    ...counts
  },
  { $id: 'HeardGroup', description: 'Sources that have something in common.' }
)
export type HeardGroup = Static<typeof HeardGroup>

export const HeardMonth = strict(
  {
    month: Type.String({ pattern: '^\\d{4}-\\d\\d$', description: 'In UTC.', examples: ['2026-11'] }),
    articles: count('How many articles.'),
    quotes: count('How many quotes.', 12),
    direct: count('How many of these are direct.', 9),
    named: count('How many of these are of somebody named.', 11),
    claims: count('How many claims.', 4),
    words: count('How many words the quotes have.', 310),
    sources: count('How many different sources are heard.'),
    firstTime: count('How many of these no article named before the period.')
  },
  { $id: 'HeardMonth', description: 'Who is heard in a month.' }
)
export type HeardMonth = Static<typeof HeardMonth>

export const SourceReport = strict(
  {
    from: { ...Instant, description: 'The beginning of the period.' },
    to: { ...Instant, description: 'Its end, which is not in it.' },
    articles: count('How many articles were published in the period.', 40),
    quotesPerArticle: Type.Number({
      minimum: 0,
      description: 'Quotes for each article, to two decimals.',
      examples: [2.25]
    }),
    totals: strict(
      {
        quotes: count('How many quotes.', 90),
        direct: count('How many of these are direct.', 70),
        named: count('How many of these are of somebody named.', 84),
        claims: count('How many claims.', 30),
        words: count('How many words the quotes have.', 2100),
        sources: count('How many different sources are heard.', 51),
        firstTime: count('How many of these no article named before.', 17)
      },
      { description: 'Each quote counts once, whoever it is of.' }
    ),
    months: Type.Array(ref(HeardMonth), {
      description: 'Month by month, those without an article left out.'
    }),
    kinds: Type.Array(ref(HeardGroup), { description: 'By the kind of source.' }),
    roles: Type.Array(ref(HeardGroup), { description: 'By role, the most heard first; 100 at most.' }),
    affiliations: Type.Array(ref(HeardGroup), {
      description: 'By organization, the most heard first; 100 at most.'
    }),
    unnamed: strict(counts, { description: 'What rests on sources that are not named.' }),
    sources: Type.Array(ref(HeardSource), { description: 'The most heard first; 1,000 at most.' })
  },
  {
    $id: 'SourceReport',
    description: 'Who is heard in what was published: counted from what editors entered, and guessed nowhere.'
  }
)
export type SourceReport = Static<typeof SourceReport>

export const mediaTypes = { json: 'application/json', csv: 'text/csv', svg: 'image/svg+xml' } as const
export type ReportForm = keyof typeof mediaTypes
export const forms = Object.keys(mediaTypes) as ReportForm[]

export const SourceReportQuery = strict({
  from: {
    ...Instant,
    description: 'Articles published at this instant or later.',
    examples: ['2026-09-01T00:00:00Z']
  },
  to: {
    ...Instant,
    description: 'Articles published before this instant.',
    examples: ['2026-12-01T00:00:00Z']
  },
  section: filterValues(text(200, { examples: ['harbour'] })),
  author: filterValues(
    text(300, { description: 'A name in a byline, or the id of its source.', examples: ['Edda Sorring'] })
  ),
  as: Type.Optional(
    choice(forms, {
      description:
        'The form, instead of `Accept`: JSON, a table of the sources as CSV, or a chart of the months.',
      examples: ['csv']
    })
  )
})
export type SourceReportQuery = Static<typeof SourceReportQuery>
