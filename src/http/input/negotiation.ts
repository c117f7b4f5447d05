// Which types of content a client takes: Accept (RFC 9110, 12.5.1), read leniently.
import { HttpProblem } from '../problems.ts'

/** As many values, and as long ones, are remembered: clients send few, and short ones. */
const most = 100
const longest = 200

/** Tells whether a value of Accept takes one of these types. No value takes all, and so does one that says nothing. */
export function accepting(types: readonly string[]) {
  const seen = new Map<string, boolean>()
  return (accept: string | undefined): boolean => {
    if (accept === undefined || accept === '*/*' || types.length === 0) return true
    const known = seen.get(accept)
    if (known !== undefined) return known
    const ranges = rangesOf(accept)
    const takes = ranges.size === 0 || types.some((type) => (qualityOf(type, ranges) ?? 0) > 0)
    if (seen.size === most) seen.clear()
    if (accept.length <= longest) seen.set(accept, takes)
    return takes
  }
}

const range = /^\s*([^\s/;,]+\/[^\s/;,]+)\s*(?:;|$)/
const quality = /;\s*q\s*=\s*([\d.]+)\s*(?:;|$)/i

/** The quality of each range. Parameters are left out of account: whoever asks for a version of JSON gets ours. */
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

/** What the most specific range that holds this type says of it. */
const qualityOf = (type: string, ranges: Map<string, number>) =>
  ranges.get(type) ?? ranges.get(type.replace(/\/.*/, '/*')) ?? ranges.get('*/*')

/** A 406 that says which types there are. */
export const notAcceptable = (types: readonly string[]) =>
  new HttpProblem('not-acceptable', `This is answered in ${types.join(' or ')}, which \`Accept\` excludes.`)
