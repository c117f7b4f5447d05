import { canonical } from '../../../http/input/language-tags.ts'
import type { ArticleFilters } from '../schema.ts'

/** The facets of the newsstand that the filters of a list of articles ask for. */
export const facetsOf = ({
  source,
  tag,
  author,
  section,
  language,
  translationOf,
  hasCorrection
}: ArticleFilters) => ({
  source,
  tag,
  author,
  section,
  translationOf,
  hasCorrection: hasCorrection === undefined ? undefined : [String(hasCorrection)],
  language: language?.map(canonical)
})
