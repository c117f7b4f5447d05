// What an HTML page says about itself: JSON-LD, microdata, meta elements, and the classes of Blogger.
import { folded } from '../body/text.ts'
import { languageTag } from '../languages.ts'
import { httpUrl } from './addresses.ts'
import { instantOf } from './dates.ts'
import { type Page, storable } from './lines.ts'

type About = Pick<Page, 'title' | 'published' | 'language' | 'authors' | 'publisher'>
type Json = Record<string, unknown>

const headlines = ['[itemprop~="headline"]', '.post-title', '.entry-title', 'article h1', 'main h1', 'h1']
const dates = [
  ['[itemprop~="datePublished"]', ['content', 'datetime', 'title']],
  ['meta[property="article:published_time"]', ['content']],
  ['article time[datetime]', ['datetime']],
  ['time[datetime]', ['datetime']],
  ['.date-header', []]
] as const
// Blogger's poster is who copied the story, not who wrote it.
const authors = ['[itemprop~="author"] [itemprop~="name"]', 'meta[name="author"]', '[rel~="author"]']

/** The page's own words about itself; what it does not say is left out. */
export function aboutPage(document: Document): About {
  const article = articleJson(document)
  const words = (selector: string) => wordsOf(document.querySelector(selector))
  return {
    title: firstOf([
      ...headlines.map((one) => () => words(one)),
      () => said(article?.headline),
      () => content(document, 'og:title'),
      () => words('title')
    ]),
    published: publishedAt(document, article),
    language: language(document.querySelector('html')?.getAttribute('lang') ?? said(article?.inLanguage)),
    authors: authorsOf(document, article),
    publisher: nameOf(article?.publisher) ?? words('[itemprop~="publisher"] [itemprop~="name"]')
  }
}

/** Where relative addresses of the page lead from. */
export const baseOf = (document: Document) =>
  httpUrl(document.querySelector('base[href]')?.getAttribute('href')) ??
  httpUrl(document.querySelector('link[rel~="canonical"]')?.getAttribute('href')) ??
  httpUrl(content(document, 'og:url'))

const firstOf = (readers: (() => string | undefined)[]) => {
  for (const read of readers) {
    const found = read()
    if (found) return found
  }
  return undefined
}

const wordsOf = (element: Element | null) =>
  folded(element?.getAttribute('content') ?? element?.textContent ?? '') || undefined
const content = (document: Document, property: string) =>
  document.querySelector(`meta[property="${property}"]`)?.getAttribute('content')?.trim() || undefined
const said = (value: unknown) =>
  typeof value === 'string' ? folded(storable(value)) || undefined : undefined
const nameOf = (value: unknown) => said(value) ?? said((value as Json | null | undefined)?.name)

/** The JSON-LD of the article; undefined when the page has none that can be read. */
function articleJson(document: Document): Json | undefined {
  for (const script of document.querySelectorAll('script[type="application/ld+json"]')) {
    const found = objects(script.textContent!).find(({ '@type': type }) =>
      /Article|BlogPosting/.test(String(type))
    )
    if (found) return found
  }
  return undefined
}

/** The objects of a JSON-LD script: one, a list, or a graph. */
function objects(json: string): Json[] {
  try {
    const all = [JSON.parse(json)].flat(1)
    return all
      .flatMap((one) => [one, ...(Array.isArray(one?.['@graph']) ? one['@graph'] : [])])
      .filter(isObject)
  } catch {
    return []
  }
}
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The first of the page's dates that is one. */
function publishedAt(document: Document, article: Json | undefined) {
  const printed = dates.flatMap(([selector, attributes]) => {
    const element = document.querySelector(selector)
    return element
      ? [...attributes.map((name) => element.getAttribute(name)), folded(element.textContent!)]
      : []
  })
  return [said(article?.datePublished), ...printed].find((date) => date && instantOf(date)) ?? undefined
}

function authorsOf(document: Document, article: Json | undefined) {
  const listed = [article?.author].flat(1).flatMap((author) => nameOf(author) ?? [])
  if (listed.length > 0) return listed
  if (document.querySelector('.post-body')) return []
  const [named] = authors
    .map((selector) =>
      [...document.querySelectorAll(selector)].map(wordsOf).filter((name) => name !== undefined)
    )
    .filter(({ length }) => length > 0)
  return [...new Set(named)].filter((name) => !URL.canParse(name))
}

/** The tag as it is stored; undefined when it is none. */
function language(tag = '') {
  const found = languageTag(tag.replaceAll('_', '-'))
  return found && found.length <= 35 ? found : undefined
}
