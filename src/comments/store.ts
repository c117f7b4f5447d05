import { and, desc, eq, inArray, lt } from 'drizzle-orm'
import * as changes from '../changes/store.ts'
import { type Expected, guarded } from '../etag.ts'
import { withdraw } from '../newsstand/document.ts'
import type { Reader, Tables, Writer } from '../storage/database.ts'
import type { CommentFilters, DraftComment, EditedComment } from './schema.ts'
import { publicForm, refresh } from './showing.ts'

export type Row = Tables['comments']['$inferSelect']

const draftForm = (row: Row): DraftComment => ({
  ...publicForm(row),
  author: { name: row.authorName, key: row.author, emailHash: row.email, email: null },
  network: row.network,
  status: row.status,
  reasons: row.reasons,
  rules: row.rules,
  reports: row.reports,
  version: row.version,
  updatedAt: row.updatedAt
})

/** The row itself, for those who decide on it. */
export async function row({ q, t }: Reader, id: string): Promise<Row | undefined> {
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

/** The comment with a moderator's edit. Throws 404, 412, and what `edit` throws. */
export async function change(
  tx: Writer,
  id: string,
  versions: Expected,
  edit: (now: EditedComment) => EditedComment
) {
  const before = guarded(await row(tx, id), versions, 'comment')
  const { authorName: name, body } = before
  const input = edit({ author: { name }, body })
  const after = await write(tx, before, 'update', {
    authorName: input.author.name,
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
