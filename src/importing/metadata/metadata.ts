// What an HTML page says about itself: JSON-LD, meta elements, microdata, and what is printed on it. docs/importing.md
// tells in which order.
import type { Element } from '../../content/body/html/tree.ts'
import { languageTag } from '../../http/input/language-tags.ts'
import { type Document, descendantsOf, hasWord, wordsOf } from '../page/document.ts'
import type { Page } from '../page/lines.ts'
import type { PageContext } from '../page/page-context.ts'
import { httpUrl } from './addresses.ts'
import { aroundHeadline, type HeadlineContext } from './around-headline.ts'
import { authorsOf } from './authors.ts'
import { headlineOf } from './headlines.ts'
import { articleOf, plain, texts } from './jsonld.ts'
import { publishedAt } from './published.ts'
import { sectionOf, tagsOf } from './topics.ts'

type PageMetadata = Omit<Page, 'lines' | 'losses' | 'comments'> & { near: HeadlineContext }

/** The page's own words about itself; what it does not say is left out. */
export function metadataOf(document: Document, story: Element): PageMetadata {
  const article = articleOf(document.elements)
  const all = (name: string) => document.metas.get(name) ?? []
  const meta = (...names: string[]) => names.flatMap(all).map(plain).find(Boolean)
  const canonical = canonicalOf(document)
  const asked: PageContext = { document, article, meta, story, canonical }
  const publisher = publisherOf(asked)
  const title = headlineOf(asked, publisher)
  const near = aroundHeadline(document.root, story, title)
  return {
    near,
    title,
    published: publishedAt(asked, near, canonical),
    language: languageOf(asked),
    authors: authorsOf(asked, { publisher, title }, near),
    publisher,
    dek:
      meta('og:description', 'description', 'twitter:description', 'dc.description') ??
      texts(article?.description)[0],
    section: sectionOf(asked, near, title),
    tags: tagsOf(asked, near),
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

function publisherOf({ article, meta, document }: PageContext): string | undefined {
  const named = document.elements.find(({ attributes }) => attributes.itemprop === 'publisher')
  const name =
    named && (descendantsOf(named).find(({ attributes }) => attributes.itemprop === 'name') ?? undefined)
  const [stated] = texts(article?.publisher)
  // Blogs have their owner as the publisher.
  const isPerson = /Person/.test(JSON.stringify(article?.publisher ?? ''))
  return (
    (isPerson ? meta('og:site_name') : undefined) ??
    stated ??
    meta('og:site_name') ??
    wordsOf(name) ??
    meta('dc.publisher', 'dcterms.publisher', 'application-name', 'publisher', 'copyright')
  )
}

function languageOf({ document, article, meta }: PageContext) {
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
