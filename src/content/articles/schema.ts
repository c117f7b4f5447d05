import { type Static, Type } from 'typebox'
import {
  choice,
  deskFields,
  edition,
  filterValues,
  HttpUrl,
  Instant,
  id,
  Key,
  Language,
  LanguageRange,
  listQuery,
  nullable,
  optionalNullable,
  ref,
  reference,
  strict,
  text,
  Warning
} from '../../http/schemas.ts'
import { type ArticleFormName, articleTypes } from '../../newsstand/schema.ts'
import { Attribution, claimInput, hopsInput } from '../attributions/schema.ts'
import { Body, BodyForm, NewBody } from '../body/schema.ts'
import { Correction } from '../corrections/schema.ts'
import { purposesOf } from '../credits/licences/schema.ts'
import { creditInput } from '../credits/schema.ts'
import { markField } from '../desk/marks/schema.ts'
import { ExternalId, externalFilter, externalInput, sendFields } from '../external/schema.ts'
import { Media, mediaInput } from '../media/schema.ts'
import { Quote, quoteInput } from '../quotes/schema.ts'
import { Source, sourceInput } from '../sources/schema.ts'
import { translationFields, translationFilter, translationInput } from './translations/schema.ts'

const slugWord = '[\\p{Ll}\\p{Lo}\\p{Lm}\\p{Nd}][\\p{Ll}\\p{Lo}\\p{Lm}\\p{Nd}\\p{M}]*'
/** Words in small letters of any script; but no fillers of Hangul, which are letters that nobody sees. */
export const slugPattern = `(?!.*[\\u115f\\u1160\\u3164\\uffa0])${slugWord}(?:-${slugWord})*`

const slug = Type.String({
  pattern: `^${slugPattern}$`,
  maxLength: 120,
  description:
    'The address of the article: words in small letters and digits of any script, joined by hyphens (RFC 3987); they are stored in Unicode normalization form C. In addresses it is percent-encoded. Left out, it is made from the title, and follows the title until the article is published for the first time; `null` asks for a new one. A former address of a published article leads to the new one.',
  examples: ['late-ferry-keeps-sailing']
})
const title = text(500, { examples: ['Late ferry keeps sailing'] })
const longText = text(5000, { examples: ['The board keeps the boat that people who work nights depend on.'] })
const shortText = text(200, { examples: ['harbour'] })
const tags = Type.Array(text(100), { maxItems: 100, uniqueItems: true })
const byline = (source: ReturnType<typeof id>) =>
  strict({ sourceId: optionalNullable(source), name: text(300), role: optionalNullable(text(300)) })
const origin = strict(
  {
    publisher: optionalNullable(text(300)),
    url: optionalNullable(HttpUrl),
    copyrightNotice: optionalNullable(text(1000)),
    licence: optionalNullable(text(300))
  },
  { description: 'Where the story comes from, when another publisher wrote it.' }
)
const commentPolicy = strict({
  mode: choice(['site', 'open', 'premoderated', 'first', 'closed'], {
    description:
      'Whether comments show at once (open), wait for a moderator (premoderated), wait until their author had one approved (first), or are not taken (closed); `site`, if left out: as the site does.'
  }),
  closesAt: optionalNullable(Instant)
})
const extra = Type.Unsafe<Record<string, unknown>>({
  type: 'object',
  maxProperties: 100,
  additionalProperties: true,
  description: 'Your own fields, stored and published as they are.'
})

const purposes = purposesOf(
  'What it is published for: the rights of its pictures have to allow that. For the desk only.'
)

const articleInput = {
  slug: optionalNullable(slug),
  title,
  dek: optionalNullable(longText),
  summary: optionalNullable(longText),
  language: optionalNullable(Language),
  section: optionalNullable(shortText),
  tags: Type.Optional(tags),
  dateline: optionalNullable(shortText),
  bylines: Type.Optional(Type.Array(byline(reference('src')), { maxItems: 50 })),
  body: Type.Optional(ref(NewBody)),
  leadMediaId: optionalNullable(reference('med')),
  origin: optionalNullable(origin),
  canonicalUrl: optionalNullable(HttpUrl),
  ...translationInput,
  publishedAt: optionalNullable(Instant),
  embargoUntil: optionalNullable(Instant),
  purposes: Type.Optional(purposes),
  commentPolicy: Type.Optional(commentPolicy),
  extra: Type.Optional(extra),
  assignee: optionalNullable(text(300, { description: 'Who is at it; for the desk only, as what follows.' })),
  internalNotes: optionalNullable(text(10_000)),
  dueAt: optionalNullable(Instant),
  legalHold: Type.Optional(
    Type.Boolean({ description: 'While true, nobody can publish it; only an editor may lift it.' })
  ),
  ...externalInput
}

/** What the draft of an article is made of. */
export const NewArticle = strict(articleInput, {
  $id: 'NewArticle',
  examples: [
    { title: 'Late ferry keeps sailing', section: 'harbour', body: { markdown: 'The ferry **stays**.' } }
  ]
})
export type NewArticle = Static<typeof NewArticle>

const key = { key: Type.Optional(Key) }
const many = (maxItems: number) => ({ maxItems })

/** A whole story in one request: an article with the records it rests on. */
export const NewStory = strict(
  {
    ...articleInput,
    sources: Type.Optional(Type.Array(strict({ ...key, ...sourceInput }), many(200))),
    media: Type.Optional(
      Type.Array(
        strict({
          ...key,
          ...mediaInput,
          credits: Type.Optional(Type.Array(strict({ ...key, ...creditInput }), many(20)))
        }),
        many(200)
      )
    ),
    quotes: Type.Optional(
      Type.Array(
        strict({
          ...key,
          ...quoteInput,
          attributions: Type.Optional(Type.Array(strict({ ...key, ...hopsInput }), many(20)))
        }),
        many(500)
      )
    ),
    attributions: Type.Optional(Type.Array(strict({ ...key, ...claimInput }), many(500)))
  },
  {
    $id: 'NewStory',
    description: 'All or nothing. Records refer to one another by id, or by the `key` of one sent along.',
    examples: [
      {
        title: 'Late ferry keeps sailing',
        section: 'harbour',
        tags: ['ferry'],
        body: { text: '"The ferry will keep sailing," Mara Lindqvist said on Monday.' },
        sources: [{ key: 'lindqvist', kind: 'person', name: 'Mara Lindqvist', role: 'harbour master' }],
        quotes: [
          {
            text: 'The ferry will keep sailing',
            attributions: [{ hops: [{ sourceId: 'lindqvist', relation: 'said' }] }]
          }
        ]
      }
    ]
  }
)
export type NewStory = Static<typeof NewStory>

/** Something with a body, after its body was converted to the Portable Text that is stored. */
export type Converted<T> = Omit<T, 'body'> & { body?: Body | null }
export type ConvertedArticle = Converted<NewArticle>
export type ConvertedStory = Converted<NewStory>

const fields = {
  id: id('art'),
  slug,
  title,
  dek: nullable(longText),
  summary: nullable(longText),
  language: Language,
  section: nullable(shortText),
  tags,
  dateline: nullable(shortText),
  bylines: Type.Array(byline(id('src'))),
  body: Type.Union([ref(Body), Type.String({ examples: ['<p>The ferry stays.</p>'] })], {
    description: 'Portable Text, or a string where `body=html|markdown|text` asks for one.'
  }),
  leadMediaId: nullable(id('med')),
  origin: nullable(origin),
  canonicalUrl: nullable(HttpUrl),
  publishedAt: nullable(Instant),
  firstPublishedAt: nullable(Instant),
  updatedAt: Instant,
  retracted: Type.Boolean({ description: 'Whether a correction takes all of it back.' }),
  commentPolicy,
  extra,
  media: Type.Array(ref(Media)),
  quotes: Type.Array(ref(Quote)),
  attributions: Type.Array(ref(Attribution), {
    description: 'The claims of the article and who they rest on.'
  }),
  corrections: Type.Array(ref(Correction)),
  sources: Type.Array(ref(Source), { description: 'Every source named in the article, once.' }),
  ...translationFields
}
export const Article = strict(fields, {
  $id: 'Article',
  description:
    'A story, complete: its pictures with credits, quotes with attributions, and sources are in it.'
})
export type Article = Static<typeof Article>

export const states = ['draft', 'in_review', 'approved', 'scheduled', 'published', 'withdrawn'] as const
const status = choice([...states])
/** What the desk sees of an article beside what it may publish. */
const workflow = {
  ...deskFields,
  embargoUntil: nullable(Instant),
  status,
  publishedWithChanges: Type.Boolean({
    description: 'Whether publishing the draft would change anything that readers see.'
  }),
  edition: Type.Integer({ minimum: 0, description: 'The number of the latest edition; 0 before the first.' }),
  publishAt: nullable(Instant),
  withdrawAt: nullable(Instant),
  assignee: nullable(Type.String()),
  dueAt: nullable(Instant),
  legalHold: Type.Boolean(),
  externalId: nullable(ExternalId)
}
export const DraftArticle = strict(
  {
    ...fields,
    ...workflow,
    internalNotes: nullable(Type.String()),
    purposes,
    ...markField,
    unchanged: Type.Optional(
      Type.Boolean({
        description:
          'True where publishing was asked for and nothing was to be published: there is no new edition, and readers see what they saw.'
      })
    )
  },
  {
    $id: 'DraftArticle',
    description: 'The working copy: what publishing would publish, and what only the desk sees.'
  }
)
export type DraftArticle = Static<typeof DraftArticle>

export const WrittenArticle = strict(
  {
    ...DraftArticle.properties,
    warnings: Type.Optional(
      Type.Array(ref(Warning), {
        description:
          'What of the body that was sent is not in the draft, and why; left out when nothing is lost.'
      })
    )
  },
  {
    $id: 'WrittenArticle',
    description: 'The draft as it was written, and what of what was sent is not in it.'
  }
)

export const SentArticle = strict(
  { ...WrittenArticle.properties, ...sendFields },
  {
    $id: 'SentArticle',
    description: 'The draft after a story was sent by its external id, and what of the story is not in it.'
  }
)

export const WriteQuery = strict({
  strict: Type.Optional(
    Type.Boolean({
      description: 'Refuse a body (422) of which something would be lost, instead of answering `warnings`.'
    })
  )
})
export type WriteQuery = Static<typeof WriteQuery>

const card = {
  id: fields.id,
  slug,
  title,
  dek: fields.dek,
  summary: fields.summary,
  language: Language,
  section: fields.section,
  tags,
  bylines: fields.bylines,
  leadMedia: nullable(ref(Media)),
  publishedAt: fields.publishedAt,
  updatedAt: Instant,
  retracted: fields.retracted
}
export const ArticleCard = strict(card, {
  $id: 'ArticleCard',
  description: 'The short form of an article, for lists.'
})
export type ArticleCard = Static<typeof ArticleCard>

export const DraftArticleCard = strict({ ...card, ...workflow }, { $id: 'DraftArticleCard' })
export type DraftArticleCard = Static<typeof DraftArticleCard>

export const ArticleFilters = listQuery({
  section: filterValues(shortText),
  tag: filterValues(text(100)),
  author: filterValues(text(300, { description: 'A name in a byline, or the id of its source.' })),
  source: filterValues(id('src')),
  language: filterValues(LanguageRange),
  'publishedAt.gte': Type.Optional(Instant),
  'publishedAt.lt': Type.Optional(Instant),
  'updatedAt.gte': Type.Optional(Instant),
  'updatedAt.lt': Type.Optional(Instant),
  ...translationFilter,
  hasCorrection: Type.Optional(Type.Boolean({ description: 'Whether something in it was corrected.' })),
  status: filterValues(choice([...states]), 'At the desk (`edition=draft`) only.'),
  ...externalFilter
})
export type ArticleFilters = Static<typeof ArticleFilters>

export const ArticleQuery = strict({
  ...edition,
  as: Type.Optional(
    choice(Object.keys(articleTypes) as ArticleFormName[], {
      description:
        'The form of the published article, whatever `Accept` says: JSON; JSON-LD of schema.org; Markdown with front matter; plain text; a page that stands alone. All but JSON have an address of their own, to which this leads.',
      examples: ['json']
    })
  ),
  body: Type.Optional(BodyForm),
  include: filterValues(choice(['comments']), 'The first comments of the thread, in `included`.')
})

/** What names an article in the path of a read. */
export const articleName = Type.String({
  maxLength: 200,
  description: 'The id or the slug.',
  examples: ['harbour-board-reverses-course-on-late-ferry']
})

/** What is answered where another form was asked for. */
export const formAnswer = {
  description: 'The form that was asked for is there.',
  headers: {
    Location: {
      type: 'string',
      description: 'The address of the article in this form.',
      examples: ['/v1/articles/late-ferry-keeps-sailing/markdown']
    }
  },
  type: 'null'
}

/** What a former slug is answered. */
export const movedAnswer = {
  description: 'The article has another slug now.',
  headers: {
    Location: {
      type: 'string',
      description: 'Its address now.',
      examples: ['/v1/articles/late-ferry-keeps-sailing']
    }
  },
  type: 'null'
}
