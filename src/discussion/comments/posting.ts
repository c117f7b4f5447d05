// A reader's comment, from what they sent to its place in the thread.
import { HttpProblem } from '../../http/problems.ts'
import type { Reader, Writer } from '../../storage/database.ts'
import { hashed, newSecret } from '../../storage/secrets.ts'
import { type Proof, spend } from '../forms/proof.ts'
import { read } from '../rules/facts.ts'
import { waits } from '../rules/limits.ts'
import { judge, type Mark, rules } from '../rules/list.ts'
import { challenge, limits } from '../rules/senders.ts'
import type { Policy } from '../settings/policy.ts'
import type { Settings } from '../settings/schema.ts'
import { add, parentOf } from './adding.ts'
import { type AuthorIdentity, newAuthorKey } from './author-identity.ts'
import { type CommentIntake, holdingFor, isChallenged } from './intake.ts'
import { publicForm } from './publication.ts'
import type { NewComment, PostedComment } from './schema.ts'
import type { Row } from './store.ts'

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
  person: AuthorIdentity
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
export async function examine(reception: CommentIntake, db: Reader, sent: Sent): Promise<Examined> {
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
  const parent = await parentOf(tx, articleId, input)
  if (proof && !(await spend(tx, proof))) judge({ proof: 'missing' }, [challenge])
  // It is told once, and lets the author edit and delete.
  const editKey = newSecret()
  const kept = { ...person, fingerprint, rules: marks, status, editKey: hashed(editKey) }
  const row = await add(tx, articleId, input, parent, kept)
  return { ...publicForm(row), status: toldOf(row), editKey, ...(authorKey && { authorKey }) }
}
