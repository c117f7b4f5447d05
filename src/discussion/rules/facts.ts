// What the rules read, read from the database once.
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
import { fingerprint, written } from './fingerprint.ts'
import type { Recent } from './recent.ts'
import type { Facts } from './rule.ts'

/** Texts with fewer words have no near repeats: a word is too much of them. */
const fewest = 8

/** What came in, from whom, and what holds for it. */
export interface Submission {
  articleId: string
  input: NewComment
  /** Who wrote it, and from where: keyed hashes. */
  person: { author: string; network: string }
  settings: Settings
  /** How often the blocked terms were changed. */
  terms: number
  policy: Policy
  waits: Facts['waits']
  /** Whether it must come with a proof of work. */
  challenged: boolean
  asked: boolean
  now: string
}

export interface Reading {
  facts: Facts
  fingerprint: string
  /** The proof of work it came with, still to be spent. */
  proof: Proof | undefined
}

/** What facts are found with. */
export interface Means {
  forms: Forms
  proofs: Proofs
  recent: Recent
  findTerms: ReturnType<typeof compiling>
}

/** The facts of a comment. What will be refused anyway costs no proof of work. */
export async function read(db: Reader, submission: Submission, means: Means): Promise<Reading> {
  const { articleId, input, person, settings, policy, challenged, now } = submission
  const at = Date.parse(now)
  const words = wordsOf(input.body)
  // What has no words is compared as it stands.
  const print = fingerprint(words.length > 0 ? words : [input.body])
  const banned = await isBanned(db, person, now)
  const { proof: sent } = input
  const proof = challenged && sent && !banned ? await means.proofs.verify(sent, articleId, at) : undefined
  await means.recent.read(db)
  const find = await means.findTerms(db, submission.terms)
  const { repeated, resembled } = means.recent.compare(print, person, at)
  return {
    facts: {
      input,
      settings,
      mode: policy.mode,
      waits: submission.waits,
      banned,
      formAge: input.form ? means.forms.age(articleId, input.form, at) : null,
      proof: challenged ? (proof ? 'valid' : 'missing') : 'unasked',
      terms: find(`${input.author.name}\n${input.body}`).map(({ term: { outcome }, matched }) => ({
        outcome,
        matched
      })),
      repeated,
      resembled: countWords(words) >= fewest ? resembled : undefined,
      trusted: policy.mode === 'first' && (await isTrusted(db, person.author)),
      asked: submission.asked
    },
    fingerprint: written(print),
    proof
  }
}

/** How many comments of an author are looked at. */
const looked = 100

const statusQuery = prepared(({ q, t: { comments: c } }) =>
  q
    .select({ status: c.status })
    .from(c)
    .where(eq(c.author, sql.placeholder('author')))
    .orderBy(desc(c.id))
    .limit(looked)
    .prepare('statuses_of_author')
)

/** Whether one of the last comments of an author was approved, and none marked as spam. */
async function isTrusted(db: Reader, author: string): Promise<boolean> {
  const statuses = (await statusQuery(db).execute({ author })).map(({ status }) => status)
  return statuses.includes('approved') && !statuses.includes('spam')
}

/** Finds blocked terms, compiled anew when they were changed: their version is read with the settings. */
export function compiling() {
  let known: number | undefined
  let find = matcher<blocklist.Blocked>([])
  return async (db: Reader, version: number) => {
    if (version !== known) find = matcher(await blocklist.all(db))
    known = version
    return find
  }
}
