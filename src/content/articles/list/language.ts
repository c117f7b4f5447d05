// The language filter of drafts: basic filtering of RFC 4647, 3.3.1, as the facets of published documents have it.
import { and, gte, inArray, lt, or, type SQL } from 'drizzle-orm'
import { canonical, prefixSpan } from '../../../http/input/language-tags.ts'

/** The condition that a tag matches one of these ranges: `fr` matches `fr-CA`. */
export function isInLanguage(tag: SQL, ranges: string[]) {
  const tags = ranges.map(canonical)
  const longer = tags.map(prefixSpan).map(({ from, before }) => and(gte(tag, from), lt(tag, before)))
  return or(inArray(tag, tags), ...longer)
}
