// Merges of sources: one source in the place of another, to be taken back for a while.
import type * as kit from '../columns/postgres.ts'

/** A reference that was moved, or stayed at an unmerge. */
export type MovedKind =
  | 'hop'
  | 'byline'
  | 'affiliation'
  | 'send'
  | 'edition'
  | 'allegation'
  | 'reply'
  | 'doubt'

export function merges(c: typeof kit) {
  /** A source that became another; its own row is gone when all that named it was moved. */
  const sourceMerges = c.table(
    'source_merges',
    {
      id: c.id(),
      into: c.ref('into_id').notNull(),
      state: c.string('state').$type<'moving' | 'done' | 'undoing' | 'undone'>().notNull(),
      at: c.instant('at').notNull(),
      actor: c.string('actor').notNull(),
      role: c.string('role').$type<'viewer' | 'contributor' | 'editor' | 'moderator' | 'admin'>(),
      /** The aliases and addresses that the other source got by it. */
      gained: c.json<{ aliases: string[]; sameAs: string[] }>('gained').notNull(),
      /** The row as it was, from when it is gone. */
      source: c.json<Record<string, unknown>>('source'),
      /** Its external id, by which it is still found. */
      externalSystem: c.string('external_system'),
      externalId: c.string('external_id'),
      /** How many articles were moved. */
      articles: c.whole('articles').notNull(),
      /** What was changed since, and so stayed when it was taken back. */
      left: c
        .json<{ kind: MovedKind; id: string; articleId: string | null; detail: string }[]>('left')
        .notNull()
    },
    (t) => [
      c.index('source_merges_by_state').on(t.state, t.at),
      c.index('source_merges_by_target').on(t.into),
      c.index('source_merges_by_external_id').on(t.externalSystem, t.externalId)
    ]
  )

  /** What named the one and names the other now. */
  const mergeMoves = c.table(
    'merge_moves',
    {
      mergeId: c
        .ref('merge_id')
        .notNull()
        .references(() => sourceMerges.id, { onDelete: 'cascade' }),
      kind: c.string('kind').$type<MovedKind>().notNull(),
      /** The attribution, source or article that names it. */
      record: c.ref('record').notNull(),
      /** The place of the hop in its chain, or of the byline. */
      position: c.whole('position').notNull(),
      articleId: c.ref('article_id'),
      /** What else is to be the same when it goes back: the relation of the hop, the name in the byline. */
      word: c.string('word'),
      /** The keys under which a send had it. */
      keys: c.json<string[]>('keys'),
      /** Whether it went back, or stayed because it was changed since. */
      isBack: c.flag('is_back').notNull().default(false)
    },
    (t) => [
      c.primaryKey({ columns: [t.mergeId, t.kind, t.record, t.position] }),
      c.index('merge_moves_by_article').on(t.mergeId, t.isBack, t.articleId)
    ]
  )

  return { sourceMerges, mergeMoves }
}
