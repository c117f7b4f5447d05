// The entries of the response cache, up to a number of bytes, by W-TinyLFU: a newcomer begins in a small window, and
// takes the place of an entry in the main space only if it was asked for oftener. So a crawl of more pages than fit evicts
// nothing, and what everybody asks for is kept from the second request on. Where there is no room, what is asked for
// least is compressed first, and evicted later.
import { hashOf } from '../documents/cache-tags.ts'
import { type Answer, packed, unpacked, unpooled } from './answer.ts'
import { frequencySketch } from './frequency-sketch.ts'

interface Entry {
  key: string
  hash: number
  answer: Answer
  size: number
}

/** About how many bytes an entry takes beside those of its answer, and for each of its tags. */
const [overhead, perTag] = [1024, 64]

/** The share of the window. */
const windowShare = 1 / 256

/** From so many entries the one that is asked for least is chosen, as Redis does. */
const sampled = 5

/** Fewer accesses are no reason to compress or evict anything. */
const minFrequency = 2

/** An entry is worth its bytes uncompressed if it is asked for so many times as often as another that has them. */
const worthFactor = 3

const sizeOf = ({ key, answer: { bytes, tags } }: Pick<Entry, 'key' | 'answer'>) =>
  overhead + key.length + (bytes?.length ?? 0) + perTag * tags.length

export function entries(limit: number) {
  const sketch = frequencySketch()
  const windowLimit = limit * windowShare
  const mainLimit = limit - windowLimit
  const window = new Map<string, Entry>()
  const main = new Map<string, Entry>()
  const byTag = new Map<number, Set<Entry>>()
  let hand = main.values()
  const size = { window: 0, main: 0 }

  /** The answer at this key, which counts as an access to it. */
  function get(key: string): Answer | undefined {
    const entry = main.get(key) ?? window.get(key)
    if (entry === undefined) return undefined
    sketch.increment(entry.hash)
    const { answer } = entry
    if (answer.unpacked !== undefined && isWorthUnpacked(entry)) setAnswer(entry, unpacked(answer))
    return entry.answer
  }

  function keep(key: string, answer: Answer) {
    const before = main.get(key) ?? window.get(key)
    // The headers alone, for a conditional request, when somebody else was sent the whole.
    if (before?.answer.bytes && !answer.bytes) return
    drop(before)
    const own = answer.bytes ? { ...answer, bytes: unpooled(answer.bytes) } : answer
    const hash = hashOf(key)
    const entry = { key, hash, answer: own, size: 0 }
    entry.size = sizeOf(entry)
    sketch.increment(hash)
    if (entry.size > limit / 2) return
    for (const tag of own.tags) {
      const dependent = byTag.get(tag) ?? new Set()
      byTag.set(tag, dependent.add(entry))
    }
    window.set(key, entry)
    size.window += entry.size
    for (const candidate of window.values()) {
      if (size.window <= windowLimit) return
      admit(candidate)
    }
  }

  /** Moves an entry from the window to the main space, or drops it. */
  function admit(candidate: Entry) {
    if (!makeRoom(candidate.size, sketch.estimate(candidate.hash))) return drop(candidate)
    window.delete(candidate.key)
    size.window -= candidate.size
    main.set(candidate.key, candidate)
    size.main += candidate.size
  }

  /** Compresses and evicts what is asked for less often than `frequency`, until so many bytes are free. */
  function makeRoom(bytes: number, frequency: number): boolean {
    while (size.main + bytes > mainLimit) {
      const victim = leastFrequent()
      if (victim === undefined || frequency < minFrequency) return false
      const ofVictim = sketch.estimate(victim.hash)
      if (ofVictim <= worthFactor * frequency && pack(victim)) continue
      if (ofVictim >= frequency) return false
      drop(victim)
    }
    return true
  }

  /** Whether there is room for an entry's bytes uncompressed, or another is compressed to make it. */
  function isWorthUnpacked({ hash, answer: { bytes, unpacked } }: Entry): boolean {
    const more = unpacked! - bytes!.length
    if (size.main + more <= mainLimit) return true
    const victim = leastFrequent()!
    if (sketch.estimate(hash) <= worthFactor * (sketch.estimate(victim.hash) + 1)) return false
    pack(victim)
    return size.main + more <= mainLimit
  }

  /** The entry that is asked for least of the next few. */
  function leastFrequent(): Entry | undefined {
    let least: Entry | undefined
    let lowest = Infinity
    for (let i = 0; i < Math.min(sampled, main.size); i++) {
      const entry = next()
      const frequency = sketch.estimate(entry.hash)
      if (frequency >= lowest) continue
      least = entry
      lowest = frequency
    }
    return least
  }

  /** The entry at the clock's hand, which moves on; there is one. */
  function next(): Entry {
    const { done, value } = hand.next()
    if (!done) return value
    hand = main.values()
    return next()
  }

  /** Compresses an entry of the main space. Answers false where that makes no difference. */
  function pack(entry: Entry): boolean {
    const smaller = packed(entry.answer)
    if (smaller === undefined) return false
    setAnswer(entry, smaller)
    return true
  }

  /** Replaces the answer of an entry in the main space by the same in another form. */
  function setAnswer(entry: Entry, answer: Answer) {
    entry.answer = answer
    size.main -= entry.size
    entry.size = sizeOf(entry)
    size.main += entry.size
  }

  function drop(entry: Entry | undefined) {
    if (entry === undefined) return
    if (window.delete(entry.key)) size.window -= entry.size
    else if (main.delete(entry.key)) size.main -= entry.size
    for (const tag of entry.answer.tags) {
      const dependent = byTag.get(tag)
      dependent?.delete(entry)
      if (dependent?.size === 0) byTag.delete(tag)
    }
  }

  return {
    get,
    keep,
    /** Drops all answers that depend on one of these tags. */
    invalidate(tags: Uint32Array) {
      for (const tag of tags) for (const entry of byTag.get(tag) ?? []) drop(entry)
    },
    clear() {
      for (const map of [window, main, byTag]) map.clear()
      hand = main.values()
      size.window = 0
      size.main = 0
    },
    /** How many there are, and how many bytes they take. */
    measured: () => ({ entries: window.size + main.size, bytes: size.window + size.main })
  }
}
