// Feeds as archives of what a site published: RSS, Atom, RDF, JSON Feed.

import { escapeMarkup } from '../../../storage/text/xml-text.ts'
import { httpUrl } from '../../metadata/addresses.ts'
import {
  type ArticleItem,
  type Author,
  type ExportFile,
  type ImportedMedia,
  type Item,
  type Loss,
  RefusedExport,
  type SystemReader
} from '../item.ts'
import { instantOf, plainOf } from '../text.ts'
import { type Fields, fieldsIn, jsonOf, wordsAt } from '../whole.ts'
import { type Element, isElement } from '../xml/element.ts'
import { eachFile, elementsAt } from '../xml/read.ts'
import { articleOf, authorIn, type Channel } from './entries.ts'
import { kindOf } from './media.ts'
import { noPlace, unreadProperties } from './unread.ts'

export const feedReader: SystemReader = {
  name: 'feed',
  recognises: (head) => /<(?:rss|feed|(?:\w+:)?RDF)\b/.test(head) || isJsonFeed(head),
  read
}

const isJsonFeed = (head: string) =>
  /^\s*\{/.test(head) && /https?:\\?\/\\?\/jsonfeed\.org\\?\/version/.test(head)

async function* read(files: ExportFile[]): AsyncGenerator<Item> {
  const seen = new Map<string, string>()
  const sites = new Set<string>()
  yield* eachFile(files, async function* (file) {
    let count = 0
    const head = await headOf(file)
    for await (const item of entriesOf(file, head)) {
      if (item.kind === 'site') {
        if (sites.has(item.id)) continue
        sites.add(item.id)
      }
      if (item.kind === 'article') {
        count++
        const before = seen.get(item.id)
        seen.set(item.id, item.place)
        if (before !== undefined) {
          const reason = `The same entry stands at ${before}: the first is taken.`
          yield { kind: 'loss', place: item.place, code: 'entry-again', reason }
          continue
        }
      }
      yield item
    }
    if (count === 0)
      throw new RefusedExport(
        'not-a-feed',
        `${file.name} has no entries: name the file that the address of the feed answers with.`
      )
  })
}

/** The entries of a file; none where it is neither JSON nor XML. */
function entriesOf(file: ExportFile, head: string) {
  if (head.startsWith('{')) return fromJson(file)
  return head.includes('<') ? fromXml(file, head) : []
}

/** Whether an id is the same wherever it is read: a URI (RFC 3986), as Atom demands, and no number or name of one site. */
const isAddress = (id: string) => /^[a-z][a-z0-9+.-]*:/i.test(id)

/** The site that the id of an entry is of, where it is one of that site alone. Sections of a site have feeds of their own. */
function* siteOf({ id }: ArticleItem, url: string | undefined, place: string): Generator<Item> {
  const address = URL.parse(url ?? '')
  if (address && !isAddress(id)) yield { kind: 'site', place, id: address.origin }
}

async function headOf(file: ExportFile) {
  for await (const chunk of file.chunks())
    return chunk
      .toString('utf8', 0, 8192)
      .replace(/^\uFEFF/, '')
      .trim()
  return ''
}

/** RSS nests its items in a channel, Atom and RDF do not. */
async function* fromXml(file: ExportFile, head: string): AsyncGenerator<Item> {
  const channel: Channel = {}
  for await (const element of elementsAt(/<rss\b/.test(head) ? 3 : 2, file))
    if (!isElement(element)) yield element
    else if (/^(?:item|entry)$/.test(element.name)) yield* itemsOf(element, channel, file.name)
    else for (const one of element.name === 'channel' ? element.children : [element]) describe(one, channel)
}

function* itemsOf(element: Element, channel: Channel, place: string): Generator<Item> {
  const losses: Loss[] = []
  const article = articleOf(element, channel, place, (code, reason, words) =>
    losses.push({ kind: 'loss', place, code, reason, ...(words && { words }) })
  )
  yield* siteOf(article, channel.url, place)
  yield* losses.map((loss) => ({ ...loss, place: article.place }))
  yield article
}

function describe(element: Element, channel: Channel) {
  const { name, text, attributes } = element
  if (name === 'language') channel.language = text.trim()
  if (name === 'title') channel.title ??= plainOf(text)
  if (name === 'author') channel.authors = [...(channel.authors ?? []), ...authorIn(element)]
  if (/^media:(?:credit|copyright)$/.test(name)) channel.rights = [...(channel.rights ?? []), element]
  const isPage = name === 'link' && (attributes.rel ?? 'alternate') === 'alternate'
  if (isPage) channel.url ??= httpUrl(attributes.href ?? text.trim())
}

/** JSON Feed 1.0 and 1.1. */
async function* fromJson(file: ExportFile): AsyncGenerator<Item> {
  for (const feed of fieldsIn([await jsonOf(file, 64)]))
    for (const item of fieldsIn(feed.items)) {
      const article = jsonArticle(item, feed, file.name)
      yield* siteOf(article, wordsAt(feed, 'home_page_url', 'feed_url'), file.name)
      yield* unreadIn(item, article.place)
      yield article
    }
}

function* unreadIn(item: Fields, place: string): Generator<Loss> {
  const words = unreadProperties(item).join(', ').slice(0, 300)
  if (words !== '') yield { kind: 'loss', place, code: 'field-left-out', reason: noPlace, words }
}

function jsonArticle(item: Fields, feed: Fields, file: string): ArticleItem {
  const url = httpUrl(wordsAt(item, 'url'), wordsAt(feed, 'home_page_url'))
  const id = wordsAt(item, 'id') ?? url ?? wordsAt(item, 'title') ?? ''
  const text = wordsAt(item, 'content_text')
  const [section, ...tags] = Array.isArray(item.tags) ? item.tags.map(String) : []
  const [own, whole] = [authorsIn(item), authorsIn(feed)]
  const pictures = ['image', 'banner_image'].flatMap((name) => httpUrl(wordsAt(item, name), url) ?? [])
  const files = fieldsIn(item.attachments).flatMap((one): ImportedMedia[] => {
    const address = httpUrl(wordsAt(one, 'url'), url)
    const kind = address && kindOf(wordsAt(one, 'mime_type') ?? '', address)
    const caption = wordsAt(one, 'title')
    return kind ? [{ id: address, kind, url: address, ...(caption && { caption }) }] : []
  })
  const shown = pictures.map((address): ImportedMedia => ({ id: address, kind: 'image', url: address }))
  const media = [...new Map([...shown, ...files].map((one) => [one.id, one])).values()]
  const lead = media.find(({ kind }) => kind === 'image')
  const [published, updated] = ['date_published', 'date_modified'].map((name) =>
    instantOf(wordsAt(item, name) ?? '')
  )
  const language = wordsAt(item, 'language') ?? wordsAt(feed, 'language')
  const paragraphs = text?.split(/\n\s*\n/).map((one) => `<p>${escapeMarkup(one)}</p>`)
  const dek = wordsAt(item, 'summary')
  return {
    kind: 'article',
    ...{ place: `${file}: item ${id}`, id, type: 'story', status: 'published' },
    title: wordsAt(item, 'title') ?? '',
    html: wordsAt(item, 'content_html') ?? paragraphs?.join('') ?? '',
    authors: own.length > 0 ? own : whole,
    tags,
    addresses: [],
    media,
    comments: 'open',
    ...(lead && { featured: lead.id }),
    ...(section && { section }),
    ...(dek && { dek }),
    ...(url && { url }),
    ...(language && { language }),
    ...(published && { publishedAt: published }),
    ...(updated && { updatedAt: updated })
  }
}

/** The authors of an item or of the feed, whose authors are those of items without any (JSON Feed 1.1); 1.0 has one. */
function authorsIn(fields: Fields): Author[] {
  const listed = fieldsIn(fields.authors)
  return (listed.length > 0 ? listed : fieldsIn([fields.author])).flatMap((one) => {
    const [name, page] = [wordsAt(one, 'name'), httpUrl(wordsAt(one, 'url'))]
    return name ? [{ name, ...(page && { addresses: [page] }) }] : []
  })
}
