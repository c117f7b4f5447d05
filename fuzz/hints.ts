// What no schema tells: the few things that the driver knows of this API beyond its document.

/** A read with this in its query is one of the desk, and needs a token. */
export const desk = { parameter: 'edition', value: 'draft' }

/** The parameter that takes the `next` of a page. */
export const cursor = 'cursor'

/** The operation that issues tokens, and its body for a role. */
export const issuing = {
  operation: 'createToken',
  list: 'listTokens',
  body: (role: string) => ({ name: `fuzz: ${role}`, role })
}

/** The operation that lists every write, by a number (`seq`) that rises. */
export const log = { operation: 'listChanges', after: 'after' }

/** The operations that make words public, or whose words are public as they are written. */
export const publishing =
  /^(publish|republish|approve|schedule|runBatch|restore|enable|replay|create(Token|Backup)|update(Comment|Settings)|replace(Comment|Settings))/

/** The states of which an answer says that it is public at once. */
export const publicStates = ['approved', 'published']

/** The operations that ask more of a role for some of what they are asked, a legal hold or a lock. */
export const stricter = [
  'takeLock',
  'releaseLock',
  'runBatch',
  'updateArticle',
  'replaceArticle',
  'restoreEdition',
  'restoreRevision'
]

/** The texts of which only a keyed hash is kept. */
export const hashed = ['/author/key']

/** The operations that bring deleted records back, under the ids they had. */
export const reviving = /^restore/

/** The operations that tell of records which are there no more. */
export const outliving = ['getArticleHistory', 'getBackup']

/** The addresses whose records the program itself changes, while it delivers and copies. */
export const restless = /^\/v1\/(webhooks|backups)/

/** The kinds of records that the program itself changes, whatever is asked of it. */
export const busy = ['backup', 'webhook']

/** What a record may have for columns that no client may write. */
export const columns = [
  'status',
  'version',
  'approved',
  'hash',
  'createdAt',
  'updatedAt',
  'deletedAt',
  'publishedAt',
  'authorId',
  'role',
  'scopes',
  'isAdmin',
  'seq',
  'network',
  '_id',
  'articleId'
]
