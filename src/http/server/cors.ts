// CORS (Fetch, 3.2): which other origins may read responses in a browser.
import cors from '@fastify/cors'
import type { FastifyInstance } from 'fastify'
import type { Config } from '../../config.ts'

/** Request headers that a page may send. */
const allowedHeaders = [
  'Authorization',
  'Content-Type',
  'Idempotency-Key',
  'If-Match',
  'If-Modified-Since',
  'If-None-Match',
  'Last-Event-ID',
  'Preview-Key',
  'X-Request-Id'
]

/** Response headers that a page may read, beside the CORS-safelisted ones. */
const exposedHeaders = ['Allow', 'ETag', 'Link', 'Location', 'Retry-After', 'X-Request-Id']

/** The origins of pages of this machine (RFC 6761, 6.3), for `localhost` in the setting. */
const loopback = /^https?:\/\/(([a-z0-9-]+\.)*localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/

/** The headers of every response to a read; undefined where they depend on the origin. */
export function constantHeaders({
  ONRECORD_CORS_ORIGINS: origins
}: Pick<Config, 'ONRECORD_CORS_ORIGINS'>): Record<string, string> | undefined {
  if (origins === undefined) return {}
  if (origins !== '*') return undefined
  return {
    'access-control-allow-origin': '*',
    'access-control-expose-headers': exposedHeaders.join(', ')
  }
}

/**
 * Allows the configured origins to read responses, and answers preflights with the methods of the URL. Credentials are
 * never allowed: tokens are sent by programs, and cookies are not used.
 */
export async function allowOrigins(
  app: FastifyInstance,
  { ONRECORD_CORS_ORIGINS: origins }: Pick<Config, 'ONRECORD_CORS_ORIGINS'>,
  methodsAt: (url: string) => string[] | undefined
) {
  if (origins === undefined) return
  const allowed = {
    origin: origins === '*' ? '*' : origins.split(/, */).map((one) => (one === 'localhost' ? loopback : one)),
    allowedHeaders,
    exposedHeaders
  }
  await app.register(cors, {
    delegator({ method, url, headers }, done) {
      if (method !== 'OPTIONS') return done(null, allowed)
      const methods = methodsAt(url)
      const isPreflight = headers.origin && headers['access-control-request-method'] && methods
      done(null, isPreflight ? { ...allowed, methods, maxAge: 600 } : { origin: false })
    }
  })
}
