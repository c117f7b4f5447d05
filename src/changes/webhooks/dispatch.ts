// The dispatcher of webhooks. Every process runs one; they share the queue in the database.
import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from '../../storage/database.ts'
import type { Allows } from './addresses.ts'
import * as queue from './queue.ts'
import { send } from './send.ts'
import { signedRequest } from './signing.ts'

/** The polling interval, in ms. */
const interval = 100

/**
 * How many requests may be in flight, and how many of them to one webhook. Beyond that, one to each webhook that has
 * none in flight, so that slow receivers delay no others.
 */
const maxConcurrent = 16
const maxPerWebhook = 4

/** How long a shutdown waits for requests in flight, in ms. */
const shutdownTimeout = 2000

export interface DispatchOptions {
  clock: () => Date
  allows: Allows
  /** The time-out of a request, in ms. */
  timeout: number
  /** Called with errors of the dispatcher itself, which retries. */
  onError(error: unknown): void
}

/** Starts the dispatcher; answers a function that stops it. */
export function dispatch(db: Database, { clock, allows, timeout, onError }: DispatchOptions) {
  const stopping = new AbortController()
  const options = { allows, timeout, stopped: stopping.signal }
  const inFlight = new Map<queue.Claim, Promise<void>>()
  const finished: queue.Finished[] = []
  let stopped = false
  let working: Promise<void> | undefined
  let seen: number | undefined
  let due: string | null = null

  /** How much more may be in flight. */
  function capacity(): queue.Capacity {
    const ids = [...inFlight.keys()].map(({ webhookId }) => webhookId)
    const shared = Math.max(0, maxConcurrent - ids.length)
    function of(id: string, left: number) {
      const current = ids.filter((one) => one === id).length
      return Math.max(Number(current === 0), Math.min(maxPerWebhook - current, left))
    }
    return {
      limit: maxConcurrent,
      shared,
      busy: [...new Set(ids)].filter((id) => of(id, shared) <= 0),
      forWebhook: of
    }
  }

  const isDue = () => due !== null && due <= clock().toISOString()

  async function processDue() {
    const version = db.version()
    if (version !== seen) due = await queue.nextDue(db.read, capacity().busy)
    seen = version
    while (finished.length > 0 || (isDue() && !stopped)) await runTransaction()
  }

  /** One transaction: records outcomes, and claims the next deliveries. */
  async function runTransaction() {
    const results = finished.splice(0)
    try {
      const claims = await db.write('webhooks', async (tx) => {
        for (const one of results) await queue.complete(tx, one)
        await queue.prune(tx)
        return stopped ? [] : queue.claim(tx, capacity())
      })
      for (const claim of claims) inFlight.set(claim, post(claim).catch(onError))
    } catch (error) {
      finished.unshift(...results)
      throw error
    }
    due = await queue.nextDue(db.read, capacity().busy)
  }

  async function post(claim: queue.Claim) {
    try {
      const outcome = await send(signedRequest(claim, clock()), options)
      const cutOff = stopping.signal.aborted && outcome.error !== null
      finished.push({ claim, outcome: cutOff ? undefined : outcome })
    } finally {
      inFlight.delete(claim)
    }
    wake()
  }

  /** Processes due deliveries, unless that is running already. After an error the next poll retries. */
  function wake() {
    working ??= processDue()
      .catch(onError)
      .finally(() => {
        working = undefined
      })
  }
  const timer = setInterval(wake, interval).unref()

  return async function stop() {
    stopped = true
    clearInterval(timer)
    await working
    await Promise.race([Promise.all(inFlight.values()), pause(shutdownTimeout, undefined, { ref: false })])
    stopping.abort()
    await Promise.all(inFlight.values())
    await working
    wake()
    await working
  }
}
