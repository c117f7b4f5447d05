// CORS (Fetch, 3.2): which other origins may read responses in a browser.
import cors from '@fastify/cors'
import type { FastifyInstance } from 'fastify'
import type { Config } from '../../config/config.ts'

/** Request headers that a page may send. */
const allowedHeaders = [
  'Authorization',
  'Content-Disposition',
  'Content-Type',
  'Idempotency-Key',
  'If-Match',
  'If-Modified-Since',
  'If-None-Match',
  'Last-Event-ID',
  'Preview-Key',
  'Tus-Resumable',
  'Upload-Checksum',
  'Upload-Length',
  'Upload-Metadata',
  'Upload-Offset',
  'X-Request-Id'
]

/** Response headers that a page may read, beside the CORS-safelisted ones. */
const exposedHeaders = ['Allow', 'ETag', 'Link', 'Location', 'Retry-After', 'X-Request-Id']

/** The origins of pages of this machine (RFC 6761, 6.3), for `localhost` in the setting. */
const loopback = /^https?:\/\/(([a-z0-9-]+\.)*localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/

type Origins = Pick<Config, 'ONRECORD_CORS_ORIGINS'>

/** What answers to reads carry where they are not made by Fastify. */
export interface CorsHeaders {
  /** Those of every answer. An answer's own Vary takes the place of this one, and names the origin too. */
  headers: Record<string, string>
  /** Whether pages of this origin may read the answer, which then has to name it. */
  allows: (origin: string) => boolean
}

/** The CORS headers of the configured origins. */
export function corsHeaders({ ONRECORD_CORS_ORIGINS: origins }: Origins): CorsHeaders {
  const allows = () => false
  if (origins === undefined) return { headers: {}, allows }
  const exposed = { 'access-control-expose-headers': exposedHeaders.join(', ') }
  if (origins === '*') return { headers: { 'access-control-allow-origin': '*', ...exposed }, allows }
  const patterns = patternsOf(origins)
  return {
    headers: { vary: 'Origin', ...exposed },
    allows: (origin) => patterns.some((one) => (typeof one === 'string' ? one === origin : one.test(origin)))
  }
}

const patternsOf = (origins: string) =>
  origins.split(/, */).map((one) => (one === 'localhost' ? loopback : one))

/**
 * Allows the configured origins to read responses, and answers preflights with the methods of the URL. Credentials are
 * never allowed: tokens are sent by programs, and cookies are not used.
 */
export async function allowOrigins(
  app: FastifyInstance,
  { ONRECORD_CORS_ORIGINS: origins }: Origins,
  methodsAt: (url: string) => string[] | undefined
) {
  if (origins === undefined) return
  const allowed = {
    origin: origins === '*' ? '*' : patternsOf(origins),
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
