// What the service keeps for itself: tokens, idempotent answers, backups, the progress of a rebuild.
import type * as kit from '../columns/postgres.ts'

export function service(c: typeof kit) {
  const tokens = c.table('tokens', {
    id: c.id(),
    name: c.string('name').notNull(),
    role: c.string('role').$type<'contributor' | 'editor' | 'moderator' | 'admin'>().notNull(),
    hash: c.string('hash').notNull().unique(),
    createdAt: c.instant('created_at').notNull(),
    expiresAt: c.instant('expires_at'),
    revokedAt: c.instant('revoked_at'),
    /** How its text begins, for people who look for it. */
    prefix: c.string('prefix'),
    lastUsedAt: c.instant('last_used_at'),
    /** The text that was rotated out, and until when it holds. */
    previousHash: c.string('previous_hash').unique(),
    previousUntil: c.instant('previous_until')
  })

  /** What was answered to requests that came with an Idempotency-Key. */
  const answers = c.table(
    'answers',
    {
      /** The hash of who asked, where, and with which key. */
      id: c.id(),
      /** The hash of what was asked. */
      request: c.string('request').notNull(),
      /** The answer, encrypted: only who asks again with the same token and key can read it. */
      sealed: c.bytes('sealed').notNull(),
      at: c.instant('at').notNull()
    },
    (t) => [c.index('answers_by_time').on(t.at)]
  )

  /** Copies of the database that were asked for. */
  const backups = c.table(
    'backups',
    {
      id: c.id(),
      status: c.string('status').$type<'waiting' | 'running' | 'done' | 'failed' | 'removed'>().notNull(),
      actor: c.string('actor').notNull(),
      createdAt: c.instant('created_at').notNull(),
      startedAt: c.instant('started_at'),
      finishedAt: c.instant('finished_at'),
      file: c.string('file'),
      bytes: c.whole('bytes'),
      sha256: c.string('sha256'),
      error: c.string('error')
    },
    (t) => [c.index('backups_by_status').on(t.status, t.id)]
  )

  /** How far what is published has been compiled anew for this release, after one that migrated: one row. */
  const rebuilds = c.table('rebuilds', {
    /** The last migration of the release, as its journal has it. */
    release: c.string('release').primaryKey(),
    /** The id of the last article that is done; null when all are. */
    after: c.string('after')
  })

  return { tokens, answers, backups, rebuilds }
}
