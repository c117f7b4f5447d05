// People whom an OpenID Connect issuer knows: their JWTs (RFC 7519, RFC 8725), and what their claims make of them here.
import { type JWTHeaderParameters, type JWTPayload, jwtVerify } from 'jose'
import { HttpProblem } from '../../http/problems.ts'
import type { Actor } from '../../storage/database.ts'
import { keysOf } from './issuer.ts'
import type { Role } from './schema.ts'

export interface Oidc {
  issuer: string
  /** What the issuer calls this API: a token for another is none for us. */
  audience: string
  /** The claim with the roles: its name, or the path to it with dots. */
  rolesClaim: string
  /** Which of its values are which role: `newsroom-editors=editor,newsroom-admins=admin`. */
  roles?: string | undefined
  /** The claim that the change log names a person by. */
  nameClaim: string
}

export interface Log {
  info(message: string): void
  warn(message: string): void
}

/** Only what is signed with a key that is not ours too (RFC 8725, 3.1). */
const algorithms = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']
]

/** How far the clocks of the issuer and ours may differ, in seconds. */
const clockTolerance = 5

/**
 * How far ahead the end of a token may be, in seconds: 31 days. Nobody can revoke a JWT here, so that one which holds for
 * years is a mistake of the issuer's.
 */
const longestLife = 31 * 24 * 60 * 60

/** An access token says so in `typ`, or says that it is a JWT, or nothing (RFC 9068, 2.1; RFC 8725, 3.11). */
const types = ['jwt', 'at+jwt', 'application/jwt', 'application/at+jwt']

/** The longest token that is looked at, in characters. */
const longest = 8192

/** A person may have several roles: the first of these counts. */
const byRank: Role[] = ['admin', 'editor', 'moderator', 'contributor']

/** Recognises the holders of JWTs: undefined for a token that is not good, 503 while its keys are not known. */
export function oidcHolders(oidc: Oidc, clock: () => Date, log: Log) {
  const { issuer, audience } = oidc
  const keys = keysOf(issuer, clock, (error) => log.warn(`No keys of ${issuer}: ${said(error)}`))
  const roles = mapping(oidc.roles)
  return async function recognise(
    token: string
  ): Promise<(Actor & { id: string; until: number }) | undefined> {
    if (token.length > longest) return undefined
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
      if (!fit.test(payload.sub!)) throw new Error('the claim sub is no name')
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
      // Its holder learns no more than that it is not good.
      log.info(`A JWT was refused: ${said(error)}`)
      return undefined
    }
  }
}

/** Throws for a JWT that is good but made for something else, or for a time that it cannot be from. */
function checkUse({ iat = 0, exp }: JWTPayload, { typ = 'JWT' }: JWTHeaderParameters, now: number) {
  if (!types.includes(String(typ).toLowerCase())) throw new Error(`its typ is ${typ}`)
  if (iat > now + clockTolerance) throw new Error('it is from the future')
  if (exp! > now + longestLife + clockTolerance) throw new Error('it holds for more than 31 days')
}

/** What went wrong, with the reason that fetch hides behind its own. */
const said = (error: unknown) => {
  const { message, cause } = error as Error
  return cause instanceof Error ? `${message}: ${cause.message}` : message
}

/** Which value of the claim is which role; without a mapping, each role's own name. */
const mapping = (roles: string | undefined) =>
  new Map(
    roles === undefined
      ? byRank.map((role) => [role as string, role])
      : roles.split(',').map((pair) => {
          const at = pair.lastIndexOf('=')
          return [pair.slice(0, at).trim(), pair.slice(at + 1).trim() as Role]
        })
  )

/** A claim by its name, which may have dots of its own (`https://news.example/roles`), or by the path to it. */
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

/** Up to 200 characters that a log and a page can show, in the order in which they stand. */
const fit = /^[^\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]{1,200}$/u

/** Never the name of a token of ours, or of a part of the program: those have no such beginning. */
function nameIn(payload: JWTPayload, name: string): string {
  const value = claim(payload, name)
  if (typeof value !== 'string' || !fit.test(value)) throw new Error(`the claim ${name} is no name`)
  return `oidc:${value}`
}
