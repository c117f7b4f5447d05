// Authentication and authorisation: whose token it is, and whether the table of permissions allows the operation.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { actorOf, callerOf, clearCaller, type Holder, setActor, setRecheck } from '../http/callers/caller.ts'
import { hasToken } from '../http/callers/token-text.ts'
import { HttpProblem } from '../http/problems.ts'
import type { Actor } from '../storage/database.ts'
import { type Permission, permissions } from './permissions.ts'

/** A token of ours, or a JWT (RFC 7519). */
const bearer = /^Bearer +(onr_[\w-]{1,200}|[\w-]+\.[\w-]+\.[\w-]+)$/i

/** Whether a request is exempt from rate limits and load shedding: an operation that is, or a file in memory. */
export const isAlwaysAnswered = ({ routeOptions: { schema, config } }: FastifyRequest) =>
  schema?.operationId === undefined ? 'isFile' in config : permissions[schema.operationId]?.always === true

/** Who issues tokens, for those who have none that is valid. */
const issuers = 'An admin issues one: `POST /v1/tokens`, or `npm run token` where the service runs.'
export const needsToken = `This needs a token: Authorization: Bearer onr_... ${issuers}`
export const invalidToken = `The token is unknown, expired or revoked. ${issuers}`

/** Looks up the holder of a token: undefined when it is unknown, expired or revoked. */
export type TokenLookup = (token: string) => Promise<Holder | undefined>

/** The holder of the token in an `Authorization` header; undefined when it is not valid. */
export async function holderOf(recognise: TokenLookup, header: string): Promise<Holder | undefined> {
  const token = bearer.exec(header)?.[1]
  return token === undefined ? undefined : recognise(token)
}

/** Authorises a request, and answers until when its token is valid; throws 401, 403 and 429. */
export const gate = (recognise: TokenLookup) =>
  async function admit(request: FastifyRequest, permission: Permission): Promise<number> {
    const header = request.headers.authorization
    if (header === undefined) throw unauthorized('token-missing', needsToken)
    const { holder, refusal } = callerOf(request) ?? { holder: await holderOf(recognise, header) }
    if (refusal) throw refusal
    if (holder === undefined) throw unauthorized('token-invalid', whyInvalid(header))
    if (!permission.roles.some((role) => role === holder.role)) throw forbidden(holder.role, permission)
    setActor(request, { name: holder.name, role: holder.role })
    setRecheck(request, () => {
      clearCaller(request)
      return admit(request, permission)
    })
    return holder.until
  }

/** Refuses tokens in URLs, which are logged by every proxy on the way. */
export function refuseTokensInAddresses(app: FastifyInstance) {
  app.addHook('onRequest', (request, _, done) => {
    if (hasToken(request.url)) done(tokenInUrl())
    else done()
  })
}

const tokenInUrl = () =>
  new HttpProblem(
    'invalid-input',
    'A token stands in the address, where others see it. Revoke it; tokens go in the Authorization header.'
  )

/** Throws 403 unless the caller also has the permission of this other operation. */
export function checkRole(request: FastifyRequest, name: keyof typeof permissions) {
  const { role } = actorOf(request)
  if (!permissions[name]!.roles.some((one) => one === role)) throw forbidden(role, permissions[name]!)
}

const forbidden = (role: Actor['role'], { roles }: Permission) =>
  new HttpProblem(
    'forbidden',
    `${role ? `The role ${role} may not do this` : 'This token gives no role'}; ${roles.join(', ')} may.`
  )

const whyInvalid = (header: string) =>
  /^Bearer /i.test(header)
    ? invalidToken
    : 'The scheme of Authorization is not Bearer: send `Authorization: Bearer onr_...`.'

const unauthorized = (kind: 'token-missing' | 'token-invalid', detail: string) =>
  new HttpProblem(kind, detail, undefined, {
    'www-authenticate': kind === 'token-missing' ? 'Bearer' : 'Bearer error="invalid_token"'
  })

/** Whether this request needs no token. */
export const needsNoToken = ({ open, local, roles }: Permission, request: FastifyRequest) =>
  (open === true && (roles.length === 0 || (request.query as { edition?: unknown }).edition !== 'draft')) ||
  (local === true && request.headers.authorization === undefined && isLocal(request))

/** Whether the request comes from this machine, and not through a proxy. */
const isLocal = ({ ip, headers }: FastifyRequest) =>
  ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(ip) &&
  !['forwarded', 'via', 'x-forwarded-for', 'x-real-ip'].some((name) => name in headers)
