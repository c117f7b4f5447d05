// What the API of Blogger (v3) answers: posts, pages and comments as JSON, one, a list of them, or lists with `items`.
import { httpUrl } from '../../metadata/addresses.ts'
import type { ArticleItem, CommentItem, ImportedMedia, Item, Loss } from '../item.ts'
import { commentText, instantOf, plainOf } from '../text.ts'
import { type Fields, fieldsIn, isFields, plainAt, wordsAt } from '../whole.ts'

/** Whether a file that begins so is an answer of the API. */
export const isApiAnswer = (head: string) =>
  /^\s*[[{]/.test(head) && /"kind"\s*:\s*"blogger#(?:post|page|comment)(?:List)?"/.test(head)

/** Everything in an answer, articles before comments. */
export function apiItems(json: unknown, file: string): Item[] {
  const records = recordsIn(json)
  const comments = records.filter(({ kind }) => kind === 'blogger#comment')
  const others = records.filter(({ kind }) => kind !== 'blogger#comment')
  return [
    ...others.flatMap((one) => (isArticle(one) ? articleWithLosses(one, file) : unread(one, file))),
    // Posts come with the first of their comments, where those were asked for.
    ...[...others.flatMap(({ replies }) => recordsIn(replies)), ...comments].flatMap((one) =>
      commentOf(one, file)
    )
  ]
}

const isArticle = ({ kind }: Fields) => kind === 'blogger#post' || kind === 'blogger#page'

const recordsIn = (json: unknown): Fields[] =>
  Array.isArray(json)
    ? json.flatMap(recordsIn)
    : !isFields(json)
      ? []
      : Array.isArray(json.items)
        ? fieldsIn(json.items)
        : typeof json.kind === 'string'
          ? [json]
          : []

const unread = ({ kind, id }: Fields, file: string): Loss => ({
  ...{ kind: 'loss', place: `${file}: ${String(kind).slice(0, 50)} ${String(id).slice(0, 50)}` },
  ...{ code: 'no-article', reason: 'It is neither a post, a page nor a comment.' }
})

/** The location of a post is no dateline: it is the place that somebody pinned to a map. */
export const locationLeftOut = (words: string, place: string): Loss => ({
  ...{ kind: 'loss', place, code: 'field-left-out', words: words.slice(0, 300) },
  reason: 'A field that has no place here: location.'
})

function articleWithLosses(post: Fields, file: string): Item[] {
  const article = articleOf(post, file)
  const { location } = post
  const words = isFields(location)
    ? [wordsAt(location, 'name'), wordsAt(location, 'lat'), wordsAt(location, 'lng')]
        .filter(Boolean)
        .join(', ')
    : ''
  return words === '' ? [article] : [locationLeftOut(words, article.place), article]
}

const states: Record<string, 'draft' | 'scheduled' | 'trash'> = {
  DRAFT: 'draft',
  SCHEDULED: 'scheduled',
  SOFT_TRASHED: 'trash'
}

function articleOf(post: Fields, file: string): ArticleItem {
  const kind = post.kind === 'blogger#page' ? 'page' : 'post'
  const id = plainAt(post, 'id')
  const url = httpUrl(wordsAt(post, 'url'))
  const slug = /\/([^/]+?)\.html?$/.exec(url ?? '')?.[1]
  const status = states[String(post.status)] ?? 'published'
  const [published, updated] = ['published', 'updated'].map((name) => instantOf(plainAt(post, name)))
  const author = isFields(post.author) ? post.author : {}
  const [name, profile] = [wordsAt(author, 'displayName'), wordsAt(author, 'id')]
  const language = isFields(post.blog) ? wordsAt(post.blog, 'locale') : undefined
  const media = picturesOf(post)
  return {
    kind: 'article',
    ...{ place: `${file}: ${kind} ${id}`, id, type: kind === 'page' ? 'page' : 'story', status },
    title: plainOf(plainAt(post, 'title')),
    html: plainAt(post, 'content'),
    authors: name ? [{ name: plainOf(name), ...(profile && { id: `author-${profile}` }) }] : [],
    tags: Array.isArray(post.labels) ? post.labels.map((label) => plainOf(String(label)).trim()) : [],
    addresses: [],
    media,
    comments: /^DONT_ALLOW/.test(String(post.readerComments)) ? 'closed' : 'open',
    ...(slug && { slug }),
    ...(url && { url }),
    ...(language && { language }),
    ...(published && status !== 'draft' && { publishedAt: published }),
    ...(updated && { updatedAt: updated })
  }
}

/** The pictures that an answer names beside the body, which shows them too. */
const picturesOf = ({ images, content }: Fields): ImportedMedia[] =>
  fieldsIn(images).flatMap((one) => {
    const url = httpUrl(wordsAt(one, 'url'))
    return url && !String(content).includes(url) ? [{ id: url, kind: 'image', url }] : []
  })

const commentStates: Record<string, CommentItem['state']> = {
  SPAM: 'spam',
  PENDING: 'pending',
  EMPTIED: 'trash'
}

function commentOf(comment: Fields, file: string): (CommentItem | Loss)[] {
  const id = plainAt(comment, 'id')
  const place = `${file}: comment ${id}`
  const articleId = isFields(comment.post) ? wordsAt(comment.post, 'id') : undefined
  if (articleId === undefined)
    return [
      {
        ...{ kind: 'loss', place, code: 'comment-left-out' },
        reason: 'It does not say which article it is of.'
      }
    ]
  const parentId = isFields(comment.inReplyTo) ? wordsAt(comment.inReplyTo, 'id') : undefined
  const author = isFields(comment.author) ? wordsAt(comment.author, 'displayName') : undefined
  const content = plainAt(comment, 'content').replace(/<br\s*\/?>/gi, '\n')
  const { text, losses } = commentText(content, place)
  const item: CommentItem = {
    kind: 'comment',
    ...{ place, id, articleId },
    ...(parentId && { parentId }),
    author: plainOf(author ?? ''),
    state: commentStates[String(comment.status)] ?? 'approved',
    at: instantOf(plainAt(comment, 'published')) ?? '1970-01-01T00:00:00.000Z',
    text
  }
  return [...losses, item]
}
