// The change log, webhooks and their deliveries.
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
      /** The role of the actor's token; null for the program itself. */
      role: c.string('role'),
      action: c.string('action').notNull(),
      kind: c.string('kind').notNull(),
      id: c.ref('id').notNull(),
      articleId: c.ref('article_id'),
      version: c.whole('version'),
      /** Further data: a note, a reason, which checks were waived. */
      detail: c.json<Record<string, unknown>>('detail')
    },
    (t) => [
      c.index('changes_by_article').on(t.articleId, t.seq),
      // Partial: for records that belong to no article.
      c.index('changes_by_record').on(t.id, t.seq).where(isNull(t.articleId))
    ]
  )

  /** Subscribers: URLs that events are sent to. */
  const webhooks = c.table('webhooks', {
    id: c.id(),
    url: c.string('url').notNull(),
    /** The event types it subscribes to; all, when empty. */
    events: c.json<string[]>('events').notNull(),
    /** The signing secrets; rotated ones are used until they expire. */
    secrets: c.json<{ secret: string; expiresAt: string | null }[]>('secrets').notNull(),
    disabledAt: c.instant('disabled_at'),
    disabledReason: c.string('disabled_reason'),
    /** Since when every delivery has failed. */
    failingSince: c.instant('failing_since'),
    ...edited(c)
  })

  /** The outbox: which event goes to which webhook, and how that went. */
  const deliveries = c.table(
    'deliveries',
    {
      id: c.id(),
      webhookId: c
        .ref('webhook_id')
        .notNull()
        .references(() => webhooks.id, { onDelete: 'cascade' }),
      /** The change that is delivered. */
      seq: c.whole('seq').notNull(),
      event: c.string('event').notNull(),
      /** The ordering key: its article, or else its own record. */
      articleId: c.ref('article_id').notNull(),
      status: c.string('status').$type<'pending' | 'delivered' | 'failed'>().notNull(),
      attempts: c.whole('attempts').notNull(),
      createdAt: c.instant('created_at').notNull(),
      /** When it is tried next; null once it is finished, and while it waits for an earlier one of its article. */
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
