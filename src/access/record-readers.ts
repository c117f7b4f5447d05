// Who may read the records that the change log tells of.
import type { ChangeKind } from '../changes/log/events.ts'
import { permissions } from './permissions.ts'
import type { Role } from './tokens/schema.ts'

/** The operation that reads a record of each kind. */
const reads: Record<ChangeKind, string> = {
  article: 'getArticle',
  quote: 'getQuote',
  attribution: 'getAttribution',
  source: 'getSource',
  media: 'getMedia',
  credit: 'getMediaCredit',
  correction: 'getCorrection',
  comment: 'getComment',
  error_report: 'getErrorReport',
  allegation: 'getAllegation',
  reply_request: 'getReplyRequest',
  ban: 'getBan',
  settings: 'getCommentSettings',
  term: 'getBlockedTerm',
  token: 'getToken',
  webhook: 'getWebhook',
  backup: 'getBackup',
  export: 'getExport',
  import: 'getImport',
  preview: 'listPreviews'
}

/** The roles that may read the draft of a record of each kind: to others, its changes are shown without their texts. */
export const recordReaders = Object.fromEntries(
  Object.entries(reads).map(([kind, operation]) => [kind, permissions[operation]!.roles])
) as Record<ChangeKind, Role[]>
