// Sitemaps (sitemaps.org, protocol 0.9) with the extensions of Google for pictures and news.
import type { Article } from '../../content/articles/schema.ts'
import { yieldIfDue } from '../../storage/commits/turns.ts'
import { lastChange } from '../articles/last-change.ts'
import { pieces } from '../markup/pieces.ts'
import { type Attributes, aroundGap, document, element, gap, type Markup } from '../markup/xml.ts'
import { addressOf, type Pages } from '../publisher/addresses.ts'
import type { Publisher } from '../publisher/schema.ts'

const namespaces = {
  xmlns: 'http://www.sitemaps.org/schemas/sitemap/0.9',
  'xmlns:image': 'http://www.google.com/schemas/sitemap-image/1.1'
}
const newsNamespace = { 'xmlns:news': 'http://www.google.com/schemas/sitemap-news/0.9' }

/** An address has fewer than 2,048 characters. */
const maxLoc = 2047
/** A sitemap has at most 50 MB; the envelope takes some bytes of it. */
const maxBytes = 50 * 1024 * 1024 - 1024

/** What a sitemap says of an article. */
export interface SitemapEntry extends Pick<Article, 'title' | 'language'> {
  loc: string
  lastmod: string
  publishedAt: string
  /** The addresses of its pictures. */
  pictures: string[]
}

/**
 * The entry of an article; undefined for one that is canonical elsewhere, because a sitemap holds canonical addresses
 * of one host (sitemaps.org, location), and for one whose address is too long.
 */
export function sitemapEntry(article: Article, pages: Omit<Pages, 'apiUrl'>): SitemapEntry | undefined {
  const loc = addressOf(article, pages)
  const isOurs = article.canonicalUrl === null || !article.origin
  const host = URL.parse(pages.articleUrl ?? pages.url)?.host
  if (!isOurs || loc.length > maxLoc || URL.parse(loc)?.host !== host) return undefined
  const { title, language, publishedAt, media } = article
  const pictures = media
    .filter(({ kind }) => kind === 'image')
    .flatMap(({ url }) => (url !== null && url.length <= maxLoc ? [url] : []))
  return { loc, title, language, pictures, publishedAt: publishedAt!, lastmod: lastChange(article) }
}

/** The pictures, at most 1,000 (Google, image sitemaps); captions and licences are read from the page since 2022. */
const pictureElements = ({ pictures }: SitemapEntry) =>
  pictures.map((url) => element('image:image', {}, element('image:loc', {}, url)))

const urlElement = ({ loc, lastmod }: SitemapEntry, more: Markup[]) =>
  element('url', {}, element('loc', {}, loc), element('lastmod', {}, lastmod), ...more)

/** A set of these entries, each as it is written; many take several turns of the event loop. */
async function urlset(
  entries: SitemapEntry[],
  attributes: Attributes,
  write: (entry: SitemapEntry) => Markup
): Promise<Buffer> {
  const written = pieces()
  for (const entry of entries) {
    written.add(write(entry).text)
    await yieldIfDue()
  }
  return written.bytes(aroundGap(element('urlset', attributes, gap)))
}

/** The sitemap of these articles; where it would be too large, the last ones are named without their pictures. */
export function sitemap(entries: SitemapEntry[], limit = maxBytes): Promise<Buffer> {
  let left = limit - entries.length * (maxLoc + 100)
  return urlset(entries, namespaces, (entry) => {
    const whole = urlElement(entry, pictureElements(entry))
    left -= Buffer.byteLength(whole.text)
    return left >= 0 ? whole : urlElement(entry, [])
  })
}

/** A language as Google has it: ISO 639, but for the two scripts of Chinese. */
function newsLanguage(tag: string): string {
  const [language] = tag.split('-') as [string]
  if (language !== 'zh') return language
  return /-(hant|tw|hk|mo)\b/i.test(tag) ? 'zh-tw' : 'zh-cn'
}

/**
 * The news sitemap of these articles: each with the name of the newsroom, its language, its date and its title. One of
 * which nobody said the language is in that of the newsroom.
 */
export const newsSitemap = (entries: SitemapEntry[], { name, language }: Publisher): Promise<Buffer> =>
  urlset(entries, { ...namespaces, ...newsNamespace }, (entry) =>
    urlElement(entry, [
      element(
        'news:news',
        {},
        element(
          'news:publication',
          {},
          element('news:name', {}, name),
          element(
            'news:language',
            {},
            newsLanguage(entry.language === 'und' ? (language ?? 'und') : entry.language)
          )
        ),
        element('news:publication_date', {}, entry.publishedAt),
        element('news:title', {}, entry.title)
      ),
      ...pictureElements(entry)
    ])
  )

/** The index of these sitemaps. */
export const sitemapIndex = (sitemaps: { loc: string; lastmod?: string }[]): Buffer =>
  document(
    element(
      'sitemapindex',
      { xmlns: namespaces.xmlns },
      ...sitemaps.map(({ loc, lastmod }) =>
        element('sitemap', {}, element('loc', {}, loc), lastmod ? element('lastmod', {}, lastmod) : undefined)
      )
    )
  )
