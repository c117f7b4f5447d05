// Prometheus metrics. Responses from the cache are only counted, not timed.
import { performance } from 'node:perf_hooks'
import type { FastifyInstance } from 'fastify'
import type { JobOptions } from '../../changes/polling.ts'
import type { CacheMeasures } from '../../newsstand/server/cache.ts'
import type { Database } from '../../storage/database.ts'
import { Counter, Gauge, Histogram, Registry } from './prometheus.ts'
import { pendingComments, waitingDeliveries } from './store.ts'

/** In seconds. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

export type Metrics = ReturnType<typeof metricsOf>

/** The metrics of this process, labelled with it. */
export function metricsOf() {
  const registry = new Registry()
  registry.setDefaultLabels({ pid: String(process.pid) })
  const registers = [registry]
  const requests = new Histogram({
    name: 'onrecord_request_duration_seconds',
    help: 'Requests by operation and class of status, beside those answered at once.',
    labelNames: ['operation', 'status'],
    ...{ buckets, registers }
  })
  const writes = new Histogram({
    name: 'onrecord_write_duration_seconds',
    help: 'Transactions that wrote, from asking for their turn to the commit.',
    ...{ buckets, registers }
  })
  const waiting = new Gauge({ name: 'onrecord_writes_waiting', help: 'Writes not committed yet.', registers })
  let fromMemory = 0
  new Counter({
    name: 'onrecord_answers_at_once_total',
    help: 'Requests answered from memory, or by one look-up.',
    registers,
    collect() {
      this.reset()
      this.inc(fromMemory)
    }
  })
  let defaults: Promise<void> | undefined

  return {
    registry,
    requests,
    /** Counts a response from the cache. */
    countCached: () => void fromMemory++,
    /** Wraps the database to measure its writes. */
    measured: (db: Database): Database => ({
      ...db,
      write(actor, work) {
        const began = performance.now()
        waiting.inc()
        return db.write(actor, work).finally(() => {
          waiting.dec()
          writes.observe((performance.now() - began) / 1000)
        })
      }
    }),
    /** All metrics as text. Default metrics of the process are collected from the first call on. */
    async text(): Promise<string> {
      defaults ??= import('prom-client').then(({ collectDefaultMetrics }) =>
        collectDefaultMetrics({ register: registry })
      )
      await defaults
      return registry.metrics()
    }
  }
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Whether a request was not answered from the cache. */
    isMeasured: boolean
  }
}

/** Measures requests that reach this hook; those answered from the cache do not. */
export function measureRequests(app: FastifyInstance, { requests, countCached }: Metrics) {
  // Not in a WeakSet, which makes garbage collection slower.
  app.decorateRequest('isMeasured', false)
  app.addHook('onRequest', (request, _, done) => {
    request.isMeasured = true
    done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    if (request.isMeasured) {
      const operation = request.routeOptions.schema?.operationId ?? 'none'
      const status = `${Math.floor(reply.statusCode / 100)}xx`
      requests.observe({ operation, status }, reply.elapsedTime / 1000)
    } else countCached()
    done()
  })
}

/** What the response cache of this process holds, and what became of it. */
export function watchCache({ registry }: Metrics, measured: () => CacheMeasures) {
  const gauge = (Kind: typeof Gauge | typeof Counter, name: string, help: string, of: keyof CacheMeasures) =>
    new Kind({
      ...{ name, help, registers: [registry] },
      collect() {
        this.reset()
        this.inc(measured()[of])
      }
    })
  gauge(Gauge, 'onrecord_cache_entries', 'Public answers in memory.', 'entries')
  gauge(Gauge, 'onrecord_cache_bytes', 'About how much memory they take.', 'bytes')
  gauge(Counter, 'onrecord_cache_hits_total', 'Public answers that were in memory.', 'hits')
  gauge(Counter, 'onrecord_cache_misses_total', 'Public answers that were made.', 'misses')
  const changed = 'Public answers dropped because what they show has changed.'
  gauge(Counter, 'onrecord_cache_invalidated_total', changed, 'invalidated')
}

/**
 * Gauges that are read from the database at each scrape. A value that cannot be read is NaN: prom-client would fail the
 * whole scrape if a `collect` threw.
 */
export function watchQueues({ registry }: Metrics, { read }: Database, { clock, failed }: JobOptions) {
  const gauge = (name: string, help: string, value: () => Promise<number>) =>
    new Gauge({
      ...{ name, help, registers: [registry] },
      async collect() {
        try {
          this.set(await value())
        } catch (error) {
          failed(error)
          this.set(Number.NaN)
        }
      }
    })
  gauge('onrecord_comments_pending', 'Comments that wait for a moderator.', () => pendingComments(read))
  gauge(
    'onrecord_deliveries_waiting',
    'Deliveries to webhooks that are next of their article.',
    async () => (await waitingDeliveries(read)).total
  )
  gauge('onrecord_delivery_lag_seconds', 'For how long the first delivery is overdue.', async () => {
    const { first } = await waitingDeliveries(read)
    return Math.max(0, first === null ? 0 : (clock().getTime() - Date.parse(first)) / 1000)
  })
}
