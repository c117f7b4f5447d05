// What is put off, and what is refused, when more is asked than can be answered in time: first that of nobody known.
import { performance } from 'node:perf_hooks'
import { getHeapStatistics } from 'node:v8'
import underPressure from '@fastify/under-pressure'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { callerOf } from '../callers/caller.ts'
import { HttpProblem } from '../problems.ts'

/** What is borne: the mean delay of the event loop, in ms, and the share of the heap in use. */
export interface Load {
  delay: number
  heap: number
}

/** How much is borne. */
export interface LoadLimits {
  /** The strain up to which requests without a token are taken, and up to which those with one are. */
  anonymous: Load
  holders: Load
  /** How long a request without a token may wait for its turn before others are refused, in ms. */
  patience: number
}

export const standardLimits: LoadLimits = {
  anonymous: { delay: 100, heap: 0.85 },
  holders: { delay: 1000, heap: 0.95 },
  patience: 500
}

/** How long requests without a token may work in one turn of the event loop, in ms. */
const slice = 5

/**
 * How often the strain is measured, in ms. What was measured while the service started is not held against anybody: a
 * measurement that is used begins after that.
 */
const interval = 1000

/** Refuses with 503 what is too much, and lets those with a token go before those without. */
export async function shedLoad(
  app: FastifyInstance,
  endurance: LoadLimits,
  isAlwaysAnswered: (request: FastifyRequest) => boolean
) {
  const { anonymous, holders, patience } = endurance
  const { heap_size_limit: heap } = getHeapStatistics()
  let settled = Number.POSITIVE_INFINITY
  app.addHook('onReady', async () => {
    settled = performance.now() + 2 * interval
  })
  await app.register(underPressure, {
    sampleInterval: interval,
    maxEventLoopDelay: anonymous.delay,
    maxHeapUsedBytes: anonymous.heap * heap,
    async pressureHandler(request) {
      if (isAlwaysAnswered(request)) return
      const { eventLoopDelay: delay, heapUsed } = app.memoryUsage()
      const borne = isHeld(request) ? holders : anonymous
      // An infinite delay is one that could not be measured.
      const isLate = delay > borne.delay && delay !== Number.POSITIVE_INFINITY && performance.now() > settled
      if (isLate || heapUsed > borne.heap * heap) throw overloaded()
    }
  })
  const takeTurn = turns(patience)
  app.addHook('onRequest', (request, _, done) => {
    if (isHeld(request) || isAlwaysAnswered(request)) done()
    else if (!takeTurn(done)) done(overloaded())
  })
}

const isHeld = (request: FastifyRequest) => callerOf(request)?.holder !== undefined

const overloaded = () =>
  new HttpProblem('overloaded', 'More is asked than can be answered in time.', undefined, {
    'retry-after': '2'
  })

/**
 * Begins works in the order in which they come, each turn of the event loop only as many as fit into a slice of time:
 * what else has come, from those who need not wait, is read in between.
 */
function turns(patience: number) {
  const waiting: { begin: () => void; since: number }[] = []
  /** Until when works may begin in this turn; undefined when none has. */
  let until: number | undefined

  /** Begins a work, at once or when there is time. False when those before it wait too long already. */
  function takeTurn(begin: () => void): boolean {
    const now = performance.now()
    if (now - (waiting[0]?.since ?? now) > patience) return false
    if (until === undefined) open(now)
    if (waiting.length === 0 && now < until!) begin()
    else waiting.push({ begin, since: now })
    return true
  }

  function open(now: number) {
    until = now + slice
    setImmediate(turn)
  }

  function turn() {
    until = undefined
    if (waiting.length === 0) return
    open(performance.now())
    step()
  }

  function step() {
    const next = performance.now() < until! ? waiting.shift() : undefined
    if (next === undefined) return
    next.begin()
    // After all promises of this one have been kept, that is, when it is seen how long it took.
    queueMicrotask(() => process.nextTick(step))
  }

  return takeTurn
}
