// Every table, written once over a column kit. The working copy (the desk) first, what was published (the
// newsstand) last.
import { isNotNull, isNull, sql } from 'drizzle-orm'
import type { Body } from '../body/schema.ts'
import type * as kit from './columns.postgres.ts'

export function tables(c: typeof kit) {
  /** What every editable record carries: its version is what If-Match is checked against. */
  const edited = () => ({
    version: c.whole('version').notNull(),
    createdAt: c.instant('created_at').notNull(),
    updatedAt: c.instant('updated_at').notNull()
  })

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

  const sources = c.table(
    'sources',
    {
      id: c.id(),
      kind: c.string('kind').$type<'person' | 'organization' | 'document'>().notNull(),
      name: c.string('name').notNull(),
      role: c.string('role'),
      affiliationId: c.ref('affiliation_id').references((): kit.Column => sources.id),
      url: c.string('url'),
      sameAs: c.json<string[]>('same_as').notNull(),
      notes: c.string('notes'),
      ...edited()
    },
    (t) => [
      c.index('sources_by_affiliation').on(t.affiliationId),
      c.index('sources_by_name').on(t.name, t.id)
    ]
  )

  const media = c.table(
    'media',
    {
      id: c.id(),
      kind: c.string('kind').$type<'image' | 'video' | 'audio'>().notNull(),
      url: c.string('url'),
      caption: c.string('caption'),
      alt: c.string('alt'),
      width: c.whole('width'),
      height: c.whole('height'),
      capturedAt: c.instant('captured_at'),
      digitalSourceType: c.string('digital_source_type'),
      embargoUntil: c.instant('embargo_until'),
      ...edited()
    },
    (t) => [c.index('media_by_url').on(t.url, t.id).where(isNotNull(t.url))]
  )

  const mediaCredits = c.table(
    'media_credits',
    {
      id: c.id(),
      mediaId: c
        .ref('media_id')
        .notNull()
        .references(() => media.id, { onDelete: 'cascade' }),
      creditLine: c.string('credit_line').notNull(),
      creators: c.json<string[]>('creators').notNull(),
      suppliers: c.json<string[]>('suppliers').notNull(),
      copyrightNotice: c.string('copyright_notice'),
      copyrightHolder: c.string('copyright_holder'),
      licence: c.json<{ name: string; url?: string | null }>('licence'),
      usageTerms: c.string('usage_terms'),
      acquireLicensePage: c.string('acquire_license_page'),
      expiresAt: c.instant('expires_at'),
      territories: c.json<string[]>('territories'),
      ...edited()
    },
    (t) => [c.index('media_credits_by_media').on(t.mediaId, t.id)]
  )

  const articles = c.table(
    'articles',
    {
      id: c.id(),
      slug: c.string('slug').notNull().unique(),
      status: c
        .string('status')
        .$type<'draft' | 'in_review' | 'approved' | 'scheduled' | 'published' | 'withdrawn'>()
        .notNull(),
      title: c.string('title').notNull(),
      dek: c.string('dek'),
      summary: c.string('summary'),
      language: c.string('language').notNull(),
      section: c.string('section'),
      dateline: c.string('dateline'),
      body: c.json<Body>('body').notNull(),
      leadMediaId: c.ref('lead_media_id').references(() => media.id),
      origin: c.json<{
        publisher?: string | null
        url?: string | null
        copyrightNotice?: string | null
        licence?: string | null
      }>('origin'),
      canonicalUrl: c.string('canonical_url'),
      publishedAt: c.instant('published_at'),
      firstPublishedAt: c.instant('first_published_at'),
      embargoUntil: c.instant('embargo_until'),
      assignee: c.string('assignee'),
      internalNotes: c.string('internal_notes'),
      dueAt: c.instant('due_at'),
      legalHold: c.flag('legal_hold').notNull().default(false),
      /** When it is published, and withdrawn, by itself. */
      publishAt: c.instant('publish_at'),
      withdrawAt: c.instant('withdraw_at'),
      /** The checks that an editor waives when it is published by itself. */
      waivers: c.json<{ code: string; reason: string }[]>('waivers').notNull().default([]),
      /** The shared records as they were when it was approved or scheduled, by their ids. */
      agreed: c.json<{ at: string; records: Record<string, Record<string, unknown>> }>('agreed'),
      /** What it goes back to when it is unscheduled. */
      unscheduled: c.json<{
        status: 'draft' | 'in_review' | 'approved' | 'published' | 'withdrawn'
        withdrawAt: string | null
      }>('unscheduled'),
      /** Whether its slug was made from the title and follows it until it is published. */
      slugFollows: c.flag('slug_follows').notNull().default(false),
      /** The number of its latest edition; 0 where none was published. */
      edition: c.whole('edition').notNull().default(0),
      /** The version of the draft that was published last. */
      publishedVersion: c.whole('published_version'),
      commentPolicy: c
        .json<{ mode: 'site' | 'open' | 'premoderated' | 'first' | 'closed'; closesAt?: string | null }>(
          'comment_policy'
        )
        .notNull(),
      extra: c.json<Record<string, unknown>>('extra').notNull(),
      ...edited()
    },
    (t) => [
      c.index('articles_by_section').on(t.section, t.id),
      c.index('articles_by_lead').on(t.leadMediaId),
      c.index('articles_by_update').on(t.updatedAt, t.id),
      c.index('articles_by_publish_at').on(t.publishAt),
      c.index('articles_by_withdraw_at').on(t.withdrawAt)
    ]
  )
  const ofArticle = () =>
    c
      .ref('article_id')
      .notNull()
      .references(() => articles.id, { onDelete: 'cascade' })
  const position = () => c.whole('position').notNull()

  const articleTags = c.table(
    'article_tags',
    { articleId: ofArticle(), position: position(), tag: c.string('tag').notNull() },
    (t) => [
      c.primaryKey({ columns: [t.articleId, t.position] }),
      c.index('article_tags_by_tag').on(t.tag, t.articleId)
    ]
  )

  const articleBylines = c.table(
    'article_bylines',
    {
      articleId: ofArticle(),
      position: position(),
      sourceId: c.ref('source_id').references(() => sources.id),
      name: c.string('name').notNull(),
      role: c.string('role')
    },
    (t) => [
      c.primaryKey({ columns: [t.articleId, t.position] }),
      c.index('article_bylines_by_source').on(t.sourceId, t.articleId),
      c.index('article_bylines_by_name').on(t.name, t.articleId)
    ]
  )

  /** Which media the article shows, first and in its body, so that a picture in use is never deleted. */
  const articleMedia = c.table(
    'article_media',
    {
      articleId: ofArticle(),
      mediaId: c
        .ref('media_id')
        .notNull()
        .references(() => media.id)
    },
    (t) => [
      c.primaryKey({ columns: [t.articleId, t.mediaId] }),
      c.index('article_media_by_media').on(t.mediaId, t.articleId)
    ]
  )

  const quotes = c.table(
    'quotes',
    {
      id: c.id(),
      articleId: ofArticle(),
      text: c.string('text').notNull(),
      kind: c.string('kind').$type<'direct' | 'indirect' | 'mixed'>().notNull(),
      display: c.string('display').$type<'inline' | 'block'>().notNull(),
      language: c.string('language'),
      verbatim: c.string('verbatim'),
      alterations: c
        .json<
          {
            kind: 'ellipsis' | 'bracket' | 'emphasis' | 'grammar' | 'translation' | 'redaction'
            note?: string | null
          }[]
        >('alterations')
        .notNull(),
      ...edited()
    },
    (t) => [c.index('quotes_by_article').on(t.articleId, t.id)]
  )

  const attributions = c.table(
    'attributions',
    {
      id: c.id(),
      articleId: ofArticle(),
      quoteId: c.ref('quote_id').references(() => quotes.id, { onDelete: 'cascade' }),
      claim: c.string('claim'),
      ...edited()
    },
    (t) => [
      c.index('attributions_by_article').on(t.articleId, t.id),
      c.index('attributions_by_quote').on(t.quoteId, t.id)
    ]
  )

  const hops = c.table(
    'hops',
    {
      attributionId: c
        .ref('attribution_id')
        .notNull()
        .references(() => attributions.id, { onDelete: 'cascade' }),
      position: position(),
      sourceId: c.ref('source_id').references(() => sources.id),
      unnamed: c.json<{
        description: string
        count?: number | null
        reason?: string | null
        basis?: 'fact' | 'opinion' | null
      }>('unnamed'),
      relation: c
        .string('relation')
        .$type<
          'said' | 'told' | 'wrote' | 'reported' | 'first_reported' | 'confirmed' | 'published' | 'provided'
        >()
        .notNull(),
      terms: c.string('terms').$type<'on_record' | 'background' | 'deep_background'>().notNull(),
      url: c.string('url'),
      at: c.instant('at')
    },
    (t) => [
      c.primaryKey({ columns: [t.attributionId, t.position] }),
      c.index('hops_by_source').on(t.sourceId, t.attributionId)
    ]
  )

  const comments = c.table(
    'comments',
    {
      id: c.id(),
      articleId: ofArticle(),
      parentId: c.ref('parent_id').references((): kit.Column => comments.id),
      depth: c.whole('depth').notNull(),
      /** The ids from the thread's root down to this comment: its order is the order of the thread. */
      thread: c.string('thread').notNull(),
      authorName: c.string('author_name').notNull(),
      body: c.string('body').notNull(),
      status: c.string('status').$type<'pending' | 'approved' | 'rejected' | 'spam'>().notNull(),
      reasons: c.json<string[]>('reasons').notNull(),
      editedAt: c.instant('edited_at'),
      /** Keyed hashes: who wrote it, their e-mail address, the network it came from. */
      author: c.string('author'),
      email: c.string('email'),
      network: c.string('network'),
      /** The e-mail address, encrypted, where the site asks for it. */
      sealedEmail: c.string('sealed_email'),
      /** The hash of what lets its author edit it. */
      editKey: c.string('edit_key'),
      /** Which rules had something to say, and about what. */
      rules: c
        .json<{ rule: string; outcome: 'hold' | 'spam'; matched: string }[]>('rules')
        .notNull()
        .default([]),
      /** What repeats of it have in common. */
      fingerprint: c.string('fingerprint'),
      /** How many readers reported it since it was last decided on. */
      reports: c.whole('reports').notNull().default(0),
      ...edited()
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

  /** How the site takes comments: one row. */
  const commentSettings = c.table('comment_settings', {
    id: c.id(),
    settings: c.json<Record<string, unknown>>('settings').notNull(),
    ...edited()
  })

  /** What was decided on a comment, by whom. */
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

  /** What readers reported. */
  const commentReports = c.table(
    'comment_reports',
    {
      id: c.id(),
      commentId: c
        .ref('comment_id')
        .notNull()
        .references(() => comments.id, { onDelete: 'cascade' }),
      /** The keyed hash of the network it came from, a dot, and that of the author's key where one was sent. */
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

  /** Words and patterns that no comment gets past. */
  const blockedTerms = c.table('blocked_terms', {
    id: c.id(),
    kind: c.string('kind').$type<'word' | 'pattern'>().notNull(),
    term: c.string('term').notNull(),
    outcome: c.string('outcome').$type<'hold' | 'spam' | 'refuse'>().notNull(),
    note: c.string('note'),
    ...edited()
  })

  /** Authors and networks whose comments are not taken. */
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

  /** Proofs of work that were handed in: each counts once. */
  const spentProofs = c.table(
    'spent_proofs',
    { id: c.id(), expiresAt: c.instant('expires_at').notNull() },
    (t) => [c.index('spent_proofs_by_expiry').on(t.expiresAt)]
  )

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

  const corrections = c.table(
    'corrections',
    {
      id: c.id(),
      articleId: ofArticle(),
      kind: c
        .string('kind')
        .$type<'correction' | 'clarification' | 'update' | 'editors_note' | 'retraction'>()
        .notNull(),
      target: c.json<{ quoteId?: string; creditId?: string; attributionId?: string }>('target'),
      text: c.string('text').notNull(),
      was: c.string('was'),
      now: c.string('now'),
      publishedAt: c.instant('published_at'),
      ...edited()
    },
    (t) => [c.index('corrections_by_article').on(t.articleId, t.id)]
  )

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

  /** Every edition of an article that was published, as it was. */
  const editions = c.table(
    'editions',
    {
      articleId: ofArticle(),
      number: c.whole('number').notNull(),
      at: c.instant('at').notNull(),
      actor: c.string('actor').notNull(),
      note: c.string('note'),
      /** The version of the draft it was made of; null where an older release published it. */
      version: c.whole('version'),
      document: c.bytes('document').notNull()
    },
    (t) => [c.primaryKey({ columns: [t.articleId, t.number] })]
  )

  /** The last drafts of an article: its own part, as a client would send it. */
  const revisions = c.table(
    'revisions',
    {
      articleId: ofArticle(),
      version: c.whole('version').notNull(),
      at: c.instant('at').notNull(),
      actor: c.string('actor').notNull(),
      draft: c.json<Record<string, unknown>>('draft').notNull()
    },
    (t) => [c.primaryKey({ columns: [t.articleId, t.version] })]
  )

  /** Who is at work on an article, for tools that ask. */
  const locks = c.table('locks', {
    articleId: c
      .ref('article_id')
      .primaryKey()
      .references(() => articles.id, { onDelete: 'cascade' }),
    holder: c.string('holder').notNull(),
    since: c.instant('since').notNull(),
    expiresAt: c.instant('expires_at').notNull()
  })

  /** Articles that were deleted, and by whom: their rows stay until they are restored or deleted for good. */
  const trash = c.table(
    'trash',
    {
      seq: c.serial('seq'),
      articleId: ofArticle().unique(),
      at: c.instant('at').notNull(),
      actor: c.string('actor').notNull(),
      role: c.string('role').$type<'contributor' | 'editor' | 'moderator' | 'admin'>(),
      /** The slug it had: another article may take it meanwhile. */
      slug: c.string('slug').notNull()
    },
    (t) => [c.index('trash_by_time').on(t.at)]
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
    ...edited()
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

  /** The words of drafts and sources, for full text at the desk. The index over them is the driver's. */
  const deskWords = c.table('desk_words', {
    row: c.serial('row'),
    id: c.ref('id').notNull().unique(),
    /** The words of an article, or those of a source. */
    article: c.string('article').notNull().default(''),
    source: c.string('source').notNull().default('')
  })

  /** The addresses by which a source is the same as what others know. */
  const sourceAddresses = c.table(
    'source_addresses',
    {
      sourceId: c
        .ref('source_id')
        .notNull()
        .references(() => sources.id, { onDelete: 'cascade' }),
      url: c.string('url').notNull()
    },
    (t) => [
      c.primaryKey({ columns: [t.sourceId, t.url] }),
      c.index('source_addresses_by_url').on(t.url, t.sourceId)
    ]
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

  /** How far what is published has been compiled anew for this release, after one that migrated: one row. */
  const rebuilds = c.table('rebuilds', {
    /** The last migration of the release, as its journal has it. */
    release: c.string('release').primaryKey(),
    /** The id of the last article that is done; null when all are. */
    after: c.string('after')
  })

  return {
    tokens,
    articles,
    articleTags,
    articleBylines,
    articleMedia,
    sources,
    quotes,
    attributions,
    hops,
    media,
    mediaCredits,
    comments,
    commentSettings,
    commentDecisions,
    commentReports,
    blockedTerms,
    bans,
    spentProofs,
    answers,
    backups,
    corrections,
    changes,
    editions,
    revisions,
    locks,
    trash,
    webhooks,
    deliveries,
    published,
    publishedFacets,
    facetCounts,
    searchable,
    deskWords,
    sourceAddresses,
    withdrawn,
    addresses,
    rebuilds
  }
}

export type Tables = ReturnType<typeof tables>
