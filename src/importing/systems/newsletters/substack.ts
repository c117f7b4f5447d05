// Substack's export: posts.csv and a folder with the HTML of each post. Lists of subscribers are never read.

import { escapeMarkup } from '../../../storage/text/xml-text.ts'
import { httpUrl } from '../../metadata/addresses.ts'
import { type ArticleItem, type ExportFile, type Item, RefusedExport, type SystemReader } from '../item.ts'
import { instantOf, plainOf } from '../text.ts'
import { rowsOf, textOf } from '../whole.ts'
import { withNumberedNotes, withoutInvitations } from './furniture.ts'

export const substackReader: SystemReader = {
  name: 'substack',
  isFolder: true,
  recognises: (head, name) =>
    /(?:^|\/)posts\.csv$/.test(name) && /^\W*post_id,/.test(head) && head.includes('title'),
  read
}

const subscribers = /(?:^|\/)(?:email_list|subscribers?|.*\.(?:opens|delivers))[^/]*\.csv$/

async function* read(files: ExportFile[]): AsyncGenerator<Item> {
  const bodies = new Map(
    files.filter(({ name }) => /\.html?$/.test(name)).map((file) => [idIn(file.name), file])
  )
  const tables = files.filter(({ name }) => /(?:^|\/)posts\.csv$/.test(name))
  if (tables.length === 0)
    throw new RefusedExport(
      'not-substack',
      'There is no posts.csv among these files: name the zip of the export, or the folder that it was unpacked into.'
    )
  for (const file of files) {
    if (tables.includes(file) || bodies.has(idIn(file.name))) continue
    const reason = subscribers.test(file.name)
      ? 'Lists of readers are not taken.'
      : 'It is neither posts.csv nor the HTML of a post.'
    yield { kind: 'loss', place: file.name, code: 'file-left-out', reason }
  }
  const reason = 'An export of Substack names no authors: add the bylines here.'
  yield { kind: 'loss', place: tables[0]!.name, code: 'authors-unknown', reason }
  for (const table of tables)
    for (const row of rowsOf(await textOf(table, 64))) {
      const file = bodies.get(row.post_id ?? '')
      bodies.delete(row.post_id ?? '')
      yield* articleOf(row, file, table.name)
    }
  for (const { name } of bodies.values()) {
    const reason = 'posts.csv has no line of this post: its title and date are not known.'
    yield { kind: 'loss', place: name, code: 'file-left-out', reason }
  }
}

/** posts/12345.late-ferry.html: the id of the post, which posts.csv has. */
const idIn = (name: string) => name.replace(/^.*\//, '').replace(/\.html?$/, '')

async function* articleOf(
  row: Record<string, string>,
  file: ExportFile | undefined,
  table: string
): AsyncGenerator<Item> {
  const { post_id: post = '', type = '', audience = '', podcast_url: podcast } = row
  const [number = post, slug] = post.split(/\.(.*)/s)
  const place = `${table}: post ${post}`
  if (file === undefined)
    yield { kind: 'loss', place, code: 'body-missing', reason: `posts/${post}.html is not in the export.` }
  const { html, words } = withoutInvitations(file ? await textOf(file, 16) : '')
  if (words.length > 0)
    yield {
      ...{ kind: 'loss', place, code: 'invitation-left-out' },
      reason: 'Invitations to subscribe, share and comment are no part of the story.',
      words: words.join(' · ').slice(0, 300)
    }
  const published = instantOf(row.post_date ?? '')
  const isPublished = row.is_published === 'true'
  const sound = httpUrl(podcast)
  const dek = plainOf(row.subtitle ?? '')
  const status: ArticleItem['status'] = isPublished ? 'published' : 'draft'
  const told = [
    ...(/^(?:only_|founding)/.test(audience)
      ? [`For ${audience.replace(/^only_/, '')} subscribers there.`]
      : []),
    ...(type && !/^(?:newsletter|page)$/.test(type) ? [`A ${type} there.`] : [])
  ]
  yield {
    kind: 'article',
    ...{ place, id: number, type: type === 'page' ? 'page' : 'story', status },
    title: plainOf(row.title ?? ''),
    html: `${withNumberedNotes(html)}${sound ? `<audio src="${escapeMarkup(sound)}"></audio>` : ''}`,
    authors: [],
    tags: [],
    addresses: slug ? [`/p/${slug}`] : [],
    media: [],
    comments: 'open',
    ...(dek && { dek }),
    ...(slug && { slug }),
    ...(published && isPublished && { publishedAt: published }),
    ...(told.length > 0 && { note: told.join(' ') })
  }
}
