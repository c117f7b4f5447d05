// Attack detection: how many comments this process refused or held within the last minute.
const windowLength = 60

/** Counts events in buckets of a second. */
export class AttackDetector {
  readonly #seconds = new Map<number, number>()

  /** Counts an event at `now` (in ms). */
  record(now: number) {
    const second = Math.floor(now / 1000)
    this.#seconds.set(second, (this.#seconds.get(second) ?? 0) + 1)
    for (const one of this.#seconds.keys()) if (one <= second - windowLength) this.#seconds.delete(one)
  }

  /** The number of events within the last minute. */
  count(now: number): number {
    const since = Math.floor(now / 1000) - windowLength
    let sum = 0
    for (const [second, count] of this.#seconds) if (second > since) sum += count
    return sum
  }
}
