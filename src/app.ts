// The HTTP service: what it is made of, in the order it is put together.
import { randomUUID } from 'node:crypto'
import Fastify, { type FastifyInstance } from 'fastify'
import { routes as articles } from './articles/routes.ts'
import { routes as attributions } from './attributions/routes.ts'
import { routes as comments } from './comments/routes.ts'
import type { Config } from './config.ts'
import { routes as corrections } from './corrections/routes.ts'
import { routes as credits } from './credits/routes.ts'
import { refuseUnknown, sendProblem } from './errors.ts'
import { routes as imports } from './importing/routes.ts'
import { routes as media } from './media/routes.ts'
import { routes as newsstand } from './newsstand/routes.ts'
import { openStand, type StandConfig } from './newsstand/stand.ts'
import { aboutRoutes, describe } from './openapi.ts'
import { completeOperations } from './operations.ts'
import { bodyLimit, parseBodies } from './parsing.ts'
import { HttpProblem, Problem, toProblem } from './problems.ts'
import { routes as quotes } from './quotes/routes.ts'
import { Republished } from './republishing.ts'
import { routes as sources } from './sources/routes.ts'
import type { Database } from './storage/database.ts'
import { routes as tokens } from './tokens/routes.ts'
import { buildValidator } from './validation.ts'

/** Every resource of the API. */
const resources = [
  articles,
  quotes,
  attributions,
  sources,
  media,
  credits,
  corrections,
  comments,
  newsstand,
  imports,
  tokens
]

export interface Surroundings {
  clock?: () => Date
}

/** The service over this database, ready to listen. Closing it closes the database. */
export async function build(
  db: Database,
  config: Pick<Config, 'ONRECORD_ADMIN_TOKEN' | 'LOG_LEVEL'> & StandConfig,
  { clock = () => new Date() }: Surroundings = {}
): Promise<FastifyInstance> {
  const app = Fastify({
    logger: { level: config.LOG_LEVEL, redact: ['req.headers.authorization'] },
    bodyLimit,
    requestTimeout: 30_000,
    genReqId: () => `urn:uuid:${randomUUID()}`,
    requestIdHeader: false,
    // What is on its way when the service stops is answered like everything else.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 500 },
    schemaController: { compilersFactory: { buildValidator, buildSerializer } },
    frameworkErrors: sendProblem,
    clientErrorHandler(error, socket) {
      if (!socket.writable) return
      socket.end(malformed(error.code))
    }
  })
  app.setErrorHandler(sendProblem)
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers({ 'x-request-id': request.id, 'x-content-type-options': 'nosniff' })
    done()
  })
  openStand(app, db, config, clock)
  parseBodies(app)
  refuseUnknown(app)
  completeOperations(app, db.read, config, clock)
  for (const schema of [Problem, Republished]) app.addSchema(schema)
  await describe(app)
  aboutRoutes(app)
  await app.register(
    async (v1) => {
      for (const routes of resources) routes(v1, db)
    },
    { prefix: '/v1' }
  )
  app.addHook('onClose', () => db.close())
  await app.ready()
  return app
}

/**
 * The tests check every answer against the OpenAPI document; a serialiser that drops what the document does not
 * know would hide a mistake from them.
 */
const buildSerializer = () => () => JSON.stringify

const codes: Record<string, 'headers-too-large' | 'request-timeout'> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout'
}

/** The answer to what is not a request, written by hand: there is no request to answer. */
function malformed(code: string | undefined): string {
  const problem = new HttpProblem(
    codes[String(code)] ?? 'malformed-request',
    'This is not a valid HTTP request.'
  )
  const body = JSON.stringify(toProblem(problem, `urn:uuid:${randomUUID()}`))
  return [
    `HTTP/1.1 ${problem.status} ${problem.kind}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    body
  ].join('\r\n')
}
