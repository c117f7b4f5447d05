// The language filter of the desk: basic filtering of RFC 4647, 3.3.1, as facets have it for what is published.
import { and, gte, inArray, lt, or, type SQL } from 'drizzle-orm'
import { canonical, prefixSpan } from '../../../http/input/language-tags.ts'

/** Whether a tag is one of these, or begins with one of them and a hyphen: `fr` finds `fr-CA`. */
export function isIn(tag: SQL, ranges: string[]) {
  const tags = ranges.map(canonical)
  const longer = tags.map(prefixSpan).map(({ from, before }) => and(gte(tag, from), lt(tag, before)))
  return or(inArray(tag, tags), ...longer)
}
