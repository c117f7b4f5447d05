// A send in the form in which it is compared with others: keys resolved to ids, defaults written out as in storage.
import { columnsOf, contentOf } from '../articles/content.ts'
import type { ConvertedArticle, ConvertedStory } from '../articles/schema.ts'
import { asWritten } from '../attributions/hops.ts'
import type { Hop, NewHop } from '../attributions/schema.ts'
import type { NewMediaCredit } from '../credits/schema.ts'
import * as mediaCredits from '../credits/store.ts'
import type { NewQuote } from '../quotes/schema.ts'
import * as quotes from '../quotes/store.ts'
import type { Given, Item, Keys } from './keys.ts'
import type { Sent } from './sends.ts'

type Form = <T>(value: T) => T

/** Without what JSON leaves out. */
const plain: Form = (value) => JSON.parse(JSON.stringify(value)) as typeof value

/** With what JSON leaves out: for what is written as JSON, and compared with nothing before. */
const asItIs: Form = (value) => value

/** The workflow of an article changes only where a request names it. */
const named = [
  'slug',
  'translationOf',
  'publishedAt',
  'embargoUntil',
  'purposes',
  'commentPolicy',
  'assignee',
  'internalNotes',
  'dueAt',
  'legalHold'
] as const

/** The fields of the article that a send tells of, as they would be stored. */
export function fieldsOf(resolved: ConvertedArticle, form: Form = plain): ConvertedArticle {
  const { externalSystem: _, externalId: _e, ...columns } = columnsOf(resolved)
  const bylines = (resolved.bylines ?? []).map(({ sourceId, name, role }) => ({
    ...(sourceId && { sourceId }),
    name,
    ...(role && { role })
  }))
  const stored = { ...columns, tags: resolved.tags ?? [], bylines }
  const workflow = Object.fromEntries(
    named.flatMap((name) => {
      if (resolved[name] === undefined || (name === 'slug' && resolved.slug === null)) return []
      return [[name, name === 'slug' ? resolved.slug : stored[name]]]
    })
  )
  // A body is long, and plain already: it came as JSON, or was converted.
  const { body, ...content } = contentOf(stored)
  return { ...form({ ...content, ...workflow }), body }
}

export const quoteOf = (input: NewQuote) => plain(quotes.columns(input))

const hopsOfSend = (keys: Keys, hops: NewHop[]): Hop[] =>
  hops.map((hop) => asWritten(hop.sourceId ? { ...hop, sourceId: keys.id('src', hop.sourceId) } : hop))

export const hopsOf = (keys: Keys, hops: NewHop[]): Hop[] => plain(hopsOfSend(keys, hops))

export const creditOf = (input: NewMediaCredit): NewMediaCredit => plain(mediaCredits.columns(input))

export interface Records {
  quoted: Given<Item<'quotes'>>[]
  claims: Given<Item<'attributions'>>[]
}

/** A send, by the ids that its records have. */
export function sentOf(
  keys: Keys,
  { sources = [], media = [] }: Pick<ConvertedStory, 'sources' | 'media'>,
  resolved: ConvertedArticle,
  { quoted, claims }: Records,
  form: Form = plain
): Sent {
  const records = form({
    sources: sources.flatMap(({ key, affiliationId, ...record }) => {
      if (key === undefined) return []
      const above = affiliationId && { affiliationId: keys.id('src', affiliationId) }
      return [{ key, id: keys.id('src', key), record: { ...record, ...above } }]
    }),
    media: media.flatMap(({ key, credits = [], ...record }) =>
      key === undefined
        ? []
        : [
            {
              key,
              id: keys.id('med', key),
              record,
              credits: credits.map(({ key: _, ...one }) => mediaCredits.columns(one))
            }
          ]
    ),
    quotes: quoted.map(({ key, id, record }) => ({
      ...(key && { key }),
      id,
      record: quotes.columns(record),
      hops: (record.attributions ?? []).map(({ hops }) => hopsOfSend(keys, hops))
    })),
    claims: claims.map(({ key, id, record }) => ({
      ...(key && { key }),
      id,
      record: { claim: record.claim },
      hops: [hopsOfSend(keys, record.hops)]
    }))
  })
  return { article: { ...fieldsOf(resolved, form) }, ...records }
}

/** The first send of an article, to be kept. */
export const firstSent = (
  ...send: [Keys, Pick<ConvertedStory, 'sources' | 'media'>, ConvertedArticle, Records]
) => sentOf(...send, asItIs)
