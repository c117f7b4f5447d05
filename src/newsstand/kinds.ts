// The kinds of documents on the newsstand.

/** Every kind, with its name in sentences and in addresses. */
export const kinds = {
  article: { noun: 'article', collection: 'articles' },
  quote: { noun: 'quote', collection: 'quotes' },
  attribution: { noun: 'attribution', collection: 'attributions' },
  source: { noun: 'source', collection: 'sources' },
  media: { noun: 'media', collection: 'media' },
  credit: { noun: 'media credit', collection: 'media-credits' },
  correction: { noun: 'correction', collection: 'corrections' },
  comment: { noun: 'comment', collection: 'comments' }
}
export type Kind = keyof typeof kinds
