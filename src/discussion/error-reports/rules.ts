// The rules for reports of errors: those of comments about senders and blocked terms, in the words of reports.
import { HttpProblem, unprocessable } from '../../http/problems.ts'
import { holdWhen, type Rule, refuseWhen } from '../rules/rule.ts'
import type { Settings } from '../settings/schema.ts'
import type { NewErrorReport } from './schema.ts'

/** A report with all facts that rules may read. */
export interface ReportFacts {
  input: NewErrorReport
  settings: Settings
  banned: boolean
  /** The age of its form token in seconds; null without a valid one. */
  formAge: number | null
  proof: 'unasked' | 'missing' | 'valid'
  /** The blocked terms that it contains, and where. */
  terms: { pointer: string; outcome: 'hold' | 'spam' | 'refuse'; matched: string }[]
}

const tooMany = (seconds: number) =>
  new HttpProblem('too-many-requests', `Too many reports. Try again in ${seconds} seconds.`, undefined, {
    'retry-after': String(seconds)
  })

/** The limits of a network and of a reader. */
export const limits: Rule<{ wait: number }> = {
  name: 'limits',
  find: ({ wait }) => refuseWhen(wait > 0, () => tooMany(wait))
}

/** A proof of work, where one is required. */
export const challenge: Rule<Pick<ReportFacts, 'proof'>> = {
  name: 'challenge',
  find: ({ proof }) =>
    refuseWhen(
      proof === 'missing',
      () => new HttpProblem('challenge-required', 'Reports need a proof of work now: see the comment form.')
    )
}

export const rules: Rule<ReportFacts>[] = [
  {
    name: 'ban',
    find: ({ banned }) =>
      refuseWhen(banned, () => new HttpProblem('banned', 'No reports are taken from you here.'))
  },
  {
    name: 'form',
    find: ({ input, settings, formAge }) =>
      refuseWhen(formAge === null && (settings.requireForm || Boolean(input.form)), () =>
        unprocessable('/form', 'This needs the form of the article: fetch it (again).')
      )
  },
  challenge,
  {
    name: 'honeypot',
    find: ({ input: { website } }) => (website ? [{ outcome: 'spam', matched: website.slice(0, 200) }] : [])
  },
  {
    name: 'haste',
    find: ({ formAge, settings: { minSeconds } }) =>
      holdWhen(formAge !== null && formAge < minSeconds, `${formAge} s after the form was fetched`)
  },
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
