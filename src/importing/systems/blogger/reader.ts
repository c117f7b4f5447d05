// Blogger's exports: the Atom file of the old settings page, feed.atom of Google Takeout since 2018, answers of the API.
import type {
  ArticleItem,
  CommentItem,
  ExportFile,
  Item,
  Loss,
  RefusedExport,
  SystemReader
} from '../item.ts'
import { innerHtml } from '../markup.ts'
import { commentText, instantOf, plainOf } from '../text.ts'
import { jsonOf } from '../whole.ts'
import { child, type Element, isElement, textOf, wordsOfElement } from '../xml/element.ts'
import { eachFile, elementsAt, ofBrokenFile } from '../xml/read.ts'
import { apiItems, isApiAnswer, locationLeftOut } from './api.ts'

export const bloggerReader: SystemReader = {
  name: 'blogger',
  recognises: (head) =>
    isApiAnswer(head) ||
    (/<feed\b/.test(head) && /schemas\.google\.com\/blogger\/|tag:blogger\.com,1999:blog-/.test(head)),
  read
}

/** Comments are kept until all articles were read: Takeout writes them in any order. */
async function* read(files: ExportFile[]): AsyncGenerator<Item> {
  const comments: CommentItem[] = []
  const blog: { language?: string } = {}
  let broken: RefusedExport | undefined
  try {
    yield* eachFile(files, async function* (file) {
      if (await isJson(file)) {
        for (const item of apiItems(await jsonOf(file, 256), file.name))
          if (item.kind === 'comment') comments.push(item)
          else yield item
        return
      }
      for await (const element of elementsAt(2, file)) {
        if (!isElement(element)) yield element
        else if (element.name === 'entry') yield* itemsOf(element, file.name, comments, blog)
      }
    })
  } catch (error) {
    broken = ofBrokenFile(error)
  }
  yield* comments.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  if (broken) throw broken
}

async function isJson(file: ExportFile) {
  for await (const chunk of file.chunks()) return /^\uFEFF?\s*[[{]/.test(chunk.toString('utf8', 0, 100))
  return false
}

/** What an entry is, in the words of both kinds of files. */
function kindOf(entry: Element) {
  const type = textOf(entry, 'blogger:type')
  if (type) return type.toLowerCase()
  const term = entry.children.find(
    ({ name, attributes }) =>
      name === 'category' && /schemas\.google\.com\/g\/2005#kind$/.test(attributes.scheme ?? '')
  )
  return /#(\w+)$/.exec(term?.attributes.term ?? '')?.[1] ?? 'unknown'
}

const idOf = (text: string) => /\.(?:post|page)-(\d+)\s*$/.exec(text)?.[1] ?? text.trim()

function* itemsOf(
  entry: Element,
  file: string,
  comments: CommentItem[],
  blog: { language?: string }
): Generator<Item> {
  const kind = kindOf(entry)
  const id = idOf(textOf(entry, 'id'))
  const place = `${file}: ${kind} ${id}`
  // The settings come before the posts.
  if (id.endsWith('.settings.BLOG_LOCALE')) blog.language = textOf(entry, 'content').trim()
  if (kind === 'template' || kind === 'settings') return
  if (kind === 'comment') {
    for (const one of commentOf(entry, id, place))
      if (one.kind === 'loss') yield one
      else comments.push(one)
  } else if (kind === 'post' || kind === 'page') {
    yield* locationLost(entry, place)
    yield { ...articleOf(entry, { kind, id, place }), ...blog }
  } else
    yield { kind: 'loss', place, code: 'no-article', reason: `An entry of the kind ${kind} is not read.` }
}

/** Where a post was written, in the words of both kinds of files: a name, or a name and its place on the map. */
function* locationLost({ children }: Element, place: string): Generator<Loss> {
  const location = children.find(({ name }) => name === 'blogger:location')
  const stated = location ? [location.text, ...location.children.map(wordsOfElement)] : []
  const older = children.filter(({ name }) => /^georss:(?:featurename|point)$/.test(name)).map(wordsOfElement)
  const words = [...stated, ...older]
    .map((part) => part.trim())
    .filter(Boolean)
    .join(', ')
  if (words !== '') yield locationLeftOut(words, place)
}

const linkOf = (entry: Element, rel: string) =>
  entry.children.find(({ name, attributes }) => name === 'link' && attributes.rel === rel)?.attributes.href

function authorOf(entry: Element) {
  const author = entry.children.find(({ name }) => name === 'author')
  return { name: textOf(author ?? entry, 'name').trim(), profile: textOf(author ?? entry, 'uri').trim() }
}

function articleOf(
  entry: Element,
  { kind, id, place }: { kind: string; id: string; place: string }
): ArticleItem {
  const { name, profile } = authorOf(entry)
  const control = entry.children.find(({ name }) => name === 'app:control')
  const isDraft =
    textOf(entry, 'blogger:status') === 'DRAFT' ||
    (control !== undefined && textOf(control, 'app:draft').trim() === 'yes')
  const status = textOf(entry, 'blogger:status')
  const published = instantOf(textOf(entry, 'published'))
  const updated = instantOf(textOf(entry, 'updated'))
  const filename = textOf(entry, 'blogger:filename').trim()
  const url = linkOf(entry, 'alternate')
  const address = url ?? (filename || undefined)
  const slug = /\/([^/]+?)\.html?$/.exec(address ?? '')?.[1]
  const tags = entry.children
    .filter(({ name, attributes }) => name === 'category' && !/g\/2005#kind$/.test(attributes.scheme ?? ''))
    .map(({ attributes }) => (attributes.term ?? '').trim())
  const content = entry.children.find(({ name }) => name === 'content')
  const dek = plainOf(textOf(entry, 'blogger:metaDescription'))
  return {
    kind: 'article',
    ...{ place, id, type: kind === 'page' ? 'page' : 'story' },
    title: plainOf(textOf(entry, 'title')),
    html: bodyOf(content),
    authors: name ? [{ name, ...(profile && { id: `author-${profile.replace(/^.*\//, '')}` }) }] : [],
    status:
      status === 'SOFT_TRASHED' || textOf(entry, 'blogger:trashed').trim() !== ''
        ? 'trash'
        : isDraft
          ? 'draft'
          : status === 'SCHEDULED'
            ? 'scheduled'
            : 'published',
    tags,
    addresses: filename ? [filename] : [],
    media: [],
    comments: 'open',
    ...(dek && { dek }),
    ...(slug && { slug }),
    ...(url && { url }),
    ...(published && !isDraft && { publishedAt: published }),
    ...(updated && { updatedAt: updated })
  }
}

/** The content as HTML, which it is by its type; as XHTML its elements are written out. */
function bodyOf(content: Element | undefined): string {
  if (content === undefined) return ''
  if (content.children.length > 0) return innerHtml(content)
  if (content.attributes.type !== 'text') return content.text
  return content.text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

function commentOf(entry: Element, id: string, place: string): (CommentItem | Loss)[] {
  const reply = entry.children.find(({ name }) => name === 'thr:in-reply-to')
  const articleId = textOf(entry, 'blogger:parent') || reply?.attributes.ref
  if (!articleId)
    return [
      {
        ...{ kind: 'loss', place, code: 'comment-left-out' },
        reason: 'It does not say which article it is of.'
      }
    ]
  const answered = textOf(entry, 'blogger:inReplyTo') || linkOf(entry, 'related')
  const status = textOf(entry, 'blogger:status')
  const parentId = answered && (/(?:post-|\/)(\d+)\s*$/.exec(answered)?.[1] ?? idOf(answered))
  const { text, losses } = commentText(bodyOf(child(entry, 'content')).replace(/<br\s*\/?>/gi, '\n'), place)
  const comment: CommentItem = {
    kind: 'comment',
    ...{ place, id, articleId: idOf(articleId) },
    ...(parentId && { parentId }),
    author: authorOf(entry).name,
    state:
      status === '' || status === 'LIVE'
        ? 'approved'
        : /SPAM/.test(status)
          ? 'spam'
          : /TRASH|DELETED/.test(status)
            ? 'trash'
            : 'pending',
    at: instantOf(textOf(entry, 'published')) ?? '1970-01-01T00:00:00.000Z',
    text
  }
  return [...losses, comment]
}
