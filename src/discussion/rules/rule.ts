// The interface of rules for comments.
import type { HttpProblem } from '../../http/problems.ts'
import type { NewComment } from '../comments/schema.ts'
import type { Settings } from '../settings/schema.ts'

/** A new comment with all facts that rules may read. */
export interface Facts {
  input: NewComment
  settings: Settings
  /** The policy of the article. */
  mode: Settings['mode']
  /** For how many seconds its network, and its author, must wait, or 0. */
  waits: { network: number; author: number }
  /** Whether its author or its network is banned. */
  banned: boolean
  /** The age of its form token in seconds; null without a valid one. */
  formAge: number | null
  /** Whether it has the required proof of work. */
  proof: 'unasked' | 'missing' | 'valid'
  /** The blocked terms that it contains. */
  terms: { outcome: 'hold' | 'spam' | 'refuse'; matched: string }[]
  /** Whether its author or its network posted the same within a day. */
  repeated: boolean
  /** The id of an earlier comment, of anybody, that says nearly the same. */
  resembled: string | undefined
  /** Whether an earlier comment of its author was approved and none marked as spam; only read in mode `first`. */
  trusted: boolean
  /** Whether the spam service checks it. */
  asked: boolean
}

/** The finding of a rule: a problem for the sender, or a mark for moderators. */
export type Finding =
  | { outcome: 'hold' | 'spam'; matched: string }
  | { outcome: 'refuse'; problem: HttpProblem }

export interface Rule<Read = Facts> {
  name: string
  /** Whether it also occurs in good faith, so that it is no sign of an attack. */
  routine?: true
  find(facts: Read): Finding[]
}

/** One finding, or none. */
export const holdWhen = (finds: boolean, matched: string): Finding[] =>
  finds ? [{ outcome: 'hold', matched }] : []

/** A refusal, or none. The problem is created lazily. */
export const refuseWhen = (finds: boolean, problem: () => HttpProblem): Finding[] =>
  finds ? [{ outcome: 'refuse', problem: problem() }] : []
