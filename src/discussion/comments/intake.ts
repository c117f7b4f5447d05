// The intake of comments: the policy of an article, and the state of one process (duplicates, attack detection).
import { eq, sql } from 'drizzle-orm'
import { found } from '../../http/problems.ts'
import { memoizedUntilCommit } from '../../storage/commits/memo.ts'
import { prepared, type Reader } from '../../storage/database.ts'
import { type Proofs, proofsOfWork } from '../forms/proof.ts'
import type { CommentForm } from '../forms/schema.ts'
import { type Forms, formTokens } from '../forms/token.ts'
import { AttackDetector } from '../rules/attack-detection.ts'
import { blocklistMatcher } from '../rules/facts.ts'
import { RecentComments } from '../rules/recent.ts'
import { type Policy, policyOf } from '../settings/policy.ts'
import type { Settings } from '../settings/schema.ts'
import { effective } from '../settings/store.ts'
import { identityHashes } from './author-identity.ts'

export interface CommentIntake {
  clock: () => Date
  recognize: ReturnType<typeof identityHashes>
  forms: Forms
  proofs: Proofs
  recent: RecentComments
  findTerms: ReturnType<typeof blocklistMatcher>
  alarm: AttackDetector
}

/** One for each server. */
export const commentIntake = (secret: string, clock: () => Date): CommentIntake => ({
  clock,
  recognize: identityHashes(secret),
  forms: formTokens(secret),
  proofs: proofsOfWork(secret),
  recent: new RecentComments(),
  findTerms: blocklistMatcher(),
  alarm: new AttackDetector()
})

/** The policy for comments on an article at an instant. */
export interface CommentContext {
  settings: Settings
  /** The version of the blocklist. */
  terms: number
  policy: Policy
  canonicalUrl: string | null
}

const articleQuery = prepared(({ q, t: { articles: a } }) =>
  q
    .select({
      commentPolicy: a.commentPolicy,
      firstPublishedAt: a.firstPublishedAt,
      canonicalUrl: a.canonicalUrl
    })
    .from(a)
    .where(eq(a.id, sql.placeholder('id')))
    .prepare('article_discussed')
)

const articleOf = memoizedUntilCommit(async (db, id: string) => (await articleQuery(db).execute({ id }))[0])

/** Reads the policy for comments on an article. Throws 404. */
export async function contextFor(db: Reader, articleId: string, now: string): Promise<CommentContext> {
  const article = found(await articleOf(db, articleId), 'article')
  const { settings, terms } = await effective(db)
  return { settings, terms, policy: policyOf(article, settings, now), canonicalUrl: article.canonicalUrl }
}

/** Whether a proof of work is required now. */
export const isChallenged = ({ challenge, attackedAt }: Settings, alarm: AttackDetector, now: number) =>
  challenge === 'on' || (challenge === 'auto' && alarm.count(now) >= attackedAt)

/** The form for comments on an article. Throws 404. */
export async function formFor(
  { clock, forms, proofs, alarm }: CommentIntake,
  db: Reader,
  articleId: string
): Promise<CommentForm> {
  const now = clock()
  const { settings, policy } = await contextFor(db, articleId, now.toISOString())
  const { mode, open, closesAt } = policy
  return {
    articleId,
    mode,
    open,
    closesAt,
    errorReports: settings.errorReports,
    form: forms.issue(articleId, now.getTime()),
    honeypot: 'website',
    challengeRequired: isChallenged(settings, alarm, now.getTime()),
    challenge:
      settings.challenge === 'off'
        ? null
        : await proofs.challenge(articleId, settings.difficulty, now.getTime())
  }
}
