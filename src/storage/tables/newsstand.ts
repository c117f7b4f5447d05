// The published side: documents, facets, full text.
import { gt, isNotNull, sql } from 'drizzle-orm'
import type * as kit from '../columns/postgres.ts'

export function newsstand(c: typeof kit) {
  /** The newsstand: one compiled document a row, served as it is stored. */
  const published = c.table(
    'published',
    {
      kind: c.string('kind').notNull(),
      id: c.ref('id').notNull(),
      /** Of articles. */
      slug: c.string('slug'),
      /** Its sort key in lists: an instant; for comments, the thread path. */
      position: c.string('position').notNull(),
      /** Another instant to filter by: when an article was updated, when the rights of a credit end. */
      moment: c.instant('moment'),
      /** The article it belongs to; null for records that several may share. */
      articleId: c.ref('article_id'),
      etag: c.string('etag').notNull(),
      /** Last-Modified: the second since which it has these bytes. */
      modified: c.instant('modified').notNull(),
      /** The short form for lists, where it is not the document itself. */
      card: c.bytes('card'),
      /** As it is; where it has a card, in gzip alone, if that is smaller. */
      document: c.bytes('document').notNull(),
      /** The document in gzip, where that is smaller and `document` is not. */
      gzip: c.bytes('gzip')
    },
    (t) => [
      c.primaryKey({ columns: [t.kind, t.id] }),
      c.uniqueIndex('published_by_slug').on(t.slug).where(isNotNull(t.slug)),
      c.index('published_by_position').on(t.kind, t.position, t.id, t.moment)
    ]
  )

  /** The values that documents are found by, each once: the tables of which document has which know their numbers. */
  const facetValues = c.table(
    'facet_values',
    {
      number: c.serial('number'),
      kind: c.string('kind').notNull(),
      name: c.string('name').notNull(),
      value: c.string('value').notNull(),
      /** How many documents have it; 0 for those that are not counted (newsstand/documents/facets.ts). */
      documents: c.whole('documents').notNull()
    },
    (t) => [
      c.uniqueIndex('facet_values_by_value').on(t.kind, t.name, t.value),
      c.index('facet_values_by_documents').on(t.kind, t.name, t.documents).where(gt(t.documents, sql`0`))
    ]
  )

  /** An inverted index: the documents with a value in the order of lists, so that a filtered page is a range of it. */
  const facetDocuments = c.table(
    'facet_documents',
    {
      facet: c.whole('facet').notNull(),
      position: c.string('position').notNull(),
      id: c.ref('id').notNull()
    },
    (t) => [c.primaryKey({ columns: [t.facet, t.position, t.id] })]
  )

  /** The other way round: the values that a document has. */
  const documentFacets = c.table(
    'document_facets',
    { id: c.ref('id').notNull(), facet: c.whole('facet').notNull() },
    (t) => [c.primaryKey({ columns: [t.id, t.facet] })]
  )

  /** All three as one, by the values: a view, made by a hand-written migration. */
  const publishedFacets = c.table('published_facets', {
    kind: c.string('kind').notNull(),
    name: c.string('name').notNull(),
    value: c.string('value').notNull(),
    position: c.string('position').notNull(),
    id: c.ref('id').notNull()
  })

  /** The published words, for full text. The FTS indexes over them belong to the driver (sqlite/fulltext.ts). */
  const searchable = c.table(
    'searchable',
    {
      /** Rises with the position of the document, so that the newest come first without sorting. */
      row: c.wide('row').primaryKey(),
      kind: c.string('kind').notNull(),
      id: c.ref('id').notNull(),
      headline: c.string('headline').notNull(),
      /** The words of an article, a quote or a caption, in the column of its kind. */
      text: c.longString('text').notNull(),
      quote: c.string('quote').notNull(),
      caption: c.string('caption').notNull(),
      /** Copied from `published`, so that what is found is filtered and put in order by this table alone. */
      articleId: c.ref('article_id'),
      position: c.string('position'),
      moment: c.string('moment')
    },
    (t) => [c.unique('searchable_by_id').on(t.kind, t.id)]
  )

  /** Records that are no longer public: answered 410. */
  const withdrawn = c.table(
    'withdrawn',
    { kind: c.string('kind').notNull(), id: c.ref('id').notNull(), at: c.instant('at').notNull() },
    (t) => [c.primaryKey({ columns: [t.kind, t.id] })]
  )

  /** Every slug that an article was ever published under: former ones redirect (308). */
  const addresses = c.table('addresses', {
    slug: c.string('slug').primaryKey(),
    articleId: c.ref('article_id').notNull()
  })

  /** Records that became others: who asks for them is sent there (308). */
  const moved = c.table(
    'moved',
    { kind: c.string('kind').notNull(), id: c.ref('id').notNull(), to: c.ref('to_id').notNull() },
    (t) => [c.primaryKey({ columns: [t.kind, t.id] })]
  )

  /** What the latest transactions changed for readers: one row each, by which response caches drop what is stale. */
  const invalidations = c.table('invalidations', {
    seq: c.serial('seq'),
    /** The hashes of the cache tags (newsstand/documents/cache-tags.ts), 32 bits each. */
    tags: c.bytes('tags').notNull()
  })

  return {
    published,
    facetValues,
    facetDocuments,
    documentFacets,
    publishedFacets,
    searchable,
    withdrawn,
    addresses,
    moved,
    invalidations
  }
}
