// A reader's comment, from what they sent to its place in the thread.
import * as changes from '../changes/store.ts'
import { newId } from '../ids.ts'
import { networkOf } from '../networks.ts'
import * as newsstand from '../newsstand/published.ts'
import { HttpProblem, unprocessable } from '../problems.ts'
import { hashing } from '../secrets.ts'
import type { Writer } from '../storage/database.ts'
import * as editKeys from './editkey.ts'
import type { NewComment, PostedComment } from './schema.ts'
import { publicForm, refresh } from './showing.ts'
import { type Row, row } from './store.ts'

const deepest = 8

/** What of an article a comment needs to know. */
export interface Commented {
  id: string
  commentPolicy: { mode: 'site' | 'open' | 'premoderated' | 'first' | 'closed'; closesAt?: string | null }
}

/** Who writes, as far as it is kept: keyed hashes. */
export interface Person {
  author: string | null
  email: string | null
  network: string
}

/** What of who writes is kept. */
export function recognizing(secret: string) {
  const hashes = {
    author: hashing(secret, 'comment author'),
    email: hashing(secret, 'comment e-mail'),
    network: hashing(secret, 'comment network')
  }
  return ({ key, email }: NewComment['author'], address: string): Person => ({
    author: key ? hashes.author(key) : null,
    email: email ? hashes.email(email.toLowerCase()) : null,
    network: hashes.network(networkOf(address))
  })
}

/** A reader's comment: pending, unless the article's policy is open. Throws 409 where comments are closed. */
export async function create(
  tx: Writer,
  article: Commented,
  input: NewComment,
  person?: Person
): Promise<PostedComment> {
  const { q, t, now } = tx
  const { mode, closesAt } = article.commentPolicy
  if (mode === 'closed' || (closesAt && closesAt <= now)) {
    throw new HttpProblem('comments-closed', 'This article takes no comments.')
  }
  const parent = await parentOf(tx, article.id, input)
  const id = newId('com')
  const editKey = editKeys.make()
  const [added] = await q
    .insert(t.comments)
    .values({
      id,
      articleId: article.id,
      parentId: parent?.id ?? null,
      depth: (parent?.depth ?? 0) + 1,
      thread: `${parent?.thread ?? ''}${id.slice('com_'.length)}`,
      authorName: input.author.name,
      author: person?.author ?? null,
      email: person?.email ?? null,
      network: person?.network ?? null,
      editKey: editKey.hash,
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
  return { ...publicForm(added!), status: added!.status, editKey: editKey.key }
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
