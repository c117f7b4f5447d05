// The interface of checks.
import type { Article } from '../../content/articles/schema.ts'
import type { CandidatePlace } from '../../content/body/anchors/choices.ts'
import type { Body } from '../../content/body/schema.ts'
import type { Purpose } from '../../content/credits/licences/schema.ts'
import type { Terms } from '../../content/credits/terms.ts'
import type { PictureProposal } from '../../files/metadata/schema.ts'
import type { RecordFacts } from '../../record/provenance/facts.ts'
import type { DoubtedHops } from '../../record/reviews/facts.ts'
import type { ReplyFacts } from '../replies/facts.ts'
import type { Drifts } from './drift.ts'

/** A draft at its planned time of publication, with all facts that checks may read. */
export interface CheckedDraft {
  article: Article
  body: Body
  /** Its sentences that say that somebody declined to comment. */
  refusals: string[]
  /** Where quotes and claims that are anchored nowhere could stand, by the names of their anchors. */
  ambiguous: Map<string, CandidatePlace[]>
  at: string
  legalHold: boolean
  embargoUntil: string | null
  /** When it is scheduled to be withdrawn. */
  withdrawAt: string | null
  /** The embargoes of its media, by id. */
  mediaEmbargoes: Map<string, string>
  /** What the files of its pictures say of themselves, by the ids of the media. */
  proposals: Map<string, PictureProposal>
  /** What it is published for. */
  purposes: Purpose[]
  /** The terms of the credits of its media, by their ids. */
  terms: Map<string, Terms>
  /** In how many other articles its media were published, by their ids. */
  usedElsewhere: Map<string, number>
  /** Whether another published article has its slug. */
  slugTaken: boolean
  /** The articles that its links refer to, and whether they are published. */
  linked: Map<string, boolean>
  /** What its chains name of ours, and whether that still stands. */
  record: RecordFacts
  /** Whom it accuses, and who was asked. */
  replies: ReplyFacts
  /** What its chains lead to that is doubted or corrected. */
  doubted: DoubtedHops
  /** What other articles printed in other words. */
  drifts: Drifts
  /** The configured country of publication. */
  territory?: string
}

/** A failure of a check: its place, and what is wrong. */
export interface Failure {
  pointer: string
  detail: string
}

export interface Check {
  code: string
  severity: 'error' | 'warning'
  /** Whether it is an error that editors cannot waive. */
  final?: true
  /** The remedy, in a sentence. */
  fix: string
  find(checked: CheckedDraft): Failure[] | Promise<Failure[]>
}

/** Failures for the items of a list, with their pointers. */
export const forEachItem = <T>(
  path: string,
  items: T[],
  find: (item: T, pointer: string) => Failure[]
): Failure[] => items.flatMap((item, i) => find(item, `${path}/${i}`))

/** One failure, or none. */
export const failureIf = (fails: boolean, pointer: string, detail: string): Failure[] =>
  fails ? [{ pointer, detail }] : []
