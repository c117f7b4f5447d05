import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Config } from '../../config/config.ts'
import { facetsOf } from '../../content/articles/list/facets.ts'
import type { Article } from '../../content/articles/schema.ts'
import { decodeCursor, encodeCursor, maxLinkLength } from '../../http/input/cursor.ts'
import { withParameter } from '../../http/input/query.ts'
import { mayFail } from '../../http/problems.ts'
import { strict } from '../../http/schemas.ts'
import { ofDocument, ofPublisher, tagsOfList } from '../../newsstand/documents/cache-tags.ts'
import * as documents from '../../newsstand/documents/published.ts'
import { surrogateKeys } from '../../newsstand/documents/surrogate-keys.ts'
import { moment, published } from '../../newsstand/lists/listing.ts'
import { findDocuments } from '../../newsstand/lists/query.ts'
import { addListLink } from '../../newsstand/server/added-headers.ts'
import { sendComposed } from '../../newsstand/server/composed.ts'
import { normalUrl } from '../../newsstand/server/normal-url.ts'
import { yieldIfDue } from '../../storage/commits/turns.ts'
import type { Database, Reader } from '../../storage/database.ts'
import { termHeaders } from '../ai-use/headers.ts'
import type { Terms } from '../ai-use/schema.ts'
import { type Policy, policyOf } from '../ai-use/store.ts'
import { strictest } from '../ai-use/terms.ts'
import { pieces } from '../markup/pieces.ts'
import { pagesOf, withWholeAddresses } from '../publisher/addresses.ts'
import type { Publisher } from '../publisher/schema.ts'
import { atom } from './atom.ts'
import { entryOf } from './entries.ts'
import type { Feed } from './feed.ts'
import { jsonFeed } from './json-feed.ts'
import { feedLink, topicsOf } from './links.ts'
import { ninjsFeed } from './ninjs.ts'
import { rss } from './rss.ts'
import { type FeedFormat, FeedQuery, feedFormat, feedTypes } from './schema.ts'

const writers = { rss, atom, json: jsonFeed, ninjs: ninjsFeed }

export function routes(app: FastifyInstance, db: Database, options: Config) {
  addListLink(db, async (address) => {
    const { publisher } = await policyOf(db.read, options.ONRECORD_SITE_URL)
    return feedLink(publisher, address)
  })
  app.get<{ Params: { format: FeedFormat }; Querystring: FeedQuery }>(
    '/feeds/:format',
    {
      schema: {
        operationId: 'getFeed',
        tags: ['formats'],
        summary: 'A feed of published articles, newest first, by the filters of the list of articles.',
        params: strict({ format: feedFormat }),
        querystring: FeedQuery,
        response: {
          200: {
            description: 'The feed.',
            content: {
              [feedTypes.rss]: text,
              [feedTypes.atom]: text,
              [feedTypes.json]: { schema: Type.Object({}) },
              [feedTypes.ninjs]: { schema: Type.Object({}) }
            }
          }
        }
      },
      ...mayFail('invalid-cursor')
    },
    (request, reply) => {
      const { format } = request.params
      return sendComposed(db, request, reply, async () => {
        const policy = await policyOf(db.read, options.ONRECORD_SITE_URL)
        const { feed, ids, bytes, terms } = await feedOf(db.read, request, policy, options)
        return {
          bytes,
          // A feed may be used as far as all that is in it.
          headers: withLinks(feed, termHeaders(policy, strictest([policy.site, ...terms]))),
          type: `${feedTypes[format]}; charset=utf-8`,
          tags: [
            ...tagsOfList('article', facetsOf(request.query)),
            ...ids.map((id) => ofDocument('article', id)),
            ofPublisher
          ],
          keys: surrogateKeys(
            ['article'],
            ids.map((id) => ({ kind: 'article', id, articleId: id }))
          )
        }
      })
    }
  )
}

const text = { schema: Type.String({ description: 'The feed in this format.' }) }

type FeedRequest = FastifyRequest<{ Params: { format: FeedFormat }; Querystring: FeedQuery }>

/**
 * The page of a feed that is asked for, its bytes, and the ids and terms of its articles. Throws `invalid-cursor`, and 404
 * without a front page.
 */
async function feedOf(
  db: Reader,
  request: FeedRequest,
  policy: Policy,
  { ONRECORD_WEBSUB_HUB: hub }: Pick<Config, 'ONRECORD_WEBSUB_HUB'>
) {
  const { publisher } = policy
  const pages = pagesOf(publisher, 'Feeds')
  const { query, params } = request
  const { limit = 20, cursor, content = 'full' } = query
  const found = await findDocuments(db, {
    kind: 'article',
    facets: facetsOf(query),
    position: published(query),
    moment: moment(query),
    after: cursor === undefined ? undefined : (decodeCursor(request, cursor, 2) as [string, string]),
    limit: limit + 1
  })
  const shown = found.slice(0, limit)
  const { envelope, between, entry: write } = writers[params.format]
  const written = pieces()
  const [terms, updates]: [Terms[], string[]] = [[], []]
  // One story after the other is read and written, so that those of megabytes are not held all at once.
  for (const { id } of shown) {
    const document = await documents.documentOf(db, 'article', id)
    await yieldIfDue()
    // Something may have been withdrawn between two turns of the event loop.
    if (document === undefined) continue
    const article = withWholeAddresses(JSON.parse(String(document)) as Article, publisher)
    const entry = await entryOf(article, pages, policy, content === 'full')
    const place = written.count()
    written.add((place === 0 ? '' : between) + (await write(entry, policy, place)))
    terms.push(entry.terms)
    updates.push(entry.updated)
    await yieldIfDue()
  }
  const last = found.length > limit ? shown.at(-1) : undefined
  const address = normalUrl(request.url)
  const at = (path: string) => publisher.apiUrl?.replace(/\/+$/, '').concat(path)
  const feed: Feed = {
    policy,
    home: pages.url,
    title: titleOf(publisher, query),
    id: at(address) ?? `${pages.url}#${address}`,
    self: at(address),
    next: last && at(withParameter(address, 'cursor', encodeCursor(request, last.position, last.id))),
    // A hub is told of feeds without parameters alone.
    hub: topicsOf(publisher).some(({ path }) => path === address) ? hub : undefined,
    updated: updates.sort().at(-1)
  }
  return { feed, ids: shown.map(({ id }) => id), bytes: await written.bytes(envelope(feed)), terms }
}

/** Whose feed it is, who tells of its changes (WebSub, 4), and its terms, as links. */
function withLinks({ self, hub }: Feed, headers: Record<string, string>): Record<string, string> {
  const links = [
    ...(self ? [`<${self}>; rel="self"`] : []),
    ...(hub ? [`<${hub}>; rel="hub"`] : []),
    ...(headers.link ? [headers.link] : [])
  ]
  // A longer one is left out, as of lists: it is in the feed as well.
  const link = links.join(', ')
  return link === '' || link.length > maxLinkLength ? headers : { ...headers, link }
}

/** "The Harbour Gazette: harbour, ferry" */
function titleOf({ name }: Publisher, { section, tag, author, language }: FeedQuery): string {
  const filters = [section, tag, author, language].flatMap((values) => values ?? [])
  return filters.length === 0 ? name : `${name}: ${filters.join(', ')}`
}
