// Reviewing an import: every decision of a request is done, or none.
import { and, eq } from 'drizzle-orm'
import * as changes from '../../changes/log/store.ts'
import { yieldingEach } from '../../content/articles/yielding.ts'
import * as attributions from '../../content/attributions/store.ts'
import * as credits from '../../content/credits/store.ts'
import { Keys } from '../../content/external/keys.ts'
import * as quotes from '../../content/quotes/store.ts'
import * as sources from '../../content/sources/store.ts'
import { checkVersion, type Expected } from '../../http/etag.ts'
import { prefixPointers } from '../../http/problems.ts'
import type { Writer } from '../../storage/database.ts'
import { countDoubtful, currentRecords, idsOf } from './current-records.ts'
import { checkDecisions, type Decision, decisionsIn, type Merges, outcomeOf } from './decisions.ts'
import { merge, removeUnreferenced } from './merging.ts'
import type { ImportReview } from './review-schema.ts'
import * as imports from './store.ts'

type NewSources = NonNullable<ImportReview['newSources']>
type Hops = NonNullable<NonNullable<NonNullable<ImportReview['quotes']>[number]['correction']>['hops']>

/** Does what a review decides, and keeps it. Throws 404, 409, 412, and 422 with a pointer into the review. */
export async function review(tx: Writer, id: string, versions: Expected, asked: ImportReview) {
  const row = checkVersion(await imports.byId(tx, id), versions, 'import')
  const { articleId, proposals } = row
  const decisions = decisionsIn(asked)
  checkDecisions(decisions, proposals, await currentRecords(tx, articleId, idsOf(proposals)))
  const keys = await createSources(tx, asked.newSources ?? [])
  // What changes records writes the draft each time, whose body may be long.
  const writing = decisions.filter(
    ({ decision, mergeInto }) => decision !== 'accept' || mergeInto !== undefined
  )
  for await (const one of yieldingEach(writing, 1)) await applyDecision(tx, articleId, one, keys)
  for await (const { id, kind, decision, pointer } of yieldingEach(decisions))
    if (kind === 'source' && decision === 'reject') await removeUnreferenced(tx, id, pointer)
  await saveDecisions(tx, row, decisions, asked.rest === 'accept')
}

/** Creates the sources that the review brings along, and answers their keys. */
async function createSources(tx: Writer, newSources: NewSources): Promise<Keys> {
  const keys = new Keys()
  for (const [i, { key, ...source }] of newSources.entries()) {
    const pointer = `/newSources/${i}`
    const id = keys.name('src', key, pointer)
    const affiliationId = source.affiliationId && keys.id('src', source.affiliationId)
    await prefixPointers(pointer, () => sources.create(tx, { ...source, affiliationId }, id))
  }
  return keys
}

/** Does what one decision asks of its record; sources are rejected when everything else is done. */
async function applyDecision(tx: Writer, articleId: string, { pointer, ...one }: Decision, keys: Keys) {
  const { id, kind, decision, correction, mergeInto } = one
  if (mergeInto !== undefined) await merge(tx, articleId, { from: id, into: mergeInto, pointer })
  if (decision === 'reject') await reject(tx, kind, id)
  if (correction !== undefined)
    await prefixPointers(`${pointer}/correction`, () =>
      correct(tx, articleId, { id, kind, correction }, keys)
    )
}

/** Deletes a record that is not what the page says. One that is gone already is no fault. */
async function reject(tx: Writer, kind: Decision['kind'], id: string) {
  const stores = { quote: quotes, claim: attributions, credit: credits }
  if (kind === 'source') return
  if (await stores[kind].byId(tx, id)) await stores[kind].remove(tx, id, '*')
}

/** Writes what is right into a record. */
async function correct(
  tx: Writer,
  articleId: string,
  { id, kind, correction }: { id: string; kind: Decision['kind']; correction: object },
  keys: Keys
) {
  const { hops, ...fields }: { hops?: Hops } = correction
  const chain = hops && {
    hops: hops.map((hop) => (hop.sourceId ? { ...hop, sourceId: keys.id('src', hop.sourceId) } : hop))
  }
  if (kind === 'source') await sources.change(tx, id, '*', (now) => ({ ...now, ...fields }))
  if (kind === 'credit') await credits.change(tx, id, '*', (now) => ({ ...now, ...fields }))
  if (kind === 'claim') await attributions.change(tx, id, '*', (now) => ({ ...now, ...fields, ...chain }))
  if (kind !== 'quote') return
  if (Object.keys(fields).length > 0) await quotes.change(tx, id, '*', (now) => ({ ...now, ...fields }))
  if (!chain) return
  const [first] = await attributions.ofQuotes(tx, [id])
  if (first) await attributions.change(tx, first.id, '*', (now) => ({ ...now, ...chain }))
  else await attributions.create(tx, articleId, { quoteId: id, ...chain })
}

/** Keeps what was decided, of each proposal that a decision names, and of all others that wait where the rest is accepted. */
async function saveDecisions(tx: Writer, row: imports.Row, decisions: Decision[], all: boolean) {
  const { id, articleId, version } = row
  const merges: Merges = new Map(
    [...row.proposals, ...decisions.map(({ id, mergeInto }) => ({ id, mergedInto: mergeInto }))].flatMap(
      ({ id, mergedInto }) => (mergedInto ? [[id, mergedInto]] : [])
    )
  )
  const decided = new Map(decisions.map((one) => [one.id, one]))
  const ids = idsOf(row.proposals)
  const after = await currentRecords(tx, articleId, { ...ids, sources: [...ids.sources, ...merges.values()] })
  const counts = { accepted: 0, corrected: 0, rejected: 0 }
  const proposals = row.proposals.map((proposal) => {
    const decision =
      decided.get(proposal.id) ??
      (all && proposal.state === 'waiting' ? ({ decision: 'accept' } as const) : undefined)
    if (decision === undefined) return proposal
    const outcome = outcomeOf(proposal, decision, { after, merges })
    if (outcome.state !== 'waiting') counts[outcome.state]++
    return { ...proposal, ...outcome, decidedAt: tx.now, decidedBy: tx.actor.name }
  })
  const waiting = proposals.filter(({ state }) => state === 'waiting').length
  const proposed = new Set(proposals.map(({ id }) => id))
  const added = [...after].flatMap(([id, { kind, record }]) =>
    (kind === 'quote' || kind === 'claim') && !proposed.has(id) ? [{ kind, record }] : []
  )
  const doubtful = countDoubtful(proposals)
  const status = waiting === 0 ? ('decided' as const) : ('waiting' as const)
  await tx.q
    .update(tx.t.imports)
    .set({ proposals, waiting, doubtful, status, added, version: version + 1, updatedAt: tx.now })
    .where(and(eq(tx.t.imports.id, id), eq(tx.t.imports.version, version)))
  const review = { action: 'review', kind: 'import', id, articleId } as const
  await changes.append(tx, { ...review, version: version + 1, detail: counts })
}
