// Content negotiation by Accept (RFC 9110, 12.5.1), parsed leniently.
import { HttpProblem } from '../problems.ts'

/** Limits of the memo of header values: clients send few, and short ones. */
const maxMemoized = 100
const maxMemoizedLength = 200

/** Memoises what a header value says; longer values are read anew each time. */
export function memoized<T>(read: (value: string) => T) {
  const seen = new Map<string, T>()
  return (value: string): T => {
    const known = seen.get(value)
    if (known !== undefined) return known
    const says = read(value)
    if (seen.size === maxMemoized) seen.clear()
    if (value.length <= maxMemoizedLength) seen.set(value, says)
    return says
  }
}

/** A function that says whether a value of Accept allows one of these types. A missing or invalid value allows all. */
export function accepting(types: readonly string[]) {
  const allows = memoized((accept) => {
    const ranges = rangesOf(accept)
    return ranges.size === 0 || types.some((type) => (qualityOf(type, ranges) ?? 0) > 0)
  })
  return (accept: string | undefined): boolean =>
    accept === undefined || accept === '*/*' || types.length === 0 || allows(accept)
}

const range = /^\s*([^\s/;,]+\/[^\s/;,]+)\s*(?:;|$)/
const quality = /;\s*q\s*=\s*([\d.]+)\s*(?:;|$)/i

/** The quality of each media range. Other parameters are ignored. */
function rangesOf(accept: string): Map<string, number> {
  const ranges = new Map<string, number>()
  for (const piece of accept.split(',')) {
    const name = range.exec(piece)?.[1]?.toLowerCase()
    if (name === undefined) continue
    const q = Number(quality.exec(piece)?.[1] ?? 1)
    ranges.set(name, Math.max(q, ranges.get(name) ?? 0))
  }
  return ranges
}

/** The quality of a type by its most specific matching range. */
const qualityOf = (type: string, ranges: Map<string, number>) =>
  ranges.get(type) ?? ranges.get(type.replace(/\/.*/, '/*')) ?? ranges.get('*/*')

/** The type that a value of Accept prefers: the first of those with the highest quality, if it excludes none of them. */
export function preferred(accept: string | undefined, types: readonly string[]): string {
  const ranges = rangesOf(accept ?? '')
  const qualities = types.map((type) => qualityOf(type, ranges) ?? 0)
  return types[Math.max(0, qualities.indexOf(Math.max(...qualities)))]!
}

/** A 406 that names the available types. */
export const notAcceptable = (types: readonly string[]) =>
  new HttpProblem(
    'not-acceptable',
    `This is answered in ${types.join(', ').replace(/, ([^,]+)$/, ' or $1')}, which \`Accept\` excludes.`
  )
