// What an HTML page says about itself: JSON-LD, meta elements, microdata, and what is printed on it. docs/importing.md
// tells in which order.
import { classesOf, type Element } from '../../content/body/html/tree.ts'
import { folded } from '../../content/body/text.ts'
import { languageTag } from '../../http/input/language-tags.ts'
import type { Asked } from '../page/asked.ts'
import { type Page as Document, hasWord, within, wordsOf } from '../page/document.ts'
import { namesOf } from '../page/kinds.ts'
import type { Page } from '../page/lines.ts'
import { httpUrl } from './addresses.ts'
import { authorsOf } from './authors.ts'
import { instantOf } from './dates.ts'
import { headlineOf } from './headlines.ts'
import { articleOf, plain, texts } from './jsonld.ts'

type About = Omit<Page, 'lines' | 'losses' | 'comments'>

/** The page's own words about itself; what it does not say is left out. */
export function aboutPage(document: Document, story: Element): About {
  const article = articleOf(document.elements)
  const all = (name: string) => document.metas.get(name) ?? []
  const meta = (...names: string[]) => names.flatMap(all).map(plain).find(Boolean)
  const asked: Asked = { document, article, meta, story }
  const canonical = canonicalOf(document)
  const publisher = publisherOf(asked)
  return {
    title: headlineOf(asked, publisher),
    published: publishedAt(asked, canonical),
    language: languageOf(asked),
    authors: authorsOf(asked, publisher),
    publisher,
    dek:
      meta('og:description', 'description', 'twitter:description', 'dc.description') ??
      texts(article?.description)[0],
    section: sectionOf(asked),
    tags: tagsOf(asked),
    canonical
  }
}

/** Where relative addresses of the page lead from. */
export const baseOf = (document: Document) =>
  httpUrl(
    document.elements.find(({ tag, attributes }) => tag === 'base' && attributes.href)?.attributes.href
  ) ?? canonicalOf(document)

/** The address the page gives as its own. */
function canonicalOf({ elements, metas }: Document): string | undefined {
  const links = elements.filter((element) => element.tag === 'link' && hasWord(element, 'rel', 'canonical'))
  return [...links.map(({ attributes }) => attributes.href), ...(metas.get('og:url') ?? [])]
    .map((href) => httpUrl(href))
    .find((href) => href !== undefined)
}

function publisherOf({ article, meta, document }: Asked): string | undefined {
  const named = document.elements.find(({ attributes }) => attributes.itemprop === 'publisher')
  const name = named && (within(named).find(({ attributes }) => attributes.itemprop === 'name') ?? undefined)
  return (
    texts(article?.publisher)[0] ??
    meta('og:site_name') ??
    wordsOf(name) ??
    meta('dc.publisher', 'dcterms.publisher', 'application-name', 'publisher', 'copyright')
  )
}

const sectionNames = [
  'article:section',
  'parsely-section',
  'section',
  'dc.subject.section',
  'og:article:section'
]

function sectionOf({ article, meta, document }: Asked): string | undefined {
  const printed = document.elements.find(
    (element) => hasWord(element, 'rel', 'category') || element.attributes.itemprop === 'articleSection'
  )
  return meta(...sectionNames) ?? texts(article?.articleSection)[0] ?? wordsOf(printed)
}

const tagNames = [
  'article:tag',
  'og:article:tag',
  'news_keywords',
  'keywords',
  'sailthru.tags',
  'parsely-tags'
]

function tagsOf({ article, document: { metas, elements } }: Asked): string[] {
  const said = [...tagNames.flatMap((name) => metas.get(name) ?? []).map(plain), ...texts(article?.keywords)]
  const printed = elements.filter(
    (element) => element.tag === 'a' && hasWord(element, 'rel', 'tag') && !hasWord(element, 'rel', 'category')
  )
  const names = said.length > 0 ? said : printed.flatMap((element) => wordsOf(element) ?? [])
  const found = new Map<string, string>()
  for (const name of names
    .flatMap((list) => list.split(/[,;]/))
    .map((one) => folded(one).replace(/^#/, ''))) {
    const key = name.toLowerCase()
    if (name && name.length <= 100 && !found.has(key)) found.set(key, name)
  }
  return [...found.values()].slice(0, 100)
}

const dateMetas = [
  'article:published_time',
  'og:article:published_time',
  'og:published_time',
  'article:published',
  'parsely-pub-date',
  'sailthru.date',
  'datepublished',
  'dc.date.issued',
  'dcterms.issued',
  'dcterms.created',
  'dcterms.date',
  'dc.date.created',
  'dc.date',
  'dc.created',
  'publish-date',
  'publish_date',
  'publication_date',
  'publishdate',
  'pubdate',
  'cxenseparse:recs:publishtime',
  'article.published',
  'bt:pubdate',
  'date'
]
const isDated =
  /^(?:publish(?:ed)?|pubdate|posted|postdate|entrydate|date|dateline|datetime|timestamp|datum|dateheader|articledate|storydate|byline|meta|postmeta|entrymeta|info)$/

/** The first of the page's dates that is one. */
function publishedAt({ article, document, story }: Asked, canonical: string | undefined): string | undefined {
  const isDate = (text: string | undefined) => text !== undefined && instantOf(text) !== undefined
  const said = [
    ...texts(article?.datePublished),
    ...dateMetas.flatMap((name) => document.metas.get(name) ?? []),
    ...texts(article?.dateCreated)
  ]
  return (
    said.find(isDate) ?? printedDates(document.elements, within(story)).find(isDate) ?? addressDate(canonical)
  )
}

/** What elements for dates say: those marked as the date of publication before others, those of the story before all. */
function printedDates(elements: Element[], inner: Element[]): string[] {
  const values = (element: Element) =>
    ['content', 'datetime', 'title']
      .flatMap((name) => element.attributes[name] ?? [])
      .concat(wordsOf(element) ?? [])
  const marked = elements.filter(
    ({ attributes }) => /\bdatePublished\b/.test(attributes.itemprop ?? '') || 'pubdate' in attributes
  )
  const times = (some: Element[]) =>
    some.filter(({ tag, attributes }) => tag === 'time' && attributes.datetime)
  const headers = elements.filter((element) => classesOf(element).includes('date-header'))
  const named = (some: Element[]) =>
    some.filter((element) => {
      const { parts, whole } = namesOf(element)
      return parts.some((name) => isDated.test(name)) || whole.some((name) => isDated.test(name))
    })
  const h1 = elements.findIndex(({ tag }) => tag === 'h1')
  const near = h1 < 0 ? [] : elements.slice(h1, h1 + 60)
  return [
    marked,
    times(near),
    times(inner),
    times(elements),
    headers,
    named(near),
    named(inner),
    named(elements),
    near
  ]
    .flatMap((some) => some.slice(0, 60).flatMap(values))
    .filter((text) => text.length < 300)
}

/** "/2019/05/06/": many addresses tell the day of a story. */
const addressDate = (address: string | undefined) =>
  /\/(?<date>(?:19|20)\d\d[/-](?:0[1-9]|1[0-2])[/-](?:0[1-9]|[12]\d|3[01]))(?:[/-]|$)/
    .exec(address ?? '')
    ?.groups?.date?.replaceAll('/', '-')

function languageOf({ document, article, meta }: Asked) {
  const html = document.elements.find(({ tag }) => tag === 'html')?.attributes
  const tags = [
    html?.lang,
    html?.['xml:lang'],
    ...texts(article?.inLanguage),
    meta('content-language'),
    meta('og:locale', 'dc.language', 'language')
  ]
  return tags.flatMap((tag) => language(tag) ?? [])[0]
}

/** The tag as it is stored; undefined when it is none. */
function language(tag = '') {
  const found = languageTag(tag.trim().replaceAll('_', '-'))
  return found && found.length <= 35 ? found : undefined
}
