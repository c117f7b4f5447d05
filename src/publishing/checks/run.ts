// Running the checks on a draft, and applying waivers of editors.
import type { Article } from '../../content/articles/schema.ts'
import type { WorkingCopy } from '../../content/articles/store.ts'
import { HttpProblem, unprocessable } from '../../http/problems.ts'
import { yieldIfDue } from '../../storage/commits/turns.ts'
import type { Reader } from '../../storage/database.ts'
import type { Waiver } from '../workflow/schema.ts'
import type { Check, CheckedDraft } from './check.ts'
import { gatherFacts } from './facts.ts'
import { checks } from './list.ts'
import type { CheckResult } from './schema.ts'

/** The time for which a draft is checked, and its waivers. */
export interface CheckOptions {
  at: string
  /** The country of publication. */
  territory?: string
  /** The waivers of this request: each must be needed. */
  waive?: Waiver[]
}

/** The failed ones of these checks of a draft. Each check reads all of a body. */
async function failedChecks(draft: CheckedDraft, asked: Check[]): Promise<CheckResult[]> {
  const failed: CheckResult[] = []
  for (const { code, severity, final, fix, find } of asked) {
    await yieldIfDue()
    for (const failure of await find(draft))
      failed.push({ code, severity, waivable: severity === 'error' && !final, ...failure, fix })
  }
  return failed
}

/**
 * The failed checks of a draft, with the waivers of this request or of its schedule applied. Throws 422 for a waiver
 * that is not needed or not possible.
 */
export async function runChecks(
  db: Reader,
  row: WorkingCopy,
  article: Article,
  { waive = [], ...when }: CheckOptions,
  asked = checks
): Promise<CheckResult[]> {
  const isAsked = (code: string) => asked.some((one) => one.code === code)
  const failed = await failedChecks(await gatherFacts(db, row, article, when, isAsked), asked)
  checkWaivers(failed, waive)
  const before = row.publishAt !== null ? row.waivers : []
  const reasons = new Map([...before, ...waive].map(({ code, reason }) => [code, reason]))
  return failed.map((result) => {
    const reason = result.waivable ? reasons.get(result.code) : undefined
    return reason === undefined ? result : { ...result, waived: { reason } }
  })
}

/** Throws 422 for a waiver that is not needed, not possible, or a duplicate. */
function checkWaivers(failed: CheckResult[], waive: Waiver[]) {
  for (const [i, { code }] of waive.entries()) {
    const why =
      whyNotWaivable(failed, code) ??
      (waive.findIndex((one) => one.code === code) < i ? 'is waived twice.' : null)
    if (why !== null) throw unprocessable(`/waive/${i}/code`, `The check ${code} ${why}`)
  }
}

/** Why a check cannot be waived, or undefined. */
function whyNotWaivable(failed: CheckResult[], code: string): string | undefined {
  const one = failed.find((result) => result.code === code)
  if (one === undefined) return 'does not fail: there is nothing to waive.'
  if (one.severity === 'warning') return 'need not be waived: a warning does not block.'
  return one.waivable ? undefined : `cannot be waived. ${one.fix}`
}

/** Whether a failed check blocks publishing. */
export const isBlocking = ({ severity, waived }: CheckResult) => severity === 'error' && waived === undefined

/**
 * The blocking checks of a draft, and the waivers that are needed. Publishing answers no warnings, so none is looked for unless
 * it is waived. Throws 422.
 */
export async function checkForPublishing(
  db: Reader,
  row: WorkingCopy,
  article: Article,
  question: CheckOptions
) {
  const { waive = [] } = question
  const asked = checks.filter(
    ({ code, severity }) => severity === 'error' || waive.some((one) => one.code === code)
  )
  const all = await runChecks(db, row, article, question, asked)
  const waived = all.flatMap(({ code, waived }) => (waived ? [[code, waived.reason] as const] : []))
  return {
    blocking: all.filter(isBlocking),
    waivers: [...new Map(waived)].map(([code, reason]): Waiver => ({ code, reason }))
  }
}

/** The 409 with every blocking check. */
export function checksFailedProblem(blocking: CheckResult[]): HttpProblem {
  const errors = blocking.map(({ code, pointer, detail, fix }) => ({
    code,
    pointer,
    detail: `${detail} ${fix}`
  }))
  const count = errors.length === 1 ? 'A check fails' : `${errors.length} checks fail`
  const details = blocking.map(({ detail }) => detail).join(' ')
  return new HttpProblem('checks-failed', `${count}. ${details}`, errors)
}
