// Fields of an export whose words stand in elements of XML, where WordPress writes CDATA or escaped text.
import type { Loss } from '../item.ts'
import { type Element, wordsOfElement } from '../xml/element.ts'

/** Fields that hold words alone. */
const wordFields = /^(?:title|link|guid|pubDate|category|dc:creator|content:encoded|excerpt:encoded|wp:\w+)$/
/** Fields that hold others, which are read. */
const groups = /^wp:(?:comment|postmeta)$/
/** Fields that hold others, none of which is read. */
const unreadGroups = /^wp:(?:commentmeta|termmeta)$/

const called = (name: string) =>
  name === 'content:encoded' ? 'Its body (content:encoded)' : `Its field ${name}`

/** A loss for each field of this element that has elements in it: only the text beside them is read. */
export function* unreadElements(element: Element, place: string): Generator<Loss> {
  for (const one of element.children) {
    const { name, children } = one
    if (groups.test(name)) yield* unreadElements(one, place)
    else if (children.length > 0 && wordFields.test(name) && !unreadGroups.test(name)) {
      const words = wordsOfElement(one).trim().slice(0, 300)
      yield {
        ...{ kind: 'loss', place, code: 'elements-not-read' },
        reason: `${called(name)} has elements of XML in it, which were not read: put what is in it into CDATA, and import it again.`,
        ...(words && { words })
      }
    }
  }
}
