// The body of a story that is sent again, and what is anchored in it.
import { jsonOf } from '../../storage/text/json-text.ts'
import { checkUnknownAnchors } from '../articles/anchoring.ts'
import { anchorAll } from '../body/anchors/anchoring.ts'
import { claimAnchor, keyOfAnchor, quoteAnchor, withoutAnchors } from '../body/anchors/anchors.ts'
import { tokenizeAhead } from '../body/anchors/tokens.ts'
import { yieldIfLong } from '../body/length.ts'
import type { Body } from '../body/schema.ts'
import { checkAnchors, checkWordsFound } from '../quotes/wording.ts'
import * as records from './records.ts'
import { isTaken, type Kept, saidBy } from './three-way.ts'

/** The body as it was sent, where that changed and the draft's was not edited here. */
export async function bodyTaken(
  now: Body,
  { base, sent }: { base: unknown; sent: Body },
  kept: Kept
): Promise<Body> {
  const isSent = jsonOf(base ?? null) === jsonOf(sent)
  await yieldIfLong(now)
  const [is, will] = [saidBy(now), saidBy(sent)]
  await yieldIfLong(now)
  // As: it is a body that was sent, and stored.
  const was = isSent ? will : base === undefined ? undefined : saidBy(base as Body)
  return isTaken({ before: was, now: is, sent: will }, kept, '/body') ? sent : now
}

interface Settling {
  now: { quotes: records.Current<records.QuoteRecord>[]; claims: records.Current<records.ClaimRecord>[] }
  quotePlan: records.Plan<records.QuoteRecord>
  claimPlan: records.Plan<records.ClaimRecord>
  kept: Kept
}

/**
 * The body with everything anchored that the article has from now on. Throws 422 for a new direct quote whose words do
 * not stand in the body that was sent; in a body that was edited here it is left out, and told.
 */
export async function settle(
  old: Body,
  body: Body,
  { now, quotePlan, claimPlan, kept }: Settling
): Promise<Body> {
  const isOld = body === old
  if (isOld && records.isEmpty(quotePlan) && records.isEmpty(claimPlan)) return old
  const lost = [
    ...[...quotePlan.remove, ...quotePlan.gone].map(quoteAnchor),
    ...[...claimPlan.remove, ...claimPlan.gone].map(claimAnchor)
  ]
  const free = withoutAnchors(body, lost)
  const reworded = <T extends { isReworded: boolean }>(changed: T[]) =>
    changed.filter(({ isReworded }) => isReworded)
  const moving = [
    ...reworded(quotePlan.change).map(({ id }) => quoteAnchor(id)),
    ...reworded(claimPlan.change).map(({ id }) => claimAnchor(id))
  ]
  const before = withoutAnchors(old, moving)
  const start = isOld ? withoutAnchors(free, moving) : free
  const after = <T>(current: { id: string; record: T }[], plan: records.Plan<T>) => {
    const removed = new Set(plan.remove)
    const changed = new Map(plan.change.map((one) => [one.id, one]))
    const left = current.filter(({ id }) => !removed.has(id)).map((one) => changed.get(one.id) ?? one)
    return [...left, ...plan.create]
  }
  const said = after(now.quotes, quotePlan)
  const claimed = after(now.claims, claimPlan)
  const wanted = [
    ...said.map(({ id, record }) => ({ to: quoteAnchor(id), text: record.text })),
    ...claimed.map(({ id, record }) => ({ to: claimAnchor(id), text: record.claim }))
  ]
  for (const one of [start, before]) await tokenizeAhead(one)
  const { body: settled, missing } = await anchorAll(start, wanted, { old: before })
  const names = new Set(missing.map(({ to }) => keyOfAnchor(to)))
  const written = [...quotePlan.create, ...reworded(quotePlan.change)]
  const leftOut = new Set<string>()
  const unanchored = written.filter(
    ({ id, record }) => names.has(keyOfAnchor(quoteAnchor(id))) && record.kind === 'direct'
  )
  if (!isOld) await checkWordsFound(settled, unanchored)
  for (const { id, pointer } of unanchored) {
    kept.add(`${pointer}/text`, 'Its words do not stand in the body, which was edited here: it was left out.')
    leftOut.add(id)
  }
  quotePlan.create = quotePlan.create.filter(({ id }) => !leftOut.has(id))
  quotePlan.change = quotePlan.change.filter(({ id }) => !leftOut.has(id))
  const all = [...said, ...claimed, ...now.quotes.flatMap(({ chains }) => chains)]
  checkUnknownAnchors(settled, { quotes: all, attributions: [] })
  if (!isOld)
    await checkAnchors(
      settled,
      written.map((one) => ({ id: one.id, record: one.record, pointer: one.pointer }))
    )
  return jsonOf(settled) === jsonOf(old) ? old : settled
}
