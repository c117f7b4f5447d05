// Security headers of every response; the request id and the Host header of every request.
import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { hasToken } from '../callers/token-text.ts'

/**
 * Security headers for an API. Helmet's others are for pages that run scripts, or for the whole host (HSTS), which is
 * up to the proxy that terminates TLS. The pages of /docs have a policy of their own.
 */
export const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer'
}

/** The header of what no cache may keep: drafts, and all else that needs a token. */
export const uncached = { 'cache-control': 'private, no-store' } as const

const newId = () => `urn:uuid:${randomUUID()}`

/** The request id: X-Request-Id as received (from a gateway), if it is short, plain and no token, or a new one. */
export function requestId(received?: string | string[]): string {
  return typeof received === 'string' && /^[\w.-]{8,64}$/.test(received) && !hasToken(received)
    ? received
    : newId()
}

const authority = /^([\w.~%!$&'()*+;=-]*|\[[\da-f:.]+\])(:\d*)?$/i

/** Whether there is exactly one, valid Host; HTTP/1.0 needs none (RFC 9112, 3.2). Node joins several by commas. */
export const hasOneHost = ({ host }: IncomingHttpHeaders, version: string) =>
  host === undefined ? version === '1.0' : authority.test(host)
