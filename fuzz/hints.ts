// What no schema tells: the few things that the driver knows of this API beyond its document.

/** A read with this in its query is one of the desk, and needs a token. */
export const desk = { parameter: 'edition', value: 'draft' }

/** The parameter that takes the `next` of a page. */
export const cursor = 'cursor'

/** No two live tokens have one name, and a server may be asked by several runs. */
const run = Date.now().toString(36)

/** The operation that issues tokens, and its body for a role. */
export const issuing = {
  operation: 'createToken',
  list: 'listTokens',
  body: (role: string) => ({ name: `fuzz ${run}: ${role}`, role })
}

/** The operation that lists every write, by a number (`seq`) that rises. */
export const log = { operation: 'listChanges', after: 'after' }

/** The operations that make words public, or whose words are so as they are written, or that end our own tokens. */
export const publishing =
  /^(publish|republish|merge|unmerge|approve|decide|decline|editOwn|schedule|runBatch|restore|enable|replay|rotateToken|create(Token|Backup|Export)|update(Comment|Settings|Publisher|AiUse)|replace(Comment|Settings|Publisher|AiUse))/

/** What makes a record one that readers see, and the operations that need one. */
export const showing = {
  operation: 'publishArticle',
  prefix: 'art',
  needed: /Comment(?:s|Form)?$|Edition|^listRelated/
}

/** The states of which an answer says that it is public at once. */
export const publicStates = ['approved', 'published']

/** The operations about what was deleted, what deletes it for good, and what deletes first. */
export const trash = { of: /FromTrash$/, ending: /^(?:delete|empty).*Trash$/, filling: 'deleteArticle' }

/** The operations that ask more of a role for some of what they are asked: a legal hold, a lock, an export, what is published, a ban. */
export const stricter = [
  'editOwnComment',
  'revokePreview',
  'importPage',
  'deleteImport',
  'takeLock',
  'releaseLock',
  'runBatch',
  'updateArticle',
  'replaceArticle',
  'updateCorrection',
  'replaceCorrection',
  'restoreEdition',
  'restoreRevision'
]

/** The operations that only a person of a certain name may do, whatever the role. */
export const personal = ['approveMediaCredit']

/**
 * The operations that also take files of exports, JSON among them: those are stored as they come and imported in the name of
 * who sent them, long after the answer. They are asked with texts.
 */
export const streamed = ['importPage']

/** What rules over how others are answered: it holds for a few requests, and is then put back. */
export const ruling = {
  /** The operations whose records are deleted again. */
  made: /^create(Ban|BlockedTerm)$/,
  /** The operations that set what holds for the whole site. */
  set: /^(replace|update)CommentSettings$/,
  /** The operation that puts back what holds: one of these, without the limits that one sender would meet. */
  back: 'replaceCommentSettings',
  standing: [{}, { mode: 'open' }, { mode: 'first' }].map((mode) => ({
    ...mode,
    networkLimit: { count: 1000, seconds: 0 },
    authorLimit: { count: 1000, seconds: 0 }
  }))
}

/** What answers tell and requests ask for, by where those have it: the place in an answer. */
export const handed: Record<string, string> = {
  'body.editKey': '/editKey',
  'body.receipt': '/receipt',
  'body.form': '/form',
  'path.key': '/author/key',
  'header.Preview-Key': '/key'
}

/** Where the parts of an address stand in answers, for the operations whose addresses are made of no ids. */
export const addresses: Record<string, RegExp> = {
  getFile: /\/v1\/files\/(?<digest>[0-9a-f]{64})\/(?<name>[\w-]{1,120}\.[a-z0-9]{1,5})/g
}

/** The operations that show what is secret to whoever has a key. */
export const keyed = ['getPreview']

/** A file, for the operations that take one as it is: a picture of one pixel. */
export const file = {
  type: 'image/png',
  bytes: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64'
  )
}

/** The operation that does others, and those that it is asked to do. */
export const batch = {
  operation: 'runBatch',
  of: /^(create|update|publish|withdraw)(Article|Source|Media|Quote|Correction)$/
}

/** A refusal that writes: what was approved goes back to draft, with a note, where a record that it shares has changed. */
export const sendingBack = {
  operations: /^(publish|schedule)Article$/,
  detail: 'What was agreed on was changed since.'
}

/** The header that makes a request one that may be sent again, and the one that says it was. */
export const retrying = { header: 'Idempotency-Key', replayed: 'idempotency-replayed' }

/** What deletes, and may leave the place of a record, with nothing in these texts: others answered it. */
export const emptying = { operation: 'deleteOwnComment', texts: [['author', 'name'], ['body']] }

/** The operations that are asked with POST and write nothing, or only the first time: they are answered anew. */
export const idle = [
  'reportPrivateFields',
  'tryBlockedTerm',
  'lookUpCommentAuthor',
  'lookUpErrorReport',
  'checkQuotes'
]

/** The texts of which only a keyed hash is kept. */
export const hashed = ['/author/key', '/contact/key']

/** The operations that bring deleted records back, under the ids they had. */
export const reviving = /^(restore|unmerge)/

/** The operations that tell of records which are there no more. */
export const outliving = ['getArticleHistory', 'getBackup', 'getExport', 'lookUpSourceMerge', 'unmergeSource']

/** The operations that the same machine may ask without a token. */
export const local = ['getMetrics']

/** The addresses that the program itself changes, while it delivers, copies and notes who uses a token, and new forms. */
export const restless = /^\/v1\/(webhooks|backups|tokens)|\/(comment-form|preview|previews)$/

/** The kinds of records that the program itself changes, whatever is asked of it. */
export const busy = ['backup', 'export', 'webhook']

/** The parts of the program that write by themselves, some time after the request that they follow. */
export const jobs = [
  'reviews',
  'merges',
  'timetable',
  'trash',
  'imports',
  'akismet',
  'renditions',
  'rights',
  'files'
]

/** A record that says so is written once more when its renditions are made. */
export const rendering = /"rendering":\{"state":"pending"/

export interface GoingOn {
  operations: RegExp
  /** The operation that tells how far it is: of what the answer made, or else of what was asked. */
  read: string
  isMade: boolean
  /** What that says while it goes on, and while it waits for somebody. */
  state: RegExp
  waits?: RegExp
}

/** What goes on after its answer in the name of who asked. */
export const goingOn: GoingOn[] = [
  {
    operations: /^(un)?mergeSource$/,
    read: 'lookUpSourceMerge',
    isMade: false,
    state: /"state":"(moving|undoing)"/,
    waits: /"waiting":[1-9]/
  },
  { operations: /^importPage$/, read: 'getImport', isMade: true, state: /"status":"(queued|running)"/ }
]

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
