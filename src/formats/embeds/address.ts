// Which published article, or quote in it, an address means: that of a page, now or before, or one of this API.
import type { Article } from '../../content/articles/schema.ts'
import { isId } from '../../http/ids.ts'
import { ofRedirects, ofSlug } from '../../newsstand/documents/cache-tags.ts'
import { idsWithFacet } from '../../newsstand/documents/facets.ts'
import * as published from '../../newsstand/documents/published.ts'
import type { Reader } from '../../storage/database.ts'
import type { Pages } from '../publisher/addresses.ts'
import { articleAt } from '../redirects/store.ts'

/** What an address means. */
export interface Meant {
  article: Article
  /** The id of a quote of it. */
  quoteId?: string | undefined
  /** The cache tags of how it was found. */
  tags: number[]
}

/** The record that stands at this address of the newsroom; undefined where none does that is published. */
export async function meantBy(db: Reader, address: string, place: Pages): Promise<Meant | undefined> {
  const url = new URL(address)
  const api = inApi(url, place)
  const quoteId = api?.quoteId ?? /^#said-(quo_\w+)$/.exec(url.hash)?.[1]
  if (api?.quoteId) {
    const row = await published.byId(db, 'quote', api.quoteId, 'head')
    const found = row && (await articleOf(db, row.articleId!, []))
    return found && { ...found, quoteId }
  }
  const found = api?.article ? await named(db, api.article) : await atPage(db, url, place)
  if (found === undefined) return undefined
  if (quoteId && !found.article.quotes.some(({ id }) => id === quoteId)) return undefined
  return { ...found, quoteId }
}

/** What is named by an address of this API: a quote, or an article by its id or slug. */
function inApi({ host, pathname }: URL, { apiUrl, url }: Pages) {
  const base = URL.parse(apiUrl ?? url)
  if (base?.host !== host) return undefined
  const path = base.pathname.replace(/\/+$/, '')
  if (!pathname.startsWith(`${path}/v1/`)) return undefined
  const [, collection, name] = /^\/v1\/(articles|quotes)\/([^/]+)/.exec(pathname.slice(path.length)) ?? []
  if (name === undefined) return undefined
  return collection === 'quotes' ? { quoteId: decoded(name) } : { article: decoded(name) }
}

/** Percent-encoding that is none stays as it is. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** The published article of this id. */
async function articleOf(db: Reader, id: string | undefined, tags: number[]): Promise<Meant | undefined> {
  const document = id === undefined ? undefined : await published.documentOf(db, 'article', id)
  // As: the documents of articles are written by publishing alone.
  return document && { article: JSON.parse(String(document)) as Article, tags }
}

/** The article of this id, slug or former slug. */
async function named(db: Reader, name: string): Promise<Meant | undefined> {
  const tags = [ofSlug(name.normalize('NFC'))]
  const bySlug = isId('art', name) ? undefined : await published.bySlug(db, name, 'head')
  const id = isId('art', name) ? name : (bySlug?.id ?? (await published.articleAtFormerSlug(db, name)))
  return articleOf(db, id, tags)
}

/** The article whose page is here: by what makes addresses, by one of its own, or by one of the system before. */
async function atPage(db: Reader, url: URL, place: Pages): Promise<Meant | undefined> {
  const name = nameIn(url, place)
  const byName = name === undefined ? undefined : await named(db, name)
  if (byName) return byName
  const bare = url.origin + url.pathname
  const id =
    (await atOwnAddress(db, bare + url.search)) ??
    (await atOwnAddress(db, bare)) ??
    (isOurs(url, place) ? (await articleAt(db, bare + url.search))?.id : undefined)
  return articleOf(db, id, [ofRedirects])
}

async function atOwnAddress(db: Reader, value: string): Promise<string | undefined> {
  const [id] = await idsWithFacet(db, 'article', { name: 'url', value })
  return id
}

const templateOf = ({ url, articleUrl }: Pages) => articleUrl ?? `${url.replace(/\/+$/, '')}/articles/{slug}`

const isOurs = ({ host }: URL, place: Pages) => host === URL.parse(templateOf(place))?.host

/** The slug or id in an address that was made by `articleUrl`. */
function nameIn({ host, pathname, search }: URL, place: Pages): string | undefined {
  const template = templateOf(place)
  const path = template.slice(template.indexOf('/', template.indexOf('//') + 2))
  const pattern = path
    .split(/(\{\w+\})/)
    .map((part) =>
      part === '{slug}' || part === '{id}'
        ? `(?<${part.slice(1, -1)}>[^/?&]+)`
        : /^\{\w+\}$/.test(part)
          ? '[^/?&]+'
          : part.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
    )
    .join('')
  if (host !== URL.parse(template)?.host) return undefined
  const asked = path.includes('?') ? pathname + search : pathname.replace(/(?<=.)\/$/, '')
  const groups = new RegExp(`^${pattern.replace(/\\\/$/, '')}$`, 'u').exec(asked)?.groups
  const name = groups?.id ?? groups?.slug
  return name && decoded(name)
}
