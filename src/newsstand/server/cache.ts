/** A public answer, ready to be sent. */
export interface Answer {
  status: 200 | 308
  headers: Record<string, string>
  /** None where only the headers were needed, to say that nothing has changed. */
  bytes?: Buffer
  /** When these bytes were last changed (ms since 1970, whole seconds), where that is known. */
  modified?: number
  /** True for what will be said otherwise in a moment: it is not kept. */
  isShortLived?: boolean
}

/** How many addresses the admission filter has room for. */
const filterSize = 65_536

/** About how many bytes an entry takes beside those of its answer. */
const overhead = 1024

interface Entry {
  answer: Answer
  size: number
  /** Whether it was read since the last sweep. */
  wasRead: boolean
}

/**
 * The response cache: answers in memory until the database changes, `limit` bytes at most. `version` moves with every
 * commit of any process, and all entries are dropped then, so no reader gets an older edition than one whose publishing
 * was acknowledged. Entries are evicted by CLOCK (Corbato, 1968); newcomers pass an admission filter.
 */
export function cache(version: () => number, limit: number) {
  let entries = new Map<string, Entry>()
  // The clock's hand: where the next sweep goes on.
  let hand = entries.entries()
  let size = 0
  let seen = version()
  // The admission filter: hashes of the addresses that were asked for last, in one typed array that is never collected.
  const recent = new Uint32Array(filterSize)

  function get(key: string): Answer | undefined {
    const now = version()
    if (now !== seen) clear(now)
    const entry = entries.get(key)
    if (entry === undefined) return undefined
    entry.wasRead = true
    return entry.answer
  }

  /** The answer that `make` reads now, cached for the next request. */
  async function fill(key: string, make: () => Promise<Answer>): Promise<Answer> {
    const before = version()
    const answer = await make()
    // An answer that was read before a commit may be stale: it is sent, and not cached.
    if (version() === before && seen === before && !answer.isShortLived) keep(key, answer)
    return answer
  }

  function clear(now: number) {
    entries = new Map()
    hand = entries.entries()
    size = 0
    seen = now
  }

  function keep(key: string, answer: Answer) {
    const more = overhead + key.length + (answer.bytes?.length ?? 0)
    if (more > limit / 2) return
    drop(key)
    if (size + more > limit && !(isAdmitted(key) && evict(more))) return
    const own = answer.bytes ? { ...answer, bytes: unpooled(answer.bytes) } : answer
    entries.set(key, { answer: own, size: more, wasRead: true })
    size += more
  }

  /** Whether this was asked for a short while ago: an answer that is read once evicts nothing. */
  function isAdmitted(key: string) {
    const number = hashOf(key)
    const place = number % filterSize
    const known = recent[place] === number
    recent[place] = number
    return known
  }

  /**
   * Evicts entries that were not read since the last sweep until `more` bytes fit. At the first entry that was read it
   * stops, and the newcomer is not admitted: a crawl of more pages than fit would leave nothing in the cache otherwise.
   */
  function evict(more: number) {
    while (size + more > limit) {
      const { done, value } = hand.next()
      if (done) {
        hand = entries.entries()
        continue
      }
      const [key, entry] = value
      if (entry.wasRead) {
        entry.wasRead = false
        return false
      }
      drop(key)
    }
    return true
  }

  function drop(key: string) {
    size -= entries.get(key)?.size ?? 0
    entries.delete(key)
  }

  return { get, fill }
}

/** A hash of an address (FNV-1a, 32 bits). */
function hashOf(key: string): number {
  let number = 0x811c9dc5
  for (let i = 0; i < key.length; i++) number = Math.imul(number ^ key.charCodeAt(i), 0x01000193)
  return number >>> 0
}

/** A copy outside the Buffer pool: a slice of the pool would keep all 8 kB of it in memory. */
function unpooled(bytes: Buffer): Buffer {
  if (bytes.length === bytes.buffer.byteLength) return bytes
  const copy = Buffer.allocUnsafeSlow(bytes.length)
  bytes.copy(copy)
  return copy
}
