// The rules for reports of errors: those of comments about senders and blocked terms, in the words of reports.
import { unprocessable } from '../../http/problems.ts'
import type { Facts, Rule } from '../rules/rule.ts'
import { sharedRules } from '../rules/senders.ts'
import type { NewErrorReport } from './schema.ts'

/** A report with all facts that rules may read. */
export interface ReportFacts extends Pick<Facts, 'settings' | 'banned' | 'formAge' | 'proof'> {
  input: NewErrorReport
  /** The blocked terms that it contains, and where. */
  terms: { pointer: string; outcome: 'hold' | 'spam' | 'refuse'; matched: string }[]
}

const shared = sharedRules('reports')

/** A proof of work, where one is required. */
export const { challenge } = shared

/** The limits of a network and of a reader. */
export const limits: Rule<{ wait: number }> = {
  name: 'limits',
  find: ({ wait }) => shared.waiting(wait)
}

export const rules: Rule<ReportFacts>[] = [
  ...shared.rules,
  {
    name: 'blocked-terms',
    find: ({ terms }) =>
      terms.map(({ pointer, outcome, matched }) =>
        outcome === 'refuse'
          ? { outcome, problem: unprocessable(pointer, 'It has words that are not taken here.') }
          : { outcome, matched }
      )
  }
]
