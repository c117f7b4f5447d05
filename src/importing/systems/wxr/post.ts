// A post or page of an export as an article.
import type { ArticleItem, Author, Loss } from '../item.ts'
import { instantOf, plainOf } from '../text.ts'
import { type Element, textOf } from '../xml.ts'
import { fromBlocks, hasBlocks } from './blocks.ts'
import { metaOf } from './meta.ts'
import { paragraphs } from './paragraphs.ts'
import { withoutShortcodes } from './shortcodes.ts'
import type { Site } from './site.ts'

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
  const featured = meta.get('_thumbnail_id')?.[0]?.trim()
  if (featured && !site.attachments.has(featured))
    lose('featured-missing', `Its featured picture, the attachment ${featured}, is not in the export.`)
  const media = [
    ...new Set([...(featured ? [featured] : []), ...shown, ...(site.uploads.get(id) ?? [])])
  ].flatMap((one) => site.attachments.get(one) ?? [])
  const terms = item.children.filter(({ name }) => name === 'category')
  const named = (domain: string) =>
    terms.filter(({ attributes }) => attributes.domain === domain).map(({ text }) => plainOf(text).trim())
  const sections = named('category').filter((name) => name.toLowerCase() !== 'uncategorized')
  const status = textOf(item, 'wp:status').trim()
  const password = textOf(item, 'wp:post_password')
  const url = textOf(item, 'link').trim()
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
    tags: [...sections.slice(1), ...named('post_tag')],
    addresses: addressesOf(url, meta.get('_wp_old_slug') ?? []),
    media: media.map(({ parent: _, ...one }) => one),
    comments: textOf(item, 'wp:comment_status').trim() === 'closed' ? 'closed' : 'open',
    ...(plainOf(textOf(item, 'excerpt:encoded')) && { dek: plainOf(textOf(item, 'excerpt:encoded')) }),
    ...(sections[0] && { section: sections[0] }),
    ...(slug && { slug }),
    ...(url && { url: absolute(url, site.url) }),
    ...(site.language && { language: site.language }),
    ...(publishedAt && { publishedAt }),
    ...(featured && site.attachments.has(featured) && { featured }),
    ...noteOf(type, password)
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
  const made = login ? [authors.get(login) ?? { name: login.replace(/@.*$/, '') }] : []
  const all = listed.length > 0 ? listed : made
  return [...new Map(all.map((author) => [author.name, author])).values()]
}

/** Its own address, and what that was under former slugs. */
function addressesOf(url: string, former: string[]): string[] {
  const bare = /^([^?#]*\/)[^/?#]+(\/?)$/.exec(url)
  return former.flatMap((slug) => (bare && slug ? [`${bare[1]}${slug}${bare[2]}`] : []))
}

function noteOf(type: string, password: string) {
  const told = [
    ...(type === 'post' || type === 'page' ? [] : [`A ${type} there.`]),
    ...(password ? ['It could be read there with a password.'] : [])
  ]
  return told.length > 0 ? { note: told.join(' ') } : {}
}
