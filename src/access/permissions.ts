// The permissions of all operations. This table is the only place that defines them.
import type { Role } from './tokens/schema.ts'

export interface Permission {
  /** The roles whose tokens are allowed. */
  roles: Role[]
  /** Open without a token; a read, in its published edition. */
  open?: true
  /** Open without a token to programs on the same machine. */
  local?: true
  /** Exempt from load shedding and rate limits. */
  always?: true
}

const writers: Permission = { roles: ['contributor', 'editor', 'admin'] }
/** Who reads what writers read. */
const viewers: Permission = { roles: ['viewer', ...writers.roles] }
const editors: Permission = { roles: ['editor', 'admin'] }
const moderators: Permission = { roles: ['moderator', 'admin'] }
/** Who reads what readers report as wrong. */
const correctors: Permission = { roles: ['editor', 'moderator', 'admin'] }
const admins: Permission = { roles: ['admin'] }
const desk: Permission = { roles: ['contributor', 'editor', 'moderator', 'admin'] }
/** The desk, and who only reads. */
const watchers: Permission = { roles: ['viewer', ...desk.roles] }
const everybody: Permission = { roles: [], open: true }
const readers: Permission = { ...viewers, open: true }

/** Every operation of the API, by its operationId. */
export const permissions: Record<string, Permission> = {
  listArticles: readers,
  getArticle: readers,
  createArticle: writers,
  updateArticle: writers,
  replaceArticle: writers,
  deleteArticle: writers,
  putExternalArticle: writers,
  listTrash: writers,
  restoreFromTrash: writers,
  deleteFromTrash: editors,
  emptyTrash: editors,
  getPublisher: readers,
  updatePublisher: editors,
  replacePublisher: editors,
  getFeed: everybody,
  getArticleJsonld: everybody,
  getArticleMarkdown: everybody,
  getArticleText: everybody,
  getArticlePage: everybody,
  getArticleNinjs: everybody,
  getQuoteCard: everybody,
  getOembed: everybody,
  getAiUse: viewers,
  updateAiUse: editors,
  replaceAiUse: editors,
  getRsl: everybody,
  getTdmrep: everybody,
  getArticleRsl: everybody,
  getSitemap: everybody,
  getRobots: everybody,
  listRedirects: everybody,
  getRedirectFile: everybody,
  getWorkflow: watchers,
  submitArticle: writers,
  approveArticle: editors,
  returnArticle: editors,
  scheduleArticle: editors,
  unscheduleArticle: editors,
  checkArticle: viewers,
  publishArticle: editors,
  withdrawArticle: editors,
  publishCorrection: editors,
  listEditions: viewers,
  getEdition: viewers,
  compareEditions: viewers,
  restoreEdition: writers,
  listRevisions: viewers,
  getRevision: viewers,
  restoreRevision: writers,
  importPage: writers,
  listImports: viewers,
  getImport: viewers,
  getImportPage: viewers,
  getImportReport: viewers,
  reviewImport: writers,
  deleteImport: writers,
  duplicateArticle: writers,
  getArticleHistory: viewers,
  createPreview: viewers,
  listPreviews: viewers,
  revokePreview: viewers,
  getPreview: everybody,
  getLock: viewers,
  takeLock: writers,
  releaseLock: writers,
  breakLock: editors,
  runBatch: desk,

  listQuotes: readers,
  getQuote: readers,
  createQuote: writers,
  updateQuote: writers,
  replaceQuote: writers,
  deleteQuote: writers,

  listAttributions: readers,
  getAttribution: readers,
  createAttribution: writers,
  updateAttribution: writers,
  replaceAttribution: writers,
  deleteAttribution: writers,

  getArticleProvenance: readers,
  getQuoteProvenance: readers,
  getAttributionProvenance: readers,
  listSourceDependents: readers,
  listArticleDependents: readers,
  listQuoteDependents: readers,
  listAttributionDependents: readers,
  checkQuotes: readers,
  getQuoteVariants: everybody,

  listReviews: viewers,
  getReview: viewers,
  clearReview: editors,
  doubtSource: editors,
  trustSource: editors,

  listSources: readers,
  getSource: readers,
  createSource: writers,
  updateSource: writers,
  replaceSource: writers,
  deleteSource: writers,
  republishSource: editors,
  mergeSource: editors,
  lookUpSourceMerge: viewers,
  unmergeSource: editors,
  listSourceDuplicates: viewers,

  listMedia: readers,
  getMedia: readers,
  createMedia: writers,
  updateMedia: writers,
  replaceMedia: writers,
  deleteMedia: writers,
  republishMedia: editors,
  getMediaMetadata: viewers,
  acceptMediaMetadata: writers,
  getFile: readers,
  getMediaSettings: viewers,
  replaceMediaSettings: editors,
  updateMediaSettings: editors,

  listMediaCredits: readers,
  getMediaCredit: readers,
  createMediaCredit: writers,
  updateMediaCredit: writers,
  replaceMediaCredit: writers,
  deleteMediaCredit: writers,
  republishMediaCredit: editors,

  listCorrections: readers,
  getCorrection: readers,
  createCorrection: writers,
  updateCorrection: writers,
  replaceCorrection: writers,
  deleteCorrection: writers,

  listAllegations: viewers,
  getAllegation: viewers,
  createAllegation: editors,
  updateAllegation: editors,
  replaceAllegation: editors,
  deleteAllegation: editors,

  listReplyRequests: viewers,
  getReplyRequest: viewers,
  createReplyRequest: writers,
  updateReplyRequest: writers,
  replaceReplyRequest: writers,
  deleteReplyRequest: writers,

  reportSources: viewers,
  reportPrivateFields: editors,
  getSourceFields: viewers,
  replaceSourceFields: admins,
  writePrivateFields: editors,

  listComments: { ...moderators, open: true },
  listArticleComments: everybody,
  getComment: { ...moderators, open: true },
  createComment: everybody,
  getCommentForm: everybody,
  updateComment: moderators,
  replaceComment: moderators,
  deleteComment: moderators,
  approveComment: moderators,
  rejectComment: moderators,
  spamComment: moderators,
  restoreComment: moderators,
  decideComments: moderators,
  listCommentDecisions: moderators,
  editOwnComment: everybody,
  deleteOwnComment: everybody,
  reportComment: everybody,
  listCommentReports: moderators,

  createErrorReport: everybody,
  lookUpErrorReport: everybody,
  listErrorReports: correctors,
  getErrorReport: correctors,
  acceptErrorReport: editors,
  declineErrorReport: correctors,
  deleteErrorReport: correctors,

  listBans: moderators,
  getBan: moderators,
  createBan: moderators,
  deleteBan: moderators,

  lookUpCommentAuthor: moderators,
  getCommentAuthor: moderators,
  eraseCommentAuthor: admins,

  getCommentSettings: moderators,
  replaceCommentSettings: moderators,
  updateCommentSettings: moderators,

  listBlockedTerms: moderators,
  getBlockedTerm: moderators,
  createBlockedTerm: moderators,
  updateBlockedTerm: moderators,
  replaceBlockedTerm: moderators,
  deleteBlockedTerm: moderators,
  tryBlockedTerm: moderators,

  listChanges: watchers,
  streamChanges: watchers,

  listWebhooks: admins,
  getWebhook: admins,
  createWebhook: admins,
  updateWebhook: admins,
  replaceWebhook: admins,
  deleteWebhook: admins,
  rotateWebhook: admins,
  enableWebhook: admins,
  replayWebhook: admins,
  listDeliveries: admins,
  replayDelivery: admins,

  listTokens: admins,
  getToken: admins,
  createToken: admins,
  rotateToken: admins,
  revokeToken: admins,

  listBackups: admins,
  getBackup: admins,
  createBackup: admins,
  deleteBackup: admins,

  search: everybody,
  listSections: everybody,
  listTags: everybody,
  listRelatedArticles: everybody,

  getOpenApi: everybody,
  getProblem: everybody,
  getHealth: { ...everybody, always: true },
  getReadiness: { ...everybody, always: true },
  getMetrics: { ...admins, local: true }
}
