// Who may do what. The table below is the only place that says it.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { HttpProblem } from './problems.ts'
import type { Actor } from './storage/database.ts'
import type { Holder } from './tokens/holders.ts'
import type { Role } from './tokens/schema.ts'
import { hasToken } from './tokens/text.ts'

export interface Permission {
  /** The roles that may, with a token. */
  roles: Role[]
  /** Open to everybody without a token; a read is so in its published edition. */
  open?: true
  /** Open without a token to programs on the same machine. */
  local?: true
  /** Answered however busy it is, and however often it is asked for. */
  always?: true
}

const writers: Permission = { roles: ['contributor', 'editor', 'admin'] }
const editors: Permission = { roles: ['editor', 'admin'] }
const moderators: Permission = { roles: ['moderator', 'admin'] }
const admins: Permission = { roles: ['admin'] }
const desk: Permission = { roles: ['contributor', 'editor', 'moderator', 'admin'] }
const everybody: Permission = { roles: [], open: true }
const readers: Permission = { ...writers, open: true }

/** Every operation of the API, by its operationId. */
export const permissions: Record<string, Permission> = {
  listArticles: readers,
  getArticle: readers,
  createArticle: writers,
  updateArticle: writers,
  replaceArticle: writers,
  deleteArticle: writers,
  listTrash: writers,
  restoreFromTrash: writers,
  deleteFromTrash: editors,
  emptyTrash: editors,
  getWorkflow: desk,
  submitArticle: writers,
  approveArticle: editors,
  returnArticle: editors,
  scheduleArticle: editors,
  unscheduleArticle: editors,
  checkArticle: writers,
  publishArticle: editors,
  withdrawArticle: editors,
  publishCorrection: editors,
  listEditions: writers,
  getEdition: writers,
  compareEditions: writers,
  restoreEdition: writers,
  listRevisions: writers,
  getRevision: writers,
  restoreRevision: writers,
  importPage: writers,
  duplicateArticle: writers,
  getArticleHistory: writers,
  getLock: writers,
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

  listSources: readers,
  getSource: readers,
  createSource: writers,
  updateSource: writers,
  replaceSource: writers,
  deleteSource: writers,
  republishSource: editors,

  listMedia: readers,
  getMedia: readers,
  createMedia: writers,
  updateMedia: writers,
  replaceMedia: writers,
  deleteMedia: writers,
  republishMedia: editors,

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

  listChanges: desk,
  streamChanges: desk,

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

/** Who sent a request, for the change log. */
export const actorOf = (request: FastifyRequest): Actor => actors.get(request) ?? anonymous
/** Has a request act as somebody from now on. */
export const actAs = (request: FastifyRequest, actor: Actor) => void actors.set(request, actor)
const actors = new WeakMap<FastifyRequest, Actor>()
const anonymous: Actor = { name: 'anonymous', role: null }

/** Until when the token that a request came with holds (ms since 1970); undefined when it no longer does. */
export const admittedUntil = (request: FastifyRequest): Promise<number | undefined> =>
  admissions.get(request)!().catch(() => undefined)
const admissions = new WeakMap<FastifyRequest, () => Promise<number>>()

/** A token of ours, or a JWT (RFC 7519). */
const bearer = /^Bearer +(onr_[\w-]{1,200}|[\w-]+\.[\w-]+\.[\w-]+)$/i

/** Whether a request is answered however busy it is. */
export const isAlwaysAnswered = ({ routeOptions: { schema } }: FastifyRequest) =>
  schema?.operationId !== undefined && permissions[schema.operationId]?.always === true

/** Says who holds a token: undefined when it is unknown, expired or revoked. */
export type Recognise = (token: string) => Promise<Holder | undefined>

/** Who holds the token of an `Authorization` header; undefined where none such holds. */
export async function holderOf(recognise: Recognise, header: string): Promise<Holder | undefined> {
  const token = bearer.exec(header)?.[1]
  return token === undefined ? undefined : recognise(token)
}

/** What was found out about who sent a request, before it was asked whether they may. */
export interface Caller {
  holder?: Holder | undefined
  /** Why it is not known whose the token is. */
  refusal?: unknown
}
const callers = new WeakMap<FastifyRequest, Caller>()
export const callerOf = (request: FastifyRequest): Caller | undefined => callers.get(request)
export const introduce = (request: FastifyRequest, caller: Caller) => void callers.set(request, caller)

/** Lets requests through whose token's role may, and answers until when it holds; throws 401, 403 and 429. */
export const gate = (recognise: Recognise) =>
  async function admit(request: FastifyRequest, permission: Permission): Promise<number> {
    const header = request.headers.authorization
    if (header === undefined)
      throw unauthorized('token-missing', 'This needs a token: Authorization: Bearer onr_...')
    const { holder, refusal } = callers.get(request) ?? { holder: await holderOf(recognise, header) }
    if (refusal) throw refusal
    if (holder === undefined) throw unauthorized('token-invalid', 'The token is unknown, expired or revoked.')
    if (!permission.roles.some((role) => role === holder.role)) throw forbidden(holder.role, permission)
    actors.set(request, { name: holder.name, role: holder.role })
    admissions.set(request, () => {
      callers.delete(request)
      return admit(request, permission)
    })
    return holder.until
  }

/** Refuses tokens in addresses, whatever they are there for: every log on the way has them. */
export function refuseShown(app: FastifyInstance) {
  app.addHook('onRequest', (request, _, done) => {
    if (hasToken(request.url)) done(shown())
    else done()
  })
}

const shown = () =>
  new HttpProblem(
    'invalid-input',
    'A token stands in the address, where others see it. Revoke it; tokens go in the Authorization header.'
  )

/** Throws 403 where an operation asks for more than its permission: this one's. */
export function checkRole(request: FastifyRequest, name: keyof typeof permissions) {
  const { role } = actorOf(request)
  if (!permissions[name]!.roles.some((one) => one === role)) throw forbidden(role, permissions[name]!)
}

const forbidden = (role: Actor['role'], { roles }: Permission) =>
  new HttpProblem(
    'forbidden',
    `${role ? `The role ${role} may not do this` : 'This token gives no role'}; ${roles.join(', ')} may.`
  )

const unauthorized = (kind: 'token-missing' | 'token-invalid', detail: string) =>
  new HttpProblem(kind, detail, undefined, {
    'www-authenticate': kind === 'token-missing' ? 'Bearer' : 'Bearer error="invalid_token"'
  })

/** Whether this request may pass without a token. */
export const isOpen = ({ open, local, roles }: Permission, request: FastifyRequest) =>
  (open === true && (roles.length === 0 || (request.query as { edition?: unknown }).edition !== 'draft')) ||
  (local === true && request.headers.authorization === undefined && isLocal(request))

/** Whether a program on this machine asks, and no proxy for somebody else. */
const isLocal = ({ ip, headers }: FastifyRequest) =>
  ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(ip) &&
  !['forwarded', 'via', 'x-forwarded-for', 'x-real-ip'].some((name) => name in headers)
