// The tables as SQLite builds them: what drizzle-kit reads and the SQLite driver opens.
import type * as postgres from '../columns/postgres.ts'
import * as sqlite from '../columns/sqlite.ts'
import { tables } from '../tables/tables.ts'

// The first of the two casts of storage/: SQLite's kit wears the types of PostgreSQL's, so that a call only
// SQLite knows does not compile anywhere else.
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
  withdrawn,
  addresses,
  rebuilds
} = schema
