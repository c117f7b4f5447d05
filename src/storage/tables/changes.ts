// What was done, and whom it is told to.
import { isNull } from 'drizzle-orm'
import type * as kit from '../columns/postgres.ts'
import { edited } from './shared.ts'

export function changes(c: typeof kit) {
  /** Every write, in the order it was committed. */
  const changes = c.table(
    'changes',
    {
      seq: c.serial('seq'),
      at: c.instant('at').notNull(),
      actor: c.string('actor').notNull(),
      /** The role of the token it was done with; null for what the program does by itself. */
      role: c.string('role'),
      action: c.string('action').notNull(),
      kind: c.string('kind').notNull(),
      id: c.ref('id').notNull(),
      articleId: c.ref('article_id'),
      version: c.whole('version'),
      /** What else there is to say: a note, a reason, which checks were waived. */
      detail: c.json<Record<string, unknown>>('detail')
    },
    (t) => [
      c.index('changes_by_article').on(t.articleId, t.seq),
      // Of what belongs to no article.
      c.index('changes_by_record').on(t.id, t.seq).where(isNull(t.articleId))
    ]
  )

  /** Addresses that are told of changes. */
  const webhooks = c.table('webhooks', {
    id: c.id(),
    url: c.string('url').notNull(),
    /** The event types it wants; all, when empty. */
    events: c.json<string[]>('events').notNull(),
    /** The secrets it is signed with; those that were rotated out hold until they expire. */
    secrets: c.json<{ secret: string; expiresAt: string | null }[]>('secrets').notNull(),
    disabledAt: c.instant('disabled_at'),
    disabledReason: c.string('disabled_reason'),
    /** Since when every delivery has failed. */
    failingSince: c.instant('failing_since'),
    ...edited(c)
  })

  /** What is to be told to whom, and how it went. */
  const deliveries = c.table(
    'deliveries',
    {
      id: c.id(),
      webhookId: c
        .ref('webhook_id')
        .notNull()
        .references(() => webhooks.id, { onDelete: 'cascade' }),
      /** The change it tells of. */
      seq: c.whole('seq').notNull(),
      event: c.string('event').notNull(),
      /** What it is told in order with: its article, or else its own record. */
      articleId: c.ref('article_id').notNull(),
      status: c.string('status').$type<'pending' | 'delivered' | 'failed'>().notNull(),
      attempts: c.whole('attempts').notNull(),
      createdAt: c.instant('created_at').notNull(),
      /** When it is tried next; null once it is done with, and while it waits for an earlier one of its article. */
      nextAt: c.instant('next_at'),
      lastAt: c.instant('last_at'),
      lastStatus: c.whole('last_status'),
      lastError: c.string('last_error')
    },
    (t) => [
      c.unique('deliveries_by_webhook').on(t.webhookId, t.seq),
      c.index('deliveries_by_next').on(t.nextAt),
      c.index('deliveries_by_article').on(t.webhookId, t.articleId, t.status, t.seq)
    ]
  )

  return { changes, webhooks, deliveries }
}
