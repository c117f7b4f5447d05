// What an export says of its categories and tags beside their names, and of comments beside their words.
import type { Loss } from '../item.ts'
import { plainOf } from '../text.ts'
import { type Element, textOf } from '../xml/element.ts'

/** What WordPress itself, and plugins for languages, sort posts by; other taxonomies are tags here. */
export const ownTaxonomies =
  /^(?:category|post_tag|author|post_format|nav_menu|language|post_translations|term_language|term_translations|wp_theme|wp_pattern_category)$/

/** What is read of a term: its name, and what is the same in another form. */
const isRead =
  /^wp:(?:term_id|(?:category|term)_nicename|tag_slug|term_slug|cat_name|tag_name|term_name|term_taxonomy|termmeta)$/

/** The keys of fields that plugins keep, without those that are for programs alone. */
const metaKeys = (element: Element, name: 'wp:termmeta' | 'wp:commentmeta') =>
  element.children
    .filter((one) => one.name === name)
    .map((one) => textOf(one, 'wp:meta_key').trim())
    .filter((key) => /^[a-z]/i.test(key) && !key.startsWith('akismet'))

/** A loss where a category, a tag or another term has more than its name: what is below what, descriptions, fields. */
export function* unreadTerm(element: Element, file: string): Generator<Loss> {
  const kind = textOf(element, 'wp:term_taxonomy').trim() || element.name.replace('wp:', '')
  if (element.name === 'wp:term' && ownTaxonomies.test(kind) && !/^(?:category|post_tag)$/.test(kind)) return
  const said = element.children.flatMap(({ name, text }) => {
    const words = isRead.test(name) ? '' : plainOf(text).trim()
    return words === '' ? [] : [`${name.replace(/^wp:(?:category|tag|term)_/, '')}: ${words}`]
  })
  const unread = [...said, ...metaKeys(element, 'wp:termmeta')]
  if (unread.length === 0) return
  const slug = ['wp:category_nicename', 'wp:tag_slug', 'wp:term_slug'].map((name) =>
    textOf(element, name).trim()
  )
  yield {
    ...{ kind: 'loss', place: `${file}: ${kind} ${slug.find(Boolean) ?? ''}`.trim(), code: 'field-left-out' },
    reason: 'Sections and tags are names here: what else is said of this one has no place.',
    words: unread.join(', ').slice(0, 300)
  }
}

/** A loss where plugins keep fields with a comment. */
export function* unreadCommentMeta(comment: Element, place: string): Generator<Loss> {
  const keys = metaKeys(comment, 'wp:commentmeta')
  if (keys.length === 0) return
  yield {
    ...{ kind: 'loss', place, code: 'field-left-out', words: keys.join(', ').slice(0, 300) },
    reason: 'Fields of its own that have no place here.'
  }
}
