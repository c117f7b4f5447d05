// What is said with every answer, and looked at of every request, before anything else.
import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { hasToken } from '../callers/token-text.ts'

/**
 * What keeps browsers from making of an answer what it is not. Helmet's other headers are about pages that run scripts,
 * or about the whole host (HSTS), which whoever ends TLS knows. The pages of /docs have a policy of their own.
 */
export const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer'
}

const newId = () => `urn:uuid:${randomUUID()}`

/** The id of a request: the one it came with, where that is short, plain and no token (a gateway's, say), or a new one. */
export function requestId(given?: string | string[]): string {
  return typeof given === 'string' && /^[\w.-]{8,64}$/.test(given) && !hasToken(given) ? given : newId()
}

const authority = /^([\w.~%!$&'()*+;=-]*|\[[\da-f:.]+\])(:\d*)?$/i

/** Whether there is exactly one Host, and it could be one; HTTP/1.0 needs none (RFC 9112, 3.2). Two are joined by a comma. */
export const hasOneHost = ({ host }: IncomingHttpHeaders, version: string) =>
  host === undefined ? version === '1.0' : authority.test(host)
