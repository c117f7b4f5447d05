// The picture that a story leads with: many pages show it between the headline and the story's text.
import type { Element } from '../../content/body/html/tree.ts'
import type { HeadlineContext } from '../metadata/around-headline.ts'
import { descendantsOf } from '../page/document.ts'
import type { Picture } from '../page/lines.ts'
import { addressKey } from './address-key.ts'
import { isFigure, picturesIn } from './pictures.ts'

/** The picture around the headline that stands before the story and has a caption, a credit or `terms`; undefined where none does. */
export function leadPictureIn(
  { own, after, before }: HeadlineContext,
  story: Element,
  base: string | undefined,
  terms: ReadonlyMap<string, unknown>
): Picture | undefined {
  const inner = new Set(descendantsOf(story))
  const begins = own.indexOf(story)
  const parents = new Map(own.flatMap((parent) => parent.children.map((child) => [child, parent] as const)))
  for (const element of [...after, ...before]) {
    const isBeside = !inner.has(element) && own.indexOf(element) < begins
    const parent = parents.get(element)
    if (!isBeside || !parent || !isFigure(element)) continue
    const found = picturesIn(element, parent, base).find(
      ({ url, caption, credit }) => url && (caption ?? credit ?? terms.has(addressKey(url)))
    )
    if (found) return found
  }
  return undefined
}
