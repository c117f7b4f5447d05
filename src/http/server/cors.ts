// Who else's pages may read the answers in a browser (CORS; Fetch, 3.2).
import cors from '@fastify/cors'
import type { FastifyInstance } from 'fastify'
import type { Config } from '../../config.ts'

/** What a page may send. */
const sent = [
  'Authorization',
  'Content-Type',
  'Idempotency-Key',
  'If-Match',
  'If-Modified-Since',
  'If-None-Match',
  'Last-Event-ID',
  'X-Request-Id'
]

/** What a page may read of an answer, beside what every page may. */
const shown = ['Allow', 'ETag', 'Link', 'Location', 'Retry-After', 'X-Request-Id']

/**
 * Lets the pages of the configured origins read the answers; preflights are told the methods of the address. Never
 * with credentials: a token is sent by a program that has it, not by a browser that was led here.
 */
export async function allowOrigins(
  app: FastifyInstance,
  { ONRECORD_CORS_ORIGINS: origins }: Pick<Config, 'ONRECORD_CORS_ORIGINS'>,
  methodsAt: (url: string) => string[] | undefined
) {
  if (origins === undefined) return
  const allowed = {
    origin: origins === '*' ? '*' : origins.split(/, */),
    allowedHeaders: sent,
    exposedHeaders: shown
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
