// Former editions and drafts, edit locks, the trash, and the full-text words of drafts and sources.
import { isNotNull } from 'drizzle-orm'
import type * as kit from '../columns/postgres.ts'
import { type Articles, edited, ofArticle } from './shared.ts'

interface Accusing {
  articles: Articles
  sources: { id: kit.Column }
}

export function desk(c: typeof kit, { articles, sources }: Accusing) {
  /** Every edition of an article that was published, as it was. */
  const editions = c.table(
    'editions',
    {
      articleId: ofArticle(c, articles),
      number: c.whole('number').notNull(),
      at: c.instant('at').notNull(),
      actor: c.string('actor').notNull(),
      note: c.string('note'),
      /** The version of the draft it was compiled from; null where an older release published it. */
      version: c.whole('version'),
      /** As JSON, or as JSON in gzip; empty while the newsstand has the same bytes (columns/edition-bytes.ts). */
      document: c.bytes('document').notNull()
    },
    (t) => [c.primaryKey({ columns: [t.articleId, t.number] })]
  )

  /**
   * Former drafts of an article, without its quotes and other records, as a client would send them. A body is stored once:
   * a revision without one has that of the next revision which has one, or else that of the draft.
   */
  const revisions = c.table(
    'revisions',
    {
      articleId: ofArticle(c, articles),
      version: c.whole('version').notNull(),
      at: c.instant('at').notNull(),
      actor: c.string('actor').notNull(),
      /** Without the body, but for those of older releases. */
      draft: c.json<Record<string, unknown>>('draft').notNull(),
      /** Its body as JSON in gzip, where the next revision has another. */
      body: c.bytes('body')
    },
    (t) => [c.primaryKey({ columns: [t.articleId, t.version] })]
  )

  /** Advisory edit locks: who works on an article. */
  const locks = c.table('locks', {
    articleId: c
      .ref('article_id')
      .primaryKey()
      .references(() => articles.id, { onDelete: 'cascade' }),
    holder: c.string('holder').notNull(),
    since: c.instant('since').notNull(),
    expiresAt: c.instant('expires_at').notNull()
  })

  /** Soft-deleted articles, and who deleted them: their rows stay until they are restored or purged. */
  const trash = c.table(
    'trash',
    {
      seq: c.serial('seq'),
      articleId: ofArticle(c, articles).unique(),
      at: c.instant('at').notNull(),
      actor: c.string('actor').notNull(),
      role: c.string('role').$type<'viewer' | 'contributor' | 'editor' | 'moderator' | 'admin'>(),
      /** The slug it had; another article may take it meanwhile. */
      slug: c.string('slug').notNull()
    },
    (t) => [c.index('trash_by_time').on(t.at)]
  )

  /** Links by which a draft can be read without a token. */
  const previews = c.table(
    'previews',
    {
      id: c.id(),
      articleId: ofArticle(c, articles),
      note: c.string('note'),
      createdAt: c.instant('created_at').notNull(),
      createdBy: c.string('created_by').notNull(),
      expiresAt: c.instant('expires_at').notNull(),
      /** The SHA-256 of the key. */
      hash: c.string('hash').notNull().unique()
    },
    (t) => [c.index('previews_by_article').on(t.articleId, t.id), c.index('previews_by_end').on(t.expiresAt)]
  )

  /** The rows of drafts and sources in the full-text index of the desk. */
  const deskWords = c.table('desk_words', { row: c.serial('row'), id: c.ref('id').notNull().unique() })

  /** What was last sent of an article by its external id, for comparison when it is sent again. */
  const externalSends = c.table('external_sends', {
    articleId: c
      .ref('article_id')
      .primaryKey()
      .references(() => articles.id, { onDelete: 'cascade' }),
    at: c.instant('at').notNull(),
    sent: c
      .json<{
        article: Record<string, unknown>
        sources: { key: string; id: string; record: Record<string, unknown> }[]
        media: { key: string; id: string; record: Record<string, unknown>; credits: unknown[] }[]
        quotes: { key?: string; id: string; record: Record<string, unknown>; hops: unknown[][] }[]
        claims: { key?: string; id: string; record: Record<string, unknown>; hops: unknown[][] }[]
      }>('sent')
      .notNull()
  })

  /** A source or a name: whom an article accuses, or who is asked. */
  const party = () => ({
    sourceId: c.ref('source_id').references(() => sources.id),
    name: c.string('name')
  })

  /** Which words of an article accuse whom. */
  const allegations = c.table(
    'allegations',
    {
      id: c.id(),
      articleId: ofArticle(c, articles),
      /** The quote, or the claim by its attribution. It may be deleted since, which a check tells. */
      quoteId: c.ref('quote_id'),
      attributionId: c.ref('attribution_id'),
      ...party(),
      note: c.string('note'),
      ...edited(c)
    },
    (t) => [
      c.index('allegations_by_article').on(t.articleId, t.id),
      c.index('allegations_by_source').on(t.sourceId, t.id).where(isNotNull(t.sourceId))
    ]
  )

  /** Who was asked to comment on an article, and what became of it. */
  const replyRequests = c.table(
    'reply_requests',
    {
      id: c.id(),
      articleId: ofArticle(c, articles),
      ...party(),
      about: c.string('about'),
      via: c.string('via'),
      askedAt: c.instant('asked_at').notNull(),
      deadline: c.instant('deadline'),
      state: c.string('state').$type<'asked' | 'answered' | 'declined'>().notNull(),
      repliedAt: c.instant('replied_at'),
      terms: c.string('terms').$type<'on_record' | 'background' | 'deep_background'>(),
      note: c.string('note'),
      ...edited(c)
    },
    (t) => [
      c.index('reply_requests_by_article').on(t.articleId, t.id),
      c.index('reply_requests_by_source').on(t.sourceId, t.id).where(isNotNull(t.sourceId)),
      c.index('reply_requests_by_state').on(t.state, t.id)
    ]
  )

  return { previews, allegations, replyRequests, externalSends, editions, revisions, locks, trash, deskWords }
}
