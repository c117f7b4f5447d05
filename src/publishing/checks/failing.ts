// What publishing asks of a draft: every check, and which of those that fail an editor waives.
import type { Working } from '../../content/articles/store.ts'
import { HttpProblem, unprocessable } from '../../http/problems.ts'
import type { Reader } from '../../storage/database.ts'
import type { Waiver } from '../workflow/schema.ts'
import type { Checked } from './check.ts'
import { checked } from './facts.ts'
import { checks } from './list.ts'
import type { CheckResult } from './schema.ts'

/** For when a draft is checked, and what is waived. */
export interface Question {
  at: string
  /** The country the newsroom publishes in. */
  territory?: string
  /** What an editor waives now: each must be needed. */
  waive?: Waiver[]
}

/** Every check that a draft fails. */
const failures = (draft: Checked): CheckResult[] =>
  checks.flatMap(({ code, severity, final, fix, find }) =>
    find(draft).map((failure) => ({
      code,
      severity,
      waivable: severity === 'error' && !final,
      ...failure,
      fix
    }))
  )

/**
 * Every check that the draft fails, waived where an editor does so now, or did when it was scheduled. Throws 422 for
 * a waiver that is not needed or not possible.
 */
export async function results(
  db: Reader,
  row: Working,
  { waive = [], ...when }: Question
): Promise<CheckResult[]> {
  const failed = failures(await checked(db, row, when))
  checkWaivers(failed, waive)
  const before = row.publishAt !== null ? row.waivers : []
  const reasons = new Map([...before, ...waive].map(({ code, reason }) => [code, reason]))
  return failed.map((result) => {
    const reason = result.waivable ? reasons.get(result.code) : undefined
    return reason === undefined ? result : { ...result, waived: { reason } }
  })
}

/** Throws 422 for a waiver that is not needed, not possible, or there before. */
function checkWaivers(failed: CheckResult[], waive: Waiver[]) {
  for (const [i, { code }] of waive.entries()) {
    const why =
      refusal(failed, code) ?? (waive.findIndex((one) => one.code === code) < i ? 'is waived twice.' : null)
    if (why !== null) throw unprocessable(`/waive/${i}/code`, `The check ${code} ${why}`)
  }
}

/** Why a check cannot be waived, or undefined. */
function refusal(failed: CheckResult[], code: string): string | undefined {
  const one = failed.find((result) => result.code === code)
  if (one === undefined) return 'does not fail: there is nothing to waive.'
  if (one.severity === 'warning') return 'need not be waived: a warning does not block.'
  return one.waivable ? undefined : `cannot be waived. ${one.fix}`
}

/** Whether a failed check keeps the article from being published. */
export const blocks = ({ severity, waived }: CheckResult) => severity === 'error' && waived === undefined

/** What of the failed checks blocks publishing, what only warns, and the waivers that are needed. Throws 422. */
export async function failing(db: Reader, row: Working, question: Question) {
  const all = await results(db, row, question)
  const waived = all.flatMap(({ code, waived }) => (waived ? [[code, waived.reason] as const] : []))
  return {
    blocking: all.filter(blocks),
    warnings: all.filter(({ severity }) => severity === 'warning'),
    waivers: [...new Map(waived)].map(([code, reason]): Waiver => ({ code, reason }))
  }
}

/** The 409 that names every check which blocks. */
export function checksFailed(blocking: CheckResult[]): HttpProblem {
  const errors = blocking.map(({ code, pointer, detail }) => ({ code, pointer, detail }))
  const count = errors.length === 1 ? 'A check fails' : `${errors.length} checks fail`
  return new HttpProblem('checks-failed', `${count}: ${errors.map(({ detail }) => detail).join(' ')}`, errors)
}
