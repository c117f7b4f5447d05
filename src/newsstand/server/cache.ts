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

/** As many of the addresses that were asked for last are remembered, at most. */
const remembered = 65_536

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
  let kept = new Map<string, Kept>()
  // Who is looked at next for room: it goes round.
  let hand = kept.entries()
  let size = 0
  let seen = version()
  // Numbers in one place: what lives for a while and is then dropped is collected late, and takes memory until then.
  const recent = new Uint32Array(remembered)

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
    hand = kept.entries()
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
    const number = numberOf(key)
    const place = number % remembered
    const known = recent[place] === number
    recent[place] = number
    return known
  }

  /**
   * Makes room, of what nobody asked for since it was looked at before. Where somebody did, it stays, and the newcomer
   * is not kept: otherwise who reads more than there is room for would find nothing kept, and leave much to collect.
   */
  function hasRoom(more: number) {
    while (size + more > limit) {
      const { done, value } = hand.next()
      if (done) {
        hand = kept.entries()
        continue
      }
      const [key, one] = value
      if (one.asked) {
        one.asked = false
        return false
      }
      drop(key)
    }
    return true
  }

  function drop(key: string) {
    size -= kept.get(key)?.size ?? 0
    kept.delete(key)
  }

  return { get, fill }
}

/** A number for an address, nearly always another for another (FNV-1a, 32 bits). */
function numberOf(key: string): number {
  let number = 0x811c9dc5
  for (let i = 0; i < key.length; i++) number = Math.imul(number ^ key.charCodeAt(i), 0x01000193)
  return number >>> 0
}

/** The bytes in memory of their own: a part of a pool would keep all of the pool. */
function alone(bytes: Buffer): Buffer {
  if (bytes.length === bytes.buffer.byteLength) return bytes
  const copy = Buffer.allocUnsafeSlow(bytes.length)
  bytes.copy(copy)
  return copy
}
