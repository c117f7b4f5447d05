// A fixed-window store for @fastify/rate-limit on a monotonic clock. The plug-in's own uses Date.now(): after the
// system clock was set back, a spent budget would stay spent for as long as the step was.
import { performance } from 'node:perf_hooks'
import type { FastifyRateLimitStore } from '@fastify/rate-limit'

/** How many keys are counted at most; beyond that the least recently used is dropped. */
const maxKeys = 50_000

interface Window {
  current: number
  /** When it began (performance.now). */
  since: number
}
type Answer = (error: null, result: { current: number; ttl: number }) => void

/** An in-memory store of counts. */
export class Windows implements FastifyRateLimitStore {
  /** The least recently used first: a Map keeps the order in which keys were set. */
  readonly #windows = new Map<string, Window>()

  /** A separate store for each limit. */
  child() {
    return new Windows()
  }

  /** Counts a request. */
  incr(key: string, answer: Answer, length: number) {
    const now = performance.now()
    const window = this.#open(key, now, length) ?? { current: 0, since: now }
    window.current++
    this.#windows.delete(key)
    this.#windows.set(key, window)
    if (this.#windows.size > maxKeys) this.#windows.delete(this.#windows.keys().next().value!)
    answer(null, { current: window.current, ttl: length - (now - window.since) })
  }

  /** Answers the count without counting. */
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
