// Load shedding: under overload requests are queued or refused with 503, those without a token first.
import { performance } from 'node:perf_hooks'
import { getHeapStatistics } from 'node:v8'
import underPressure from '@fastify/under-pressure'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { callerOf } from '../callers/caller.ts'
import { bodiesCompiledAt } from '../input/body-validators.ts'
import { HttpProblem } from '../problems.ts'

/** A level of load: the mean delay of the event loop, in ms, and the share of the heap in use. */
export interface Load {
  delay: number
  heap: number
}

/** When load is shed. */
export interface LoadLimits {
  /** The load up to which requests without a token are accepted, and up to which those with one are. */
  anonymous: Load
  holders: Load
  /** When the oldest queued request has waited longer, in ms, further anonymous ones are refused. */
  maxWait: number
}

export const standardLimits: LoadLimits = {
  anonymous: { delay: 100, heap: 0.85 },
  holders: { delay: 1000, heap: 0.95 },
  maxWait: 500
}

/** The time slice for anonymous requests in one turn of the event loop, in ms. */
const sliceLength = 5

/**
 * How often the load is sampled, in ms. Samples that include the start of the service are ignored.
 */
const interval = 1000

/** Answers 503 above the limits, and lets requests with a token go before anonymous ones. */
export async function shedLoad(
  app: FastifyInstance,
  limits: LoadLimits,
  isAlwaysAnswered: (request: FastifyRequest) => boolean
) {
  const { anonymous, holders, maxWait } = limits
  const { heap_size_limit: heap } = getHeapStatistics()
  const isStarting = watchStart(app)
  await app.register(underPressure, {
    sampleInterval: interval,
    maxEventLoopDelay: anonymous.delay,
    maxHeapUsedBytes: anonymous.heap * heap,
    async pressureHandler(request) {
      if (isAlwaysAnswered(request)) return
      const { eventLoopDelay: delay, heapUsed } = app.memoryUsage()
      const allowed = hasHolder(request) ? holders : anonymous
      // Infinity means that it could not be measured.
      const isLate = delay > allowed.delay && delay !== Number.POSITIVE_INFINITY && !isStarting()
      if (isLate || heapUsed > allowed.heap * heap) throw overloaded()
    }
  })
  const admit = createQueue(() => (isStarting() ? Number.POSITIVE_INFINITY : maxWait))
  app.addHook('onRequest', (request, _, done) => {
    if (hasHolder(request) || isAlwaysAnswered(request)) done()
    else if (!admit(done)) done(overloaded())
  })
}

/**
 * Watches the start of the service, which is no load: it compiles the validators of bodies once it listens, half a second of
 * processor time, and of a busy machine it gets little. Answers whether samples may still have some of it in them.
 */
function watchStart(app: FastifyInstance): () => boolean {
  let startedUp = Number.POSITIVE_INFINITY
  const started = async () => {
    startedUp = performance.now()
  }
  app.addHook('onReady', started)
  app.addHook('onListen', started)
  return () => performance.now() <= Math.max(startedUp, bodiesCompiledAt()) + 2 * interval
}

const hasHolder = (request: FastifyRequest) => callerOf(request)?.holder !== undefined

const overloaded = () =>
  new HttpProblem('overloaded', 'More is asked than can be answered in time.', undefined, {
    'retry-after': '2'
  })

/**
 * A FIFO queue that starts, in each turn of the event loop, only as many requests as fit into a time slice, so that
 * requests which need not wait are read in between.
 */
function createQueue(maxWait: () => number) {
  const waiting: { begin: () => void; since: number }[] = []
  /** When the slice of this turn ends; undefined before the first request of a turn. */
  let until: number | undefined

  /** Starts a request, at once or queued. False when the oldest in the queue has waited too long. */
  function admit(begin: () => void): boolean {
    const now = performance.now()
    if (now - (waiting[0]?.since ?? now) > maxWait()) return false
    if (until === undefined) openSlice(now)
    if (waiting.length === 0 && now < until!) begin()
    else waiting.push({ begin, since: now })
    return true
  }

  function openSlice(now: number) {
    until = now + sliceLength
    setImmediate(nextSlice)
  }

  function nextSlice() {
    until = undefined
    if (waiting.length === 0) return
    openSlice(performance.now())
    runNext()
  }

  function runNext() {
    const next = performance.now() < until! ? waiting.shift() : undefined
    if (next === undefined) return
    next.begin()
    // Runs after all microtasks of this one, when its synchronous work is over and its time is known.
    queueMicrotask(() => process.nextTick(runNext))
  }

  return admit
}
