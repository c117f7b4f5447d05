import { and, desc, eq, inArray, lt } from 'drizzle-orm'
import * as changes from '../changes/store.ts'
import { type Expected, guarded } from '../etag.ts'
import { newId } from '../ids.ts'
import { withdraw } from '../newsstand/document.ts'
import * as newsstand from '../newsstand/published.ts'
import { HttpProblem, unprocessable } from '../problems.ts'
import type { Reader, Tables, Writer } from '../storage/database.ts'
import type { CommentFilters, DraftComment, EditedComment, NewComment, PostedComment } from './schema.ts'
import { publicForm, refresh } from './showing.ts'

type Row = Tables['comments']['$inferSelect']

const deepest = 8

const draftForm = (row: Row): DraftComment => ({
  ...publicForm(row),
  author: { name: row.authorName, email: row.authorEmail, key: row.authorKey },
  status: row.status,
  reasons: row.reasons,
  version: row.version,
  updatedAt: row.updatedAt
})

async function row({ q, t }: Reader, id: string): Promise<Row | undefined> {
  const [found] = await q.select().from(t.comments).where(eq(t.comments.id, id))
  return found
}

export async function byId(db: Reader, id: string): Promise<DraftComment | undefined> {
  const found = await row(db, id)
  return found && draftForm(found)
}

/** Newest first: the moderators' queue. */
export async function list({ q, t }: Reader, filters: CommentFilters, limit: number, after?: string) {
  const { comments } = t
  const rows = await q
    .select()
    .from(comments)
    .where(
      and(
        after === undefined ? undefined : lt(comments.id, after),
        filters.article && inArray(comments.articleId, filters.article),
        filters.parent && inArray(comments.parentId, filters.parent),
        filters.status && inArray(comments.status, filters.status)
      )
    )
    .orderBy(desc(comments.id))
    .limit(limit)
  return rows.map(draftForm)
}

/** What of an article a comment needs to know. */
export interface Commented {
  id: string
  commentPolicy: { mode: 'open' | 'premoderated' | 'closed'; closesAt?: string | null }
}

/** A reader's comment: pending, unless the article's policy is open. Throws 409 where comments are closed. */
export async function create(tx: Writer, article: Commented, input: NewComment): Promise<PostedComment> {
  const { q, t, now } = tx
  const { mode, closesAt } = article.commentPolicy
  if (mode === 'closed' || (closesAt && closesAt <= now)) {
    throw new HttpProblem('comments-closed', 'This article takes no comments.')
  }
  const parent = await parentOf(tx, article.id, input)
  const id = newId('com')
  const [added] = await q
    .insert(t.comments)
    .values({
      id,
      articleId: article.id,
      parentId: parent?.id ?? null,
      depth: (parent?.depth ?? 0) + 1,
      thread: `${parent?.thread ?? ''}${id.slice('com_'.length)}`,
      authorName: input.author.name,
      authorEmail: input.author.email ?? null,
      authorKey: input.author.key ?? null,
      body: input.body,
      status: mode === 'open' ? 'approved' : 'pending',
      reasons: [],
      version: 1,
      createdAt: now,
      updatedAt: now
    })
    .returning()
  await changes.append(tx, { action: 'create', kind: 'comment', id, articleId: article.id, version: 1 })
  await refresh(tx, added!)
  return { ...publicForm(added!), status: added!.status }
}

/** The comment that is answered: one the public can see, or the same 422 as for one that never was. */
async function parentOf(tx: Writer, articleId: string, { parentId }: NewComment): Promise<Row | undefined> {
  if (!parentId) return undefined
  const visible = await newsstand.isPublished(tx, 'comment', parentId)
  const parent = visible ? await row(tx, parentId) : undefined
  if (parent?.articleId !== articleId)
    throw unprocessable('/parentId', 'There is no such comment on this article.')
  if (parent.depth >= deepest) throw unprocessable('/parentId', `Replies nest ${deepest} deep and no deeper.`)
  return parent
}

/** The comment with a moderator's edit. Throws 404, 412, and what `edit` throws. */
export async function change(
  tx: Writer,
  id: string,
  versions: Expected,
  edit: (now: EditedComment) => EditedComment
) {
  const before = guarded(await row(tx, id), versions, 'comment')
  const { authorName: name, authorEmail: email, authorKey: key, body } = before
  const input = edit({ author: { name, email, key }, body })
  const after = await write(tx, before, 'update', {
    authorName: input.author.name,
    authorEmail: input.author.email ?? null,
    authorKey: input.author.key ?? null,
    body: input.body,
    editedAt: tx.now
  })
  return draftForm(after)
}

/** Shows a comment to the public, once every comment above it is shown. Throws 404. */
export async function approve(tx: Writer, id: string, versions: Expected): Promise<DraftComment> {
  const before = guarded(await row(tx, id), versions, 'comment')
  return draftForm(await write(tx, before, 'approve', { status: 'approved', reasons: [] }))
}

/** Keeps a comment, and what answers it, from the public. Throws 404. */
export async function reject(
  tx: Writer,
  id: string,
  versions: Expected,
  reasons: string[]
): Promise<DraftComment> {
  const before = guarded(await row(tx, id), versions, 'comment')
  return draftForm(await write(tx, before, 'reject', { status: 'rejected', reasons }))
}

async function write(tx: Writer, before: Row, action: 'update' | 'approve' | 'reject', set: Partial<Row>) {
  const { q, t, now } = tx
  const { id, articleId } = before
  const version = before.version + 1
  const [after] = await q
    .update(t.comments)
    .set({ ...set, version, updatedAt: now })
    .where(and(eq(t.comments.id, id), eq(t.comments.version, before.version)))
    .returning()
  await changes.append(tx, { action, kind: 'comment', id, articleId, version })
  await refresh(tx, after!)
  return after!
}

/** Deletes a comment that nobody answered. Throws 404, 412; a broken reference for one with replies. */
export async function remove(tx: Writer, id: string, versions: Expected) {
  const { articleId } = guarded(await row(tx, id), versions, 'comment')
  await tx.q.delete(tx.t.comments).where(eq(tx.t.comments.id, id))
  await withdraw(tx, 'comment', id)
  await changes.append(tx, { action: 'delete', kind: 'comment', id, articleId })
}
