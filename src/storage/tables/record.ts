// The record: what published quotes and claims rest on.
import type * as kit from '../columns/postgres.ts'
import { type Articles, edited, ofArticle } from './shared.ts'

export function record(
  c: typeof kit,
  { sources, articles }: { sources: { id: kit.Column }; articles: Articles }
) {
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

  /** Why published articles need a review: a retraction, a correction of words, or doubts about a source. */
  const causes = c.table(
    'causes',
    {
      id: c.id(),
      kind: c.string('kind').notNull(),
      /** What no longer stands: an article, a quote, an attribution or a source. */
      subjectId: c.ref('subject_id').notNull(),
      /** The article that was retracted or corrected; null for a source. */
      articleId: c.ref('article_id'),
      /** The quote or claim that the subject is, or is a chain of. */
      statementId: c.ref('statement_id'),
      correctionId: c.ref('correction_id'),
      reason: c.string('reason').notNull(),
      at: c.instant('at').notNull(),
      actor: c.string('actor').notNull(),
      endedAt: c.instant('ended_at'),
      /** Counts how often its reviews were begun to be found anew. */
      run: c.whole('run').notNull(),
      /** When the reviews of this run were all found; null while they are looked for. */
      doneAt: c.instant('done_at')
    },
    (t) => [
      c.index('causes_by_subject').on(t.subjectId),
      c.index('causes_by_article').on(t.articleId),
      c.index('causes_by_done').on(t.doneAt)
    ]
  )

  /** What a run of a cause has reached, for as long as it lasts: statements, and which of them were looked behind. */
  const reached = c.table(
    'reached',
    {
      causeId: c.ref('cause_id').notNull(),
      run: c.whole('run').notNull(),
      statementId: c.ref('statement_id').notNull(),
      /** Its article; of a source or an article, itself. */
      articleId: c.ref('article_id').notNull(),
      hops: c.whole('hops').notNull(),
      /** The last of the articles citing it that was looked at; null before the first. */
      after: c.ref('after'),
      isDone: c.flag('is_done').notNull()
    },
    (t) => [
      c.primaryKey({ columns: [t.causeId, t.run, t.statementId] }),
      c.index('reached_by_done').on(t.causeId, t.run, t.isDone, t.hops)
    ]
  )

  /** The articles that need a review because of a cause, and those that were reviewed. */
  const reviews = c.table(
    'reviews',
    {
      id: c.id(),
      causeId: c
        .ref('cause_id')
        .notNull()
        .references(() => causes.id),
      articleId: ofArticle(c, articles),
      state: c.string('state').notNull(),
      /** The last run of the cause that found it. */
      run: c.whole('run').notNull(),
      at: c.instant('at').notNull(),
      note: c.string('note'),
      clearedAt: c.instant('cleared_at'),
      clearedBy: c.string('cleared_by')
    },
    (t) => [
      c.uniqueIndex('reviews_by_article').on(t.articleId, t.causeId),
      c.index('reviews_by_cause').on(t.causeId, t.state, t.run),
      c.index('reviews_by_state').on(t.state, t.id)
    ]
  )

  /** The quotes of published articles, by whose words others are checked. */
  const quotePrints = c.table(
    'quote_prints',
    {
      number: c.serial('number'),
      articleId: c.ref('article_id').notNull(),
      quoteId: c.ref('quote_id').notNull(),
      /** Codes of its words, 32 bits each, of which its rows in `quote_keys` are made (record/quote-checks/keys.ts). */
      words: c.bytes('words').notNull()
    },
    (t) => [c.index('quote_prints_by_article').on(t.articleId)]
  )

  /** An inverted index of quotes: hashes of pairs of words (record/quote-checks/keys.ts). */
  const quoteKeys = c.table(
    'quote_keys',
    {
      key: c.whole('key').notNull(),
      number: c.whole('number').notNull()
    },
    (t) => [c.primaryKey({ columns: [t.key, t.number] })]
  )

  return {
    edges,
    sourceFields,
    privateValues,
    privateReports,
    causes,
    reached,
    reviews,
    quotePrints,
    quoteKeys
  }
}
