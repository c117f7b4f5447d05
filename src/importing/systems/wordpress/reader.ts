// What the REST API of WordPress answers (wp/v2), a file of JSON for each answer: the mirror of a live site that the
// command makes, or one that somebody saved.
import { addressKey } from '../../pictures/address-key.ts'
import {
  type CommentItem,
  type ExportFile,
  type Item,
  type Loss,
  RefusedExport,
  type SystemReader
} from '../item.ts'
import { commentText, instantOf, plainOf } from '../text.ts'
import { type Fields, fieldsIn, isFields, jsonOf, plainAt, wordsAt } from '../whole.ts'
import { fileOf } from './media.ts'
import { articleOf } from './post.ts'
import { renderedIn } from './rendered.ts'
import type { Site } from './site.ts'

export const wordpressReader: SystemReader = {
  name: 'wordpress',
  isFolder: true,
  recognises: (head) =>
    /^\s*[[{]/.test(head) &&
    /"(?:guid|content|caption|title)"\s*:\s*\{\s*"rendered"\s*:/.test(head) &&
    /"(?:_links|comment_status|media_type|author_name)"\s*:/.test(head),
  read
}

/** The most that one answer may have, in MB. */
const maxMegabytes = 64

/** Read twice: terms, users and files may come after the posts that name them. */
async function* read(files: ExportFile[]): AsyncGenerator<Item> {
  const site: Site = {
    ...{ authors: new Map(), categories: new Map(), tags: new Map() },
    ...{ media: new Map(), uploads: new Map(), used: new Set(), files: new Map() }
  }
  let count = 0
  for (const file of files)
    for (const record of await recordsOf(file)) {
      count++
      yield* collect(record, site, file.name)
    }
  if (count === 0)
    throw new RefusedExport(
      'not-wordpress',
      'None of these files is an answer of the REST API of WordPress: name the address of the site, or the folder of answers.'
    )
  const address = site.url ?? site.from
  if (address) yield { kind: 'site', place: files[0]!.name, id: address }
  const comments: CommentItem[] = []
  for (const file of files)
    for (const record of await recordsOf(file)) {
      if (isPost(record)) yield* postOf(record, site, file.name)
      else if (isComment(record)) {
        for (const one of commentOf(record, file.name))
          if (one.kind === 'loss') yield one
          else comments.push(one)
      }
    }
  yield* comments.toSorted((a, b) => Number(a.id) - Number(b.id))
  for (const [id, { parent: _, place, ...media }] of site.media)
    if (!site.used.has(id)) yield { kind: 'media', place, media }
}

/** The records of an answer; what the command notes beside them is one, too. */
async function recordsOf(file: ExportFile): Promise<Fields[]> {
  if (!/\.json$/i.test(file.name)) return []
  const json = await jsonOf(file, maxMegabytes)
  return Array.isArray(json) ? fieldsIn(json) : isFields(json) ? [json] : []
}

const isPost = (record: Fields) => isFields(record.content) && 'status' in record && 'slug' in record
const isComment = (record: Fields) => 'author_name' in record && 'post' in record
const isFile = (record: Fields) => 'source_url' in record

/** The site that an answer is of, by its own address: "https://paper.example/wp-json/wp/v2/posts/13". */
function siteIn({ _links: links }: Fields): string | undefined {
  const [self = {}] = isFields(links) ? fieldsIn(links.self) : []
  return /^(.+?)\/(?:wp-json\/|(?:index\.php)?\?rest_route=)/.exec(plainAt(self, 'href'))?.[1]
}

function* collect(record: Fields, site: Site, file: string): Generator<Loss> {
  const id = Number(record.id)
  site.from ??= siteIn(record)
  const name = plainOf(plainAt(record, 'name'))
  if (isFile(record)) {
    const losses: Loss[] = []
    const place = `${file}: attachment ${id}`
    const found = fileOf(record, place, (code, reason, words) =>
      losses.push({ kind: 'loss', place, code, reason, ...(words && { words }) })
    )
    yield* losses
    if (found === undefined) return
    site.media.set(id, found)
    for (const url of [found.url, ...found.otherUrls!]) site.files.set(addressKey(url), id)
    site.uploads.set(found.parent, [...(site.uploads.get(found.parent) ?? []), id])
  } else if (record.taxonomy === 'category') site.categories.set(id, name)
  else if (record.taxonomy === 'post_tag') site.tags.set(id, name)
  else if ('avatar_urls' in record && name) site.authors.set(id, { id: `author-${record.slug}`, name })
  else if ('namespaces' in record) site.url = wordsAt(record, 'home', 'url')
  else if ('onrecord' in record) {
    site.language = wordsAt(record, 'language')
    for (const { code = '', reason = '', words } of fieldsIn(record.losses))
      yield {
        ...{ kind: 'loss', place: file, code: String(code), reason: String(reason) },
        ...(typeof words === 'string' && { words })
      }
  }
}

function* postOf(record: Fields, site: Site, file: string): Generator<Item> {
  const losses: Loss[] = []
  const place = `${file}: ${wordsAt(record, 'type') ?? 'post'} ${record.id}`
  const article = articleOf(record, site, place, (code, reason) =>
    losses.push({ kind: 'loss', place, code, reason })
  )
  yield* losses
  yield article
}

const states: Record<string, CommentItem['state']> = { hold: 'pending', spam: 'spam', trash: 'trash' }

function commentOf(record: Fields, file: string): (CommentItem | Loss)[] {
  const id = plainAt(record, 'id')
  const place = `${file}: comment ${id}`
  const type = wordsAt(record, 'type') ?? 'comment'
  if (type !== 'comment')
    return [
      {
        ...{ kind: 'loss', place, code: 'pingback' },
        reason: `A ${type} is a link from another site, and no comment.`
      }
    ]
  const parent = Number(record.parent)
  const { text, losses } = commentText(renderedIn(record, 'content').replace(/<\/p>\s*<p>/gi, '\n\n'), place)
  const comment: CommentItem = {
    kind: 'comment',
    ...{ place, id, articleId: plainAt(record, 'post') },
    ...(parent > 0 && { parentId: String(parent) }),
    author: plainOf(plainAt(record, 'author_name')),
    state: states[String(record.status)] ?? 'approved',
    at: instantOf(`${plainAt(record, 'date_gmt')}Z`) ?? '1970-01-01T00:00:00.000Z',
    text
  }
  return [...losses, comment]
}
