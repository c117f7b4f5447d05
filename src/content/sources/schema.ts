import { type Static, Type } from 'typebox'
import {
  choice,
  deskFields,
  filterValues,
  HttpUrl,
  Instant,
  id,
  listQuery,
  nullable,
  optionalNullable,
  ref,
  reference,
  sharedField,
  strict,
  text,
  Words
} from '../../http/schemas.ts'
import { doubtField } from '../desk/marks/schema.ts'
import { ExternalId, externalFilter, externalInput } from '../external/schema.ts'

const kind = choice(['person', 'organization', 'document'])
const name = text(300, { examples: ['Mara Lindqvist'] })
const role = text(500, {
  description: 'As the article gives it.',
  examples: ['harbour master of Port Aldis']
})
const url = HttpUrl
const sameAs = Type.Array(HttpUrl, { maxItems: 20 })
const aliases = Type.Array(text(300, { examples: ['M. Lindqvist'] }), {
  maxItems: 50,
  description:
    'Other names that it comes in under, by which imports and whole stories find it. For the desk only, never published: a former name may be private.',
  examples: [['M. Lindqvist']]
})
const notes = text(10_000, { description: 'For the desk only, never published.' })

const example = { kind: 'person', name: 'Mara Lindqvist', role: 'harbour master of Port Aldis' }

/** Input fields of a source, also within a whole story. */
export const sourceInput = {
  kind,
  name,
  role: optionalNullable(role),
  affiliationId: optionalNullable(reference('src')),
  url: optionalNullable(url),
  sameAs: Type.Optional(sameAs),
  notes: optionalNullable(notes),
  aliases: Type.Optional(aliases),
  ...externalInput
}

export const NewSource = strict(sourceInput, { $id: 'NewSource', examples: [example] })
export type NewSource = Static<typeof NewSource>

const fields = {
  id: id('src'),
  kind,
  name,
  role: nullable(role),
  affiliationId: nullable(id('src')),
  url: nullable(url),
  sameAs
}
export const Source = strict(fields, {
  $id: 'Source',
  description: 'A person, organization or document that says, reports, writes or supplies.'
})
export type Source = Static<typeof Source>

const counted = (what: string) =>
  Type.Integer({ minimum: 0, description: `How many ${what}.`, examples: [3] })
const seenAt = (which: string) =>
  nullable({ ...Instant, description: `When the ${which} of these articles was published.` })

export const SourceAnswer = strict(
  {
    ...fields,
    seen: strict(
      {
        articles: counted('published articles have a chain that names it'),
        quotes: counted('published quotes have a chain that names it'),
        attributions: counted('published chains, of quotes and of claims, name it'),
        firstAt: seenAt('first'),
        lastAt: seenAt('latest')
      },
      { description: 'How often it is named in what is published. `dependents` has each of them.' }
    )
  },
  { $id: 'SourceAnswer', description: 'A source, and how often it is named.' }
)
export type SourceAnswer = Static<typeof SourceAnswer>

export const DraftSource = strict(
  {
    ...fields,
    notes: nullable(notes),
    aliases,
    externalId: nullable(ExternalId),
    ...deskFields,
    ...doubtField,
    ...sharedField
  },
  { $id: 'DraftSource' }
)
export type DraftSource = Static<typeof DraftSource>

export const SourceFilters = listQuery({
  kind: filterValues(kind),
  article: filterValues(id('art')),
  name: filterValues(name, 'Exactly this name; `q` finds parts of it.'),
  alias: filterValues(
    name,
    'One of its names: its name or an alias, whatever the capitals, accents and punctuation. At the desk (`edition=draft`) only.'
  ),
  ...externalFilter,
  sameAs: filterValues(HttpUrl, 'One of the addresses in its `sameAs`.'),
  q: Type.Optional({
    ...Words,
    description:
      'Words of its name, aliases and role, as `q` of articles takes them. At the desk (`edition=draft`) only.'
  })
})
export type SourceFilters = Static<typeof SourceFilters>

const why = <const T extends string[]>(codes: T, description: string) =>
  Type.Array(
    strict({
      code: choice(codes, { description: 'What it is about.' }),
      detail: Type.String({
        description: 'The same in words.',
        examples: ['Both are called Mara Lindqvist.']
      })
    }),
    { description }
  )

export const SourceDuplicate = strict(
  {
    source: ref(DraftSource),
    into: ref(DraftSource),
    reasons: why(['name', 'alias', 'address', 'initials'], 'What speaks for both being one.'),
    against: why(['role', 'affiliation', 'external-id'], 'What speaks against it; the fewer, the likelier.')
  },
  { $id: 'SourceDuplicate', description: 'Two sources that may be the same: an editor decides.' }
)
export type SourceDuplicate = Static<typeof SourceDuplicate>
