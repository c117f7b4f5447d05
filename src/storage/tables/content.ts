// The working copy: articles, the records that belong to them, and those that they share.
import { isNotNull } from 'drizzle-orm'
import type * as kit from '../columns/postgres.ts'
import type { PortableText } from './portable-text.ts'
import { edited, external, ofArticle } from './shared.ts'

/** What is published, and what a right is for. */
type Purpose = 'web' | 'print' | 'newsletter' | 'social'

export function content(c: typeof kit, { files }: { files: { digest: kit.Column } }) {
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
      /** Other names that it comes in under; for the desk only, as its notes. */
      aliases: c.json<string[]>('aliases').notNull().default([]),
      ...external(c),
      ...edited(c)
    },
    (t) => [
      c.uniqueIndex('sources_by_external_id').on(t.externalSystem, t.externalId),
      c.index('sources_by_affiliation').on(t.affiliationId),
      c.index('sources_by_name').on(t.name, t.id),
      c.index('sources_by_url').on(t.url).where(isNotNull(t.url))
    ]
  )

  const media = c.table(
    'media',
    {
      id: c.id(),
      kind: c.string('kind').$type<'image' | 'video' | 'audio' | 'document'>().notNull(),
      url: c.string('url'),
      caption: c.string('caption'),
      alt: c.string('alt'),
      width: c.whole('width'),
      height: c.whole('height'),
      capturedAt: c.instant('captured_at'),
      digitalSourceType: c.string('digital_source_type'),
      embargoUntil: c.instant('embargo_until'),
      /** What is shown in its place once its rights have ended. */
      substituteId: c.ref('substitute_id').references((): kit.Column => media.id),
      /** Its own file, and the name that came with; null where `url` leads to it. */
      file: c.ref('file').references(() => files.digest),
      fileName: c.string('file_name'),
      focalPoint: c.json<{ x: number; y: number }>('focal_point'),
      people: c.json<string[]>('people').notNull().default([]),
      location: c.json<Record<string, string | null>>('location'),
      ...external(c),
      ...edited(c)
    },
    (t) => [
      c.index('media_by_file').on(t.file, t.id).where(isNotNull(t.file)),
      c.index('media_by_url').on(t.url, t.id).where(isNotNull(t.url)),
      c.index('media_by_substitute').on(t.substituteId).where(isNotNull(t.substituteId)),
      c.uniqueIndex('media_by_external_id').on(t.externalSystem, t.externalId)
    ]
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
      purposes: c.json<Purpose[]>('purposes'),
      maxUses: c.whole('max_uses'),
      /** Who has to approve that it is published, and whether it was. */
      approvalBy: c.string('approval_by'),
      approval: c.json<{ by: string; at: string }>('approval'),
      /** When it is told next that its rights end. */
      noticeAt: c.instant('notice_at'),
      ...edited(c)
    },
    (t) => [
      c.index('media_credits_by_media').on(t.mediaId, t.id),
      c.index('media_credits_by_notice').on(t.noticeAt).where(isNotNull(t.noticeAt))
    ]
  )

  /** Creators, suppliers and licences of credits, exactly as they are written: what media are found by. */
  const creditNames = c.table(
    'credit_names',
    {
      creditId: c
        .ref('credit_id')
        .notNull()
        .references(() => mediaCredits.id, { onDelete: 'cascade' }),
      role: c.string('role').$type<'creator' | 'supplier' | 'licence'>().notNull(),
      name: c.string('name').notNull(),
      mediaId: c.ref('media_id').notNull()
    },
    (t) => [
      c.primaryKey({ columns: [t.creditId, t.role, t.name] }),
      c.index('credit_names_by_name').on(t.role, t.name, t.mediaId)
    ]
  )

  /** The licences that credits may name: one row. */
  const licences = c.table('licences', {
    id: c.id(),
    licences: c.json<object[]>('licences').notNull(),
    ...edited(c)
  })

  /** In which articles pictures were published, also those of both that are gone. */
  const mediaUses = c.table(
    'media_uses',
    {
      articleId: c.ref('article_id').notNull(),
      mediaId: c.ref('media_id').notNull(),
      kind: c.string('kind').$type<'image' | 'video' | 'audio' | 'document'>().notNull(),
      purposes: c.json<Purpose[]>('purposes').notNull(),
      /** The credits it had then. */
      credits: c
        .json<{ creditLine: string; creators: string[]; suppliers: string[]; licence: string | null }[]>(
          'credits'
        )
        .notNull(),
      at: c.instant('at').notNull(),
      endedAt: c.instant('ended_at')
    },
    (t) => [
      c.primaryKey({ columns: [t.articleId, t.mediaId] }),
      c.index('media_uses_by_media').on(t.mediaId, t.articleId),
      c.index('media_uses_by_time').on(t.at)
    ]
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
      leadMediaId: c.ref('lead_media_id').references(() => media.id),
      origin: c.json<{
        publisher?: string | null
        url?: string | null
        copyrightNotice?: string | null
        licence?: string | null
      }>('origin'),
      canonicalUrl: c.string('canonical_url'),
      /** The original of a translation. It may be deleted since, so nothing refers to its row. */
      translationOf: c.ref('translation_of'),
      publishedAt: c.instant('published_at'),
      firstPublishedAt: c.instant('first_published_at'),
      /** What it is published for. */
      purposes: c.json<Purpose[]>('purposes').notNull().default(['web']),
      embargoUntil: c.instant('embargo_until'),
      assignee: c.string('assignee'),
      internalNotes: c.string('internal_notes'),
      dueAt: c.instant('due_at'),
      legalHold: c.flag('legal_hold').notNull().default(false),
      /** When the schedule publishes and withdraws it. */
      publishAt: c.instant('publish_at'),
      withdrawAt: c.instant('withdraw_at'),
      /** The checks that an editor waived for scheduled publishing. */
      waivers: c.json<{ code: string; reason: string }[]>('waivers').notNull().default([]),
      /** The shared records as they were when it was approved or scheduled, by id. */
      agreed: c.json<{ at: string; records: Record<string, Record<string, unknown>> }>('agreed'),
      /** The state that unscheduling restores. */
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
      ...external(c),
      ...edited(c),
      /** Behind all that lists read: SQLite walks through the pages of a long value to what follows it in the row. */
      body: c.longJson<PortableText>('body').notNull()
    },
    (t) => [
      c.uniqueIndex('articles_by_external_id').on(t.externalSystem, t.externalId),
      c.index('articles_by_section').on(t.section, t.id),
      c.index('articles_by_lead').on(t.leadMediaId),
      c.index('articles_by_update').on(t.updatedAt, t.id),
      c.index('articles_by_canonical_url').on(t.canonicalUrl).where(isNotNull(t.canonicalUrl)),
      c.index('articles_by_original').on(t.translationOf, t.id).where(isNotNull(t.translationOf)),
      c.index('articles_by_publish_at').on(t.publishAt),
      c.index('articles_by_withdraw_at').on(t.withdrawAt)
    ]
  )

  const articleTags = c.table(
    'article_tags',
    {
      articleId: ofArticle(c, articles),
      position: c.whole('position').notNull(),
      tag: c.string('tag').notNull()
    },
    (t) => [
      c.primaryKey({ columns: [t.articleId, t.position] }),
      c.index('article_tags_by_tag').on(t.tag, t.articleId)
    ]
  )

  const articleBylines = c.table(
    'article_bylines',
    {
      articleId: ofArticle(c, articles),
      position: c.whole('position').notNull(),
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

  /** Which media the article uses, as its lead and in its body, so that media in use cannot be deleted. */
  const articleMedia = c.table(
    'article_media',
    {
      articleId: ofArticle(c, articles),
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
      articleId: ofArticle(c, articles),
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
      ...edited(c)
    },
    (t) => [c.index('quotes_by_article').on(t.articleId, t.id)]
  )

  const attributions = c.table(
    'attributions',
    {
      id: c.id(),
      articleId: ofArticle(c, articles),
      quoteId: c.ref('quote_id').references(() => quotes.id, { onDelete: 'cascade' }),
      claim: c.string('claim'),
      ...edited(c)
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
      position: c.whole('position').notNull(),
      sourceId: c.ref('source_id').references(() => sources.id),
      /** An article of ours that the chain goes on in. It may be deleted since, so nothing refers to its row. */
      citedId: c.ref('cited_id'),
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
      at: c.instant('at'),
      positionToKnow: c.string('position_to_know')
    },
    (t) => [
      c.primaryKey({ columns: [t.attributionId, t.position] }),
      c.index('hops_by_source').on(t.sourceId, t.attributionId)
    ]
  )

  const corrections = c.table(
    'corrections',
    {
      id: c.id(),
      articleId: ofArticle(c, articles),
      kind: c
        .string('kind')
        .$type<'correction' | 'clarification' | 'update' | 'editors_note' | 'retraction'>()
        .notNull(),
      target: c.json<{ quoteId?: string; creditId?: string; attributionId?: string }>('target'),
      text: c.string('text').notNull(),
      was: c.string('was'),
      now: c.string('now'),
      publishedAt: c.instant('published_at'),
      /** The reader's report that it answers, for the desk only; null once that report is erased. */
      errorReportId: c.ref('error_report_id'),
      /** Whether readers are told that a reader found it, who agreed to that. */
      foundByReader: c.flag('found_by_reader').notNull().default(false),
      ...edited(c)
    },
    (t) => [c.index('corrections_by_article').on(t.articleId, t.id)]
  )

  /** The `sameAs` URLs of sources, for finding duplicates. */
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

  /** The names and aliases of sources without what spellings differ in (sources/names.ts). */
  const sourceNames = c.table(
    'source_names',
    {
      sourceId: c
        .ref('source_id')
        .notNull()
        .references(() => sources.id, { onDelete: 'cascade' }),
      name: c.string('name').notNull(),
      /** The first letter and the last word of it, where it has more than one word. */
      initials: c.string('initials')
    },
    (t) => [
      c.primaryKey({ columns: [t.sourceId, t.name] }),
      c.index('source_names_by_name').on(t.name, t.sourceId),
      c.index('source_names_by_initials').on(t.initials, t.sourceId).where(isNotNull(t.initials))
    ]
  )

  return {
    sources,
    media,
    mediaCredits,
    creditNames,
    licences,
    mediaUses,
    articles,
    articleTags,
    articleBylines,
    articleMedia,
    quotes,
    attributions,
    hops,
    corrections,
    sourceAddresses,
    sourceNames
  }
}
