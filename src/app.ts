// The HTTP service: what it is made of, in the order it is put together.
import Fastify, { type FastifyInstance } from 'fastify'
import { asked } from './akismet/asking.ts'
import { nameArticles } from './articles/naming.ts'
import { routes as articles } from './articles/routes.ts'
import { routes as attributions } from './attributions/routes.ts'
import { type Recognise, refuseShown } from './auth.ts'
import { keep as keepBackups } from './backups/keeper.ts'
import { routes as backups } from './backups/routes.ts'
import { routes as bans } from './bans/routes.ts'
import { routes as batch } from './batch/routes.ts'
import { routes as blocklist } from './blocklist/routes.ts'
import { routes as changes } from './changes/routes.ts'
import { routes as checks } from './checks/routes.ts'
import { routes as commenters } from './commenters/routes.ts'
import { receiving } from './comments/reception.ts'
import { routes as comments } from './comments/routes.ts'
import type { Config } from './config.ts'
import { routes as corrections } from './corrections/routes.ts'
import { routes as credits } from './credits/routes.ts'
import { routes as decisions } from './decisions/routes.ts'
import { routes as deliveries } from './deliveries/routes.ts'
import { routes as duplicates } from './duplicates/routes.ts'
import { routes as editions } from './editions/routes.ts'

import { methodsOf, refuseUnknown, sendProblems } from './errors.ts'
import { fair } from './fairness.ts'
import { guarding, hasOneHost, requestId } from './headers.ts'

import { routes as history } from './history/routes.ts'
import { once } from './idempotency/once.ts'
import { routes as imports } from './importing/routes.ts'
import { limit } from './limits.ts'
import { routes as locks } from './locks/routes.ts'
import { type LogStream, logging } from './logging.ts'
import { routes as media } from './media/routes.ts'
import { measure, metrics as metricsOf, watchQueues } from './monitoring/metrics.ts'
import { readiness } from './monitoring/readiness.ts'
import { routes as monitoring } from './monitoring/routes.ts'
import { answerRecords } from './newsstand/direct.ts'
import { routes as newsstand } from './newsstand/routes.ts'
import { openStand } from './newsstand/stand.ts'
import { aboutRoutes, describe } from './openapi.ts'
import { completeOperations } from './operations.ts'
import { share } from './origins.ts'
import { bodyLimit, parseBodies } from './parsing.ts'
import { type Endurance, shed, standard } from './pressure.ts'
import { HttpProblem, Problem } from './problems.ts'
import { routes as publishing } from './publishing/routes.ts'
import { keep } from './publishing/timetable.ts'
import { routes as quotes } from './quotes/routes.ts'
import { countRefusals, type Refusals } from './refusals.ts'
import { refuse, refuseOddities } from './refusing.ts'
import { routes as reports } from './reports/routes.ts'
import { Republished } from './republishing.ts'
import { routes as settings } from './settings/routes.ts'
import { routes as sources } from './sources/routes.ts'
import type { Actor, Database } from './storage/database.ts'
import { holders } from './tokens/holders.ts'
import { routes as tokens } from './tokens/routes.ts'
import { keep as keepTrash } from './trash/keeper.ts'
import { routes as trash } from './trash/routes.ts'
import { buildValidator } from './validation.ts'
import { isPublic } from './webhooks/addresses.ts'
import { dispatch } from './webhooks/dispatch.ts'
import { routes as webhooks } from './webhooks/routes.ts'

/** The resources that a batch may change. */
const batchable = [
  articles,
  checks,
  publishing,
  editions,
  duplicates,
  locks,
  history,
  trash,
  quotes,
  attributions,
  sources,
  media,
  credits,
  corrections,
  comments,
  decisions,
  reports,
  commenters,
  bans,
  blocklist,
  settings,
  newsstand
]

/** Every resource of the API. */
const resources = [...batchable, imports, batch, changes, webhooks, deliveries, backups, tokens]

/** A configuration that knows its secret, given or kept (secretfile.ts). */
export interface Secretive {
  ONRECORD_SECRET: string
}

export interface Surroundings {
  clock?: () => Date
  /** How often a stream of changes shows that it lives, in ms. */
  heartbeat?: number
  /** How long a receiver of webhooks may take, in ms. */
  patience?: number
  /** Whether the service is about to end. */
  stopping?: () => boolean
  /** Up to which strain requests are taken. */
  endurance?: Endurance
  /** Where log lines go, instead of standard output. */
  log?: LogStream
  /** How long the use of a token waits to be written, in ms. */
  delay?: number
}

/** The service over this database, ready to listen. Closing it closes the database. */
export async function build(
  stored: Database,
  config: Config & Secretive,
  {
    clock = () => new Date(),
    heartbeat = 15_000,
    patience = 15_000,
    delay = 10_000,
    stopping = () => false,
    endurance = standard,
    log
  }: Surroundings = {}
): Promise<FastifyInstance> {
  const refusals = countRefusals()
  const app = serverOf(config, refusals, log)
  const methodsAt = methodsOf(app)
  const metrics = metricsOf()
  const { db, serve } = once(fair(metrics.measured(stored), endurance.patience), {
    secret: config.ONRECORD_SECRET,
    clock
  })
  const { OTEL_EXPORTER_OTLP_ENDPOINT: collector } = config
  if (collector) await (await import('./tracing.ts')).trace(app, collector, config.OTEL_SERVICE_NAME)
  await share(app, config, methodsAt)
  openStand(app, db, config, clock)
  answerRecords(app, db)
  const { recognise, stop: noteUses } = await holders(db, config, { clock, delay, log: app.log })
  // What was answered by now is neither timed nor counted, and never refused.
  measure(app, metrics)
  await limit(app, recognise, config)
  await shed(app, endurance)
  refuseShown(app)
  refuseUnknown(app, methodsAt)
  agree(app, recognise)
  nameArticles(app, db)
  serve(app)
  await describe(app)
  aboutRoutes(app)
  async function serverOver(inside: Database, holder: () => Actor) {
    const server = serverOf(config, refusals, log)
    refuseShown(server)
    refuseUnknown(server, methodsOf(server))
    agree(server, async () => ({ id: 'batch', until: Infinity, ...holder() }))
    nameArticles(server, inside)
    await server.register(
      async (v1) => {
        for (const routes of batchable) routes(v1, inside, { ...config, clock, reception })
      },
      { prefix: '/v1' }
    )
    await server.ready()
    return server
  }
  const failed = (error: unknown) => app.log.error(error)
  const reception = receiving(config.ONRECORD_SECRET, clock)
  const akismet = asked(config, { clock, patience, failed })
  const allows = config.ONRECORD_WEBHOOK_PRIVATE === 'allow' ? () => true : isPublic
  await app.register(
    async (v1) => {
      for (const routes of resources)
        routes(v1, db, { ...config, clock, heartbeat, allows, serverOver, akismet, reception })
    },
    { prefix: '/v1' }
  )
  const timetable = keep(db, clock, failed, { territory: config.ONRECORD_TERRITORY })
  const stops = [
    timetable.stop,
    dispatch(db, { clock, allows, patience, failed }),
    keepBackups(db, config, { clock, failed }),
    keepTrash(db, config, { clock, failed }),
    async () => akismet?.stop()
  ]
  watchQueues(metrics, db, { clock, failed })
  monitoring(app, { metrics, reasons: readiness(db, { stopping, keptAt: timetable.keptAt }) })
  app.addHook('onClose', async () => {
    await Promise.all(stops.map((stop) => stop()))
    refusals.write(app.log)
    await noteUses()
    await db.close()
  })
  await app.ready()
  return app
}

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

/** A server that answers as ours do, without anything to answer yet. */
function serverOf(
  { LOG_LEVEL, ONRECORD_TRUST_PROXY }: Config,
  refusals: Refusals,
  log?: LogStream
): FastifyInstance {
  const sendProblem = sendProblems(refusals)
  const app = Fastify({
    trustProxy: ONRECORD_TRUST_PROXY?.split(/, */) ?? false,
    ...logging(LOG_LEVEL, log),
    bodyLimit,
    ...patience,
    genReqId: ({ headers }) => requestId(headers['x-request-id']),
    requestIdHeader: false,
    // What is on its way when the service stops is answered like everything else.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 500 },
    schemaController: { compilersFactory: { buildValidator, buildSerializer } },
    frameworkErrors: sendProblem,
    clientErrorHandler: (error, socket) => void refuse(socket, error.code)
  })
  refuseOddities(app.server)
  app.setErrorHandler(sendProblem)
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id).headers(guarding)
    if (hasOneHost(request.headers, request.raw.httpVersion)) done()
    else
      done(new HttpProblem('malformed-request', 'A request has exactly one Host header, which names a host.'))
  })
  return app
}

/** Gives a server what all operations have in common. */
function agree(app: FastifyInstance, recognise: Recognise) {
  parseBodies(app)
  completeOperations(app, recognise)
  for (const schema of [Problem, Republished]) app.addSchema(schema)
}

/**
 * The tests check every answer against the OpenAPI document; a serialiser that drops what the document does not
 * know would hide a mistake from them.
 */
const buildSerializer = () => () => JSON.stringify
