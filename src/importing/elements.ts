// The elements of an HTML page, read into lines by the reader of bodies.
import { linkHref } from '../body/addresses.ts'
import { readTree } from '../body/reader.ts'
import type { Element as Read } from '../body/tree.ts'
import type { Warning } from '../schemas.ts'
import { httpUrl } from './addresses.ts'
import { type Line, storable } from './lines.ts'
import { isFigure, picturesIn } from './pictures.ts'

interface Settings {
  base: string | undefined
  deepest: number
  tooDeep: () => Error
}

/** What an editor should know of a story; of a page, much more is left out. */
const told = new Set(['link-dropped', 'list-item-split', 'list-numbers-dropped', 'table-flattened'])

/** Every line of the words and pictures in this part of a page, and what of them could not be kept. */
export function linesOf(root: ParentNode, settings: Settings): { lines: Line[]; warnings: Warning[] } {
  const { base } = settings
  const warnings: Warning[] = []
  const lines = readTree(copied(root, settings, 0), {
    page: true,
    href: (raw) => httpUrl(raw, base) ?? (/^\s*(?:mailto|tel|sms):/i.test(raw) ? linkHref(raw) : undefined),
    pictures(element, parent) {
      const found = isFigure(element) ? picturesIn(element, parent, base) : []
      return found.length > 0 ? found.map((picture) => ({ _type: 'image', picture })) : undefined
    },
    report(code, detail, words) {
      if (told.has(code)) warnings.push({ code, detail, words })
    }
  })
  return { lines, warnings }
}

/** The part of a page as the reader takes it. */
function copied(node: ParentNode, settings: Settings, depth: number): Read {
  if (depth > settings.deepest) throw settings.tooDeep()
  const children: Read['children'] = []
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.nodeType === 3) children.push(storable(child.textContent!))
    else if (child.nodeType === 1) children.push(copied(child as Element, settings, depth + 1))
  }
  return { ...named(node), children }
}

const named = (node: ParentNode) =>
  'tagName' in node && 'attributes' in node ? tagOf(node as Element) : { tag: 'html', attributes: {} }

const tagOf = ({ tagName, attributes }: Element) => ({
  tag: tagName.toLowerCase(),
  attributes: Object.fromEntries(
    [...attributes].map(({ name, value }) => [name.toLowerCase(), storable(value)])
  )
})
