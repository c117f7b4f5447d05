// JWT access tokens of an OpenID Connect issuer (RFC 7519, RFC 8725), and mapping their claims to names and roles.
import { type JWTHeaderParameters, type JWTPayload, jwtVerify } from 'jose'
import { HttpProblem } from '../../http/problems.ts'
import type { Actor } from '../../storage/database.ts'
import { keysOf } from './issuer.ts'
import type { Role } from './schema.ts'

export interface Oidc {
  issuer: string
  /** The audience (`aud`) of this API. */
  audience: string
  /** The claim with the roles: its name, or a path with dots. */
  rolesClaim: string
  /** Maps its values to roles: `newsroom-editors=editor,newsroom-admins=admin`. */
  roles?: string | undefined
  /** The claim with the person's name, for the change log. */
  nameClaim: string
}

export interface Log {
  info(message: string): void
  warn(message: string): void
}

/** Asymmetric algorithms only (RFC 8725, 3.1). */
const algorithms = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']
]

/** The tolerated clock skew, in seconds. */
const clockTolerance = 5

/**
 * The longest lifetime of a token, in seconds: 31 days. A JWT cannot be revoked here, so one that is valid for years is
 * taken for a mistake of the issuer.
 */
const maxLifetime = 31 * 24 * 60 * 60

/** Accepted values of `typ`, which may be missing (RFC 9068, 2.1; RFC 8725, 3.11). */
const types = ['jwt', 'at+jwt', 'application/jwt', 'application/at+jwt']

/** The longest token that is parsed, in characters. */
const maxTokenLength = 8192

/** Of several roles of a person, the first of these is used. */
const byRank: Role[] = ['admin', 'editor', 'moderator', 'contributor', 'viewer']

/** A function that verifies JWTs: undefined for an invalid one; throws 503 while the keys are not known. */
export function oidcHolders(oidc: Oidc, clock: () => Date, log: Log) {
  const { issuer, audience } = oidc
  const keys = keysOf(issuer, clock, (error) => log.warn(`No keys of ${issuer}: ${reasonOf(error)}`))
  const roles = roleMapping(oidc.roles)
  return async function recognise(
    token: string
  ): Promise<(Actor & { id: string; until: number }) | undefined> {
    if (token.length > maxTokenLength) return undefined
    try {
      const now = clock()
      const { payload, protectedHeader } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms,
        clockTolerance,
        currentDate: now,
        requiredClaims: ['exp', 'sub']
      })
      checkUse(payload, protectedHeader, now.getTime() / 1000)
      if (!validName.test(payload.sub!)) throw new Error('the claim sub is no name')
      const id = `oidc:${payload.sub}`
      const until = (payload.exp! + clockTolerance) * 1000
      return {
        id,
        until,
        name: nameIn(payload, oidc.nameClaim),
        role: roleIn(payload, oidc.rolesClaim, roles)
      }
    } catch (error) {
      if (error instanceof HttpProblem) throw error
      // The response does not say why it is invalid.
      log.info(`A JWT was refused: ${reasonOf(error)}`)
      return undefined
    }
  }
}

/** Throws for a JWT of another type, issued in the future, or with too long a lifetime. */
function checkUse({ iat = 0, exp }: JWTPayload, { typ = 'JWT' }: JWTHeaderParameters, now: number) {
  if (!types.includes(String(typ).toLowerCase())) throw new Error(`its typ is ${typ}`)
  if (iat > now + clockTolerance) throw new Error('it is from the future')
  if (exp! > now + maxLifetime + clockTolerance) throw new Error('it holds for more than 31 days')
}

/** The message of an error, with its cause (fetch hides the reason there). */
const reasonOf = (error: unknown) => {
  const { message, cause } = error as Error
  return cause instanceof Error ? `${message}: ${cause.message}` : message
}

/** Parses the mapping from claim values to roles; by default, the names of the roles. */
const roleMapping = (roles: string | undefined) =>
  new Map(
    roles === undefined
      ? byRank.map((role) => [role as string, role])
      : roles.split(',').map((pair) => {
          const at = pair.lastIndexOf('=')
          return [pair.slice(0, at).trim(), pair.slice(at + 1).trim() as Role]
        })
  )

/** A claim by its name, which may contain dots (`https://news.example/roles`), or by a path. */
function claim(payload: JWTPayload, name: string): unknown {
  if (Object.hasOwn(payload, name)) return payload[name]
  let value: unknown = payload
  for (const part of name.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
    value = (value as Record<string, unknown>)[part]
  }
  return value
}

function roleIn(payload: JWTPayload, name: string, roles: Map<string, Role>): Role | null {
  const values = [claim(payload, name)].flat()
  const given = values.map((value) => (typeof value === 'string' ? roles.get(value) : undefined))
  return byRank.find((role) => given.includes(role)) ?? null
}

/** Names of up to 200 printable characters, without bidirectional controls. */
const validName = /^[^\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]{1,200}$/u

/** The actor's name: with the prefix `oidc:` it cannot be that of a token, or of a part of the program. */
function nameIn(payload: JWTPayload, name: string): string {
  const value = claim(payload, name)
  if (typeof value !== 'string' || !validName.test(value)) throw new Error(`the claim ${name} is no name`)
  return `oidc:${value}`
}
