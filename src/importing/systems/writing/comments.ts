// Comments of other systems, in the threads of their articles: what is looked up for them, and what is written of new
// ones, is done for all comments of a batch at once.
import { truncate } from '../../../content/body/pieces.ts'
import { insertRows, maxDepth, newRow, type Parent } from '../../../discussion/comments/insert.ts'
import { publishComment } from '../../../discussion/comments/publication.ts'
import type { NewComment } from '../../../discussion/comments/schema.ts'
import * as comments from '../../../discussion/comments/store.ts'
import * as newsstand from '../../../newsstand/documents/published.ts'
import { yieldIfDue } from '../../../storage/commits/turns.ts'
import type { Writer } from '../../../storage/database.ts'
import { storable, type Warn } from '../../page/lines.ts'
import { shortened } from '../../proposals/shorten.ts'
import type { CommentItem, Loss } from '../item.ts'
import type { Outcome, PreparedComment } from '../prepare.ts'
import { wordsOf } from '../story.ts'
import type { EntryOptions, Written } from './outcomes.ts'
import * as store from './store.ts'

const states = { approved: 'approved', pending: 'pending', spam: 'spam', trash: 'rejected' } as const
const longest = 10_000

/** A new comment, and what it answers. */
interface Fresh {
  row: comments.Row
  parent: Parent | undefined
  kept: store.KeptEntry
}

/** What the comments of a batch are written with. */
interface Writing {
  tx: Writer
  options: EntryOptions
  /** The records of comments and of what they answer, and what they were when they came last. */
  entries: Map<string, { recordId: string; digest: string }>
  /** The articles that are here, by their ids there. */
  articles: Map<string, string>
  /** The new ones, which are inserted together. */
  fresh: Map<string, Fresh>
}

/** Writes these in their order; answers what became of each and what of it is not there. */
export async function writeComments(
  tx: Writer,
  all: PreparedComment[],
  options: EntryOptions
): Promise<Written[]> {
  const { system } = options
  const items = all.map(({ item }) => item)
  const writing: Writing = {
    tx,
    options,
    entries: await store.recordsOf(
      tx,
      { system, kind: 'comment' },
      items.flatMap(({ id, parentId }) => (parentId === undefined ? [id] : [id, parentId]))
    ),
    articles: await store.articlesHere(
      tx,
      system,
      items.map(({ articleId }) => articleId)
    ),
    fresh: new Map()
  }
  const written: Written[] = []
  for (const one of all) {
    await yieldIfDue()
    written.push(await writeComment(writing, one))
  }
  await insertFresh(writing)
  return written
}

/** Inserts the new ones, and publishes those whose articles are public. */
async function insertFresh({ tx, fresh }: Writing) {
  if (fresh.size === 0) return
  const all = [...fresh.values()]
  fresh.clear()
  await insertRows(
    tx,
    all.map(({ row }) => row)
  )
  for (const { row, parent } of all) {
    await yieldIfDue()
    if (row.status === 'approved' && (await isShown(tx, row.articleId, parent))) await publishComment(tx, row)
  }
  await store.keepNew(
    tx,
    all.map(({ kept }) => kept)
  )
}

async function writeComment(writing: Writing, { item, digest }: PreparedComment): Promise<Written> {
  const { tx, entries, articles, fresh } = writing
  const { system, run = '' } = writing.options
  const losses: Loss[] = []
  const lose = (code: string, reason: string, words?: string) =>
    void losses.push({ kind: 'loss', place: item.place, code, reason, ...(words && { words }) })
  const entry = { system, kind: 'comment' as const, externalId: item.id }
  const kept = (recordId: string, outcome: Outcome) => ({ ...entry, recordId, digest, run, outcome })
  const before = entries.get(item.id)
  if (before?.digest === digest) return { outcome: 'unchanged', losses }
  const articleId = articles.get(item.articleId)
  const body = storable(item.text).trim()
  if (articleId === undefined || body === '') {
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
  const warn: Warn = ({ code, detail, words }) => lose(code, detail, words)
  const input: NewComment = {
    author: { name: shortened(wordsOf(item.author) ?? '–', 100, 'The name of its author', warn) },
    body: truncate(body, longest)
  }
  const status = states[item.state]
  if (before === undefined) {
    const parent = await parentOf(writing, item, lose)
    const row = newRow(tx, articleId, input, parent, { status, createdAt: item.at, updatedAt: item.at })
    fresh.set(row.id, { row, parent, kept: kept(row.id, 'created') })
    entries.set(item.id, { recordId: row.id, digest })
    return { outcome: 'created', losses }
  }
  // The same comment may stand twice in an export.
  if (fresh.has(before.recordId)) await insertFresh(writing)
  const now = await comments.row(tx, before.recordId)
  if (now === undefined || now.version > 1 || now.status !== status) {
    lose(
      'comment-kept',
      'It changed there, and was decided, edited or deleted here: that stays.',
      body.slice(0, 300)
    )
    await store.keep(tx, kept(before.recordId, 'unchanged'))
    return { outcome: 'unchanged', losses }
  }
  const isSame = now.body === input.body && now.authorName === input.author.name
  await store.keep(tx, kept(now.id, isSame ? 'unchanged' : 'changed'))
  if (isSame) return { outcome: 'unchanged', losses }
  await comments.change(tx, now.id, '*', () => input)
  return { outcome: 'changed', losses }
}

/** Whether a new comment is public at once: its article is, and what it answers. */
const isShown = async (tx: Writer, articleId: string, parent: Parent | undefined) =>
  parent === undefined
    ? newsstand.isPublished(tx, 'article', articleId)
    : newsstand.isPublished(tx, 'comment', parent.id)

/** What it answers; the last one above that has room, where threads there nest deeper. */
async function parentOf(
  { tx, entries, fresh }: Writing,
  { parentId }: CommentItem,
  lose: (code: string, reason: string) => void
): Promise<Parent | undefined> {
  if (parentId === undefined) return undefined
  const rowOf = async (id: string) => fresh.get(id)?.row ?? (await comments.row(tx, id))
  const entry = entries.get(parentId)
  let row = entry && (await rowOf(entry.recordId))
  if (row === undefined) {
    lose('parent-missing', `The comment ${parentId} that it answers is not here: it begins a thread.`)
    return undefined
  }
  if (row.depth >= maxDepth)
    lose('thread-flattened', `Replies nest ${maxDepth} deep here: it answers the one above.`)
  while (row.depth >= maxDepth) row = (await rowOf(row.parentId!))!
  return row
}
