// The headline of a page, apart from the name of its site.
import { classesOf, type Element } from '../../content/body/html/tree.ts'
import type { Asked } from '../page/asked.ts'
import { within, wordsOf } from '../page/document.ts'
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
  { document: { elements }, article, meta, story }: Asked,
  publisher: string | undefined
) {
  const title = wordsOf(elements.find(({ tag }) => tag === 'title'))
  const said = [
    ...texts(article?.headline),
    meta('og:title'),
    meta('twitter:title'),
    meta('dc.title', 'title'),
    title
  ].flatMap((one) => one ?? [])
  const marked = elements.filter(isMarked)
  const h1 = elements.filter(({ tag }) => tag === 'h1')
  const inner = within(story).filter(({ tag }) => /^h[12]$/.test(tag))
  const others = elements.filter(({ tag }) => tag === 'h2')
  const printed = [...marked, ...h1, ...inner, ...others].flatMap((element) => wordsOf(element) ?? [])
  const site = letters(publisher ?? '')
  const isHeadline = (one: string) => one.length >= 8 && letters(one) !== site
  const heads = said.map(letters)
  const exact = printed.find((one) => isHeadline(one) && heads.includes(letters(one)))
  const alone = marked.length === 1 && !isHeadlineClass(marked[0]!) ? wordsOf(marked[0]) : undefined
  const part = printed.find((one) => isHeadline(one) && heads.some((text) => begins(text, letters(one))))
  const only = h1.length === 1 ? wordsOf(h1[0]) : undefined
  const known =
    only !== undefined && isHeadline(only) && heads.some((text) => sharesWord(text, letters(only)))
  const first = wordsOf(marked[0]) ?? wordsOf(h1[0])
  return exact ?? alone ?? part ?? (known ? only : (withoutSite(said[0], publisher, said) ?? first))
}

const begins = (text: string, headline: string) =>
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
