// The kinds of documents on the newsstand.
import { Type } from 'typebox'

/** Every kind: its name in sentences and in addresses, and the schema of its short form, as lists have it. */
export const kinds = {
  article: { noun: 'article', collection: 'articles', card: 'ArticleCard' },
  quote: { noun: 'quote', collection: 'quotes', card: 'Quote' },
  attribution: { noun: 'attribution', collection: 'attributions', card: 'Attribution' },
  source: { noun: 'source', collection: 'sources', card: 'Source' },
  media: { noun: 'media', collection: 'media', card: 'Media' },
  credit: { noun: 'media credit', collection: 'media-credits', card: 'MediaCredit' },
  correction: { noun: 'correction', collection: 'corrections', card: 'Correction' },
  comment: { noun: 'comment', collection: 'comments', card: 'Comment' }
}
export type Kind = keyof typeof kinds

/** The short form of a kind, by the name of its schema: whose it is, is above the newsstand. */
export const cardOf = (kind: Kind) => Type.Unsafe<unknown>({ $ref: `${kinds[kind].card}#` })
