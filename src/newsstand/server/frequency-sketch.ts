// How often addresses are asked for: a count-min sketch (Cormode and Muthukrishnan, 2005) with ageing, as in TinyLFU
// (Einziger, Friedman and Manes, 2017).

/** Counters a row: more than there are entries, so that few addresses share theirs with others in every row. */
const bits = 17
const width = 1 << bits
const rows = 4

/** Counters stop here: what is asked for often is told from what is asked for seldom, no more. */
const maxCount = 255

/** After so many increments all counters are halved, so that what was frequent once is forgotten. */
const period = 10 * width

/** Multipliers of the rows' hash functions: odd numbers. */
const seeds = [0x9e3779b1, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f]

export function frequencySketch() {
  const counters = new Uint8Array(rows * width)
  const words = new Uint32Array(counters.buffer)
  let increments = 0

  const place = (hash: number, row: number) => row * width + (Math.imul(hash, seeds[row]!) >>> (32 - bits))

  function halve() {
    for (let i = 0; i < words.length; i++) words[i] = (words[i]! >>> 1) & 0x7f7f7f7f
    increments = 0
  }

  return {
    /** Counts an access to the address with this hash. */
    increment(hash: number) {
      for (let row = 0; row < rows; row++) {
        const at = place(hash, row)
        if (counters[at]! < maxCount) counters[at]!++
      }
      if (++increments === period) halve()
    },
    /** How often it was accessed lately; rarely more than that. */
    estimate(hash: number) {
      let count = maxCount
      for (let row = 0; row < rows; row++) count = Math.min(count, counters[place(hash, row)]!)
      return count
    }
  }
}
