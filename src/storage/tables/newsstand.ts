// What is published.
import { isNotNull } from 'drizzle-orm'
import type * as kit from '../columns/postgres.ts'

export function newsstand(c: typeof kit) {
  /** The newsstand: one compiled document a row, served as it stands. */
  const published = c.table(
    'published',
    {
      kind: c.string('kind').notNull(),
      id: c.ref('id').notNull(),
      /** Of articles. */
      slug: c.string('slug'),
      /** Where it stands in its lists: an instant; for comments, the thread. */
      position: c.string('position').notNull(),
      /** Another instant it is found by: when an article was updated, when the rights of a credit end. */
      moment: c.instant('moment'),
      /** The article it belongs to; null for what several may hold. */
      articleId: c.ref('article_id'),
      etag: c.string('etag').notNull(),
      /** The whole second since which it has these bytes, and no second before did. */
      modified: c.instant('modified').notNull(),
      /** The short form for lists, where it is not the document itself. */
      card: c.bytes('card'),
      document: c.bytes('document').notNull(),
      /** The document compressed, where that pays. */
      gzip: c.bytes('gzip')
    },
    (t) => [
      c.primaryKey({ columns: [t.kind, t.id] }),
      c.uniqueIndex('published_by_slug').on(t.slug).where(isNotNull(t.slug)),
      c.index('published_by_position').on(t.kind, t.position, t.id, t.moment)
    ]
  )

  /** Every filter of every public list is a row here, so that a filtered page is one range of an index. */
  const publishedFacets = c.table(
    'published_facets',
    {
      kind: c.string('kind').notNull(),
      name: c.string('name').notNull(),
      value: c.string('value').notNull(),
      position: c.string('position').notNull(),
      id: c.ref('id').notNull()
    },
    (t) => [
      c.primaryKey({ columns: [t.kind, t.name, t.value, t.position, t.id] }),
      c.index('published_facets_by_id').on(t.kind, t.id, t.name)
    ]
  )

  /** How many documents have a facet, for those that many have. */
  const facetCounts = c.table(
    'facet_counts',
    {
      kind: c.string('kind').notNull(),
      name: c.string('name').notNull(),
      value: c.string('value').notNull(),
      documents: c.whole('documents').notNull()
    },
    (t) => [
      c.primaryKey({ columns: [t.kind, t.name, t.value] }),
      c.index('facet_counts_by_documents').on(t.kind, t.name, t.documents)
    ]
  )

  /** The published words, for full text. The indexes over them are the driver's (fulltext.ts). */
  const searchable = c.table(
    'searchable',
    {
      /** Rises with the position of the document, so that the newest come first without sorting. */
      row: c.wide('row').primaryKey(),
      kind: c.string('kind').notNull(),
      id: c.ref('id').notNull(),
      headline: c.string('headline').notNull(),
      /** The words of an article, of a quote or of a caption: the one its kind has. */
      text: c.string('text').notNull(),
      quote: c.string('quote').notNull(),
      caption: c.string('caption').notNull(),
      /** What is shown of the document, and found by, as in `published`: nothing else is read of what is found. */
      articleId: c.ref('article_id'),
      position: c.string('position'),
      moment: c.string('moment'),
      card: c.bytes('card')
    },
    (t) => [c.unique('searchable_by_id').on(t.kind, t.id)]
  )

  /** What was public once and is no longer: answered 410. */
  const withdrawn = c.table(
    'withdrawn',
    { kind: c.string('kind').notNull(), id: c.ref('id').notNull(), at: c.instant('at').notNull() },
    (t) => [c.primaryKey({ columns: [t.kind, t.id] })]
  )

  /** Every slug an article was ever published under. */
  const addresses = c.table('addresses', {
    slug: c.string('slug').primaryKey(),
    articleId: c.ref('article_id').notNull()
  })

  return { published, publishedFacets, facetCounts, searchable, withdrawn, addresses }
}
