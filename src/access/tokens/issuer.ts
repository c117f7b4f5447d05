// The keys of an OpenID Connect issuer (Discovery 1.0): asked for when they are needed, seldom, and nowhere else.
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'
import { HttpProblem } from '../../http/problems.ts'

/** How long keys hold before the issuer is asked again, in ms: a key it withdraws is trusted no longer than that. */
const lifetime = 10 * 60 * 1000

/** How long the issuer is left alone after it was asked, in ms, whoever comes with whatever key. */
const rest = 10_000

/** How long it may take to answer, in ms. */
const patience = 5000

/** The longest answer that is read, in bytes. */
const most = 512 * 1024

/** Whether so long has passed. Where the clock was set back, nobody knows how long ago it was: then it has. */
const isOver = (since: number, now: number, ms: number) => now - since >= ms || now < since

/**
 * Finds the key of a token at its issuer. What was learnt last holds for as long as the issuer cannot be reached; throws
 * 503 while nothing was.
 */
export function keysOf(issuer: string, clock: () => Date, failed: (error: unknown) => void): JWTVerifyGetKey {
  let keys: JWTVerifyGetKey | undefined
  let renewed = Number.NEGATIVE_INFINITY
  let asked = Number.NEGATIVE_INFINITY
  let asking: Promise<void> | undefined

  async function renew(now: number) {
    keys = createLocalJWKSet(await published(issuer))
    renewed = now
  }

  /** Asks the issuer, unless it has been asked just now. */
  async function ask() {
    const now = clock().getTime()
    if (asking === undefined && isOver(asked, now, rest)) {
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
    'retry-after': String(rest / 1000)
  })

/** What the issuer publishes now. Throws for what is not the issuer it says it is. */
async function published(issuer: string): Promise<JSONWebKeySet> {
  const signal = AbortSignal.timeout(patience)
  const about = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const said = (await read(about, signal)) as { issuer?: unknown; jwks_uri?: unknown }
  if (said.issuer !== issuer) throw new Error(`${about} is of the issuer ${said.issuer}`)
  const { protocol, origin, href } = new URL(String(said.jwks_uri))
  if (protocol !== 'https:' && origin !== new URL(issuer).origin)
    throw new Error(`${about} names keys at ${href}`)
  return (await read(href, signal)) as JSONWebKeySet
}

/** The JSON at this very address, and at none that it points to. */
async function read(url: string, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(url, { signal, redirect: 'error', headers: { accept: 'application/json' } })
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}`)
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body!) {
    length += chunk.length
    if (length > most) throw new Error(`${url} answered more than ${most} bytes`)
    chunks.push(chunk)
  }
  return JSON.parse(Buffer.concat(chunks).toString())
}
