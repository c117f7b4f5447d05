// What a rule for comments is, and what it reads.
import type { HttpProblem } from '../../http/problems.ts'
import type { NewComment } from '../comments/schema.ts'
import type { Settings } from '../settings/schema.ts'

/** A comment as it came in, with what it does not tell itself, read once. Rules read nothing else. */
export interface Facts {
  input: NewComment
  settings: Settings
  /** What holds for the article. */
  mode: Settings['mode']
  /** For how many seconds its network, and its author, must wait; 0 for who need not. */
  waits: { network: number; author: number }
  /** Whether no comments are taken from its author or its network. */
  banned: boolean
  /** How many seconds ago the form it came with was fetched; null without one, or with one that does not hold. */
  formAge: number | null
  /** Whether the proof of work that was asked for came with it. */
  proof: 'unasked' | 'missing' | 'valid'
  /** The blocked terms it has. */
  terms: { outcome: 'hold' | 'spam' | 'refuse'; matched: string }[]
  /** Whether its author, or its network, said the same within a day. */
  repeated: boolean
  /** An earlier comment, of whomever, that says nearly the same. */
  resembled: string | undefined
  /** Whether an earlier comment of its author was approved, and none marked as spam; asked for in mode `first` only. */
  trusted: boolean
  /** Whether another service is asked about it. */
  asked: boolean
}

/** What a rule has to say: a problem for who sent it, or what a moderator is shown. */
export type Finding =
  | { outcome: 'hold' | 'spam'; matched: string }
  | { outcome: 'refuse'; problem: HttpProblem }

export interface Rule<Read = Facts> {
  name: string
  /** It finds what is expected of readers in good faith: no sign of an attack. */
  routine?: true
  find(facts: Read): Finding[]
}

/** One finding, or none. */
export const holdWhen = (finds: boolean, matched: string): Finding[] =>
  finds ? [{ outcome: 'hold', matched }] : []

/** A refusal, or none. The problem is made only where it is needed. */
export const refuseWhen = (finds: boolean, problem: () => HttpProblem): Finding[] =>
  finds ? [{ outcome: 'refuse', problem: problem() }] : []
