// Sitemaps (sitemaps.org, protocol 0.9) with the extensions of Google for pictures and news.
import type { Article } from '../../content/articles/schema.ts'
import { lastChange } from '../articles/last-change.ts'
import { document, element, type Markup } from '../markup/xml.ts'
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
export interface SitemapEntry {
  article: Article
  loc: string
}

/**
 * The entry of an article; undefined for one that is canonical elsewhere, because a sitemap holds canonical addresses
 * of one host (sitemaps.org, location), and for one whose address is too long.
 */
export function sitemapEntry(article: Article, pages: Omit<Pages, 'apiUrl'>): SitemapEntry | undefined {
  const loc = addressOf(article, pages)
  const isOurs = article.canonicalUrl === null || !article.origin
  const host = URL.parse(pages.articleUrl ?? pages.url)?.host
  return isOurs && loc.length <= maxLoc && URL.parse(loc)?.host === host ? { article, loc } : undefined
}

/** The pictures, at most 1,000 (Google, image sitemaps); captions and licences are read from the page since 2022. */
const pictures = ({ media }: Article) =>
  media
    .filter(({ kind, url }) => kind === 'image' && url !== null && url.length <= maxLoc)
    .map(({ url }) => element('image:image', {}, element('image:loc', {}, url)))

const urlElement = ({ article, loc }: SitemapEntry, more: (Markup | undefined)[]) =>
  element('url', {}, element('loc', {}, loc), element('lastmod', {}, lastChange(article)), ...more)

/** The sitemap of these articles; where it would be too large, the last ones are named without their pictures. */
export function sitemap(entries: SitemapEntry[], limit = maxBytes): Buffer {
  let left = limit - entries.length * (maxLoc + 100)
  const urls = entries.map((entry) => {
    const whole = urlElement(entry, pictures(entry.article))
    left -= Buffer.byteLength(whole.text)
    return left >= 0 ? whole : urlElement(entry, [])
  })
  return document(element('urlset', namespaces, ...urls))
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
export const newsSitemap = (entries: SitemapEntry[], { name, language }: Publisher): Buffer =>
  document(
    element(
      'urlset',
      { ...namespaces, ...newsNamespace },
      ...entries.map((entry) =>
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
                newsLanguage(entry.article.language === 'und' ? (language ?? 'und') : entry.article.language)
              )
            ),
            element('news:publication_date', {}, entry.article.publishedAt!),
            element('news:title', {}, entry.article.title)
          ),
          ...pictures(entry.article)
        ])
      )
    )
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
