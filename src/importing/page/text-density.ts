// How much prose there is in each element of a page, and how much of what stands around prose: words that are links.
import { isHidden } from '../../content/body/html/css.ts'
import { blocks, controls, fallbacks, wordless } from '../../content/body/html/tags.ts'
import type { Element, Node } from '../../content/body/html/tree.ts'

export interface Measure {
  /** Characters of all words, and of those that are links. */
  chars: number
  links: number
  /** Characters of sentences that are no links. */
  prose: number
  /** Characters of lines that are links, or mostly so. */
  junk: number
}

export type Measures = Map<Element, Measure>

interface Run {
  text: string
  links: number
}

const zero = (): Measure => ({ chars: 0, links: 0, prose: 0, junk: 0 })

/** Measures an element and every one in it; those that are left out measure nothing. */
export function measureElements(
  root: Element,
  isLeftOut: (element: Element) => boolean,
  isStory: (element: Element) => boolean
): Measures {
  const found: Measures = new Map()
  measure(root, false)
  return found

  function measure(element: Element, inLink: boolean): Measure {
    const sum = zero()
    found.set(element, sum)
    let run: Run = { text: '', links: 0 }
    const end = () => {
      add(sum, measureRun(run, /^h[1-6]$/.test(element.tag)))
      run = { text: '', links: 0 }
    }
    const visit = (node: Node, linked: boolean) => {
      if (typeof node === 'string') {
        const text = node.replace(/\s+/g, ' ')
        run.text += text
        if (linked) run.links += text.trim().length
      } else if (isInvisible(node) || isLeftOut(node)) return
      else if (node.tag === 'br') run.text += '\n'
      else if (
        blocks.has(node.tag) ||
        node.children.some((child) => typeof child !== 'string' && blocks.has(child.tag))
      ) {
        end()
        add(sum, measure(node, linked || node.tag === 'a'))
      } else {
        found.set(node, zero())
        for (const child of node.children) visit(child, linked || node.tag === 'a')
      }
    }
    for (const child of element.children) visit(child, inLink || element.tag === 'a')
    end()
    // Captions stand beside the story.
    if (element.tag === 'figure') Object.assign(sum, { prose: 0, junk: 0 })
    // A headline that is a link, with a few words below: it leads to another story.
    if (isTeaser(sum) && !isStory(element)) Object.assign(sum, { prose: 0 })
    return sum
  }
}

const isTeaser = ({ chars, junk, links }: Measure) => chars <= 500 && junk >= 15 && links >= chars / 5

/** Whether readers see nothing of an element. */
export const isInvisible = (element: Element) =>
  element.tag === 'head' ||
  wordless.has(element.tag) ||
  controls.has(element.tag) ||
  fallbacks.has(element.tag) ||
  isHidden(element)

function add(sum: Measure, more: Measure) {
  sum.chars += more.chars
  sum.links += more.links
  sum.prose += more.prose
  sum.junk += more.junk
}

/** A sentence ends, or goes on after a comma. */
const sentence = /[.!?…。:;]["”“»«’')\]]*\s*$|[.,;!?]\s/
const error = /^(?:Warning|Notice|Deprecated|Fatal error): .* in \/\S+ on line \d+/
const truncated = /(?:\[(?:…|\.{3})\]|(?:…|\.{3})\s*[\p{L} ]{0,20}[»›>]*)\s*$/u

function measureRun({ text, links }: Run, heading: boolean): Measure {
  const words = text.replace(/ {2,}/g, ' ').trim()
  const chars = words.length
  const linked = Math.min(chars, links)
  const free = chars - linked
  if (chars === 0) return zero()
  if (linked > chars / 2) return { chars, links: linked, prose: 0, junk: linked }
  const isProse =
    !heading &&
    !error.test(words) &&
    chars >= 25 &&
    (chars >= 150 || sentence.test(words)) &&
    !(chars < 400 && truncated.test(words))
  return { chars, links: linked, prose: isProse ? (free < 80 ? free / 2 : free) : 0, junk: 0 }
}
