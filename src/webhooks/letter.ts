// What a webhook is sent (Standard Webhooks 1.0).
import { randomBytes } from 'node:crypto'
import { Webhook as Signer } from 'standardwebhooks'
import type { Change } from '../changes/schema.ts'
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
export function letter(
  { id, url, secrets, change }: { id: string; url: string; secrets: Secret[]; change: Change },
  now: Date
): Letter {
  const body = JSON.stringify({ type: change.event, timestamp: change.at, data: outward(change) })
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

/** A change as it leaves the house: without the words that colleagues wrote to each other about it. */
function outward({ detail, ...change }: Change): Change {
  if (!detail) return { ...change, detail }
  return {
    ...change,
    detail: Object.fromEntries(Object.entries(detail).filter(([, value]) => isFact(value)))
  }
}

const isFact = (value: unknown) => typeof value === 'number' || instant.test(String(value))
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
