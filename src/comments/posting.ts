// A reader's comment, from what they sent to its place in the thread.
import { eq, sql } from 'drizzle-orm'
import * as changes from '../changes/store.ts'
import { type Proof, spend } from '../forms/proof.ts'
import { newId } from '../ids.ts'
import * as newsstand from '../newsstand/published.ts'
import { HttpProblem, unprocessable } from '../problems.ts'
import { read } from '../rules/facts.ts'
import { waits } from '../rules/limits.ts'
import { judge, type Mark, rules } from '../rules/list.ts'
import { challenge, limits } from '../rules/senders.ts'
import type { Policy } from '../settings/policy.ts'
import type { Settings } from '../settings/schema.ts'
import { prepared, type Reader, type Writer } from '../storage/database.ts'
import * as editKeys from './editkey.ts'
import { newAuthorKey, type Person } from './person.ts'
import { holdingFor, isChallenged, type Reception } from './reception.ts'
import type { NewComment, PostedComment } from './schema.ts'
import { place, publicForm } from './showing.ts'
import type { Row } from './store.ts'

const deepest = 8

/** What came in, and from where. */
export interface Sent {
  articleId: string
  input: NewComment
  address: string
  /** Whether another service will be asked about it. */
  asked: boolean
}

/** A comment that may be taken: who wrote it, and what the rules said. */
export interface Examined {
  articleId: string
  input: NewComment
  person: Person
  /** The key of its author, where they were given one. */
  authorKey?: string
  marks: Mark[]
  fingerprint: string
  proof: Proof | undefined
  status: Row['status']
  settings: Settings
  policy: Policy
  canonicalUrl: string | null
}

/**
 * Examines a comment before anything is written: a flood of those that are refused costs no write. Throws 404, 409
 * where comments are closed, and what the rules refuse.
 */
export async function examine(reception: Reception, db: Reader, sent: Sent): Promise<Examined> {
  const { articleId, input, address, asked } = sent
  const at = reception.clock()
  const now = at.toISOString()
  const alarm = () => reception.alarm.ring(at.getTime())
  const holding = await holdingFor(db, articleId, now)
  const { settings, policy } = holding
  if (!policy.open) throw new HttpProblem('comments-closed', 'This article takes no comments.')
  const { key } = input.author
  const authorKey = key ? undefined : newAuthorKey(at)
  const { storeEmail } = settings
  const person = reception.recognize(key || authorKey!, input.author, { address, storeEmail })
  // A flood is refused before anything else is looked at.
  const waiting = { waits: await waits(db, person, settings, now) }
  judge(waiting, [limits], alarm)
  const challenged = isChallenged(settings, reception.alarm, at.getTime())
  const submission = { articleId, input, person, ...holding, ...waiting, challenged, asked, now }
  const { facts, fingerprint, proof } = await read(db, submission, reception)
  const marks = judge(facts, rules, alarm)
  const status = statusOf(marks, policy)
  return { articleId, input, person, authorKey, marks, fingerprint, proof, status, ...holding }
}

/** What becomes of a comment that has these marks. */
export function statusOf(marks: Mark[], { mode }: Pick<Policy, 'mode'>): Row['status'] {
  if (marks.some(({ outcome }) => outcome === 'spam')) return 'spam'
  return marks.length > 0 || mode === 'premoderated' ? 'pending' : 'approved'
}

/** What its author is told: who sent spam, that it waits. */
export const toldOf = ({ status }: Pick<Row, 'status'>) => (status === 'spam' ? 'pending' : status)

/**
 * Takes a comment that was examined. Throws 429 and 403 for what others used up meanwhile, 422 for a parent that is
 * not there. Who sent spam is told that it waits.
 */
export async function accept(tx: Writer, one: Examined): Promise<PostedComment> {
  const { articleId, input, person, authorKey, settings, marks, fingerprint, proof, status } = one
  judge({ waits: await waits(tx, person, settings, tx.now) }, [limits])
  if (proof && !(await spend(tx, proof))) judge({ proof: 'missing' }, [challenge])
  const { key: editKey, hash } = editKeys.make()
  const kept = { ...person, fingerprint, rules: marks, status, editKey: hash }
  const row = await add(tx, articleId, input, kept)
  return { ...publicForm(row), status: toldOf(row), editKey, ...(authorKey && { authorKey }) }
}

/** A comment that nobody examines: of the sample newsroom. It waits. Throws 422 for a parent that is not there. */
export const create = (tx: Writer, { id }: { id: string }, input: NewComment): Promise<Row> =>
  add(tx, id, input, { status: 'pending' })

type Given = Pick<Row, 'status'> & Partial<Omit<Row, 'id'>>

/** Adds a comment to its thread. */
async function add(tx: Writer, articleId: string, input: NewComment, given: Given): Promise<Row> {
  const { now } = tx
  const parent = await parentOf(tx, articleId, input)
  const id = newId('com')
  const row: Row = {
    id,
    articleId,
    parentId: parent?.id ?? null,
    depth: (parent?.depth ?? 0) + 1,
    thread: `${parent?.thread ?? ''}${id.slice('com_'.length)}`,
    authorName: input.author.name,
    body: input.body,
    reasons: [],
    editedAt: null,
    author: null,
    email: null,
    network: null,
    sealedEmail: null,
    editKey: null,
    rules: [],
    fingerprint: null,
    reports: 0,
    version: 1,
    createdAt: now,
    updatedAt: now,
    ...given
  }
  await insertQuery(tx).execute({ ...row })
  await changes.append(tx, { action: 'create', kind: 'comment', id, articleId, version: 1 })
  if (row.status === 'approved') await place(tx, row)
  return row
}

const given = sql.placeholder

const insertQuery = prepared(({ q, t: { comments } }: Writer) =>
  q
    .insert(comments)
    .values({
      id: given('id'),
      articleId: given('articleId'),
      parentId: given('parentId'),
      depth: given('depth'),
      thread: given('thread'),
      authorName: given('authorName'),
      body: given('body'),
      status: given('status'),
      reasons: given('reasons'),
      author: given('author'),
      email: given('email'),
      network: given('network'),
      sealedEmail: given('sealedEmail'),
      editKey: given('editKey'),
      rules: given('rules'),
      fingerprint: given('fingerprint'),
      version: given('version'),
      createdAt: given('createdAt'),
      updatedAt: given('updatedAt')
    })
    .prepare('add_comment')
)

const parentQuery = prepared(({ q, t: { comments: c } }) =>
  q
    .select({ id: c.id, articleId: c.articleId, thread: c.thread, depth: c.depth })
    .from(c)
    .where(eq(c.id, given('id')))
    .prepare('parent_of_comment')
)

/** The comment that is answered: one the public can see, or the same 422 as for one that never was. */
async function parentOf(tx: Writer, articleId: string, { parentId }: NewComment) {
  if (!parentId) return undefined
  const visible = await newsstand.isPublished(tx, 'comment', parentId)
  const [parent] = visible ? await parentQuery(tx).execute({ id: parentId }) : []
  if (parent?.articleId !== articleId)
    throw unprocessable('/parentId', 'There is no such comment on this article.')
  if (parent.depth >= deepest) throw unprocessable('/parentId', `Replies nest ${deepest} deep and no deeper.`)
  return parent
}
