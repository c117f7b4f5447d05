// Decisions on what was read from a page: what they are checked for, and what becomes of each proposal.
import { isDeepStrictEqual } from 'node:util'
import { HttpProblem, unprocessable } from '../../http/problems.ts'
import type { CurrentRecord, Kind, Proposal } from './current-records.ts'
import type { ImportReview } from './review-schema.ts'
import type { ReviewedRecord } from './schema.ts'

type Sections = Required<Pick<ImportReview, 'quotes' | 'claims' | 'credits' | 'sources'>>

/** A decision, and where it stands in the request. */
export interface Decision {
  id: string
  kind: Kind
  decision: 'accept' | 'correct' | 'reject'
  pointer: string
  version?: number
  correction?: object
  mergeInto?: string
}

const kinds = { quotes: 'quote', claims: 'claim', credits: 'credit', sources: 'source' } as const

/** Every decision of a review, those on sources last: what names a source is settled before it. */
export const decisionsIn = (review: ImportReview): Decision[] =>
  (Object.keys(kinds) as (keyof Sections)[]).flatMap((section) =>
    (review[section] ?? []).map((decision, i) => ({
      ...decision,
      kind: kinds[section],
      pointer: `/${section}/${i}`
    }))
  )

/** Throws 422 for decisions that cannot be, and 412 for one on a record that was changed since. */
export function checkDecisions(
  decisions: Decision[],
  proposals: Proposal[],
  there: Map<string, CurrentRecord>
): void {
  const seen = new Set<string>()
  for (const one of decisions) {
    const { id, kind, pointer } = one
    if (!proposals.some((proposal) => proposal.id === id && proposal.kind === kind))
      throw unprocessable(`${pointer}/id`, `The import has no ${kind} ${id} among its proposals.`)
    if (seen.has(id)) throw unprocessable(`${pointer}/id`, `There are two decisions on ${id}: send one.`)
    seen.add(id)
    checkDecision(one, there.get(id))
  }
}

function checkDecision(
  { id, kind, decision, pointer, version, ...more }: Decision,
  now: CurrentRecord | undefined
) {
  if (decision !== 'reject' && now === undefined)
    throw unprocessable(`${pointer}/decision`, `The ${kind} is no longer there: reject it.`)
  if (version !== undefined && now !== undefined && now.version !== version) {
    const detail = `The ${kind} ${id} has been changed since you read it: its version is ${now.version} now.`
    throw new HttpProblem('stale', detail, [{ pointer: `${pointer}/version`, detail }])
  }
  if ((decision === 'correct') !== (more.correction !== undefined))
    throw unprocessable(
      `${pointer}/correction`,
      'Send what is right in `correction` with the decision `correct`, and with no other.'
    )
  if (more.mergeInto === undefined) return
  if (decision !== 'accept')
    throw unprocessable(`${pointer}/mergeInto`, 'A source is merged with the decision `accept`.')
  if (more.mergeInto === id)
    throw unprocessable(`${pointer}/mergeInto`, 'A source is merged into another than itself.')
}

/** Where sources went that were merged. */
export type Merges = Map<string, string>

/** Whether a record is what was proposed, its sources aside that were merged since. */
function isSame(proposed: ReviewedRecord, now: ReviewedRecord, merges: Merges) {
  const followed = (id: string): string => {
    const into = merges.get(id)
    return into === undefined ? id : followed(into)
  }
  // The name of a source is a proposal of its own.
  const comparable = ({ speakers, ...record }: ReviewedRecord) => ({
    ...record,
    speakers: speakers?.map(({ sourceId, name, relation }) =>
      sourceId ? { sourceId: followed(sourceId), relation } : { name, relation }
    )
  })
  return isDeepStrictEqual(comparable(proposed), comparable(now))
}

/** What a proposal becomes by a decision, from the record there is afterwards. */
export function outcomeOf(
  { proposed, id }: Proposal,
  { decision }: Pick<Decision, 'decision'>,
  { after, merges }: { after: Map<string, CurrentRecord>; merges: Merges }
): Pick<Proposal, 'state' | 'decided' | 'mergedInto'> {
  const mergedInto = merges.get(id) ?? null
  if (mergedInto !== null) return { state: 'accepted', decided: after.get(mergedInto)!.record, mergedInto }
  const now = after.get(id)
  if (decision === 'reject' || now === undefined)
    return { state: 'rejected', decided: null, mergedInto: null }
  const isKept = decision === 'accept' && isSame(proposed, now.record, merges)
  return { state: isKept ? 'accepted' : 'corrected', decided: now.record, mergedInto: null }
}
