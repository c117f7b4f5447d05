// A list of articles in ninjs 3.3: an item that is composed of them.
import { ninjs, standard } from '../articles/ninjs/item.ts'
import { aroundEntries, type Feed, type FeedWriter } from './feed.ts'

/** A feed as a composite item; each article in it is complete. */
export const ninjsFeed: FeedWriter = {
  envelope,
  between: ',',
  entry: ({ article, html }, policy, place) =>
    JSON.stringify({ name: `article${place + 1}`, rel: 'item', ...ninjs(article, policy, html) })
}

function envelope({ policy, title, id, self, next, updated }: Feed) {
  const links = [
    ...(self ? [{ name: 'self', href: self, contentType: 'application/json' }] : []),
    ...(next ? [{ name: 'next', href: next, contentType: 'application/json' }] : [])
  ]
  return aroundEntries({
    uri: id,
    standard,
    type: 'composite',
    ...(updated && { versionCreated: updated }),
    ...(policy.publisher.language && { language: policy.publisher.language }),
    title,
    headlines: [{ role: 'main', contentType: 'text/plain', value: title }],
    infoSources: [{ name: policy.publisher.name, role: 'publisher' }],
    ...(links.length > 0 && { renditions: links }),
    associations: []
  })
}
