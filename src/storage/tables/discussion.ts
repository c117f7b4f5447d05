// Comments, reports and the decisions of moderators.
import { isNotNull, sql } from 'drizzle-orm'
import type * as kit from '../columns/postgres.ts'
import { type Articles, edited, ofArticle } from './shared.ts'

interface Corrected {
  articles: Articles
  corrections: { id: kit.Column }
}

export function discussion(c: typeof kit, { articles, corrections }: Corrected) {
  const comments = c.table(
    'comments',
    {
      id: c.id(),
      articleId: ofArticle(c, articles),
      parentId: c.ref('parent_id').references((): kit.Column => comments.id),
      depth: c.whole('depth').notNull(),
      /** The materialised path: ids from the root of the thread down to this comment. It sorts as the thread reads. */
      thread: c.string('thread').notNull(),
      authorName: c.string('author_name').notNull(),
      body: c.string('body').notNull(),
      status: c.string('status').$type<'pending' | 'approved' | 'rejected' | 'spam'>().notNull(),
      reasons: c.json<string[]>('reasons').notNull(),
      editedAt: c.instant('edited_at'),
      /** Keyed hashes of the author's key, the e-mail address and the client's network. */
      author: c.string('author'),
      email: c.string('email'),
      network: c.string('network'),
      /** The e-mail address, encrypted, where the settings ask to keep it. */
      sealedEmail: c.string('sealed_email'),
      /** The hash of the key with which its author may edit it. */
      editKey: c.string('edit_key'),
      /** Which rules matched, and what. */
      rules: c
        .json<{ rule: string; outcome: 'hold' | 'spam'; matched: string }[]>('rules')
        .notNull()
        .default([]),
      /** A fingerprint that near-duplicates share. */
      fingerprint: c.string('fingerprint'),
      /** How many readers reported it since the last decision. */
      reports: c.whole('reports').notNull().default(0),
      ...edited(c)
    },
    (t) => [
      c.index('comments_by_thread').on(t.articleId, t.thread),
      c.index('comments_by_parent').on(t.parentId).where(isNotNull(t.parentId)),
      c.index('comments_by_status').on(t.status, t.id),
      c.index('comments_by_author').on(t.author, t.id),
      c.index('comments_by_email').on(t.email, t.id),
      c.index('comments_by_network').on(t.network, t.id),
      c.index('comments_reported').on(t.id).where(sql`${t.reports} > 0`)
    ]
  )

  /** The site's settings for comments: one row. */
  const commentSettings = c.table('comment_settings', {
    id: c.id(),
    settings: c.json<Record<string, unknown>>('settings').notNull(),
    ...edited(c)
  })

  /** Moderation decisions. */
  const commentDecisions = c.table(
    'comment_decisions',
    {
      seq: c.serial('seq'),
      commentId: c
        .ref('comment_id')
        .notNull()
        .references(() => comments.id, { onDelete: 'cascade' }),
      at: c.instant('at').notNull(),
      actor: c.string('actor').notNull(),
      decision: c.string('decision').notNull(),
      before: c.string('before').notNull(),
      after: c.string('after').notNull(),
      reasons: c.json<string[]>('reasons').notNull(),
      note: c.string('note')
    },
    (t) => [c.index('comment_decisions_by_comment').on(t.commentId, t.seq)]
  )

  /** Reports by readers. */
  const commentReports = c.table(
    'comment_reports',
    {
      id: c.id(),
      commentId: c
        .ref('comment_id')
        .notNull()
        .references(() => comments.id, { onDelete: 'cascade' }),
      /** The keyed hash of the client's network, a dot, and that of the author's key where one was sent. */
      reporter: c.string('reporter').notNull(),
      reason: c.string('reason').notNull(),
      detail: c.string('detail'),
      at: c.instant('at').notNull()
    },
    (t) => [
      c.unique('comment_reports_once').on(t.commentId, t.reporter),
      c.index('comment_reports_by_comment').on(t.commentId, t.id),
      c.index('comment_reports_by_reporter').on(t.reporter, t.at)
    ]
  )

  /** The blocklist: words and patterns. */
  const blockedTerms = c.table('blocked_terms', {
    id: c.id(),
    kind: c.string('kind').$type<'word' | 'pattern'>().notNull(),
    term: c.string('term').notNull(),
    outcome: c.string('outcome').$type<'hold' | 'spam' | 'refuse'>().notNull(),
    note: c.string('note'),
    ...edited(c)
  })

  /** Authors and networks that may not comment. */
  const bans = c.table(
    'bans',
    {
      id: c.id(),
      kind: c.string('kind').$type<'author' | 'network'>().notNull(),
      /** The keyed hash of the author or the network. */
      value: c.string('value').notNull(),
      reason: c.string('reason'),
      until: c.instant('until'),
      actor: c.string('actor').notNull(),
      createdAt: c.instant('created_at').notNull()
    },
    (t) => [c.unique('bans_once').on(t.kind, t.value)]
  )

  /** Proofs of work that were used: each is accepted once. */
  const spentProofs = c.table(
    'spent_proofs',
    { id: c.id(), expiresAt: c.instant('expires_at').notNull() },
    (t) => [c.index('spent_proofs_by_expiry').on(t.expiresAt)]
  )

  /** What readers say is wrong in an article. */
  const errorReports = c.table(
    'error_reports',
    {
      id: c.id(),
      articleId: ofArticle(c, articles),
      what: c.string('what').notNull(),
      words: c.string('words'),
      quoteId: c.ref('quote_id'),
      attributionId: c.ref('attribution_id'),
      creditId: c.ref('credit_id'),
      evidence: c.string('evidence'),
      /** Whether its correction may say that a reader found it. */
      mention: c.flag('mention').notNull(),
      status: c.string('status').$type<'open' | 'accepted' | 'declined' | 'spam'>().notNull(),
      rules: c.json<{ rule: string; outcome: 'hold' | 'spam'; matched: string }[]>('rules').notNull(),
      /** Keyed hashes of the reader's key, the e-mail address and the client's network. */
      author: c.string('author'),
      email: c.string('email'),
      network: c.string('network').notNull(),
      /** Name and e-mail address as JSON, encrypted. */
      sealedContact: c.string('sealed_contact'),
      /** The hash of the receipt with which the reader asks what became of it. */
      receipt: c.string('receipt').notNull().unique(),
      /** Why it was declined, as the reader is told. */
      reason: c.string('reason'),
      note: c.string('note'),
      decidedAt: c.instant('decided_at'),
      decidedBy: c.string('decided_by'),
      correctionId: c.ref('correction_id').references(() => corrections.id, { onDelete: 'set null' }),
      ...edited(c)
    },
    (t) => [
      c.index('error_reports_by_status').on(t.status, t.id),
      c.index('error_reports_by_article').on(t.articleId, t.id),
      c.index('error_reports_by_network').on(t.network, t.id),
      c.index('error_reports_by_author').on(t.author, t.id).where(isNotNull(t.author)),
      c.index('error_reports_by_email').on(t.email, t.id).where(isNotNull(t.email)),
      c.index('error_reports_by_correction').on(t.correctionId).where(isNotNull(t.correctionId))
    ]
  )

  return {
    comments,
    commentSettings,
    commentDecisions,
    commentReports,
    blockedTerms,
    bans,
    spentProofs,
    errorReports
  }
}
