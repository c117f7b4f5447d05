// Requests counted in windows of time, for @fastify/rate-limit. Its own store counts by Date.now(): after the clock was
// set back, who had spent a budget would wait for as long as the step was.
import { performance } from 'node:perf_hooks'
import type { FastifyRateLimitStore } from '@fastify/rate-limit'

/** How many keys are counted; of more, those that were quiet longest start anew. */
const most = 50_000

interface Window {
  current: number
  /** When it began (performance.now). */
  since: number
}
type Answer = (error: null, result: { current: number; ttl: number }) => void

/** A store of counts in memory, on a clock that only rises. */
export class Windows implements FastifyRateLimitStore {
  /** The least recently used first: a Map keeps the order in which keys were set. */
  readonly #windows = new Map<string, Window>()

  /** Each limit has a store of its own. */
  child() {
    return new Windows()
  }

  /** Counts one more. */
  incr(key: string, answer: Answer, length: number) {
    const now = performance.now()
    const window = this.#open(key, now, length) ?? { current: 0, since: now }
    window.current++
    this.#windows.delete(key)
    this.#windows.set(key, window)
    if (this.#windows.size > most) this.#windows.delete(this.#windows.keys().next().value!)
    answer(null, { current: window.current, ttl: length - (now - window.since) })
  }

  /** Tells the count, and leaves it. */
  read(key: string, answer: Answer, length: number) {
    const now = performance.now()
    const { current, since } = this.#open(key, now, length) ?? { current: 0, since: now - length }
    answer(null, { current, ttl: length - (now - since) })
  }

  #open(key: string, now: number, length: number): Window | undefined {
    const window = this.#windows.get(key)
    return window && now - window.since < length ? window : undefined
  }
}
