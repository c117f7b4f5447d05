// Whether the site is under attack: how many comments were refused or held of late, as far as this process saw.
const span = 60

/** Counts what happens, second by second. */
export class Alarm {
  readonly #seconds = new Map<number, number>()

  /** Something happened now (in ms). */
  ring(now: number) {
    const second = Math.floor(now / 1000)
    this.#seconds.set(second, (this.#seconds.get(second) ?? 0) + 1)
    for (const one of this.#seconds.keys()) if (one <= second - span) this.#seconds.delete(one)
  }

  /** How much happened within the last minute. */
  count(now: number): number {
    const since = Math.floor(now / 1000) - span
    let sum = 0
    for (const [second, count] of this.#seconds) if (second > since) sum += count
    return sum
  }
}
