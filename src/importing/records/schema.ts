import { type Static, Type } from 'typebox'
import { DraftArticle } from '../../content/articles/schema.ts'
import { Attribution } from '../../content/attributions/schema.ts'
import { ExternalSystem } from '../../content/external/schema.ts'
import { Media } from '../../content/media/schema.ts'
import { Quote } from '../../content/quotes/schema.ts'
import { Source } from '../../content/sources/schema.ts'
import {
  choice,
  deskFields,
  filterValues,
  HttpUrl,
  Instant,
  id,
  nullable,
  pageQuery,
  ref,
  strict,
  text,
  Warning
} from '../../http/schemas.ts'
import { confidences, rules } from '../evidence/kinds.ts'

/** The body of POST /v1/imports: the page as text. */
export const SavedPage = Type.String({
  $id: 'SavedPage',
  minLength: 1,
  maxLength: 2 * 1024 * 1024,
  description: 'A saved news page, up to 2 MB.',
  examples: [
    'Monday, November 2, 2026\n\nLate ferry keeps sailing\n\n"The ferry stays," harbour master Mara Lindqvist said.\n'
  ]
})

const names = Type.Array(Type.String())

export const ReviewedRecord = strict(
  {
    text: Type.Optional(Type.String({ description: 'The words of a quote.' })),
    claim: Type.Optional(Type.String({ description: 'The words of a claim.' })),
    kind: Type.Optional(Type.String({ description: 'The kind of a quote or of a source.' })),
    speakers: Type.Optional(
      Type.Array(
        strict({
          sourceId: Type.Optional(id('src')),
          articleId: Type.Optional(id('art')),
          name: Type.String({
            description:
              'The name of the source, the title of the article of ours, or the description of who is not named.'
          }),
          relation: Type.String()
        }),
        { description: 'The chain of a quote or claim, nearest the reader first.' }
      )
    ),
    name: Type.Optional(Type.String({ description: 'The name of a source.' })),
    role: Type.Optional(Type.String({ description: 'The role of a source.' })),
    creditLine: Type.Optional(Type.String({ description: 'A credit as displayed.' })),
    creators: Type.Optional(names),
    suppliers: Type.Optional(names)
  },
  {
    $id: 'ReviewedRecord',
    description: 'What matters of a quote, claim, source or credit when it is reviewed.'
  }
)
export type ReviewedRecord = Static<typeof ReviewedRecord>

const kind = choice(['quote', 'claim', 'source', 'credit'])
const state = choice(['waiting', 'accepted', 'corrected', 'rejected'])

export const ImportProposal = strict(
  {
    id: Type.String({
      description: 'The record that was proposed: a quote, attribution, source or media credit of the draft.',
      examples: ['quo_01k9v3w8zhe5ra4gxm7y2bqd6c']
    }),
    kind,
    readFrom: Type.String({ maxLength: 300, description: 'The words of the page that it was read from.' }),
    rule: choice([...rules], {
      description:
        'How it was read. Of quotes: `cue-before` and `cue-after` by the words that say who speaks, before or after it; `according-to`; `block-quote`, set apart after a paragraph that announces it; `speaker-carried`, from the speaker of the quote before. Of claims: `reported-speech`, `according-to`. Of sources: `named-speaker`; `described-speaker`, as "the company"; `outlet-told`, in "told the Example Wire". Of credits: `credit-element`, which the page keeps apart; `caption`, at the end of one; `structured-data`, in the JSON-LD of the page.'
    }),
    confidence: choice([...confidences], {
      description:
        '`high`: the page says so in as many words. `medium`: one thing was guessed, such as the full name for a short one, or a speaker carried over. `low`: look at it first, a pronoun was resolved or nobody is named.'
    }),
    proposed: ref(ReviewedRecord),
    state,
    version: nullable(
      Type.Integer({ minimum: 1, description: 'The version of the record now; null where it is gone.' })
    ),
    decided: nullable(ref(ReviewedRecord)),
    decidedAt: nullable(Instant),
    decidedBy: nullable(Type.String({ description: 'Whose token it was.' })),
    mergedInto: nullable(id('src'))
  },
  {
    $id: 'ImportProposal',
    description: 'A record that was read from a page, why, and what an editor decided on it.'
  }
)
export type ImportProposal = Static<typeof ImportProposal>

const knownSource = strict({
  id: id('src'),
  kind: Source.properties.kind,
  name: Type.String(),
  role: Source.properties.role
})

export const SourceMatch = strict(
  {
    sourceId: id('src'),
    name: Type.String(),
    known: Type.Array(knownSource, { description: 'The oldest first, five at most.' })
  },
  {
    $id: 'SourceMatch',
    description:
      'A source that an import made, and those of the same name that the newsroom had: capitals, accents and punctuation aside. In a review `mergeInto` takes one of them instead.'
  }
)
export type SourceMatch = Static<typeof SourceMatch>

const page = nullable(
  strict(
    { bytes: Type.Integer({ minimum: 0 }), until: Instant },
    { description: 'How long it is kept, and how long it is; null when it is not kept (any more).' }
  )
)

const card = {
  id: id('imp'),
  kind: choice(['page', 'article'], {
    description: 'A saved page, or an article of an export of another system.'
  }),
  articleId: id('art'),
  title: Type.String({ description: 'The headline of the draft.' }),
  status: choice(['waiting', 'decided'], {
    description: '`waiting` while a proposal waits for a decision.'
  }),
  waiting: Type.Integer({ minimum: 0, description: 'How many proposals wait for a decision.' }),
  doubtful: Type.Integer({ minimum: 0, description: 'How many of those are of low confidence.' }),
  mediaType: choice(['text/html', 'text/plain']),
  file: nullable(
    Type.String({
      description:
        'The file that a page was read from, by the command line; where an article stands in its export.'
    })
  ),
  system: nullable(
    Type.Unsafe<string>({
      ...ExternalSystem,
      description: 'The system that an article of an export is from.'
    })
  ),
  exportId: nullable(
    Type.Unsafe<string>({
      ...id('imp'),
      description: 'The import of its export, where that came over HTTP and is still there.'
    })
  ),
  canonicalUrl: nullable(HttpUrl),
  page,
  importedBy: strict({
    name: Type.String({ description: 'Whose token it was.' }),
    role: nullable(choice(['viewer', 'contributor', 'editor', 'moderator', 'admin']))
  }),
  ...deskFields
}

const example = {
  id: 'imp_01k9v3w8zhe5ra4gxm7y2bqd6c',
  kind: 'page',
  articleId: 'art_01k9v3w8zhe5ra4gxm7y2bqd6c',
  title: 'Late ferry keeps sailing',
  status: 'waiting',
  waiting: 2,
  doubtful: 0,
  mediaType: 'text/html',
  file: null,
  system: null,
  exportId: null,
  canonicalUrl: 'https://news.example/late-ferry',
  page: { bytes: 18_213, until: '2026-12-02T08:30:00.000Z' },
  importedBy: { name: 'The night desk', role: 'editor' },
  version: 1,
  createdAt: '2026-11-02T08:30:00.000Z',
  updatedAt: '2026-11-02T08:30:00.000Z'
}

export const ImportCard = strict(card, {
  $id: 'ImportCard',
  description: 'A page, or an article of an export, that was imported, for lists.',
  examples: [example]
})
export type ImportCard = Static<typeof ImportCard>

const warnings = Type.Array(ref(Warning))
const proposals = Type.Array(ref(ImportProposal))
const matches = Type.Array(ref(SourceMatch), {
  description: 'For sources that were made: those of the same name that the newsroom has.'
})

export const Import = strict(
  { ...card, warnings, proposals, matches },
  {
    $id: 'Import',
    description:
      'A page, or an article of an export, that was imported, what was read from it, and what was decided on that.',
    examples: [{ ...example, warnings: [], proposals: [], matches: [] }]
  }
)
export type Import = Static<typeof Import>

export const Imported = strict(
  {
    article: ref(DraftArticle),
    sources: Type.Array(ref(Source)),
    media: Type.Array(ref(Media)),
    quotes: Type.Array(ref(Quote)),
    attributions: Type.Array(ref(Attribution), { description: 'Those of the quotes, and those of claims.' }),
    warnings,
    import: ref(ImportCard),
    proposals,
    matches
  },
  {
    $id: 'Imported',
    description:
      'The draft a page became, the records in it, what an editor should look at, and the import that waits for review.'
  }
)
export type Imported = Static<typeof Imported>

export const ImportQuery = strict({
  ...pageQuery().properties,
  status: filterValues(
    choice(['waiting', 'decided', 'queued', 'running', 'done', 'failed']),
    'All but `decided`, unless you say otherwise: pages and articles that wait for review, and exports, however far they are.'
  ),
  kind: filterValues(choice(['page', 'article', 'export']), 'What was imported.'),
  export: filterValues(id('imp'), 'The articles of these exports.'),
  article: filterValues(id('art')),
  importedBy: filterValues(text(200), 'The name of the token that imported it.')
})
export type ImportQuery = Static<typeof ImportQuery>
