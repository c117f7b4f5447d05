// The composition root: puts the HTTP service together.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { holderOf, isAlwaysAnswered, refuseTokensInAddresses, type TokenLookup } from './access/gate.ts'
import { completeOperations } from './access/operations.ts'
import { recordReaders } from './access/record-readers.ts'
import type { SecretConfig } from './access/secret-file.ts'
import { tokenHolders } from './access/tokens/holders.ts'
import { routes as tokens } from './access/tokens/routes.ts'
import { routes as mcp } from './apps/mcp/routes.ts'
import { continueIds } from './changes/id-clock.ts'
import type { JobOptions } from './changes/polling.ts'
import { routes as changes } from './changes/routes.ts'
import { allowedBy } from './changes/webhooks/addresses.ts'
import { dispatch } from './changes/webhooks/dispatch.ts'
import { requests } from './changes/webhooks/document.ts'
import type { Config } from './config/config.ts'
import { prepareBodies } from './content/articles/batch-bodies.ts'
import { routes as articles } from './content/articles/routes.ts'
import { resolveSlugs } from './content/articles/slugs/resolve.ts'
import { routes as attributions } from './content/attributions/routes.ts'
import { routes as corrections } from './content/corrections/routes.ts'
import { routes as credits } from './content/credits/routes.ts'
import { routes as previews } from './content/desk/previews/routes.ts'
import { routes as desk } from './content/desk/routes.ts'
import { startTrashRetention } from './content/desk/trash/retention.ts'
import { startMediaJobs } from './content/media/jobs.ts'
import { publishedMedia } from './content/media/published.ts'
import { routes as media } from './content/media/routes.ts'
import { routes as quotes } from './content/quotes/routes.ts'
import { routes as sources } from './content/sources/routes.ts'
import { routes as bans } from './discussion/bans/routes.ts'
import { routes as blocklist } from './discussion/blocklist/routes.ts'
import { routes as commenters } from './discussion/commenters/routes.ts'
import { commentIntake } from './discussion/comments/intake.ts'
import { routes as comments } from './discussion/comments/routes.ts'
import { routes as decisions } from './discussion/decisions/routes.ts'
import { routes as errorReports } from './discussion/error-reports/routes.ts'
import { routes as reports } from './discussion/reports/routes.ts'
import { akismetClient } from './discussion/rules/akismet/client.ts'
import { routes as settings } from './discussion/settings/routes.ts'
import { routes as files } from './files/routes.ts'
import { fileService } from './files/service.ts'
import { routes as formats } from './formats/routes.ts'
import { routes as batch } from './http/batch/routes.ts'
import { idempotentWrites } from './http/idempotency/replay.ts'
import { parseBodies } from './http/input/bodies.ts'
import { admitFairly } from './http/load/admission.ts'
import { limitRates } from './http/load/rate-limit.ts'
import { type LoadLimits, shedLoad, standardLimits } from './http/load/shedding.ts'
import { refuseUnstorableAddresses } from './http/server/addresses.ts'
import { allowOrigins, corsHeaders } from './http/server/cors.ts'
import { collectOperations } from './http/server/document/collect.ts'
import { aboutRoutes } from './http/server/document/routes.ts'
import { addressesOf, answerUnknownRoutes } from './http/server/errors.ts'
import { Problem } from './http/server/problem-schema.ts'
import { countRefusals, logFailures } from './http/server/rate-limited-log.ts'
import { createServer } from './http/server/server.ts'
import { routes as imports } from './importing/records/routes.ts'
import { startImports } from './importing/runs/scheduler.ts'
import { readQuotations } from './importing/speech/quotations/read.ts'
import { routes as newsstand } from './newsstand/routes.ts'
import { serveFromCache } from './newsstand/server/conditional.ts'
import { serveRecords } from './newsstand/server/fast-path.ts'
import { answerBeforeRouting } from './newsstand/server/listener.ts'
import { routes as backups } from './operations/backups/routes.ts'
import { startBackupScheduler } from './operations/backups/scheduler.ts'
import { isLogged, type LogStream, logging } from './operations/logging.ts'
import { measureRequests, metricsOf, watchCache, watchQueues } from './operations/monitoring/metrics.ts'
import { readiness } from './operations/monitoring/readiness.ts'
import { routes as monitoring } from './operations/monitoring/routes.ts'
import { startMerges } from './publishing/merges/run.ts'
import { actingRights } from './publishing/rights/acting.ts'
import { routes as publishing } from './publishing/routes.ts'
import { startScheduler } from './publishing/workflow/scheduler.ts'
import { deskMarks, routes as record, startReviews } from './record/routes.ts'
import type { Actor, Database } from './storage/database.ts'
import { useThreads } from './threads/run.ts'

/** The resources of a batch. */
const batchable = [
  articles,
  publishing,
  desk,
  quotes,
  attributions,
  sources,
  media,
  credits,
  corrections,
  comments,
  decisions,
  reports,
  errorReports,
  commenters,
  bans,
  blocklist,
  settings,
  newsstand
]

/** All resources. */
const resources = [...batchable, files, previews, record, formats, imports, batch, changes, backups, tokens]

export interface BuildOptions extends Partial<Pick<JobOptions, 'clock' | 'pace'>> {
  /** The heartbeat interval of event streams, in ms. */
  heartbeat?: number
  /** The time-out of webhook requests, in ms. */
  requestTimeout?: number
  /** Whether the service is shutting down. */
  isStopping?: () => boolean
  /** The limits of load shedding. */
  loadLimits?: LoadLimits
  /** Where log lines go, instead of standard output. */
  log?: LogStream
  /** How long uses of tokens are collected before they are written, in ms. */
  usageDelay?: number
}

/** Builds the service over a database, ready to listen. Closing it closes the database. */
export async function build(
  database: Database,
  config: Config & SecretConfig,
  {
    clock = () => new Date(),
    heartbeat = 15_000,
    requestTimeout = 15_000,
    usageDelay = 10_000,
    pace,
    isStopping = () => false,
    loadLimits = standardLimits,
    log
  }: BuildOptions = {}
): Promise<FastifyInstance> {
  useThreads(config.ONRECORD_THREADS)
  const refusals = countRefusals()
  const common = { proxies: config.ONRECORD_TRUST_PROXY, refusals, logging: logging(config.LOG_LEVEL, log) }
  const app = createServer(common)
  const failed = logFailures(app.log)
  const job = { clock, failed, pace }
  const addresses = addressesOf(app)
  const metrics = metricsOf()
  // A database that cannot be read is served as far as it can be: what is asked of it tells.
  await continueIds(database.read).catch(failed)
  const { db, serve } = idempotentWrites(admitFairly(metrics.measured(database), loadLimits.maxWait), {
    secret: config.ONRECORD_SECRET,
    clock
  })
  const uses = { clock, delay: usageDelay, log: app.log }
  const { recognise, stop: flushUses } = await tokenHolders(db, config, uses)

  // Every request passes these hooks in the order in which they are added.
  const { OTEL_EXPORTER_OTLP_ENDPOINT: collector } = config
  // Tracing first: a span covers the whole request.
  if (collector)
    await (await import('./operations/tracing.ts')).trace(app, collector, config.OTEL_SERVICE_NAME)
  // CORS early: preflights are answered here, and problems get CORS headers too, so that pages can read them.
  await allowOrigins(app, config, addresses.methodsAt)
  // Cached responses, and plain reads of published records, are answered here.
  const { measured, ...cached } = serveFromCache(app, db, config, { clock, ...actingRights(config) })
  watchCache(metrics, measured)
  // Before routing even, unless each request is traced or logged.
  if (!collector && !isLogged(config.LOG_LEVEL))
    answerBeforeRouting(app, { ...cached, ...corsHeaders(config), answered: metrics.countCached })
  serveRecords(app, db)
  // Responses up to here are neither timed nor rate-limited nor shed.
  measureRequests(app, metrics)
  // Rate limits before load shedding: clients over their budget must not make others wait.
  await limitRates(app, { holderOf: (header) => holderOf(recognise, header), isAlwaysAnswered }, config)
  await shedLoad(app, loadLimits, isAlwaysAnswered)
  addOperations(app, db, recognise, addresses)
  // After authorisation: a repeated POST is replayed to the same holder only.
  serve(app)
  await collectOperations(app, requests)
  aboutRoutes(app)

  /** The server for the operations of a batch, in its transaction. */
  async function serverOver(inside: Database, holder: () => Actor) {
    const server = createServer(common)
    addOperations(server, inside, async () => ({ id: 'batch', until: Infinity, ...holder() }))
    await server.register(
      async (v1) => {
        // Made for the first batch, while others are answered.
        for (const routes of batchable) {
          routes(v1, inside, { ...config, clock, intake, deskMarks })
          await nextTurn()
        }
      },
      { prefix: '/v1' }
    )
    await server.ready()
    return server
  }
  const intake = commentIntake(config.ONRECORD_SECRET, clock)
  const akismet = akismetClient(config, { clock, patience: requestTimeout, failed })
  const allows = allowedBy(config.ONRECORD_WEBHOOK_PRIVATE)
  const shared = { clock, pace, akismet, intake, deskMarks, readQuotations, publishedMedia, root: app }
  const fileStore = fileService(db, config, job)
  const wired = { ...shared, files: fileStore, heartbeat, allows, serverOver, prepareBodies, recordReaders }
  const all = async (v1: FastifyInstance) => {
    for (const routes of resources) routes(v1, db, { ...config, ...wired })
  }
  await app.register(all, { prefix: '/v1' })
  if (config.ONRECORD_MCP !== 'off') await mcp(app, config, metrics.registry)
  // Loaded where it is switched on: it is no part of the API.
  if (config.ONRECORD_SITE === 'on') await (await import('./apps/site/routes.ts')).routes(app, db, config)

  // Background jobs, until the service closes.
  const scheduler = startScheduler(db, job, { territory: config.ONRECORD_TERRITORY })
  const stops = [
    scheduler.stop,
    fileStore.stop,
    startMediaJobs(db, job),
    dispatch(db, { clock, allows, timeout: requestTimeout, onError: failed }),
    startBackupScheduler(db, { ...config, files: fileStore }, job),
    startMerges(db, job),
    startTrashRetention(db, config, job),
    startImports(db, { ...config, files: fileStore }, job),
    startReviews(db, job),
    async () => akismet?.stop()
  ]
  watchQueues(metrics, db, job)
  monitoring(app, { metrics, reasons: readiness(db, { isStopping, lastRunAt: scheduler.lastRunAt }) })
  app.addHook('onClose', async () => {
    await Promise.all(stops.map((stop) => stop()))
    refusals.flush(app.log)
    await flushUses()
    await db.close()
  })
  await app.ready()
  return app
}

/** Adds what all operations have in common, those of a batch too. */
function addOperations(app: FastifyInstance, db: Database, lookUp: TokenLookup, urls = addressesOf(app)) {
  // Tokens and U+0000 in URLs, and unknown URLs, are refused before authentication.
  refuseTokensInAddresses(app)
  refuseUnstorableAddresses(app)
  answerUnknownRoutes(app, urls)
  parseBodies(app)
  // Authorisation before the body is read.
  completeOperations(app, lookUp, db)
  app.addSchema(Problem)
  // Slugs are resolved after authorisation: drafts are found only for those who may read them.
  resolveSlugs(app, db)
}
