// What a webhook is sent (Standard Webhooks 1.0).
import { randomBytes } from 'node:crypto'
import { Webhook as Signer } from 'standardwebhooks'
import { factsOf } from '../log/detail.ts'
import type { Change } from '../log/schema.ts'
import type { Letter } from './send.ts'

/** A secret to sign with, and until when it does; the one in use has no end. */
export interface Secret {
  secret: string
  expiresAt: string | null
}

/** How long a secret signs on after it was replaced, in ms. */
const overlap = 24 * 60 * 60 * 1000

const fresh = (): Secret => ({ secret: `whsec_${randomBytes(32).toString('base64')}`, expiresAt: null })

/** A new secret, and the one before it for another day. */
export function rotated([current]: Secret[], now: string): Secret[] {
  const expiresAt = new Date(Date.parse(now) + overlap).toISOString()
  return [fresh(), ...(current ? [{ ...current, expiresAt }] : [])]
}

/** The letter that tells of a change, signed with every secret that holds. */
export function signedRequest(
  { id, url, secrets, change }: { id: string; url: string; secrets: Secret[]; change: Change },
  now: Date
): Letter {
  const body = JSON.stringify({ type: change.event, timestamp: change.at, data: factsOf(change) })
  const holding = secrets.filter(({ expiresAt }) => expiresAt === null || expiresAt > now.toISOString())
  const signatures = holding.map(({ secret }) => new Signer(secret).sign(id, now, body))
  return {
    url,
    body,
    headers: {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      'user-agent': 'OnRecord',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': signatures.join(' ')
    }
  }
}
