// What repeats of a text have in common (Charikar, Similarity Estimation Techniques from Rounding Algorithms, 2002).
/** 64 bits: two whole numbers of 32. */
export type Fingerprint = readonly [high: number, low: number]

/** What these words have in common with others. Pairs of neighbours are counted: the order matters. */
export function fingerprint(text: string[]): Fingerprint {
  const words = text.map(hashed)
  const pairs = words.length < 2 ? words : words.slice(1).map((word, i) => paired(words[i]!, word))
  const weights = new Int32Array(64)
  for (const [high, low] of pairs) {
    for (let bit = 0; bit < 32; bit++) {
      weights[bit]! += (high >>> bit) & 1 ? 1 : -1
      weights[bit + 32]! += (low >>> bit) & 1 ? 1 : -1
    }
  }
  return [packed(weights.subarray(0, 32)), packed(weights.subarray(32))]
}

/** FNV-1a, twice. */
function hashed(word: string): Fingerprint {
  let high = 0x811c9dc5
  let low = 0x01234567
  for (let i = 0; i < word.length; i++) {
    const unit = word.charCodeAt(i)
    high = Math.imul(high ^ unit, 0x01000193)
    low = Math.imul(low ^ unit, 0x01000193)
  }
  return [mixed(high), mixed(low)]
}

const paired = ([a, b]: Fingerprint, [c, d]: Fingerprint): Fingerprint => [
  mixed(Math.imul(a, 31) + c),
  mixed(Math.imul(b, 31) + d)
]

/** Spreads what differs over all bits (MurmurHash3's finalizer). */
function mixed(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35)
  return (twice ^ (twice >>> 16)) >>> 0
}

const packed = (weights: Int32Array) =>
  weights.reduce((bits, weight, bit) => (weight > 0 ? bits | (1 << bit) : bits), 0) >>> 0

const hex = (bits: number) => bits.toString(16).padStart(8, '0')

/** As it is stored: 16 hexadecimal digits. */
export const written = ([high, low]: Fingerprint) => hex(high) + hex(low)

export const readFingerprint = (text: string): Fingerprint => [
  Number.parseInt(text.slice(0, 8), 16),
  Number.parseInt(text.slice(8), 16)
]

/** How many bits are set (Hacker's Delight, 5-1). */
export function ones(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
