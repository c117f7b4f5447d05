// Signed webhook requests (Standard Webhooks 1.0).
import { randomBytes } from 'node:crypto'
import { Webhook as Signer } from 'standardwebhooks'
import { withoutTexts } from '../log/redaction.ts'
import type { Change } from '../log/schema.ts'
import type { SignedRequest } from './send.ts'

/** A signing secret and its expiry; the current one has none. */
export interface Secret {
  secret: string
  expiresAt: string | null
}

/** How long a rotated secret is still used, in ms. */
const overlap = 24 * 60 * 60 * 1000

const newSecret = (): Secret => ({ secret: `whsec_${randomBytes(32).toString('base64')}`, expiresAt: null })

/** A new secret, followed by the former one, which expires in a day. */
export function rotateSecrets([current]: Secret[], now: string): Secret[] {
  const expiresAt = new Date(Date.parse(now) + overlap).toISOString()
  return [newSecret(), ...(current ? [{ ...current, expiresAt }] : [])]
}

/** The request for a change, signed with every secret that has not expired. */
export function signedRequest(
  { id, url, secrets, change }: { id: string; url: string; secrets: Secret[]; change: Change },
  now: Date
): SignedRequest {
  const body = JSON.stringify({ type: change.event, timestamp: change.at, data: withoutTexts(change) })
  const active = secrets.filter(({ expiresAt }) => expiresAt === null || expiresAt > now.toISOString())
  const signatures = active.map(({ secret }) => new Signer(secret).sign(id, now, body))
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
