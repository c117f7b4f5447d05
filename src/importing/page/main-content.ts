// Choosing the part of a page that is its story: the one that holds its prose, and little else.
import { classesOf, type Element, elementsIn, wordsIn } from '../../content/body/html/tree.ts'
import { isDialog, isInlineBoilerplate, kindOf } from './element-kinds.ts'
import { type Measure, type Measures, measureElements } from './text-density.ts'

/** With less prose than this, a page is chosen from by what its elements say that they are. */
const fewProse = 250
/** How much a character of a list of links takes from the prose around it. */
const linkListCost = 1
const storyBonus = 1.15
/** What part of the prose of a page is in no furniture, at the least. */
const minShareOfProse = 0.25

export interface MainContent {
  story: Element
  /** Whether an element within is no part of the story. */
  isLeftOut: (element: Element) => boolean
  measures: Measures
  /** Characters of prose on the page that are in no furniture. */
  prose: number
  /** Characters of words on the page that are no links, wherever they stand. */
  words: number
}

/** The element that holds the story, and what of it is left out. */
export function findMainContent(root: Element): MainContent {
  const isStory = (element: Element) => kindOf(element) === 'story'
  const whole = measureElements(root, () => false, isStory)
  const total = whole.get(root)!.prose
  const place = placesIn(root)
  const pruned = (strict: boolean) => {
    const left = new Map<Element, boolean>()
    const isLeftOut = (element: Element) => {
      const known = left.get(element)
      if (known !== undefined) return known
      const found = isBoilerplate(element, { place, measure: whole.get(element), total, strict })
      left.set(element, found)
      return found
    }
    return { isLeftOut, measures: measureElements(root, isLeftOut, isStory) }
  }
  const strict = pruned(true)
  // Where the names would leave out nearly all, they mean something else here.
  const { isLeftOut, measures } =
    strict.measures.get(root)!.prose < total * minShareOfProse ? pruned(false) : strict
  const { prose } = measures.get(root)!
  const story = prose < fewProse ? markedAsStory(root) : bestElement(root, measures)
  const { chars, links } = whole.get(root)!
  return { story, isLeftOut, measures, prose, words: chars - links }
}

/** Where elements stand that names alone do not tell of. */
interface Places {
  inParagraph: Set<Element>
  aroundHeadline: Set<Element>
}

const letters = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** What holds the headline, or what the page marks as its story, is no furniture. */
function placesIn(root: Element): Places {
  const places: Places = { inParagraph: new Set(), aroundHeadline: new Set() }
  const all = elementsIn(root).map(({ element }) => element)
  const title = letters(
    all
      .filter(({ tag }) => tag === 'title')
      .map(wordsIn)
      .join(' ')
  )
  const h1 = all.filter(({ tag }) => tag === 'h1')
  const named = h1.filter(
    (element) => letters(wordsIn(element)) !== '' && title.includes(letters(wordsIn(element)))
  )
  const headlines = new Set(named.length > 0 ? named : h1.slice(0, h1.length === 1 ? 1 : 0))
  const walk = (element: Element, inParagraph: boolean): boolean => {
    if (inParagraph) places.inParagraph.add(element)
    let around =
      headlines.has(element) || /(?:^|\s)articleBody(?:\s|$)/i.test(element.attributes.itemprop ?? '')
    const inner = inParagraph || /^(?:p|h[1-6])$/.test(element.tag)
    for (const child of element.children) if (typeof child !== 'string' && walk(child, inner)) around = true
    if (around) places.aroundHeadline.add(element)
    return around
  }
  walk(root, false)
  return places
}

interface Judgement {
  place: Places
  measure: Measure | undefined
  total: number
  /** Whether names count, beside tags and comments. */
  strict: boolean
}

function isBoilerplate(element: Element, { place, measure, total, strict }: Judgement): boolean {
  if (place.inParagraph.has(element)) return isInlineBoilerplate(element)
  const kind = kindOf(element)
  if (kind === undefined || kind === 'story' || place.aroundHeadline.has(element)) return false
  if (/^(?:html|body|main|article)$/.test(element.tag) && kind !== 'comments') return false
  if (kind === 'comments') return element.tag !== 'body'
  const { prose, chars, links } = measure ?? { prose: 0, chars: 0, links: 0 }
  if (!strict && !/^(?:nav|footer|aside)$/.test(element.tag)) return false
  if (kind === 'line') return prose < 200 && chars < 400
  if (kind === 'author') return prose < 600 && prose < total / 3
  if (isDialog(element)) return prose < total * 0.8
  if (kind === 'teaser') return links > chars / 8
  return prose < total / 2 || prose < 600
}

function bestElement(root: Element, measures: Measures): Element {
  let [found, most] = [root, 0]
  for (const [element, { prose, junk }] of measures) {
    // A paragraph is a part of a story: its container is chosen.
    if (/^(?:p|h[1-6])$/.test(element.tag)) continue
    const kind = kindOf(element)
    if (kind === 'author' || kind === 'line' || (kind === 'furniture' && prose < 600)) continue
    const score = (prose - linkListCost * junk) * (kind === 'story' ? storyBonus : 1)
    // Of an element and the one around it that adds nothing, the inner one.
    if (score >= most && score > 0) [found, most] = [element, score]
  }
  return found
}

const has = (name: string) => (element: Element) => classesOf(element).includes(name)
const storyMarkers: ((element: Element) => boolean)[] = [
  has('post-body'),
  ({ attributes }) => /(?:^|\s)articleBody(?:\s|$)/.test(attributes.itemprop ?? ''),
  ({ tag }) => tag === 'article',
  ({ tag }) => tag === 'main',
  ({ tag }) => tag === 'body'
]

/** The part that a page of few words marks as its story. */
function markedAsStory(root: Element): Element {
  const all = elementsIn(root).map(({ element }) => element)
  for (const is of storyMarkers) {
    const found = all.find((element) => is(element) && /\S/.test(JSON.stringify(element.children)))
    if (found) return found
  }
  return root
}
