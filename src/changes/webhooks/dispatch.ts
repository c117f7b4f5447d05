// Sending what is to be told, for as long as this process serves. Every process does, and takes from the same queue.
import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from '../../storage/database.ts'
import type { Allows } from './addresses.ts'
import { signedRequest } from './letter.ts'
import * as queue from './queue.ts'
import { send } from './send.ts'

/** How often it is looked whether something is to be sent, in ms. */
const interval = 100

/**
 * How many requests may be on their way at once, and how many of them to one webhook. Beyond that, one to each webhook
 * that has none on its way: receivers that are slow to answer keep nobody else waiting.
 */
const mostAtOnce = 16
const mostToOne = 4

/** How long a stop waits for requests on their way, in ms. */
const grace = 2000

export interface Surroundings {
  clock: () => Date
  allows: Allows
  /** How long a request may take, in ms. */
  patience: number
  /** Is told what went wrong here; it is tried again. */
  failed(error: unknown): void
}

/** Sends until it is stopped. */
export function dispatch(db: Database, { clock, allows, patience, failed }: Surroundings) {
  const stopping = new AbortController()
  const terms = { allows, patience, stopped: stopping.signal }
  const posting = new Map<queue.Claim, Promise<void>>()
  const ended: queue.Ended[] = []
  let stopped = false
  let working: Promise<void> | undefined
  let seen: number | undefined
  let due: string | null = null

  /** How much more may be on its way. */
  function room(): queue.Room {
    const ids = [...posting.keys()].map(({ webhookId }) => webhookId)
    const shared = Math.max(0, mostAtOnce - ids.length)
    function of(id: string, left: number) {
      const onTheWay = ids.filter((one) => one === id).length
      return Math.max(Number(onTheWay === 0), Math.min(mostToOne - onTheWay, left))
    }
    return { most: mostAtOnce, shared, busy: [...new Set(ids)].filter((id) => of(id, shared) <= 0), of }
  }

  const isDue = () => due !== null && due <= clock().toISOString()

  async function look() {
    const version = db.version()
    if (version !== seen) due = await queue.nextDue(db.read, room().busy)
    seen = version
    while (ended.length > 0 || (isDue() && !stopped)) await round()
  }

  /** One transaction: what has come back, and what goes out next. */
  async function round() {
    const back = ended.splice(0)
    try {
      const claims = await db.write('webhooks', async (tx) => {
        for (const one of back) await queue.settle(tx, one)
        await queue.forget(tx)
        return stopped ? [] : queue.claim(tx, room())
      })
      for (const claim of claims) posting.set(claim, post(claim).catch(failed))
    } catch (error) {
      ended.unshift(...back)
      throw error
    }
    due = await queue.nextDue(db.read, room().busy)
  }

  async function post(claim: queue.Claim) {
    try {
      const outcome = await send(signedRequest(claim, clock()), terms)
      const cutOff = stopping.signal.aborted && outcome.error !== null
      ended.push({ claim, outcome: cutOff ? undefined : outcome })
    } finally {
      posting.delete(claim)
    }
    wake()
  }

  /** Looks, unless it is looked already. What went wrong is tried again the next time. */
  function wake() {
    working ??= look()
      .catch(failed)
      .finally(() => {
        working = undefined
      })
  }
  const timer = setInterval(wake, interval).unref()

  return async function stop() {
    stopped = true
    clearInterval(timer)
    await working
    await Promise.race([Promise.all(posting.values()), pause(grace, undefined, { ref: false })])
    stopping.abort()
    await Promise.all(posting.values())
    await working
    wake()
    await working
  }
}
