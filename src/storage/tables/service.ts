// The service's own tables: tokens, responses for Idempotency-Key, backups, the progress of recompiling and of imports.
import type * as kit from '../columns/postgres.ts'

export function service(c: typeof kit) {
  const tokens = c.table('tokens', {
    id: c.id(),
    name: c.string('name').notNull(),
    role: c.string('role').$type<'viewer' | 'contributor' | 'editor' | 'moderator' | 'admin'>().notNull(),
    hash: c.string('hash').notNull().unique(),
    createdAt: c.instant('created_at').notNull(),
    expiresAt: c.instant('expires_at'),
    revokedAt: c.instant('revoked_at'),
    /** The first characters of its text, by which people recognise it. */
    prefix: c.string('prefix'),
    lastUsedAt: c.instant('last_used_at'),
    /** The hash of the rotated text, and until when that is still accepted. */
    previousHash: c.string('previous_hash').unique(),
    previousUntil: c.instant('previous_until')
  })

  /** Stored responses to requests with an Idempotency-Key. */
  const answers = c.table(
    'answers',
    {
      /** The hash of caller, method, URL and key. */
      id: c.id(),
      /** The hash of the request's content. */
      request: c.string('request').notNull(),
      /** The response, encrypted with a key derived from caller and Idempotency-Key. */
      sealed: c.bytes('sealed').notNull(),
      at: c.instant('at').notNull()
    },
    (t) => [c.index('answers_by_time').on(t.at)]
  )

  /** Backups and exports that were requested. */
  const backups = c.table(
    'backups',
    {
      id: c.id(),
      kind: c.string('kind').$type<'backup' | 'export'>().notNull().default('backup'),
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

  /** How far recompiling the published documents has come after a migration: one row. */
  const rebuilds = c.table('rebuilds', {
    /** The last migration of the release (`when` in its journal). */
    release: c.string('release').primaryKey(),
    /** The id of the last recompiled article; null when all are done. */
    after: c.string('after')
  })

  /** The export that this newsroom was made from, and how much of it is here: one row. */
  const transfers = c.table('transfers', {
    /** The SHA-256 of the export. */
    sha256: c.string('sha256').primaryKey(),
    /** How many of its lines are here, and when the last one was. */
    lines: c.whole('lines').notNull(),
    finishedAt: c.instant('finished_at')
  })

  return { tokens, answers, backups, rebuilds, transfers }
}
