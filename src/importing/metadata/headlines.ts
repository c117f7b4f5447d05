// The headline of a page, apart from the name of its site.
import { classesOf, type Element, type Node } from '../../content/body/html/tree.ts'
import { descendantsOf, wordsOf } from '../page/document.ts'
import { isOtherStories, namesOf } from '../page/element-kinds.ts'
import type { PageContext } from '../page/page-context.ts'
import { texts } from './jsonld.ts'

/** Lists of other stories use these as well. */
const isHeadlineClass = (element: Element) =>
  classesOf(element).some((name) => /^(?:article-title|headline)$/.test(name))

const sharesWord = (text: string, headline: string) => {
  const words = new Set(text.split(' '))
  return headline.split(' ').some((word) => word.length > 3 && words.has(word))
}

const letters = (text: string) =>
  text
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

const isMarked = (element: Element) =>
  /(?:^|\s)headline(?:\s|$)/.test(element.attributes.itemprop ?? '') ||
  classesOf(element).some((name) => /^(?:post-title|entry-title|article-title|headline)$/.test(name))

/**
 * The headline printed on the page that the head of the page repeats, at the beginning of its title or alone. Where none
 * is so: what JSON-LD says, Open Graph, a headline that is marked as one, the title.
 */
export function headlineOf(
  { document: { root, elements }, article, meta, story }: PageContext,
  publisher: string | undefined
) {
  const title = wordsOf(elements.find(({ tag }) => tag === 'title'))
  const said = [
    ...texts(article?.headline),
    meta('og:title'),
    meta('twitter:title'),
    meta('dc.title', 'title'),
    title
  ]
    .flatMap((one) => one ?? [])
    .filter((one) => !/^(?:home(?: ?page)?|index|start(?:seite)?|untitled|accueil|inicio)$/i.test(one))
  const heads = said.map(letters)
  const site = letters(publisher ?? '')
  const isHeadline = (one: string) => one.length >= 8 && letters(one) !== site
  // A list shows headlines shortened.
  const isCut = (one: string) => cut.test(one) && heads.some((text) => text.startsWith(`${letters(one)} `))
  const shown = elements.filter((element) => element.tag !== 'meta' && !isHome(element))
  const marked = shown.filter(isMarked)
  const h1 = ownHeadings(
    root,
    shown.filter(({ tag }) => tag === 'h1')
  )
  const inner = descendantsOf(story).filter(({ tag }) => /^h[12]$/.test(tag))
  const others = shown.filter(({ tag }) => tag === 'h2')
  const all = [...marked, ...h1, ...inner, ...others]
    .flatMap((element) => headingOf(element) ?? [])
    .filter(isHeadline)
  const exact = all.find((one) => heads.includes(letters(one)))
  const printed = all.filter((one) => !isCut(one))
  const titles = said.map((one) => withoutSite(one, publisher, said)!)
  const behind = said.find(
    (one) => one.length >= 15 && printed.some((text) => letters(text).endsWith(` ${letters(one)}`))
  )
  const alone = marked.length === 1 && !isHeadlineClass(marked[0]!) ? headingOf(marked[0]) : undefined
  const [part] = printed
    .filter((one) => heads.some((text) => startsWith(text, letters(one))))
    .sort((one, other) => other.length - one.length)
  const only = h1.length === 1 ? headingOf(h1[0]) : undefined
  const known =
    only !== undefined &&
    isHeadline(only) &&
    !isCut(only) &&
    (inner.includes(h1[0]!) || titles.some((text) => sharesWord(letters(text), letters(only))))
  // A list of other stories has them shorter: "Crane sold", and above the story "Crane sold in May".
  const longer = exact !== undefined && known && letters(only).startsWith(`${letters(exact)} `)
  const stated = titles[0]
  const first = headingOf(marked[0]) ?? headingOf(h1[0])
  return (
    (longer ? only : exact) ??
    behind ??
    withoutSite(alone && isHeadline(alone) && !isCut(alone) ? alone : undefined, publisher, said) ??
    part ??
    (known ? only : stated !== undefined && isHeadline(stated) ? stated : (first ?? stated))
  )
}

/** The headings that are not those of newsletters and lists of other stories; all of them where there are no others. */
function ownHeadings(root: Element, headings: Element[]): Element[] {
  if (headings.length < 2) return headings
  const elsewhere = new Set<Element>()
  const walk = (element: Element, isOther: boolean) => {
    if (isOther) elsewhere.add(element)
    for (const child of element.children)
      if (typeof child !== 'string') walk(child, isOther || isOtherStories(child))
  }
  walk(root, false)
  const own = headings.filter((heading) => !elsewhere.has(heading))
  return own.length > 0 ? own : headings
}

const cut = /(?:…|\.{3})$/

/** The name of a site leads to its front page. */
const isHome = (element: Element) =>
  /^h[12]$/.test(element.tag) &&
  (namesOf(element).whole.some((name) => /^site(?:title|name|description)$/.test(name)) ||
    descendantsOf(element).some(
      ({ tag, attributes }) => tag === 'a' && frontPage.test(attributes.href ?? '#')
    ))

const frontPage = /^\s*(?:https?:\/\/[^/]+)?\/?(?:index\.\w+)?\s*$/

const kicker =
  /invisible|kicker|overline|roofline|highline|dachzeile|topline|eyebrow|overtitle|pretitle|supertitle|spitzmarke|antetitulo|surtitre|occhiello|visuallyhidden|screenreader|subtitle|subline|subheadline|subheading|unterzeile|untertitel/

const isKicker = (element: Element) =>
  element.tag === 'small' || namesOf(element).whole.some((name) => kicker.test(name))

/** The words of a headline without those set above and below it. */
function headingOf(element: Element | undefined): string | undefined {
  const bare = element && wordsOf({ ...element, children: belowSeparator(element).flatMap(withoutKickers) })
  return bare?.replace(/^[\s:–—|-]+/, '') || wordsOf(element)
}

/** A dash that is not shown ends a kicker: it stands there for those who hear the page. */
function belowSeparator({ children }: Element): Node[] {
  const dash = children.findIndex(
    (node) =>
      typeof node !== 'string' &&
      classesOf(node).some((name) => /hidden/i.test(name)) &&
      /^[–—|:·-]$/.test(wordsOf(node) ?? '')
  )
  return dash > 0 && dash < children.length - 1 ? children.slice(dash + 1) : children
}

const withoutKickers = (node: Node): Node[] => {
  if (typeof node === 'string') return [node]
  return isKicker(node) ? [] : [{ ...node, children: node.children.flatMap(withoutKickers) }]
}

const startsWith = (text: string, headline: string) =>
  headline !== '' &&
  (text === headline ||
    (text.startsWith(`${headline} `) && headline.length >= text.length * 0.4) ||
    (text.endsWith(` ${headline}`) && headline.length >= text.length * 0.5))

/** "Crane sold | Tide News": the site's name stands at either end, apart. */
function withoutSite(title: string | undefined, publisher: string | undefined, said: string[]) {
  if (title === undefined) return undefined
  const parts = title.split(/\s+(?:[|·•»«›‹–—:]|-{1,2}|::)\s+|\s*\|\s*/)
  if (parts.length < 2) return title
  const site = letters(publisher ?? '')
  const isSite = (part: string) => site !== '' && (letters(part) === site || site.includes(letters(part)))
  // The part that another title is.
  const known = said.find((one) => one !== title && title.startsWith(one) && one.length >= 8)
  if (known) return known
  if (isSite(parts.at(-1)!))
    return title.slice(0, title.lastIndexOf(parts.at(-1)!)).replace(/[\s|·•»«›‹–—:-]+$/, '')
  if (isSite(parts[0]!)) return title.slice(parts[0]!.length).replace(/^[\s|·•»«›‹–—:-]+/, '')
  return /\s\|\s/.test(title) ? title.split(/\s+\|\s+/)[0] : title
}
