// The Atom Syndication Format (RFC 4287), with Media RSS.
import { document, element, textElement } from '../xml.ts'
import type { Entry } from './entries.ts'
import { authorsOf, categoriesOf, type Feed } from './feed.ts'
import { mediaElements, mediaNamespace } from './media-rss.ts'

const type = 'application/atom+xml'

/** A feed in Atom. What has no author of its own is the newsroom's (4.1.1). */
export function atom({ publisher, home, title, id, self, next, updated, entries }: Feed): Buffer {
  return document(
    element(
      'feed',
      { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': publisher.language, ...mediaNamespace },
      element('id', {}, id),
      element('title', {}, title),
      textElement('subtitle', publisher.description),
      // An empty feed was never changed; the date has to be there (4.1.1).
      element('updated', {}, updated ?? new Date(0).toISOString()),
      element('author', {}, element('name', {}, publisher.name)),
      element('link', { rel: 'alternate', type: 'text/html', href: home }),
      self ? element('link', { rel: 'self', type, href: self }) : undefined,
      // RFC 5005, section 3: where older entries are.
      next ? element('link', { rel: 'next', type, href: next }) : undefined,
      textElement('rights', publisher.copyrightNotice),
      textElement('logo', publisher.logoUrl),
      ...entries.map((entry) => entryElement(entry, publisher.language))
    )
  )
}

const entryElement = (entry: Entry, language: string | null) =>
  element(
    'entry',
    { 'xml:lang': entry.article.language === language ? null : entry.article.language },
    element('id', {}, entry.urn),
    element('title', {}, entry.article.title),
    element('link', { rel: 'alternate', type: 'text/html', href: entry.url }),
    element('published', {}, entry.published),
    element('updated', {}, entry.updated),
    ...authorsOf(entry).map((name) => element('author', {}, element('name', {}, name))),
    ...categoriesOf(entry).map((term) => element('category', { term })),
    textElement('summary', entry.summary),
    textElement('content', entry.html, { type: 'html' }),
    textElement('rights', entry.article.origin?.copyrightNotice),
    ...mediaElements(entry)
  )
