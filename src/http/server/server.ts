// The Fastify server: problem responses, time-outs, security headers.
import Fastify, { type FastifyInstance } from 'fastify'
import { jsonOf } from '../../storage/text/json-text.ts'
import { bodyLimit } from '../input/bodies.ts'
import { buildValidator } from '../input/validation.ts'
import { HttpProblem } from '../problems.ts'
import { answerClientError, refuseUnsupported } from './client-errors.ts'
import { sendProblems } from './errors.ts'
import { hasOneHost, requestId, securityHeaders } from './headers.ts'
import { maySendOn } from './long-bodies.ts'
import type { Refusals } from './rate-limited-log.ts'
import { sharedSchemas } from './shared-schemas.ts'

/** Time-outs of clients, in ms. A slow one holds only a socket and some memory. */
const timeouts = {
  // The head is a packet or two, the body at most 2 MB; files may take longer (long-bodies.ts). Node counts from the
  // first byte, or from the connection.
  requestTimeout: 25_000,
  http: {
    headersTimeout: 10_000,
    // Node's default checks for slow requests only every 30 s; with this they are closed within 26 s.
    connectionsCheckingInterval: 1000,
    // So that a second Host header is seen, and a missing one gets a problem response.
    joinDuplicateHeaders: true,
    requireHostHeader: false
  },
  // An idle socket during a request or response. Event streams send a heartbeat every 15 s.
  connectionTimeout: 120_000,
  // Longer than proxies keep idle connections (mostly 60 s), so that the proxy closes them, not we during a request.
  keepAliveTimeout: 72_000
}

export interface ServerSettings {
  /** The proxies whose X-Forwarded-For is trusted, separated by commas. */
  proxies: string | undefined
  refusals: Refusals
  /** Fastify's options for logging. */
  logging: object
}

/** A server without routes. */
export function createServer({ proxies, refusals, logging }: ServerSettings): FastifyInstance {
  const sendProblem = sendProblems(refusals)
  const app = Fastify({
    trustProxy: proxies?.split(/, */) ?? false,
    ...logging,
    bodyLimit,
    ...timeouts,
    genReqId: ({ headers }) => requestId(headers['x-request-id']),
    requestIdHeader: false,
    // Requests in flight at shutdown are answered normally.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 500 },
    schemaController: { bucket: sharedSchemas, compilersFactory: { buildValidator, buildSerializer } },
    frameworkErrors: sendProblem,
    clientErrorHandler(error, socket) {
      const refuse = () => void answerClientError(socket, error.code)
      const isLate = error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
      if (!isLate || !maySendOn(socket, app.server.requestTimeout, refuse)) refuse()
    }
  })
  refuseUnsupported(app.server)
  app.setErrorHandler(sendProblem)
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id).headers(securityHeaders)
    if (hasOneHost(request.headers, request.raw.httpVersion)) done()
    else
      done(new HttpProblem('malformed-request', 'A request has exactly one Host header, which names a host.'))
  })
  return app
}

/**
 * Serialises without the response schema: fast-json-stringify would drop undocumented properties, and so hide mistakes
 * from the tests, which check every response against the OpenAPI document.
 */
const buildSerializer = () => () => jsonOf
