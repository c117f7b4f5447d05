// The Atom Syndication Format (RFC 4287), with Media RSS.
import { rslAddress } from '../ai-use/headers.ts'
import { contentElement, rslNamespace, rslType } from '../ai-use/rsl.ts'
import type { Policy } from '../ai-use/store.ts'
import { isSaid } from '../ai-use/terms.ts'
import { aroundGap, element, gap, longTextElement, textElement } from '../markup/xml.ts'
import type { Entry } from './entries.ts'
import { authorsOf, categoriesOf, type Feed, type FeedWriter } from './feed.ts'
import { mediaElements, mediaNamespace } from './media-rss.ts'

const type = 'application/atom+xml'

/** A feed in Atom. */
export const atom: FeedWriter = { envelope, between: '', entry }

/** What has no author of its own is the newsroom's (4.1.1). */
function envelope({ policy, home, title, id, self, next, hub, updated }: Feed) {
  const { publisher } = policy
  return aroundGap(
    element(
      'feed',
      {
        xmlns: 'http://www.w3.org/2005/Atom',
        'xml:lang': publisher.language,
        ...mediaNamespace,
        ...rslNamespace
      },
      element('id', {}, id),
      element('title', {}, title),
      textElement('subtitle', publisher.description),
      // An empty feed was never changed; the date has to be there (4.1.1).
      element('updated', {}, updated ?? new Date(0).toISOString()),
      element('author', {}, element('name', {}, publisher.name)),
      element('link', { rel: 'alternate', type: 'text/html', href: home }),
      self ? element('link', { rel: 'self', type, href: self }) : undefined,
      // WebSub, 4: the hub that tells of changes.
      hub ? element('link', { rel: 'hub', href: hub }) : undefined,
      // RFC 5005, section 3: where older entries are.
      next ? element('link', { rel: 'next', type, href: next }) : undefined,
      textElement('rights', publisher.copyrightNotice),
      textElement('logo', publisher.logoUrl),
      gap
    )
  )
}

async function entry(entry: Entry, policy: Policy) {
  const content = await longTextElement('content', entry.html, { type: 'html' })
  return element(
    'entry',
    { 'xml:lang': entry.article.language === policy.publisher.language ? null : entry.article.language },
    element('id', {}, entry.urn),
    element('title', {}, entry.article.title),
    element('link', { rel: 'alternate', type: 'text/html', href: entry.url }),
    element('published', {}, entry.published),
    element('updated', {}, entry.updated),
    ...authorsOf(entry).map((name) => element('author', {}, element('name', {}, name))),
    ...categoriesOf(entry).map((term) => element('category', { term })),
    textElement('summary', entry.summary),
    content,
    textElement('rights', entry.article.origin?.copyrightNotice),
    licenceLink(policy, entry),
    ...mediaElements(entry),
    contentElement(entry.url, entry.terms, { prefix: 'rsl:' })
  ).text
}

/** Where the terms of an entry are (RFC 4946). */
function licenceLink(policy: Policy, { article, terms }: Entry) {
  const href = isSaid(terms) ? rslAddress(policy, article.id) : undefined
  return href ? element('link', { rel: 'license', type: rslType, href }) : undefined
}
