// SimHash fingerprints of texts (Charikar, Similarity Estimation Techniques from Rounding Algorithms, 2002).
/** 64 bits, as two integers of 32. */
export type Fingerprint = readonly [high: number, low: number]

/** The fingerprint of these words. */
export const fingerprint = (words: string[]): Fingerprint => [
  bitsOf(words.map((word) => fnv1a(word, 0x811c9dc5))),
  bitsOf(words.map((word) => fnv1a(word, 0x01234567)))
]

/** The majority of each bit over the hashes of word pairs; pairs, because the order matters. */
function bitsOf(words: number[]): number {
  const pairs =
    words.length < 2 ? words : words.slice(1).map((word, i) => mixBits(Math.imul(words[i]!, 31) + word))
  const counts = new Int32Array(32)
  for (const pair of pairs) for (let bit = 0; bit < 32; bit++) counts[bit]! += (pair >>> bit) & 1
  return counts.reduce((bits, count, bit) => (2 * count > pairs.length ? bits | (1 << bit) : bits), 0) >>> 0
}

/** FNV-1a with a given offset basis. */
function fnv1a(word: string, basis: number): number {
  let hash = basis
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193)
  return mixBits(hash)
}

/** Mixes all bits (MurmurHash3's finalizer). */
function mixBits(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35)
  return (twice ^ (twice >>> 16)) >>> 0
}

const bytes = Buffer.alloc(8)

/** As it is stored: 16 hexadecimal digits. */
export function encodeFingerprint([high, low]: Fingerprint): string {
  bytes.writeUInt32BE(high, 0)
  bytes.writeUInt32BE(low, 4)
  return bytes.toString('hex')
}

export const decodeFingerprint = (text: string): Fingerprint => [
  Number.parseInt(text.slice(0, 8), 16),
  Number.parseInt(text.slice(8), 16)
]

/** Population count (Hacker's Delight, 5-1). */
export function popCount(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
