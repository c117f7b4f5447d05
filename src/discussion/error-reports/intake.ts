// Taking the reports of readers: examined by the rules of comments about senders and words, before anything is written.
import { and, desc, eq, lte } from 'drizzle-orm'
import * as changes from '../../changes/log/store.ts'
import { newId } from '../../http/ids.ts'
import { HttpProblem, unprocessable } from '../../http/problems.ts'
import * as newsstand from '../../newsstand/documents/published.ts'
import { insertAll } from '../../storage/columns/rows.ts'
import type { Reader, Writer } from '../../storage/database.ts'
import { hashed, newSecret } from '../../storage/secrets.ts'
import { isBanned } from '../bans/store.ts'
import { type CommentIntake, isChallenged } from '../comments/intake.ts'
import { type Proof, spendProof } from '../forms/proof.ts'
import { judge, type Mark } from '../rules/list.ts'
import type { Settings } from '../settings/schema.ts'
import { effective } from '../settings/store.ts'
import type { Identity } from './contact.ts'
import { challenge, limits, rules } from './rules.ts'
import type { NewErrorReport, PostedErrorReport } from './schema.ts'

/** A report that passed the rules. */
export interface Examined {
  articleId: string
  input: NewErrorReport
  person: Identity
  marks: Mark[]
  proof: Proof | undefined
  settings: Settings
}

/**
 * Examines a report before the transaction, so that a flood of refused ones causes no writes. Throws 409 where none are
 * taken, and the problems of the rules.
 */
export async function examine(
  intake: CommentIntake,
  db: Reader,
  { articleId, input, person }: Pick<Examined, 'articleId' | 'input' | 'person'>
): Promise<Examined> {
  const at = intake.clock().getTime()
  const now = new Date(at).toISOString()
  const alarm = () => intake.alarm.record(at)
  const { settings, terms } = await effective(db)
  if (!settings.errorReports) throw new HttpProblem('conflict', 'Reports of errors are not taken here.')
  judge({ wait: await waitSeconds(db, person, settings, now) }, [limits], alarm)
  const banned = await isBanned(db, person, now)
  const challenged = isChallenged(settings, intake.alarm, at)
  const { form, proof: sent } = input
  const proof = challenged && sent && !banned ? await intake.proofs.verify(sent, articleId, at) : undefined
  const find = await intake.findTerms(db, terms)
  const facts = {
    input,
    settings,
    banned,
    formAge: form ? intake.forms.age(articleId, form, at) : null,
    proof: challenged ? (proof ? ('valid' as const) : ('missing' as const)) : ('unasked' as const),
    terms: textsOf(input).flatMap(([pointer, text]) =>
      find(text).map(({ term: { outcome }, matched }) => ({ pointer, outcome, matched }))
    )
  }
  return { articleId, input, person, marks: judge(facts, rules, alarm), proof, settings }
}

/** The texts of a report, with their places. */
const textsOf = ({ what, words, evidence, contact }: NewErrorReport) =>
  [
    ['/what', what],
    ['/words', words ?? ''],
    ['/evidence', evidence ?? ''],
    ['/contact/name', contact?.name ?? '']
  ] as const

/** For how many seconds the sender must wait, or 0: the limits of comments, for reports by themselves. */
async function waitSeconds(
  { q, t: { errorReports: e } }: Reader,
  { network, author }: Identity,
  { networkLimit, authorLimit }: Settings,
  now: string
): Promise<number> {
  const waits = [
    { isTheirs: eq(e.network, network), ...networkLimit },
    ...(author === null ? [] : [{ isTheirs: eq(e.author, author), ...authorLimit }])
  ].map(async ({ isTheirs, count, seconds }) => {
    const [first] = await q
      .select({ at: e.createdAt })
      .from(e)
      .where(and(isTheirs, lte(e.createdAt, now)))
      .orderBy(desc(e.id))
      .limit(1)
      .offset(count - 1)
    return first ? Math.ceil(seconds - (Date.parse(now) - Date.parse(first.at)) / 1000) : 0
  })
  return Math.max(0, ...(await Promise.all(waits)))
}

/**
 * Stores an examined report. Throws 429 and 403 for limits and proofs that were used up meanwhile, and 422 for a quote,
 * attribution or credit that the published article does not have.
 */
export async function accept(tx: Writer, examined: Examined): Promise<PostedErrorReport> {
  const { articleId, input, person, marks, proof, settings } = examined
  judge({ wait: await waitSeconds(tx, person, settings, tx.now) }, [limits])
  await checkSubject(tx, articleId, input)
  if (proof && !(await spendProof(tx, proof))) judge({ proof: 'missing' as const }, [challenge])
  const id = newId('err')
  const receipt = newSecret()
  const isSpam = marks.some(({ outcome }) => outcome === 'spam')
  await insertAll(tx, tx.t.errorReports, [
    {
      ...person,
      id,
      articleId,
      what: input.what,
      words: input.words ?? null,
      quoteId: input.quoteId ?? null,
      attributionId: input.attributionId ?? null,
      creditId: input.creditId ?? null,
      evidence: input.evidence ?? null,
      mention: input.mention ?? false,
      status: isSpam ? 'spam' : 'open',
      rules: marks,
      receipt: hashed(receipt),
      version: 1,
      createdAt: tx.now,
      updatedAt: tx.now
    }
  ])
  await changes.append(tx, { action: 'create', kind: 'error_report', id, articleId, version: 1 })
  return { id, articleId, createdAt: tx.now, status: 'open', receipt }
}

/** Throws 422 for more than one subject, and for one that is not in the published article: drafts are not told of. */
async function checkSubject(db: Reader, articleId: string, input: NewErrorReport) {
  const holders = {
    quoteId: (id: string) => newsstand.holders(db, 'quote', id),
    attributionId: (id: string) => newsstand.holders(db, 'attribution', id),
    creditId: (id: string) => newsstand.holders(db, 'credit', id)
  }
  const names = (['quoteId', 'attributionId', 'creditId'] as const).filter((name) => input[name])
  if (names.length > 1)
    throw unprocessable(`/${names[1]}`, `A report is about one thing: leave ${names[1]} or ${names[0]} out.`)
  for (const name of names)
    if (!(await holders[name](input[name]!)).includes(articleId))
      throw unprocessable(`/${name}`, `${input[name]} is not in this article: see the published edition.`)
}
