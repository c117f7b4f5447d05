// Numbers that look random and are the same on every machine.

/** The next number, from 0 to 1. */
export type Random = () => number

/** Numbers of one seed (mulberry32). */
export function seeded(seed: number): Random {
  let state = Math.imul(seed, 0x9e3779b1) | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Numbers of one of many streams, which share none (sfc32: its state is four times as wide). */
export function stream(seed: number, of: number): Random {
  let [a, b, c, count] = [seed | 0, of | 0, 0x9e3779b9 | 0, 1]
  const next = () => {
    const result = (((a + b) | 0) + count) | 0
    count = (count + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + result) | 0
    return (result >>> 0) / 4294967296
  }
  for (let i = 0; i < 12; i++) next()
  return next
}

/** A whole number below `end`. */
export const below = (random: Random, end: number) => Math.floor(random() * end)

/** A whole number from one to another, both included. */
export const between = (random: Random, first: number, last: number) =>
  first + below(random, last - first + 1)

export const pick = <T>(random: Random, list: T[]): T => list[below(random, list.length)]!

/** The same things in another order. */
export function shuffled<T>(random: Random, list: T[]): T[] {
  const mixed = [...list]
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = below(random, i + 1)
    ;[mixed[i], mixed[j]] = [mixed[j]!, mixed[i]!]
  }
  return mixed
}

/** Picks places of a list as often as their weights say, in constant time (Walker's alias method). */
export function weighted(weights: number[]): (random: Random) => number {
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length
  const share = weights.map((weight) => weight / mean)
  const alias = weights.map((_, i) => i)
  const small = share.flatMap((one, i) => (one < 1 ? [i] : []))
  const large = share.flatMap((one, i) => (one < 1 ? [] : [i]))
  while (small.length > 0 && large.length > 0) {
    const [low, high] = [small.pop()!, large.at(-1)!]
    alias[low] = high
    share[high]! -= 1 - share[low]!
    if (share[high]! < 1) small.push(large.pop()!)
  }
  return (random) => {
    const i = below(random, weights.length)
    return random() < share[i]! ? i : alias[i]!
  }
}

/** How often the first, the second, ... of so many things are met (Zipf's law). */
export const zipf = (length: number, exponent = 1) =>
  Array.from({ length }, (_, i) => 1 / (i + 1) ** exponent)
