// Posting a comment: examining it by the rules, then adding it to its thread.
import { HttpProblem } from '../../http/problems.ts'
import type { Reader, Writer } from '../../storage/database.ts'
import { hashed, newSecret } from '../../storage/secrets.ts'
import { type Proof, spendProof } from '../forms/proof.ts'
import { gatherFacts } from '../rules/facts.ts'
import { waitSeconds } from '../rules/limits.ts'
import { judge, type Mark, rules } from '../rules/list.ts'
import { challenge, limits } from '../rules/senders.ts'
import type { Policy } from '../settings/policy.ts'
import type { Settings } from '../settings/schema.ts'
import { type AuthorIdentity, newAuthorKey } from './author-identity.ts'
import { add, parentOf } from './insert.ts'
import { type CommentIntake, contextFor, isChallenged } from './intake.ts'
import { publicForm } from './publication.ts'
import type { NewComment, PostedComment } from './schema.ts'
import type { Row } from './store.ts'

/** A posted comment and its sender. */
export interface PostedInput {
  articleId: string
  input: NewComment
  address: string
  /** Whether the spam service will check it. */
  asked: boolean
}

/** A comment that passed the rules: its author, and its marks. */
export interface Examined {
  articleId: string
  input: NewComment
  person: AuthorIdentity
  /** The new key of its author, if they had none. */
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
 * Examines a comment before the transaction, so that a flood of refused comments causes no writes. Throws 404, 409
 * where comments are closed, and the problems of the rules.
 */
export async function examine(intake: CommentIntake, db: Reader, sent: PostedInput): Promise<Examined> {
  const { articleId, input, address, asked } = sent
  const at = intake.clock()
  const now = at.toISOString()
  const alarm = () => intake.alarm.record(at.getTime())
  const holding = await contextFor(db, articleId, now)
  const { settings, policy } = holding
  if (!policy.open) throw new HttpProblem('comments-closed', 'This article takes no comments.')
  const { key } = input.author
  const authorKey = key ? undefined : newAuthorKey(at)
  const { storeEmail } = settings
  const person = intake.recognize(key || authorKey!, input.author, { address, storeEmail })
  // Rate limits first, before other facts are read.
  const waiting = { waits: await waitSeconds(db, senderOf(person, authorKey), settings, now) }
  judge(waiting, [limits], alarm)
  const challenged = isChallenged(settings, intake.alarm, at.getTime())
  const submission = { articleId, input, person, ...holding, ...waiting, challenged, asked, now }
  const { facts, fingerprint, proof } = await gatherFacts(db, submission, intake)
  const marks = judge(facts, rules, alarm)
  const status = statusOf(marks, policy)
  return { articleId, input, person, authorKey, marks, fingerprint, proof, status, ...holding }
}

/** Whose earlier comments count; of an author with a new key there are none. */
const senderOf = ({ author, network }: AuthorIdentity, newKey: string | undefined) => ({
  network,
  author: newKey === undefined ? author : undefined
})

/** The status of a comment with these marks. */
export function statusOf(marks: Mark[], { mode }: Pick<Policy, 'mode'>): Row['status'] {
  if (marks.some(({ outcome }) => outcome === 'spam')) return 'spam'
  return marks.length > 0 || mode === 'premoderated' ? 'pending' : 'approved'
}

/** The status that the author sees: spam is shown as pending. */
export const shownStatus = ({ status }: Pick<Row, 'status'>) => (status === 'spam' ? 'pending' : status)

/**
 * Adds an examined comment. Throws 429 and 403 for limits and proofs that were used up meanwhile, 422 for a missing
 * parent. For spam it answers `pending`.
 */
export async function accept(tx: Writer, one: Examined): Promise<PostedComment> {
  const { articleId, input, person, authorKey, settings, marks, fingerprint, proof, status } = one
  judge({ waits: await waitSeconds(tx, senderOf(person, authorKey), settings, tx.now) }, [limits])
  const parent = await parentOf(tx, articleId, input)
  if (proof && !(await spendProof(tx, proof))) judge({ proof: 'missing' }, [challenge])
  // Shown only in this answer; with it the author can edit and delete.
  const editKey = newSecret()
  const kept = { ...person, fingerprint, rules: marks, status, editKey: hashed(editKey) }
  const row = await add(tx, articleId, input, parent, kept)
  return { ...publicForm(row), status: shownStatus(row), editKey, ...(authorKey && { authorKey }) }
}
