// What inline styles say of words: editors put them on the clipboard where others write tags.
import type { Decorator } from '../pieces.ts'
import { decorators } from '../schema.ts'
import { marks as markOf } from './tags.ts'
import type { Element } from './tree.ts'

/** The declarations of an element's style. */
export function declarations({ attributes }: Element): Map<string, string> {
  const found = new Map<string, string>()
  for (const declaration of (attributes.style ?? '').split(';')) {
    const colon = declaration.indexOf(':')
    if (colon > 0) {
      const name = declaration.slice(0, colon).trim().toLowerCase()
      found.set(
        name,
        declaration
          .slice(colon + 1)
          .trim()
          .toLowerCase()
      )
    }
  }
  return found
}

type Switch = (css: Map<string, string>) => boolean | undefined

/** Whether the words are bold: 600 and more is (CSS Fonts 4, font-weight). */
const isBold: Switch = (css) => {
  const weight = css.get('font-weight')
  if (weight === undefined) return undefined
  if (/^bold/.test(weight)) return true
  return weight === 'normal' || /^\d/.test(weight) ? Number.parseInt(weight, 10) >= 600 : undefined
}

const isItalic: Switch = (css) => {
  const style = css.get('font-style')
  return style === undefined ? undefined : /^(?:italic|oblique)/.test(style)
}

const line =
  (name: string): Switch =>
  (css) => {
    const lines = `${css.get('text-decoration') ?? ''} ${css.get('text-decoration-line') ?? ''}`
    if (lines.includes(name)) return true
    return lines.includes('none') ? false : undefined
  }

const raised =
  (name: string): Switch =>
  (css) =>
    css.get('vertical-align') === name || undefined

const switches: [Decorator, Switch][] = [
  ['strong', isBold],
  ['em', isItalic],
  ['underline', line('underline')],
  ['strike', line('line-through')],
  ['sup', raised('super')],
  ['sub', raised('sub')]
]

/** The marks of the words in an element: what surrounds it, what its tag means, what its style says. */
export function marksOf(element: Element, around: Decorator[], inLink: boolean): Decorator[] {
  const mark = markOf[element.tag]
  if (mark === undefined && element.attributes.style === undefined) return around
  const marks = new Set(around)
  if (mark) marks.add(mark)
  const css = declarations(element)
  const heading = /^h[1-6]$/.test(element.tag)
  for (const [decorator, is] of switches) {
    const on = is(css)
    // A line under or through words cannot be taken off by an element within it.
    const drawn = (decorator === 'underline' || decorator === 'strike') && around.includes(decorator)
    if (on === false && !drawn) marks.delete(decorator)
    // Headings are bold and links are underlined by themselves.
    const itself = (decorator === 'strong' && heading) || (decorator === 'underline' && inLink)
    if (on && !itself) marks.add(decorator)
  }
  return decorators.filter((decorator) => marks.has(decorator))
}

/** Whether a browser does not show the element. */
export const isHidden = (element: Element) =>
  'hidden' in element.attributes ||
  (element.attributes.style !== undefined &&
    /(?:^|;)\s*(?:display:\s*none|mso-hide:\s*all)/i.test(element.attributes.style))

/** Whether its style puts an element on lines of its own, as the tag of a paragraph does. */
export const isShownAsBlock = (element: Element) =>
  element.attributes.style !== undefined &&
  /^(?:block|flex|grid|flow-root|list-item|table)\b/.test(declarations(element).get('display') ?? '')

/** Whether white space within stays as it is. */
export const keepsSpace = (element: Element): boolean | undefined => {
  const value = element.attributes.style === undefined ? undefined : declarations(element).get('white-space')
  if (value === undefined) return undefined
  return /^(?:pre(?!-line)|break-spaces)/.test(value)
}
