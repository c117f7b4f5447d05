// A post or page of a live site of WordPress as an article: its body as readers get it.
import { collapseSpace } from '../../../content/body/text.ts'
import { filesNamedIn } from '../../pictures/address-key.ts'
import type { ArticleItem, Author } from '../item.ts'
import { instantOf, plainOf } from '../text.ts'
import { type Fields, fieldsIn, isFields, plainAt, wordsAt } from '../whole.ts'
import { renderedIn } from './rendered.ts'
import type { Site } from './site.ts'

type Lose = (code: string, reason: string, words?: string) => void

const states: Record<string, ArticleItem['status']> = {
  publish: 'published',
  future: 'scheduled',
  private: 'private',
  trash: 'trash'
}

/** The article; `lose` is told what of the post is not in it. */
export function articleOf(record: Fields, site: Site, place: string, lose: Lose): ArticleItem {
  const id = plainAt(record, 'id')
  const type = wordsAt(record, 'type') ?? 'post'
  if (isFields(record.content) && record.content.protected === true)
    lose('body-protected', 'Its body can be read there with a password only: it is missing.')
  const shown = new Set<number>()
  const html = renderedIn(record, 'content').replace(
    /<img\b(?=[^>]*\b(?:wp-image-|data-id=")(\d+))/gi,
    (_, number) => {
      shown.add(Number(number))
      return `<img data-picture="${number}"`
    }
  )
  for (const number of filesNamedIn(html, site.files)) shown.add(number)
  const featured = Number(record.featured_media) || 0
  if (featured > 0 && !site.media.has(featured))
    lose('featured-missing', `Its featured picture, the attachment ${featured}, cannot be read there.`)
  const filesOf = (ids: Iterable<number>) =>
    [...new Set(ids)].flatMap((one) => {
      const known = site.media.get(one)
      if (known === undefined) return []
      site.used.add(one)
      const { parent: _, place: __, ...file } = known
      return [file]
    })
  const media = filesOf([...(featured > 0 ? [featured] : []), ...shown])
  const named = (field: unknown, names: Map<number, string>) =>
    (Array.isArray(field) ? field : []).flatMap((one) => names.get(Number(one)) ?? [])
  const sections = named(record.categories, site.categories).filter(
    (name) => name.toLowerCase() !== 'uncategorized'
  )
  const url = wordsAt(record, 'link')
  const short = renderedIn(record, 'guid')
  const dek = dekOf(record)
  const slug = decoded(plainAt(record, 'slug'))
  const publishedAt = instantOf(`${plainAt(record, 'date_gmt')}Z`)
  const updatedAt = instantOf(`${plainAt(record, 'modified_gmt')}Z`)
  const status = states[String(record.status)] ?? 'draft'
  return {
    kind: 'article',
    ...{ place, id, type: type === 'page' ? 'page' : 'story', status },
    title: plainOf(renderedIn(record, 'title')),
    html,
    authors: authorsOf(record, site),
    tags: [...sections.slice(1), ...named(record.tags, site.tags)],
    addresses: /[?&](?:#038;)?p(?:age_id)?=\d+/.test(short) ? [plainOf(short)] : [],
    media,
    library: filesOf(site.uploads.get(Number(record.id)) ?? []),
    comments: record.comment_status === 'closed' ? 'closed' : 'open',
    ...(dek && { dek }),
    ...(sections[0] && { section: sections[0] }),
    ...(slug && { slug }),
    ...(url && { url: URL.parse(url, site.url)?.href ?? url }),
    ...(site.language && { language: site.language }),
    ...(publishedAt && status !== 'draft' && { publishedAt }),
    ...(updatedAt && { updatedAt }),
    ...(site.media.has(featured) && { featured: String(featured) }),
    ...noteOf(record, type)
  }
}

/** WordPress makes an excerpt of the first words where nobody wrote one: that is none. */
function dekOf(record: Fields) {
  const plain = (name: string) => collapseSpace(plainOf(renderedIn(record, name))).trim()
  const excerpt = plain('excerpt').replace(/\s*(?:\[?(?:…|\.\.\.)\]?|Continue reading.*|Read more.*)$/i, '')
  return excerpt && !plain('content').startsWith(excerpt.slice(0, 200)) ? excerpt : ''
}

/** WordPress percent-encodes slugs of other scripts. */
function decoded(slug: string) {
  try {
    return decodeURIComponent(slug)
  } catch {
    return slug
  }
}

/** Those of Co-Authors Plus, each once; else who made the post, as a user or as the answer embeds it. */
function authorsOf(record: Fields, { authors }: Site): Author[] {
  const listed = fieldsIn(record.authors).flatMap((one): Author[] => {
    const name = wordsAt(one, 'display_name', 'name')
    const login = wordsAt(one, 'user_nicename', 'slug', 'id')
    return name ? [{ name: plainOf(name), ...(login && { id: `author-${login}` }) }] : []
  })
  if (listed.length > 0) return [...new Map(listed.map((one) => [one.name, one])).values()]
  const known = authors.get(Number(record.author))
  if (known) return [known]
  const [embedded] = isFields(record._embedded) ? fieldsIn(record._embedded.author) : []
  const name = embedded && wordsAt(embedded, 'name')
  return name ? [{ id: `author-${embedded.slug}`, name: plainOf(name) }] : []
}

function noteOf({ sticky, format }: Fields, type: string) {
  const told = [
    ...(type === 'post' || type === 'page' ? [] : [`A ${type} there.`]),
    ...(sticky === true ? ['Sticky there.'] : []),
    ...(typeof format === 'string' && !/^(?:standard)?$/.test(format)
      ? [`A post of the format ${format.slice(0, 50)} there.`]
      : [])
  ]
  return told.length > 0 ? { note: told.join(' ') } : {}
}
