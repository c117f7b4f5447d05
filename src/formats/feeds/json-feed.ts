// JSON Feed 1.1 (jsonfeed.org), with what only we know in an extension of our own.

import { typeByAddress } from '../../files/intake/types.ts'
import { isSaid } from '../ai-use/terms.ts'
import type { Entry } from './entries.ts'
import { aroundEntries, authorsOf, categoriesOf, type Feed, type FeedWriter } from './feed.ts'

/** A feed in JSON. */
export const jsonFeed: FeedWriter = {
  envelope,
  between: ',',
  entry: (entry) => JSON.stringify(item(entry))
}

function envelope({ policy, home, title, self, next, hub }: Feed) {
  const { description, language, logoUrl, name } = policy.publisher
  return aroundEntries({
    version: 'https://jsonfeed.org/version/1.1',
    title,
    home_page_url: home,
    ...(self && { feed_url: self }),
    ...(next && { next_url: next }),
    ...(description && { description }),
    ...(language && { language }),
    ...(logoUrl && { icon: logoUrl }),
    ...(hub && { hubs: [{ type: 'WebSub', url: hub }] }),
    authors: [{ name, url: home }],
    items: []
  })
}

function item(entry: Entry) {
  const { article, urn, url, summary, html, published, updated, media } = entry
  const [picture] = media.filter(({ kind }) => kind === 'image')
  const authors = authorsOf(entry).map((name) => ({ name }))
  // An attachment has to have a type (jsonfeed.org, attachments).
  const attachments = media.flatMap(({ kind, url: file, caption }) => {
    const type = kind === 'image' ? undefined : typeByAddress(file)
    return type ? [{ url: file, mime_type: type, ...(caption && { title: caption }) }] : []
  })
  return {
    id: urn,
    url,
    title: article.title,
    // An item has to have a content (jsonfeed.org, items).
    ...(html === undefined ? { content_text: summary ?? article.title } : { content_html: html }),
    ...(summary && { summary }),
    ...(picture && { image: picture.url }),
    date_published: published,
    date_modified: updated,
    ...(authors.length > 0 && { authors }),
    tags: categoriesOf(entry),
    ...(attachments.length > 0 && { attachments }),
    language: article.language,
    _onrecord: {
      id: article.id,
      retracted: article.retracted,
      ...(isSaid(entry.terms) && { aiUse: entry.terms }),
      corrections: article.corrections.map(({ kind, text, was, now, publishedAt }) => ({
        kind,
        text,
        was,
        now,
        publishedAt
      })),
      media: media.map(({ url, kind, caption, alt, credits }) => ({
        url,
        kind,
        caption,
        alt,
        credits: credits.map(({ creditLine, creators, suppliers, copyrightNotice, licence }) => ({
          creditLine,
          creators,
          suppliers,
          copyrightNotice,
          licence
        }))
      }))
    }
  }
}
