// RSS 2.0 (rssboard.org), with the modules that readers know: content, Dublin Core, Atom links, Media RSS.
import { contentElement, rslNamespace } from '../ai-use/rsl.ts'
import type { Policy } from '../ai-use/store.ts'
import { aroundGap, element, gap, longTextElement, textElement } from '../markup/xml.ts'
import type { Entry } from './entries.ts'
import { authorsOf, categoriesOf, type Feed, type FeedWriter } from './feed.ts'
import { mediaElements, mediaNamespace } from './media-rss.ts'

const namespaces = {
  'xmlns:atom': 'http://www.w3.org/2005/Atom',
  'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
  'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
  ...mediaNamespace,
  ...rslNamespace
}

/** A feed in RSS 2.0. */
export const rss: FeedWriter = { envelope, between: '', entry }

function envelope({ policy, home, title, self, next, hub, updated }: Feed) {
  const { description, language, copyrightNotice, logoUrl } = policy.publisher
  return aroundGap(
    element(
      'rss',
      { version: '2.0', ...namespaces },
      element(
        'channel',
        {},
        element('title', {}, title),
        element('link', {}, home),
        element('description', {}, description ?? title),
        textElement('language', language),
        textElement('copyright', copyrightNotice),
        updated ? element('lastBuildDate', {}, dateOf(updated)) : undefined,
        self ? element('atom:link', { rel: 'self', type: 'application/rss+xml', href: self }) : undefined,
        // WebSub, 4: the hub that tells of changes.
        hub ? element('atom:link', { rel: 'hub', href: hub }) : undefined,
        // RFC 5005, section 3: where older entries are.
        next ? element('atom:link', { rel: 'next', type: 'application/rss+xml', href: next }) : undefined,
        logoUrl
          ? element(
              'image',
              {},
              element('url', {}, logoUrl),
              element('title', {}, title),
              element('link', {}, home)
            )
          : undefined,
        gap
      )
    )
  )
}

async function entry(entry: Entry, { publisher: { language } }: Policy) {
  const content = await longTextElement('content:encoded', entry.html)
  return element(
    'item',
    {},
    element('title', {}, entry.article.title),
    element('link', {}, entry.url),
    element('guid', { isPermaLink: 'false' }, entry.urn),
    element('pubDate', {}, dateOf(entry.published)),
    element('atom:updated', {}, entry.updated),
    ...authorsOf(entry).map((name) => element('dc:creator', {}, name)),
    entry.article.language === language ? undefined : element('dc:language', {}, entry.article.language),
    ...categoriesOf(entry).map((name) => element('category', {}, name)),
    textElement('description', entry.summary),
    content,
    textElement('dc:rights', entry.article.origin?.copyrightNotice),
    ...mediaElements(entry),
    contentElement(entry.url, entry.terms, { prefix: 'rsl:' })
  ).text
}

/** A date of RFC 822, with the year in four digits. */
const dateOf = (instant: string) => new Date(instant).toUTCString()
