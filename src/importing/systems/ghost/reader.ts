// Ghost's export: one file of JSON. Members, their subscriptions, tokens and keys are never read.

import { withCount } from '../../../storage/text/with-count.ts'
import { httpUrl } from '../../metadata/addresses.ts'
import {
  type ArticleItem,
  type ExportFile,
  type ImportedMedia,
  type Item,
  RefusedExport,
  type SystemReader
} from '../item.ts'
import { addressInExport } from '../local-files.ts'
import { instantOf, plainOf } from '../text.ts'
import { type Fields, fieldsIn, isFields, jsonOf, wordsAt } from '../whole.ts'
import type { Lose } from './cards.ts'
import { fromLexical } from './lexical.ts'
import { fromMobiledoc } from './mobiledoc.ts'

export const ghostReader: SystemReader = {
  name: 'ghost',
  recognises: (head, name) =>
    /^\s*\{/.test(head) &&
    (/"exported_on"\s*:/.test(head) || (/"db"\s*:\s*\[/.test(head) && name.endsWith('.json'))),
  read
}

const maxMegabytes = 256
/** What Ghost writes in place of the address of the site. */
const here = '__GHOST_URL__'

async function* read(files: ExportFile[]): AsyncGenerator<Item> {
  for (const file of files) {
    if (!file.name.endsWith('.json')) {
      const reason = 'A Ghost export is read from its JSON file: this one was left out.'
      yield { kind: 'loss', place: file.name, code: 'file-left-out', reason }
      continue
    }
    yield* itemsOf(dataOf(await jsonOf(file, maxMegabytes), file.name), file.name)
  }
}

/** The tables of an export, which some versions wrap. */
function dataOf(json: unknown, name: string): Fields {
  const [wrapped = json] = isFields(json) ? fieldsIn(json.db) : []
  const data = isFields(wrapped) ? wrapped.data : undefined
  if (isFields(data) && Array.isArray(data.posts)) return data
  throw new RefusedExport(
    'not-ghost',
    `${name} has no list of posts at db[0].data.posts: take the file that Settings, Import/Export of Ghost writes.`
  )
}

/** Rows of a table by an id of theirs. */
const by = (rows: Fields[], key: string) => Map.groupBy(rows, (row) => String(row[key]))

function* itemsOf(data: Fields, file: string): Generator<Item> {
  const tables = {
    meta: by(fieldsIn(data.posts_meta), 'post_id'),
    tags: by(fieldsIn(data.tags), 'id'),
    users: by(fieldsIn(data.users), 'id'),
    tagged: by(fieldsIn(data.posts_tags), 'post_id'),
    written: by(fieldsIn(data.posts_authors), 'post_id'),
    site: siteOf(data),
    language: settingOf(data, 'locale') ?? settingOf(data, 'lang')
  }
  const site = identityOf(data)
  if (site) yield { kind: 'site', place: file, ...site }
  const members = fieldsIn(data.members).length
  if (members > 0)
    yield {
      ...{ kind: 'loss', place: file, code: 'members-left-out' },
      reason: `${withCount(members, 'member')} of the site not taken: members are readers, and no part of what it published.`
    }
  for (const post of fieldsIn(data.posts)) yield* articleOf(post, tables, file)
}

/** What tells a site from others: each database of Ghost is made with a hash of its own, and few exports have the address. */
function identityOf(data: Fields) {
  const address = siteOf(data)
  const hash = settingOf(data, 'db_hash') ?? settingOf(data, 'dbHash')
  const title = settingOf(data, 'title')
  const id = hash ?? address
  return id && { id, name: address ?? `the site${title ? ` “${title}”` : ''} with the db_hash ${id}` }
}

/** The address of the site, where the settings or an author say it. */
const siteOf = (data: Fields) => settingOf(data, 'url')?.replace(/\/+$/, '')

function settingOf({ settings }: Fields, name: string) {
  const row = fieldsIn(settings).find(({ key }) => key === name)
  return row && wordsAt(row, 'value')
}

type Tables = {
  [name in 'meta' | 'tags' | 'users' | 'tagged' | 'written']: Map<string, Fields[]>
} & { site: string | undefined; language: string | undefined }

const states: Record<string, ArticleItem['status']> = {
  published: 'published',
  sent: 'published',
  scheduled: 'scheduled'
}

/** Joined rows in the order that the editor gave them. */
const joined = (links: Fields[] = [], key: string, rows: Map<string, Fields[]>) =>
  links
    .toSorted((a, b) => Number(a.sort_order ?? 0) - Number(b.sort_order ?? 0))
    .flatMap((link) => rows.get(String(link[key])) ?? [])

/** An instant as a text, or in milliseconds as exports before 1.0 have it. */
function timeOf(value: unknown) {
  if (typeof value === 'number') return instantOf(new Date(value).toISOString())
  return typeof value === 'string' ? instantOf(value) : undefined
}

function* articleOf(post: Fields, tables: Tables, file: string): Generator<Item> {
  const id = wordsAt(post, 'id') ?? wordsAt(post, 'uuid', 'slug')!
  const isPage = post.type === 'page' || post.page === 1 || post.page === true
  const place = `${file}: ${isPage ? 'page' : 'post'} ${id}`
  const losses: Item[] = []
  const lose: Lose = (code, reason, words) =>
    void losses.push({ kind: 'loss', place, code, reason, ...(words && { words }) })
  const { site } = tables
  const language = wordsAt(post, 'locale') ?? tables.language
  const placed = (text: string) => text.replaceAll(here, site ?? '')
  const body = bodyOf(post, lose)
  const picture = wordsAt(post, 'feature_image', 'image')
  if (site === undefined && (body.includes(here) || picture?.includes(here)))
    lose(
      'site-unknown',
      `Addresses there begin with ${here}, and the export does not say what that is: write it into the file, and import it again.`
    )
  const [about = {}] = tables.meta.get(String(post.id)) ?? []
  const featured =
    picture &&
    featuredOf(picture.replaceAll(here, site ?? addressInExport('').slice(0, -1)), { ...post, ...about })
  const tags = joined(tables.tagged.get(String(post.id)), 'tag_id', tables.tags)
  const [shown, internal] = partition(
    tags,
    (tag) => tag.visibility !== 'internal' && !/^#/.test(String(tag.name))
  )
  for (const tag of internal)
    lose('internal-tag', 'A tag that only the desk sees there.', wordsAt(tag, 'name'))
  for (const field of ['codeinjection_head', 'codeinjection_foot'])
    if (wordsAt(post, field)) lose('code-left-out', `Code for its page (${field}) is no part of the story.`)
  const authors = joined(tables.written.get(String(post.id)), 'author_id', tables.users)
  const writers = authors.length > 0 ? authors : (tables.users.get(String(post.author_id)) ?? [])
  const slug = wordsAt(post, 'slug')
  const dek = wordsAt(post, 'custom_excerpt')
  const canonical = httpUrl(wordsAt(post, 'canonical_url'))
  const publishedAt = timeOf(post.published_at)
  const status = states[String(post.status)] ?? 'draft'
  const [section, ...others] = shown.map(({ name }) => plainOf(String(name)))
  yield* losses
  yield {
    kind: 'article',
    ...{ place, id, type: isPage ? 'page' : 'story' },
    title: wordsAt(post, 'title') ?? '',
    html: placed(body),
    authors: writers.flatMap((user) => authorOf(user)),
    status,
    tags: others,
    addresses: slug ? [`/${slug}/`] : [],
    media: featured ? [featured] : [],
    library: sharedOf({ ...post, ...about }, placed),
    comments: 'open',
    ...(section && { section }),
    ...(dek && { dek }),
    ...(slug && { slug }),
    ...(site && slug && { url: `${site}/${slug}/` }),
    ...(canonical && { canonicalUrl: canonical }),
    ...(featured && { featured: featured.id }),
    ...(language && { language }),
    ...(publishedAt && status !== 'draft' && { publishedAt }),
    ...(timeOf(post.updated_at) && { updatedAt: timeOf(post.updated_at)! }),
    ...noteOf(post)
  }
}

function partition<T>(all: T[], is: (one: T) => boolean): [T[], T[]] {
  return [all.filter(is), all.filter((one) => !is(one))]
}

/** The HTML that Ghost rendered itself; else that of the editor's document. */
function bodyOf(post: Fields, lose: Lose): string {
  const html = wordsAt(post, 'html')
  if (html) return html
  const [lexical, mobiledoc] = [wordsAt(post, 'lexical'), wordsAt(post, 'mobiledoc')]
  const read = (lexical && fromLexical(lexical, lose)) ?? (mobiledoc && fromMobiledoc(mobiledoc, lose))
  if (read === undefined && (lexical || mobiledoc))
    lose('body-unreadable', 'Its body is neither HTML nor a document of an editor of Ghost: it is missing.')
  return read ?? ''
}

/** The pictures that stand for a post where it is shared: no reader of the post sees them. */
const sharedOf = (fields: Fields, placed: (text: string) => string): ImportedMedia[] =>
  ['og_image', 'twitter_image'].flatMap((name) => {
    const url = httpUrl(placed(wordsAt(fields, name) ?? ''))
    return url ? [{ id: `${name}-${fields.id}`, kind: 'image', url }] : []
  })

function featuredOf(url: string, fields: Fields): ImportedMedia | undefined {
  const address = httpUrl(url)
  if (address === undefined) return undefined
  const alt = wordsAt(fields, 'feature_image_alt')
  const caption = plainOf(wordsAt(fields, 'feature_image_caption') ?? '')
  return {
    ...{ id: `feature-${fields.id}`, kind: 'image', url: address },
    ...(alt && { alt }),
    ...(caption && { caption })
  }
}

function authorOf(user: Fields) {
  const name = wordsAt(user, 'name', 'slug')
  const website = httpUrl(wordsAt(user, 'website'))
  if (name === undefined) return []
  return [{ id: `author-${wordsAt(user, 'slug', 'id')}`, name, ...(website && { addresses: [website] }) }]
}

function noteOf({ visibility, featured, status }: Fields) {
  const told = [
    ...(visibility && visibility !== 'public' ? [`Readable there for ${String(visibility)}.`] : []),
    ...(status === 'sent' ? ['Sent there as a newsletter alone.'] : []),
    ...(featured === true || featured === 1 ? ['Featured there.'] : [])
  ]
  return told.length > 0 ? { note: told.join(' ') } : {}
}
