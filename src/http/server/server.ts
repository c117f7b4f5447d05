// A Fastify server that answers as ours do: problems for whatever goes wrong, bounded times, guarding headers.
import Fastify, { type FastifyInstance } from 'fastify'
import { jsonOf } from '../../storage/text/json-text.ts'
import { bodyLimit } from '../input/bodies.ts'
import { buildValidator } from '../input/validation.ts'
import { HttpProblem } from '../problems.ts'
import { answerClientError, refuseOddities } from './client-errors.ts'
import { sendProblems } from './errors.ts'
import { hasOneHost, requestId, securityHeaders } from './headers.ts'
import type { Refusals } from './refusal-log.ts'

/** How long clients may take, in ms. Who is slow holds a socket and some memory; who asks quickly must not notice. */
const patience = {
  // The head is a packet or two; the body at most 2 MB. Node counts both from the first byte, or the connection.
  requestTimeout: 25_000,
  http: {
    headersTimeout: 10_000,
    // Node looks only every half a minute who is late unless told so: slow ones are cut within 26 s.
    connectionsCheckingInterval: 1000,
    // A second Host is not thrown away unseen, and missing ones are answered like everything else.
    joinDuplicateHeaders: true,
    requireHostHeader: false
  },
  // Nothing goes either way, while an answer is awaited or not taken. Streams show every 15 s that they live.
  connectionTimeout: 120_000,
  // Longer than proxies keep theirs (60 s mostly): who asks should be the one who ends it.
  keepAliveTimeout: 72_000
}

export interface ServerSettings {
  /** The proxies whose X-Forwarded-For is believed, separated by commas. */
  proxies: string | undefined
  refusals: Refusals
  /** Fastify's options of what is logged. */
  logging: object
}

/** A server that answers as ours do, without anything to answer yet. */
export function serverOf({ proxies, refusals, logging }: ServerSettings): FastifyInstance {
  const sendProblem = sendProblems(refusals)
  const app = Fastify({
    trustProxy: proxies?.split(/, */) ?? false,
    ...logging,
    bodyLimit,
    ...patience,
    genReqId: ({ headers }) => requestId(headers['x-request-id']),
    requestIdHeader: false,
    // What is on its way when the service stops is answered like everything else.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 500 },
    schemaController: { compilersFactory: { buildValidator, buildSerializer } },
    frameworkErrors: sendProblem,
    clientErrorHandler: (error, socket) => void answerClientError(socket, error.code)
  })
  refuseOddities(app.server)
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
 * The tests check every answer against the OpenAPI document; a serialiser that drops what the document does not
 * know would hide a mistake from them.
 */
const buildSerializer = () => () => jsonOf
