// What an export has of each table. A table without a decision does not compile.
import type { Tables } from '../../database.ts'

/** A column of a table. */
type ColumnOf<Name extends keyof Tables> = keyof Tables[Name]['$inferSelect'] & string

/** The rows of a table are in the export. */
export interface Exported<Column extends string = string> {
  as: 'rows'
  /** A unique key, in the order of an index: rows are exported in its order, and a resumed export goes on after it. */
  by: Column[]
  /** Columns of bytes that are texts, as they are stored: plain, or in gzip where that is smaller. Others are base64. */
  texts?: Partial<Record<Column, 'plain' | 'gzip'>>
  /** Columns of integers beyond the precision of a number: they are texts. */
  wide?: Column[]
  /** Columns that are never in it, and what a row gets instead: null, or a value of its own. */
  never?: Partial<Record<Column, null | 'own'>>
  /** Columns that the importer derives from others. */
  derived?: Column[]
  /** Whether only an export with private fields has its rows, or these columns of them. */
  private?: true | Column[]
  /** Columns that refer to a later row of the table itself: they follow in lines of their own. */
  later?: Column[]
}

type Decision<Column extends string> =
  | Exported<Column>
  /** The importer makes its rows of those of another table. */
  | { as: 'derived'; from: string }
  /** It is in no export. */
  | { as: 'never'; why: string }

const rows = <Column extends string>(...by: Column[]) => ({ as: 'rows' as const, by })
const derived = (from: string) => ({ as: 'derived' as const, from })
const never = (why: string) => ({ as: 'never' as const, why })

/** All tables, in the order in which they are exported: rows come after those they refer to. */
export const decisions: { [Name in keyof Tables]: Decision<ColumnOf<Name>> } = {
  publisher: rows('id'),
  commentSettings: rows('id'),
  sourceFields: rows('id'),
  sources: { ...rows('id'), later: ['affiliationId'] },
  sourceMerges: rows('id'),
  mergeMoves: rows('mergeId', 'kind', 'record', 'position'),
  privateValues: { ...rows('sourceId', 'field'), private: true },
  privateReports: { ...rows('field', 'quarter'), private: true },
  // Their bytes are in no table: the folder of files is copied beside.
  files: rows('digest'),
  fileMetadata: rows('file'),
  pictureHashes: rows('file'),
  renditionSets: rows('id'),
  renditionFiles: rows('digest', 'setId'),
  publishedSets: rows('setId', 'mediaId'),
  mediaSettings: rows('id'),
  licences: rows('id'),
  media: { ...rows('id'), later: ['substituteId'] },
  mediaCredits: rows('id'),
  mediaUses: rows('articleId', 'mediaId'),
  articles: rows('id'),
  articleTags: rows('articleId', 'position'),
  articleBylines: rows('articleId', 'position'),
  articleMedia: rows('articleId', 'mediaId'),
  quotes: rows('id'),
  attributions: rows('id'),
  hops: rows('attributionId', 'position'),
  corrections: { ...rows('id'), private: ['errorReportId'] },
  editions: { ...rows('articleId', 'number'), texts: { document: 'gzip' } },
  revisions: { ...rows('articleId', 'version'), texts: { body: 'gzip' } },
  trash: rows('seq'),
  externalSends: rows('articleId'),
  allegations: rows('id'),
  replyRequests: rows('id'),
  exportImports: never('they belong to files of this machine'),
  importLosses: never('they are of those'),
  imports: { ...rows('id'), never: { exportId: null } },
  importPages: rows('importId'),
  importedItems: rows('system', 'kind', 'externalId'),
  importedSites: rows('system', 'site'),
  oldAddresses: rows('path'),
  // By thread: a comment comes before its replies.
  comments: {
    ...rows('articleId', 'thread'),
    never: { author: null, email: null, network: null, sealedEmail: null, editKey: null }
  },
  commentDecisions: rows('seq'),
  commentReports: { ...rows('id'), never: { reporter: 'own' } },
  blockedTerms: rows('id'),
  errorReports: {
    ...rows('id'),
    private: true,
    never: { author: null, email: null, network: 'own', sealedContact: null, receipt: 'own' }
  },
  causes: rows('id'),
  reached: rows('causeId', 'run', 'statementId'),
  reviews: rows('id'),
  changes: rows('seq'),
  edges: rows('articleId', 'attributionId', 'position'),
  quotePrints: rows('number'),
  withdrawn: rows('kind', 'id'),
  addresses: rows('slug'),
  moved: rows('kind', 'id'),
  published: { ...rows('kind', 'id'), texts: { document: 'plain', card: 'plain' }, derived: ['gzip'] },
  publishedFacets: rows('kind', 'id', 'name', 'value', 'position'),
  searchable: { ...rows('row'), wide: ['row'], derived: ['articleId', 'position', 'moment'] },
  sourceAddresses: derived('sources'),
  sourceNames: derived('sources'),
  creditNames: derived('mediaCredits'),
  deskWords: derived('articles and sources'),
  deskIndex: derived('articles and sources'),
  quoteKeys: derived('quotePrints'),
  facetValues: derived('publishedFacets'),
  facetDocuments: derived('publishedFacets'),
  documentFacets: derived('publishedFacets'),
  wordIndex: derived('searchable'),
  headlineIndex: derived('searchable'),
  tokens: never('whoever has them may write'),
  previews: never('they hold the hashes of keys to drafts'),
  answers: never('they are sealed with the keys of requests, for a day'),
  bans: never('they are keyed hashes of readers'),
  spentProofs: never('proofs of work of this very service'),
  webhooks: never('they hold secrets, and a copy of the newsroom would send everything twice'),
  deliveries: never('they belong to webhooks'),
  locks: never('somebody is working just now'),
  backups: never('they are files of this machine'),
  rebuilds: never('the progress of this very database'),
  transfers: never('the progress of this very database'),
  invalidations: never('what caches of this very service hold')
}

/** A table, and what an export has of it. */
export type ExportedTable = Exported & { name: keyof Tables }

/** The tables whose rows are exported, in order. */
export const exportedTables: ExportedTable[] = (
  Object.entries(decisions) as [keyof Tables, Decision<string>][]
).flatMap(([name, decision]) => (decision.as === 'rows' ? [{ name, ...decision }] : []))
