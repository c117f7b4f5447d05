// Entries of RSS (0.9x, 1.0, 2.0) and Atom as articles.

import { escapeMarkup } from '../../../storage/text/xml-text.ts'
import { httpUrl } from '../../metadata/addresses.ts'
import { nameInOrder, peopleIn } from '../../metadata/people.ts'
import type { ArticleItem, Author } from '../item.ts'
import { innerHtml } from '../markup.ts'
import { instantOf, plainOf } from '../text.ts'
import { child, type Element, textOf } from '../xml/element.ts'
import { mediaOf } from './media.ts'
import { loseElements } from './unread.ts'

export interface Channel {
  language?: string
  title?: string
  url?: string | undefined
  /** Who wrote what names nobody. */
  authors?: Author[]
  /** What it says of the rights of all its files. */
  rights?: Element[]
}

/** An entry of a feed; `lose` is told what of it is not in the article. */
export function articleOf(
  entry: Element,
  channel: Channel,
  file: string,
  lose: (code: string, reason: string, words?: string) => void
): ArticleItem {
  const isAtom = entry.name === 'entry'
  const base = httpUrl(entry.attributes['xml:base'], channel.url) ?? channel.url
  const url = httpUrl(isAtom ? linkOf(entry) : textOf(entry, 'link').trim(), base)
  const guid = child(entry, 'guid')
  const id =
    textOf(entry, 'id').trim() || guid?.text.trim() || entry.attributes['rdf:about'] || url || titleOf(entry)
  const full = isAtom ? contentOf(child(entry, 'content')) : textOf(entry, 'content:encoded')
  const short = isAtom ? contentOf(child(entry, 'summary')) : textOf(entry, 'description')
  if (!full && isAtom && child(entry, 'content')?.attributes.src)
    lose(
      'body-elsewhere',
      'Its content stands at another address: it was not fetched.',
      child(entry, 'content')!.attributes.src
    )
  if (!full && isSummary(short))
    lose(
      'summary-only',
      'The feed has no full text of it: what is there ends in the middle, or is a few words.',
      plainOf(short).slice(0, 300)
    )
  loseElements(entry, lose)
  const dates = ['published', 'pubDate', 'dc:date', 'issued']
  const published = timeOf(entry, ...dates) ?? timeOf(entry, 'updated', 'modified')
  const stated = dates.map((name) => textOf(entry, name).trim()).find(Boolean)
  if (stated && published === undefined)
    lose('date-unreadable', 'Its date cannot be read.', stated.slice(0, 300))
  const updated = timeOf(entry, 'updated', 'modified')
  const [section, ...tags] = categoriesOf(entry)
  const media = mediaOf(entry, channel.rights ?? [], url, lose)
  const body = full || short
  const lead = media.find(
    ({ kind, url: file }) => kind === 'image' && !body.includes(escapeMarkup(file)) && !body.includes(file)
  )
  const language = textOf(entry, 'dc:language').trim() || entry.attributes['xml:lang'] || channel.language
  const dek = full ? plainOf(short) : ''
  return {
    kind: 'article',
    ...{ place: `${file}: entry ${id}`, id, type: 'story', status: 'published' },
    title: titleOf(entry),
    html: body,
    authors: nearestAuthors(entry, channel),
    tags,
    addresses: [],
    media,
    comments: 'open',
    ...(dek && dek !== plainOf(full) && { dek }),
    ...(section && { section }),
    ...(url && { url }),
    ...(slugOf(url) && { slug: slugOf(url)! }),
    ...(language && { language }),
    ...(lead && { featured: lead.id }),
    ...(published && { publishedAt: published }),
    ...(updated && { updatedAt: updated })
  }
}

/** A summary: it ends in dots, or in a link to read on. */
const isSummary = (html: string) =>
  /(?:\[?(?:…|\.\.\.|&hellip;|&#8230;)\]?|read more|weiterlesen|continue reading)[^a-z]*(?:<[^>]*>\s*)*$/i.test(
    html.trim().slice(-300)
  )

function linkOf(entry: Element) {
  const links = entry.children.filter(({ name }) => name === 'link')
  const plain = links.find(({ attributes: { rel = 'alternate' } }) => rel === 'alternate')
  return plain?.attributes.href
}

/** The headline as plain text. In Atom it has a type, by which it may stand in elements (RFC 4287, 3.1.1). */
function titleOf(entry: Element): string {
  const title = child(entry, 'title')
  return plainOf(title?.attributes.type ? contentOf(title) : (title?.text ?? ''))
}

/** The content of Atom as HTML, by its type (RFC 4287, 4.1.3). */
function contentOf(content: Element | undefined): string {
  const type = content?.attributes.type ?? 'text'
  if (content === undefined) return ''
  if (type === 'xhtml' || type.endsWith('+xml')) return innerHtml(child(content, 'div') ?? content)
  return /html/.test(type) ? content.text : escapeMarkup(content.text)
}

const timeOf = (entry: Element, ...names: string[]) =>
  names.map((name) => instantOf(textOf(entry, name).trim())).find((one) => one !== undefined)

const slugOf = (url: string | undefined) =>
  /\/([^/]+?)(?:\.html?|\.php)?\/?$/.exec(URL.parse(url ?? '')?.pathname ?? '')?.[1]

const categoriesOf = (entry: Element) =>
  entry.children.flatMap(({ name, text, attributes: { term, label } }) => {
    if (!/^(?:category|dc:subject)$/.test(name)) return []
    const words = plainOf(label || term || text).trim()
    return words ? [words] : []
  })

/** The authors of an entry, else of the feed that it was taken from, else of this feed (RFC 4287, 4.2.1). */
function nearestAuthors(entry: Element, channel: Channel): Author[] {
  const own = authorsOf(entry)
  if (own.length > 0) return own
  const source = child(entry, 'source')
  const first = source ? authorsOf(source) : []
  return first.length > 0 ? first : (channel.authors ?? [])
}

/** Atom names people; RSS has an address of mail with a name in brackets. */
export function authorIn(author: Element): Author[] {
  const name = textOf(author, 'name').trim()
  const page = httpUrl(textOf(author, 'uri').trim())
  if (name) return [{ name, ...(page && { addresses: [page] }) }]
  const bracketed = /\(([^()]+)\)\s*$/.exec(author.text)?.[1] ?? author.text
  return /@/.test(bracketed) ? [] : bracketed.trim() ? [{ name: bracketed.trim() }] : []
}

/** Who is named as author, or else in dc:creator. */
function authorsOf(entry: Element): Author[] {
  const people = entry.children.filter(({ name }) => name === 'author').flatMap(authorIn)
  const creators = entry.children
    .filter(({ name }) => name === 'dc:creator')
    .map(({ text }) => nameInOrder(plainOf(text).trim()))
  const stated = creators.flatMap((text) => {
    const found = peopleIn(text)
    return found.length > 0 ? found : text ? [text] : []
  })
  return people.length > 0 ? people : stated.map((name) => ({ name }))
}
