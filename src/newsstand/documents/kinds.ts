// The kinds of published documents.
import { Type } from 'typebox'

/** Every kind: its name in sentences and URLs, and the schema of its card. */
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

/** Kinds that several articles may share: a record is public while one of them holds it. */
export const shared: Kind[] = ['source', 'media', 'credit']

/** A reference to the card schema of a kind by name, because it is defined in a wing above. */
export const cardOf = (kind: Kind) => Type.Unsafe<unknown>({ $ref: `${kinds[kind].card}#` })
