/** A public answer, ready to be sent. */
export interface Answer {
  status: 200 | 308
  bytes: Buffer
  headers: Record<string, string>
}

/** The most that is kept, in bytes. */
const most = 32 * 1024 * 1024

/**
 * Answers kept in memory until the database changes. `version` moves whenever anybody commits, in whatever
 * process, so nobody is given an older edition than the one whose publishing was acknowledged.
 */
export function cache(version: () => number, limit = most) {
  const kept = new Map<string, Answer>()
  let size = 0
  let seen = version()

  return {
    /** The answer to this address, when it is kept and still true. */
    get(address: string): Answer | undefined {
      const now = version()
      if (now !== seen) forget(now)
      return kept.get(address)
    },

    /** The answer that `make` reads now, kept for the next who asks. */
    async fill(address: string, make: () => Promise<Answer>): Promise<Answer> {
      const before = seen
      const answer = await make()
      // What was read before somebody committed may be old by now: it is sent, and not kept.
      if (version() === before) keep(address, answer)
      return answer
    }
  }

  function forget(now: number) {
    kept.clear()
    size = 0
    seen = now
  }

  function keep(address: string, answer: Answer) {
    const more = address.length + answer.bytes.length
    // Beginning again is simpler than remembering what was asked for last, and as rare as the limit is large.
    if (size + more > limit) forget(seen)
    size += more
    kept.set(address, answer)
  }
}
