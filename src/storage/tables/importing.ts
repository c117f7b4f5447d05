// Pages that were imported, and what was decided on what was read from them.
import { isNotNull } from 'drizzle-orm'
import type * as kit from '../columns/postgres.ts'
import { type Articles, edited, ofArticle } from './shared.ts'

/** A record of an import as it is compared and kept: what was read, or what an editor made of it. */
interface Reviewed {
  text?: string
  claim?: string
  kind?: string
  speakers?: { sourceId?: string; name: string; relation: string }[]
  name?: string
  role?: string
  creditLine?: string
  creators?: string[]
  suppliers?: string[]
}

/** What became of the entries of an export. */
interface Counts {
  articles: number
  changed: number
  unchanged: number
  published: number
  comments: number
  left: number
  failed: number
}

export function importing(c: typeof kit, articles: Articles) {
  /** Exports of other systems that were sent whole, and how far each is. */
  const exportImports = c.table(
    'export_imports',
    {
      id: c.id(),
      status: c.string('status').$type<'queued' | 'running' | 'done' | 'failed'>().notNull(),
      /** The name of the reader, and whether who sent it said so. */
      reader: c.string('reader').notNull(),
      isNamed: c.flag('is_named').notNull(),
      /** The system of the external ids. */
      system: c.string('system').notNull(),
      publish: c.flag('publish').notNull(),
      quotes: c.flag('quotes').notNull(),
      /** Whether its site has another address than the one that the system is known by. */
      moved: c.flag('moved').notNull().default(false),
      mediaType: c.string('media_type').notNull(),
      file: c.string('file'),
      bytes: c.whole('bytes').notNull(),
      digest: c.string('digest').notNull(),
      read: c.whole('read').notNull(),
      counts: c.json<Counts>('counts').notNull(),
      /** How many lines its report has. */
      reported: c.whole('reported').notNull(),
      error: c.json<{ code: string; reason: string } | null>('error'),
      actor: c.string('actor').notNull(),
      role: c.string('role').$type<'viewer' | 'contributor' | 'editor' | 'moderator' | 'admin'>(),
      startedAt: c.instant('started_at'),
      finishedAt: c.instant('finished_at'),
      ...edited(c)
    },
    (t) => [c.index('export_imports_by_status').on(t.status, t.id)]
  )

  /** The reports of these: what could not be kept, or not as it was. */
  const importLosses = c.table(
    'import_losses',
    {
      importId: c
        .ref('import_id')
        .notNull()
        .references(() => exportImports.id, { onDelete: 'cascade' }),
      place: c.string('place').notNull(),
      /** Of the line: one that is told again, by an import that goes on, is the same. */
      digest: c.string('digest').notNull(),
      code: c.string('code').notNull(),
      reason: c.string('reason').notNull(),
      words: c.string('words')
    },
    (t) => [c.primaryKey({ columns: [t.importId, t.place, t.digest] })]
  )

  /** Saved pages that became drafts: what was proposed of each, and what was decided on it. */
  const imports = c.table(
    'imports',
    {
      id: c.id(),
      articleId: ofArticle(c, articles),
      status: c.string('status').$type<'waiting' | 'decided'>().notNull(),
      /** Of an article of an export: the system that it is from, and the import of the export, where that came over HTTP. */
      system: c.string('system'),
      exportId: c.ref('export_id').references(() => exportImports.id, { onDelete: 'set null' }),
      mediaType: c.string('media_type').$type<'text/plain' | 'text/html'>().notNull(),
      /** The file it was read from, where it came by the command line. */
      file: c.string('file'),
      canonicalUrl: c.string('canonical_url'),
      /** The SHA-256 of the page. */
      digest: c.string('digest').notNull(),
      actor: c.string('actor').notNull(),
      role: c.string('role').$type<'viewer' | 'contributor' | 'editor' | 'moderator' | 'admin'>(),
      /** How many of the proposals wait. */
      waiting: c.whole('waiting').notNull(),
      /** How many of those are of low confidence. */
      doubtful: c.whole('doubtful').notNull().default(0),
      ...edited(c),
      // What lists do not show is behind what they read, for the reason that the body of an article is.
      /** The headline and the paragraphs as they were read: drafts change. */
      text: c.string('text').notNull(),
      proposals: c
        .json<
          {
            id: string
            kind: 'quote' | 'claim' | 'source' | 'credit'
            readFrom: string
            rule: string
            confidence: 'high' | 'medium' | 'low'
            proposed: Reviewed
            state: 'waiting' | 'accepted' | 'corrected' | 'rejected'
            decided: Reviewed | null
            decidedAt: string | null
            decidedBy: string | null
            mergedInto: string | null
          }[]
        >('proposals')
        .notNull(),
      /** Quotes and claims that editors had added by the time all was decided. */
      added: c.json<{ kind: 'quote' | 'claim'; record: Reviewed }[]>('added').notNull().default([]),
      warnings: c
        .json<{ code: string; detail: string; words: string; pointer?: string }[]>('warnings')
        .notNull()
    },
    (t) => [
      c.index('imports_by_status').on(t.status, t.id),
      c.index('imports_by_article').on(t.articleId, t.id),
      c.index('imports_by_export').on(t.exportId).where(isNotNull(t.exportId)),
      c.index('imports_by_digest').on(t.digest),
      c.index('imports_by_address').on(t.canonicalUrl).where(isNotNull(t.canonicalUrl))
    ]
  )

  /** The pages themselves, for as long as they are kept. */
  const importPages = c.table(
    'import_pages',
    {
      importId: c
        .ref('import_id')
        .primaryKey()
        .references(() => imports.id, { onDelete: 'cascade' }),
      /** How many bytes it has in UTF-8, and when it came. */
      bytes: c.whole('bytes').notNull(),
      at: c.instant('at').notNull(),
      deflated: c.bytes('deflated').notNull()
    },
    (t) => [c.index('import_pages_by_time').on(t.at)]
  )

  /** What came from exports of other systems: which record each entry is, and what it was when it came last. */
  const importedItems = c.table(
    'imported_items',
    {
      system: c.string('system').notNull(),
      kind: c.string('kind').$type<'article' | 'comment'>().notNull(),
      externalId: c.string('external_id').notNull(),
      /** The article or the comment; it may be deleted since. */
      recordId: c.ref('record_id').notNull(),
      /** The SHA-256 of the entry; empty while not all of it is done. */
      digest: c.string('digest').notNull(),
      /** The import over HTTP that wrote it last, and what became of it then. */
      run: c.string('run').notNull().default(''),
      outcome: c
        .string('outcome')
        .$type<'created' | 'changed' | 'unchanged' | 'published' | 'left'>()
        .notNull()
        .default('unchanged')
    },
    (t) => [c.primaryKey({ columns: [t.system, t.kind, t.externalId] })]
  )

  /** The sites that the external ids of a system are of: one, unless it moved. */
  const importedSites = c.table(
    'imported_sites',
    {
      system: c.string('system').notNull(),
      /** What it is known by, such as its address without the protocol. */
      site: c.string('site').notNull(),
      /** What it is called in sentences. */
      name: c.string('name').notNull()
    },
    (t) => [c.primaryKey({ columns: [t.system, t.site] })]
  )

  /** Where articles were found before they came here. */
  const oldAddresses = c.table(
    'old_addresses',
    {
      /** The path with its query, as it was. */
      path: c.string('path').primaryKey(),
      articleId: ofArticle(c, articles)
    },
    (t) => [c.index('old_addresses_by_article').on(t.articleId)]
  )

  return { exportImports, importLosses, imports, importPages, importedItems, importedSites, oldAddresses }
}
