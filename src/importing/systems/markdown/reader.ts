// Folders of Markdown with front matter: Hugo, Jekyll, Eleventy and their like.
import { htmlOf } from '../../../content/body/markdown.ts'
import { withCount } from '../../../storage/text/with-count.ts'
import { httpUrl } from '../../metadata/addresses.ts'
import { statedNames } from '../../metadata/people.ts'
import { creditOf } from '../../pictures/credits.ts'
import {
  type ArticleItem,
  type ExportFile,
  type ImportedMedia,
  type Item,
  RefusedExport,
  type SystemReader
} from '../item.ts'
import { addressInExport, byName, isMediaFile } from '../local-files.ts'
import { instantOf } from '../text.ts'
import { type Fields, isFields, textOf, wordsAt } from '../whole.ts'
import type { FrontMatter } from './front-matter.ts'
import { withoutShortcodes } from './shortcodes.ts'

export const markdownReader: SystemReader = {
  name: 'markdown',
  isFolder: true,
  recognises: (head, name) => isMarkdown(name) && /^\uFEFF?(?:---|\+\+\+)[ \t]*\r?\n|^\{\s*\n/.test(head),
  read
}

const isMarkdown = (name: string) => /\.(?:md|markdown|mdown|mdx)$/i.test(name)

async function* read(files: ExportFile[]): AsyncGenerator<Item> {
  // Other exports need neither YAML nor TOML.
  const { frontMatterOf } = await import('./front-matter.ts')
  let [others, unplaced] = [0, 0]
  const inExport = new Map([...byName(files)].map(([name, { name: path }]) => [path, name]))
  for (const file of files) {
    if (!isMarkdown(file.name)) {
      if (!isMediaFile(file.name)) others++
      continue
    }
    const lose = (code: string, reason: string, words?: string): Item => ({
      ...{ kind: 'loss', place: file.name, code, reason },
      ...(words && { words })
    })
    const found = frontMatterOf(await textOf(file, 16))
    if (found === undefined)
      yield lose('no-front-matter', 'It begins without front matter: it is no article.')
    else if (found.problem !== undefined)
      yield lose(
        'front-matter-broken',
        `Its front matter cannot be read: ${found.problem}. Mend it and import it again.`
      )
    else if (/(?:^|\/)_index\.\w+$/.test(file.name))
      yield lose('no-article', 'A page that lists a section (_index.md) is no article.')
    else {
      if (wordsAt(found.fields, ...names.address) === undefined) unplaced++
      yield* articleOf(found, { ...file, file: inExport.get(file.name)! }, lose)
    }
  }
  if (!files.some(({ name }) => isMarkdown(name)))
    throw new RefusedExport(
      'not-markdown',
      'None of these files is Markdown: name the folder with the articles.'
    )
  if (unplaced > 0)
    yield {
      ...{ kind: 'loss', place: files[0]!.name, code: 'addresses-unknown' },
      reason: `${withCount(unplaced, 'file')} without the former address (permalink, url): the settings of the site made it, and no redirects are kept.`
    }
  if (others > 0)
    yield {
      ...{ kind: 'loss', place: files[0]!.name, code: 'file-left-out' },
      reason: `${withCount(others, 'file')} of other kinds than Markdown and pictures: templates and settings do not come.`
    }
}

/** What is read here, of all names that the systems have for it. */
const names = {
  title: ['title'],
  dek: ['description', 'subtitle', 'summary', 'excerpt', 'dek'],
  published: ['date', 'publishDate', 'pubDate', 'published_at', 'publishedAt'],
  updated: ['lastmod', 'updated', 'last_modified_at', 'modified', 'updatedAt'],
  authors: ['author', 'authors', 'byline'],
  sections: ['categories', 'category', 'section'],
  tags: ['tags', 'tag', 'keywords'],
  slug: ['slug'],
  address: ['permalink', 'url'],
  former: ['aliases', 'redirect_from'],
  language: ['lang', 'language', 'locale'],
  picture: ['image', 'cover', 'featured_image', 'featuredImage', 'hero', 'thumbnail', 'feature_image'],
  alt: ['image_alt', 'imageAlt', 'alt'],
  caption: ['image_caption', 'imageCaption', 'caption'],
  credit: ['image_credit', 'imageCredit', 'photo_credit', 'credit', 'photographer'],
  canonical: ['canonical_url', 'canonicalUrl', 'canonical'],
  state: ['draft', 'published', 'layout', 'type', 'weight', 'toc', 'id', 'uid', 'guid', 'comments', 'sitemap']
}
const known = new Set(Object.values(names).flat())

function* articleOf(
  { fields, body }: FrontMatter,
  { name, inside = name, file: inExport }: Pick<ExportFile, 'name' | 'inside'> & { file: string },
  lose: (code: string, reason: string, words?: string) => Item
): Generator<Item> {
  const at = (which: keyof typeof names) => wordsAt(dated(fields), ...names[which])
  const others = Object.keys(fields).filter((key) => !known.has(key))
  if (others.length > 0)
    yield lose(
      'field-left-out',
      'Fields of its front matter that have no place here.',
      others.join(', ').slice(0, 300)
    )
  const losses: Item[] = []
  const text = withoutShortcodes(body, (code, reason, words) => losses.push(lose(code, reason, words)))
  const { html, asides } = htmlOf(`\n${text}`)
  for (const { code, detail, words } of asides) losses.push(lose(code, detail, words.slice(0, 300)))
  yield* losses
  const address = at('address')
  const base = httpUrl(address)
  const file = fileOf(inside)
  const stated = at('published')
  const published = timeOf(stated ?? file.date ?? '')
  if (stated && published === undefined) yield lose('date-unreadable', 'Its date cannot be read.', stated)
  const isDraft =
    /^(?:true|yes)$/i.test(String(fields.draft)) || /^(?:false|no)$/i.test(String(fields.published))
  const [section, ...more] = listOf(fields, names.sections)
  const slug = at('slug') ?? file.slug
  const media = pictureOf(fields, addressInExport(inExport))
  const updated = timeOf(at('updated') ?? '')
  const article: ArticleItem = {
    kind: 'article',
    ...{
      place: name,
      id: at('address') ?? file.id,
      type: /^page$/.test(String(fields.layout ?? fields.type)) ? 'page' : 'story'
    },
    title: at('title') ?? '',
    html,
    authors: authorsOf(fields),
    status: isDraft || file.isDraft ? 'draft' : 'published',
    tags: [...more, ...listOf(fields, names.tags)],
    addresses: [...(address && !base ? [address] : []), ...listOf(fields, names.former)],
    media: media ? [media] : [],
    comments: 'open',
    file: inExport,
    ...(at('dek') && { dek: at('dek')! }),
    ...(section && { section }),
    ...(slug && { slug }),
    ...(base && { url: base }),
    ...(media && { featured: media.id }),
    ...(at('language') && { language: at('language')! }),
    ...(httpUrl(at('canonical')) && { canonicalUrl: httpUrl(at('canonical'))! }),
    ...(published && !isDraft && { publishedAt: published }),
    ...(updated && { updatedAt: updated })
  }
  const picture = pictureAddress(fields)
  if (picture && !media) yield lose('picture-left-out', 'The address of its picture cannot be read.', picture)
  yield article
}

/** Dates of TOML are values of their own. */
const dated = (fields: Fields): Fields =>
  Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, value instanceof Date ? value.toISOString() : value])
  )

/** "2019-03-04 10:00:00 +0900", "2019-03-04" and what the engine reads; without a zone it is UTC. */
export function timeOf(text: string): string | undefined {
  const parts =
    /^(\d{4}-\d\d-\d\d)(?:[T ]+(\d\d?:\d\d(?::\d\d(?:\.\d+)?)?)\s*(Z|UTC|[+-]\d\d:?\d\d)?)?$/.exec(
      text.trim()
    )
  if (parts === null) return instantOf(text)
  const [, day, time = '00:00', zone = 'Z'] = parts
  const offset = /^[+-]/.test(zone) ? zone.replace(/^(...):?(..)$/, '$1:$2') : 'Z'
  return instantOf(`${day}T${time.padStart(5, '0')}${offset}`)
}

/** Lists as lists, as one text with commas, or, of Jekyll, as words with spaces. */
function listOf(fields: Fields, keys: string[]): string[] {
  return keys.flatMap((key) => {
    const value = fields[key]
    if (Array.isArray(value))
      return value.flatMap((one) => (typeof one === 'string' ? one.trim() : [])).filter(Boolean)
    if (typeof value !== 'string') return []
    const isWords = !value.includes(',') && (key === 'tags' || key === 'categories')
    return value
      .split(isWords ? /\s+/ : ',')
      .map((one) => one.trim())
      .filter(Boolean)
  })
}

function authorsOf(fields: Fields) {
  const stated = names.authors.flatMap((key) => [fields[key]].flat())
  return stated.flatMap((one) => {
    if (typeof one === 'string') return statedNames(one).map((name) => ({ name }))
    const name = isFields(one) ? wordsAt(one, 'name') : undefined
    return name ? [{ name }] : []
  })
}

const pictureAddress = (fields: Fields) => {
  const value = names.picture.map((key) => fields[key]).find(Boolean)
  return isFields(value)
    ? wordsAt(value, 'src', 'url', 'path', 'image')
    : typeof value === 'string'
      ? value
      : undefined
}

function pictureOf(fields: Fields, base: string | undefined): ImportedMedia | undefined {
  const inner = names.picture.map((key) => fields[key]).find(isFields)
  const all = { ...fields, ...inner }
  const url = httpUrl(pictureAddress(fields), base)
  if (url === undefined) return undefined
  const [alt, caption, credit] = [names.alt, names.caption, names.credit].map((keys) => wordsAt(all, ...keys))
  return {
    ...{ id: url, kind: 'image', url },
    ...(alt && { alt }),
    ...(caption && { caption }),
    ...(credit && { credit: creditOf(credit, () => {}) })
  }
}

/** What the name of a file says: _posts/2019-03-04-late-ferry.md; late-ferry/index.md; _drafts/. */
function fileOf(name: string) {
  const id = name.replace(/\.\w+$/, '').replace(/\/index(?:\.\w+)?$/, '')
  const base = id.replace(/^.*\//, '')
  const [, date, slug = base] = /^(\d{4}-\d\d-\d\d)-(.+)$/.exec(base) ?? []
  return { id, date, slug, isDraft: /(?:^|\/)_drafts\//.test(name) }
}
