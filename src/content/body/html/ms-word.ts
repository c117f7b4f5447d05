// Lists as Microsoft Word puts them on the clipboard: paragraphs that say in their style that they are items.
import type { Item } from '../pieces.ts'
import { declarations } from './css.ts'
import { classesOf, type Element, firstWithin, wordsIn } from './tree.ts'

const isWordListItem = ({ attributes }: Element) => /mso-list/i.test(attributes.style ?? '')

/** The bullet or number before an item's words: a list shows its own. */
export const isListMarker = (element: Element) =>
  isWordListItem(element) && declarations(element).get('mso-list') === 'ignore'

/** The item that a paragraph is; undefined for one that is none. */
export function wordItem(element: Element): Item | undefined {
  if (!isWordListItem(element) || !classesOf(element).some((name) => /^Mso/.test(name))) return undefined
  const [, list, level] = /^(l\d+) level(\d{1,2})/.exec(declarations(element).get('mso-list') ?? '') ?? []
  if (!list) return undefined
  const marker = firstWithin(element, isListMarker)
  const counted = /^\W*(?:(?<digits>\d{1,9})|[a-z]{1,6})[.)]/i.exec(marker ? wordsIn(marker) : '')
  const digits = counted?.groups?.digits
  return {
    listItem: counted ? 'number' : 'bullet',
    level: Math.min(Math.max(Number(level), 1), 10),
    list,
    ...(digits && { number: Number(digits) })
  }
}
