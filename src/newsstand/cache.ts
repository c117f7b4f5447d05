/** A public answer, ready to be sent. */
export interface Answer {
  status: 200 | 308
  headers: Record<string, string>
  /** None where only the headers were needed, to say that nothing has changed. */
  bytes?: Buffer
  /** When these bytes were last changed (ms since 1970, whole seconds), where that is known. */
  modified?: number
  /** True for what will be said otherwise in a moment: it is not kept. */
  brief?: boolean
}

/** About what an entry takes beside its bytes. */
const overhead = 1024

/**
 * Answers kept in memory until the database changes, at most `limit` bytes of them. `version` moves whenever anybody
 * commits, in whatever process, so nobody is given an older edition than the one whose publishing was acknowledged.
 */
export function cache(version: () => number, limit: number) {
  // Two generations: what was not asked for while one filled up goes with it.
  let young = new Map<string, Answer>()
  let old = new Map<string, Answer>()
  let size = 0
  let seen = version()

  function get(key: string): Answer | undefined {
    const now = version()
    if (now !== seen) forget(now)
    const answer = young.get(key)
    if (answer) return answer
    const aged = old.get(key)
    if (aged) keep(key, aged)
    return aged
  }

  /** The answer that `make` reads now, kept for the next who asks. */
  async function fill(key: string, make: () => Promise<Answer>): Promise<Answer> {
    const before = version()
    const answer = await make()
    // What was read before somebody committed may be old by now: it is sent, and not kept.
    if (version() === before && seen === before && !answer.brief) keep(key, answer)
    return answer
  }

  function forget(now: number) {
    young = new Map()
    old = new Map()
    size = 0
    seen = now
  }

  function keep(key: string, answer: Answer) {
    const more = overhead + key.length + (answer.bytes?.length ?? 0)
    if (more > limit / 2) return
    if (size + more > limit / 2) {
      old = young
      young = new Map()
      size = 0
    }
    size += more
    young.set(key, answer)
  }

  return { get, fill }
}
