// A post or page of an export as an article.
import { filesNamedIn } from '../../pictures/address-key.ts'
import type { ArticleItem, Author, Loss } from '../item.ts'
import { instantOf, plainOf } from '../text.ts'
import { type Element, textOf } from '../xml/element.ts'
import { fromBlocks, hasBlocks } from './blocks.ts'
import { metaOf } from './meta.ts'
import { paragraphs } from './paragraphs.ts'
import { withoutShortcodes } from './shortcodes.ts'
import type { Site } from './site.ts'
import { ownTaxonomies } from './terms.ts'

const states: Record<string, ArticleItem['status']> = {
  publish: 'published',
  future: 'scheduled',
  private: 'private',
  trash: 'trash'
}

/** The article, and what of the post is not in it. */
export function articleOf(
  item: Element,
  site: Site,
  place: string
): { article: ArticleItem; losses: Loss[] } {
  const losses: Loss[] = []
  const lose = (code: string, reason: string, words?: string) =>
    void losses.push({ kind: 'loss', place, code, reason, ...(words && { words }) })
  const id = textOf(item, 'wp:post_id').trim() || textOf(item, 'guid').trim() || textOf(item, 'link').trim()
  const meta = metaOf(item)
  const type = textOf(item, 'wp:post_type') || 'post'
  const shown = new Set<string>()
  const content = textOf(item, 'content:encoded')
  const html = withoutShortcodes(content, {
    gallery: (ids) => {
      const found = (ids ?? site.uploads.get(id) ?? []).filter((one) => site.attachments.has(one))
      return found
    },
    lose
  })
  const body = (
    hasBlocks(html)
      ? fromBlocks(html, { reusable: site.reusable, lose, shows: (one) => shown.add(one) })
      : paragraphs(html)
  ).replace(/<img\b(?![^>]*\bdata-picture)(?=[^>]*\bwp-image-(\d+))/gi, '<img data-picture="$1"')
  for (const [, name] of body.matchAll(/data-picture="(\d+)"/g)) shown.add(name!)
  for (const name of filesNamedIn(body, site.files)) shown.add(name)
  const featured = meta.get('_thumbnail_id')?.[0]?.trim()
  if (featured && !site.attachments.has(featured))
    lose('featured-missing', `Its featured picture, the attachment ${featured}, is not in the export.`)
  const filesOf = (ids: Iterable<string>) =>
    [...new Set(ids)].flatMap((one) => {
      const known = site.attachments.get(one)
      if (known === undefined) return []
      site.used.add(one)
      const { parent: _, place: __, ...file } = known
      return [file]
    })
  const media = filesOf([...(featured ? [featured] : []), ...shown])
  const terms = item.children.filter(({ name }) => name === 'category')
  const named = (domain: string) =>
    terms.filter(({ attributes }) => attributes.domain === domain).map(({ text }) => plainOf(text).trim())
  const categories = named('category').filter((name) => name.toLowerCase() !== 'uncategorized')
  const primary = site.categories.get(meta.get('_yoast_wpseo_primary_category')?.[0]?.trim() ?? '')
  const sections = categories.toSorted((a, b) => Number(b === primary) - Number(a === primary))
  const others = terms.filter(({ attributes: { domain = '' } }) => !ownTaxonomies.test(domain))
  const unread = [...meta.keys()].filter((key) => /^[a-z]/i.test(key) && !subtitles.includes(key))
  if (unread.length > 0)
    lose('field-left-out', 'Fields of its own that have no place here.', unread.join(', '))
  const language = terms.find(({ attributes: { domain } }) => domain === 'language')?.attributes.nicename
  const status = textOf(item, 'wp:status').trim()
  const password = textOf(item, 'wp:post_password')
  const url = textOf(item, 'link').trim()
  const short = textOf(item, 'guid').trim()
  const dek = plainOf(textOf(item, 'excerpt:encoded')) || subtitleOf(meta)
  const slug = decoded(textOf(item, 'wp:post_name').trim())
  const publishedAt = instantOf(textOf(item, 'wp:post_date_gmt')) ?? dated(item, status)
  const article: ArticleItem = {
    kind: 'article',
    ...{ place, id, type: type === 'page' ? 'page' : 'story' },
    title: plainOf(textOf(item, 'title')),
    html: body,
    authors: authorsOf(item, terms, site),
    status: password ? 'private' : (states[status] ?? 'draft'),
    // The first category is the section, as our feeds have one; the others are tags.
    tags: [...sections.slice(1), ...named('post_tag'), ...others.map(({ text }) => plainOf(text).trim())],
    addresses: [
      ...addressesOf(url, meta.get('_wp_old_slug') ?? []),
      // The address by its id, which WordPress answers for good.
      ...(/[?&](?:#038;)?p(?:age_id)?=\d+/.test(short) ? [plainOf(short)] : [])
    ],
    media,
    library: filesOf(site.uploads.get(id) ?? []),
    comments: textOf(item, 'wp:comment_status').trim() === 'closed' ? 'closed' : 'open',
    ...(dek && { dek }),
    ...(sections[0] && { section: sections[0] }),
    ...(slug && { slug }),
    ...(url && { url: absolute(url, site.url) }),
    ...((language ?? site.language) && { language: language ?? site.language! }),
    ...(publishedAt && { publishedAt }),
    ...(featured && site.attachments.has(featured) && { featured }),
    ...noteOf(item, type, password)
  }
  return { article, losses }
}

/** WordPress percent-encodes slugs of other scripts. */
function decoded(slug: string) {
  try {
    return decodeURIComponent(slug)
  } catch {
    return slug
  }
}

const absolute = (url: string, base: string | undefined) => URL.parse(url, base)?.href ?? url

/** The date of one that is published and has no time in UTC. */
const dated = (item: Element, status: string) =>
  status === 'publish' || status === 'private' || status === 'future'
    ? (instantOf(textOf(item, 'pubDate')) ?? instantOf(textOf(item, 'wp:post_date')))
    : undefined

/** Those of Co-Authors Plus, each once; else who made the post. */
function authorsOf(item: Element, terms: Element[], { authors }: Site): Author[] {
  const listed = terms
    .filter(({ attributes }) => attributes.domain === 'author')
    .map(({ attributes: { nicename = '' }, text }) => {
      const login = nicename.replace(/^cap-/, '')
      return authors.get(login) ?? { id: `author-${login}`, name: plainOf(text).trim() || login }
    })
  const login = textOf(item, 'dc:creator').trim()
  // An address of mail is nobody's name, and is not kept.
  const bare = login.replace(/@.*$/, '')
  const made = login ? [authors.get(login) ?? { id: `author-${bare}`, name: bare }] : []
  const all = listed.length > 0 ? listed : made
  return [...new Map(all.map((author) => [author.name, author])).values()]
}

/** Its own address, and what that was under former slugs. */
function addressesOf(url: string, former: string[]): string[] {
  const bare = /^([^?#]*\/)[^/?#]+(\/?)$/.exec(url)
  return former.flatMap((slug) => (bare && slug ? [`${bare[1]}${slug}${bare[2]}`] : []))
}

/** Where plugins of newsrooms keep a line below the headline. */
const subtitles = [
  'newspack_post_subtitle',
  '_subtitle',
  'subtitle',
  'kicker_subtitle',
  'wps_subtitle',
  'dek'
]

const subtitleOf = (meta: Map<string, string[]>) =>
  subtitles.flatMap((key) => plainOf(meta.get(key)?.[0] ?? '').trim() || [])[0] ?? ''

function noteOf(item: Element, type: string, password: string) {
  const format = item.children.find(({ attributes: { domain } }) => domain === 'post_format')
  const told = [
    ...(textOf(item, 'wp:status').trim() === 'pending' ? ['It waited for review there.'] : []),
    ...(textOf(item, 'wp:is_sticky').trim() === '1' ? ['Sticky there.'] : []),
    ...(format ? [`A post of the format ${format.text.trim()} there.`] : []),
    ...(type === 'post' || type === 'page' ? [] : [`A ${type} there.`]),
    ...(password ? ['It could be read there with a password.'] : [])
  ]
  return told.length > 0 ? { note: told.join(' ') } : {}
}
