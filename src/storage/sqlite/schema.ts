// The tables for SQLite: read by drizzle-kit and used by the driver.
import type * as postgres from '../columns/postgres.ts'
import * as sqlite from '../columns/sqlite.ts'
import { tables } from '../tables/tables.ts'

// The first of the two casts of storage/: SQLite's column kit is typed as PostgreSQL's, so that calls which only
// SQLite has do not compile.
export const schema = tables(sqlite as unknown as typeof postgres)

export const {
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
  publisher,
  comments,
  commentSettings,
  commentDecisions,
  commentReports,
  blockedTerms,
  bans,
  spentProofs,
  errorReports,
  answers,
  backups,
  corrections,
  changes,
  edges,
  sourceFields,
  privateValues,
  privateReports,
  editions,
  revisions,
  locks,
  allegations,
  replyRequests,
  trash,
  imports,
  importPages,
  webhooks,
  deliveries,
  published,
  publishedFacets,
  facetCounts,
  searchable,
  deskWords,
  sourceAddresses,
  sourceNames,
  externalSends,
  withdrawn,
  addresses,
  invalidations,
  rebuilds
} = schema
