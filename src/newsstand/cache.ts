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

/** How many of the addresses that were asked for last are remembered, at least. */
const remembered = 4000

/** About what an entry takes beside its bytes. */
const overhead = 1024

interface Kept {
  answer: Answer
  size: number
  /** Whether anybody asked for it since it was last looked at for room. */
  asked: boolean
}

/**
 * Answers kept in memory until the database changes, at most `limit` bytes of them. `version` moves whenever anybody
 * commits, in whatever process, so nobody is given an older edition than the one whose publishing was acknowledged.
 */
export function cache(version: () => number, limit: number) {
  // In the order in which they came, or were spared.
  let kept = new Map<string, Kept>()
  let size = 0
  let seen = version()
  let [recent, former] = [new Set<string>(), new Set<string>()]

  function get(key: string): Answer | undefined {
    const now = version()
    if (now !== seen) forget(now)
    const one = kept.get(key)
    if (one === undefined) return undefined
    one.asked = true
    return one.answer
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
    kept = new Map()
    size = 0
    seen = now
  }

  function keep(key: string, answer: Answer) {
    const more = overhead + key.length + (answer.bytes?.length ?? 0)
    if (more > limit / 2) return
    drop(key)
    if (size + more > limit && !(wasAsked(key) && hasRoom(more))) return
    const own = answer.bytes ? { ...answer, bytes: alone(answer.bytes) } : answer
    kept.set(key, { answer: own, size: more, asked: true })
    size += more
  }

  /** Whether this was asked for a short while ago: what is asked for but once is not worth another's room. */
  function wasAsked(key: string) {
    const known = recent.has(key) || former.has(key)
    recent.add(key)
    if (recent.size === remembered) [recent, former] = [new Set(), recent]
    return known
  }

  /**
   * Makes room, of what nobody asked for since it was looked at before. Where somebody did, it stays, and the newcomer
   * is not kept: otherwise who reads more than there is room for would find nothing kept, and leave much to collect.
   */
  function hasRoom(more: number) {
    for (const [key, one] of kept) {
      if (size + more <= limit) break
      drop(key)
      if (!one.asked) continue
      kept.set(key, { ...one, asked: false })
      size += one.size
      return false
    }
    return true
  }

  function drop(key: string) {
    size -= kept.get(key)?.size ?? 0
    kept.delete(key)
  }

  return { get, fill }
}

/** The bytes in memory of their own: a part of a pool would keep all of the pool. */
function alone(bytes: Buffer): Buffer {
  if (bytes.length === bytes.buffer.byteLength) return bytes
  const copy = Buffer.allocUnsafeSlow(bytes.length)
  bytes.copy(copy)
  return copy
}
