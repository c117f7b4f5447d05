// Gathers the facts for the rules from the database, once.
import { desc, eq, sql } from 'drizzle-orm'
import { prepared, type Reader } from '../../storage/database.ts'
import { countWords } from '../../storage/text/tokenizer.ts'
import { isBanned } from '../bans/store.ts'
import { matcher, wordsOf } from '../blocklist/matching.ts'
import * as blocklist from '../blocklist/store.ts'
import type { NewComment } from '../comments/schema.ts'
import type { Proof, Proofs } from '../forms/proof.ts'
import type { Forms } from '../forms/token.ts'
import type { Policy } from '../settings/policy.ts'
import type { Settings } from '../settings/schema.ts'
import { encodeFingerprint, fingerprint } from './fingerprint.ts'
import type { RecentComments } from './recent.ts'
import type { Facts } from './rule.ts'

/** Shorter texts have no near-duplicates: a single word is too large a part of them. */
const minWords = 8

/** A new comment with its sender and policy. */
export interface Submission {
  articleId: string
  input: NewComment
  /** Keyed hashes of author and network. */
  person: { author: string; network: string }
  settings: Settings
  /** The version of the blocklist. */
  terms: number
  policy: Policy
  waits: Facts['waits']
  /** Whether a proof of work is required. */
  challenged: boolean
  asked: boolean
  now: string
}

export interface FactsRead {
  facts: Facts
  fingerprint: string
  /** Its proof of work, not yet spent. */
  proof: Proof | undefined
}

/** What gathering facts depends on. */
export interface FactSources {
  forms: Forms
  proofs: Proofs
  recent: RecentComments
  findTerms: ReturnType<typeof blocklistMatcher>
}

/** The facts of a comment. A proof of work is only spent if nothing else refuses the comment. */
export async function gatherFacts(
  db: Reader,
  submission: Submission,
  sources: FactSources
): Promise<FactsRead> {
  const { articleId, input, person, settings, policy, challenged, now } = submission
  const at = Date.parse(now)
  const words = wordsOf(input.body)
  // A text without words is compared as it is.
  const print = fingerprint(words.length > 0 ? words : [input.body])
  const banned = await isBanned(db, person, now)
  const { proof: sent } = input
  const proof = challenged && sent && !banned ? await sources.proofs.verify(sent, articleId, at) : undefined
  await sources.recent.read(db)
  const find = await sources.findTerms(db, submission.terms)
  const { repeated, resembled } = sources.recent.compare(print, person, at)
  return {
    facts: {
      input,
      settings,
      mode: policy.mode,
      waits: submission.waits,
      banned,
      formAge: input.form ? sources.forms.age(articleId, input.form, at) : null,
      proof: challenged ? (proof ? 'valid' : 'missing') : 'unasked',
      terms: find(`${input.author.name}\n${input.body}`).map(({ term: { outcome }, matched }) => ({
        outcome,
        matched
      })),
      repeated,
      resembled: countWords(words) >= minWords ? resembled : undefined,
      trusted: policy.mode === 'first' && (await isTrusted(db, person.author)),
      asked: submission.asked
    },
    fingerprint: encodeFingerprint(print),
    proof
  }
}

/** How many comments of an author are read. */
const maxInspected = 100

const statusQuery = prepared(({ q, t: { comments: c } }) =>
  q
    .select({ status: c.status })
    .from(c)
    .where(eq(c.author, sql.placeholder('author')))
    .orderBy(desc(c.id))
    .limit(maxInspected)
    .prepare('statuses_of_author')
)

/** Whether one of an author's last comments was approved, and none marked as spam. */
async function isTrusted(db: Reader, author: string): Promise<boolean> {
  const statuses = (await statusQuery(db).execute({ author })).map(({ status }) => status)
  return statuses.includes('approved') && !statuses.includes('spam')
}

/** The matcher of the blocklist, recompiled when its version changed. */
export function blocklistMatcher() {
  let known: number | undefined
  let find = matcher<blocklist.BlockedEntry>([])
  return async (db: Reader, version: number) => {
    if (version !== known) find = matcher(await blocklist.all(db))
    known = version
    return find
  }
}
