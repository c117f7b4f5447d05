// The signing keys (JWKS) of an OpenID Connect issuer (Discovery 1.0), fetched on demand and cached.
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'
import { HttpProblem } from '../../http/problems.ts'

/** How long keys are cached, in ms: a withdrawn key is trusted no longer than that. */
const lifetime = 10 * 60 * 1000

/** The minimum time between two fetches, in ms, whatever key ids are requested. */
const cooldown = 10_000

/** The time-out of a fetch, in ms. */
const timeout = 5000

/** The largest response, in bytes. */
const maxResponse = 512 * 1024

/** Whether `ms` have passed since; also true when the clock was set back. */
const isOver = (since: number, now: number, ms: number) => now - since >= ms || now < since

/**
 * A function that finds the key of a token. The last known keys are used while the issuer cannot be reached; throws 503
 * before any are known.
 */
export function keysOf(issuer: string, clock: () => Date, failed: (error: unknown) => void): JWTVerifyGetKey {
  let keys: JWTVerifyGetKey | undefined
  let renewed = Number.NEGATIVE_INFINITY
  let asked = Number.NEGATIVE_INFINITY
  let asking: Promise<void> | undefined

  async function renew(now: number) {
    keys = createLocalJWKSet(await fetchKeys(issuer))
    renewed = now
  }

  /** Fetches the keys, unless that was just done. */
  async function ask() {
    const now = clock().getTime()
    if (asking === undefined && isOver(asked, now, cooldown)) {
      asked = now
      asking = renew(now)
        .catch(failed)
        .finally(() => {
          asking = undefined
        })
    }
    await asking
  }

  return async (header, token) => {
    if (isOver(renewed, clock().getTime(), lifetime)) await ask()
    if (keys === undefined) throw unreachable()
    try {
      return await keys(header, token)
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error
      await ask()
      return await keys(header, token)
    }
  }
}

const unreachable = () =>
  new HttpProblem('unavailable', 'The issuer of this token cannot be reached.', undefined, {
    'retry-after': String(cooldown / 1000)
  })

/** Fetches the issuer's keys. Throws when its metadata name another issuer (Discovery 1.0, 4.3). */
async function fetchKeys(issuer: string): Promise<JSONWebKeySet> {
  const signal = AbortSignal.timeout(timeout)
  const about = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const document = (await fetchJson(about, signal)) as { issuer?: unknown; jwks_uri?: unknown }
  if (document.issuer !== issuer) throw new Error(`${about} is of the issuer ${document.issuer}`)
  const { protocol, origin, href } = new URL(String(document.jwks_uri))
  if (protocol !== 'https:' && origin !== new URL(issuer).origin)
    throw new Error(`${about} names keys at ${href}`)
  return (await fetchJson(href, signal)) as JSONWebKeySet
}

/** Fetches JSON without following redirects. */
async function fetchJson(url: string, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(url, { signal, redirect: 'error', headers: { accept: 'application/json' } })
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}`)
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body!) {
    length += chunk.length
    if (length > maxResponse) throw new Error(`${url} answered more than ${maxResponse} bytes`)
    chunks.push(chunk)
  }
  return JSON.parse(Buffer.concat(chunks).toString())
}
