// Comments of other systems, in the threads of their articles.
import { eq, sql } from 'drizzle-orm'
import { type InitialValues, insert, maxDepth, type Parent } from '../../../discussion/comments/insert.ts'
import { publishComment } from '../../../discussion/comments/publication.ts'
import * as comments from '../../../discussion/comments/store.ts'
import * as newsstand from '../../../newsstand/documents/published.ts'
import { prepared, type Reader, type Writer } from '../../../storage/database.ts'
import { storable } from '../../page/lines.ts'
import type { CommentItem, Loss } from '../item.ts'
import type { Outcome, PreparedComment } from '../prepare.ts'
import { wordsOf } from '../story.ts'
import type { EntryOptions, Written } from './outcomes.ts'
import * as store from './store.ts'

const states = { approved: 'approved', pending: 'pending', spam: 'spam', trash: 'rejected' } as const
const longest = 10_000

/** Writes one; answers what became of it and what of it is not there. */
export async function writeComment(
  tx: Writer,
  { item, digest }: PreparedComment,
  { system, run = '' }: EntryOptions
): Promise<Written> {
  const losses: Loss[] = []
  const lose = (code: string, reason: string, words?: string) =>
    void losses.push({ kind: 'loss', place: item.place, code, reason, ...(words && { words }) })
  const entry = { system, kind: 'comment' as const, externalId: item.id }
  const kept = (recordId: string, outcome: Outcome) =>
    store.keep(tx, { ...entry, recordId, digest, run, outcome })
  const before = await store.imported(tx, entry)
  if (before?.digest === digest) return { outcome: 'unchanged', losses }
  const article = await store.imported(tx, { system, kind: 'article', externalId: item.articleId })
  const body = storable(item.text).trim()
  if (article === undefined || !(await exists(tx, article.recordId)) || body === '') {
    lose(
      'comment-left-out',
      body === '' ? 'It has no words.' : 'Its article is not here.',
      body.slice(0, 300)
    )
    return { outcome: 'left', losses }
  }
  if (body.length > longest)
    lose(
      'comment-cut',
      'A comment has room for 10,000 characters: it was cut there.',
      body.slice(longest, longest + 300)
    )
  const input = {
    author: { name: wordsOf(item.author, 100) ?? '–' },
    body: body.slice(0, longest).toWellFormed()
  }
  const status = states[item.state]
  if (before === undefined) {
    const parent = await parentOf(tx, item, system, lose)
    const given: InitialValues = { status, createdAt: item.at, updatedAt: item.at }
    const row = await insert(tx, article.recordId, input, parent, given)
    const isPublic = status === 'approved' && (await isShown(tx, article.recordId, parent))
    if (isPublic) await publishComment(tx, row)
    await kept(row.id, 'created')
    return { outcome: 'created', losses }
  }
  const now = await comments.row(tx, before.recordId)
  if (now === undefined || now.version > 1 || now.status !== status) {
    lose(
      'comment-kept',
      'It changed there, and was decided, edited or deleted here: that stays.',
      body.slice(0, 300)
    )
    await kept(before.recordId, 'unchanged')
    return { outcome: 'unchanged', losses }
  }
  const isSame = now.body === input.body && now.authorName === input.author.name
  await kept(now.id, isSame ? 'unchanged' : 'changed')
  if (isSame) return { outcome: 'unchanged', losses }
  await comments.change(tx, now.id, '*', () => input)
  return { outcome: 'changed', losses }
}

const articleQuery = prepared(({ q, t: { articles } }) =>
  q
    .select({ id: articles.id })
    .from(articles)
    .where(eq(articles.id, sql.placeholder('id')))
    .prepare('imported_comment_article')
)

const exists = async (db: Reader, id: string) => (await articleQuery(db).execute({ id })).length > 0

/** Whether a new comment is public at once: its article is, and what it answers. */
const isShown = async (tx: Writer, articleId: string, parent: Parent | undefined) =>
  parent === undefined
    ? newsstand.isPublished(tx, 'article', articleId)
    : newsstand.isPublished(tx, 'comment', parent.id)

/** What it answers; the last one above that has room, where threads there nest deeper. */
async function parentOf(
  tx: Writer,
  { parentId }: CommentItem,
  system: string,
  lose: (code: string, reason: string) => void
): Promise<Parent | undefined> {
  if (parentId === undefined) return undefined
  const entry = await store.imported(tx, { system, kind: 'comment', externalId: parentId })
  let row = entry && (await comments.row(tx, entry.recordId))
  if (row === undefined) {
    lose('parent-missing', `The comment ${parentId} that it answers is not here: it begins a thread.`)
    return undefined
  }
  if (row.depth >= maxDepth)
    lose('thread-flattened', `Replies nest ${maxDepth} deep here: it answers the one above.`)
  while (row.depth >= maxDepth) row = (await comments.row(tx, row.parentId!))!
  return row
}
