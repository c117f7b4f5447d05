// The record: what published quotes and claims rest on.
import type * as kit from '../columns/postgres.ts'
import { edited } from './shared.ts'

export function record(c: typeof kit, { sources }: { sources: { id: kit.Column } }) {
  /** The chains of attribution of what is published, one hop a row; each article compiles its own at publishing. */
  const edges = c.table(
    'edges',
    {
      articleId: c.ref('article_id').notNull(),
      attributionId: c.ref('attribution_id').notNull(),
      /** Its place in the chain; 0 is nearest the reader. */
      position: c.whole('position').notNull(),
      /** What the chain is for: a quote, or the attribution itself where it is for a claim. */
      statementId: c.ref('statement_id').notNull(),
      /** A digest of the words of the quote or claim, by which a chain goes on in another article. */
      words: c.string('words').notNull(),
      /** What the hop names: a source, or an article of ours; null where the source is not named. */
      target: c.ref('target'),
      /** How the source that is not named is described. */
      unnamed: c.string('unnamed'),
      relation: c.string('relation').notNull(),
      url: c.string('url'),
      at: c.instant('at')
    },
    (t) => [
      c.primaryKey({ columns: [t.articleId, t.attributionId, t.position] }),
      c.index('edges_by_target').on(t.target, t.articleId)
    ]
  )

  /** The private fields of sources, as the newsroom defines them: one row. */
  const sourceFields = c.table('source_fields', {
    id: c.id(),
    fields: c.json<{ name: string; values: string[] }[]>('fields').notNull(),
    ...edited(c)
  })

  /** Their values: written, counted in reports, and never told. */
  const privateValues = c.table(
    'private_values',
    {
      sourceId: c
        .ref('source_id')
        .notNull()
        .references(() => sources.id, { onDelete: 'cascade' }),
      field: c.string('field').notNull(),
      value: c.string('value').notNull()
    },
    (t) => [c.primaryKey({ columns: [t.sourceId, t.field] })]
  )

  /** Reports of private fields, each made once: two of one quarter could be subtracted. */
  const privateReports = c.table(
    'private_reports',
    {
      field: c.string('field').notNull(),
      quarter: c.string('quarter').notNull(),
      report: c.json<Record<string, unknown>>('report').notNull()
    },
    (t) => [c.primaryKey({ columns: [t.field, t.quarter] })]
  )

  return { edges, sourceFields, privateValues, privateReports }
}
