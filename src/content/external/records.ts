// The quotes and claims of a story that is sent again: what becomes of each.

import { isDeepStrictEqual } from 'node:util'
import { eq, sql } from 'drizzle-orm'
import * as changes from '../../changes/log/store.ts'
import { prefixPointers } from '../../http/problems.ts'
import type { Writer } from '../../storage/database.ts'
import { yieldingEach } from '../articles/yielding.ts'
import { writeHops } from '../attributions/hops.ts'
import type { Hop } from '../attributions/schema.ts'
import * as attributions from '../attributions/store.ts'
import * as quotes from '../quotes/store.ts'
import type { Sent } from './sends.ts'
import type { quoteOf } from './sent.ts'
import { isTaken, type Kept, taken } from './three-way.ts'

export type QuoteRecord = ReturnType<typeof quoteOf>
export interface ClaimRecord {
  claim: string
}

/** A quote or a claim that is sent, with the id that it has or gets. */
export interface Entry<T> {
  id: string
  pointer: string
  record: T
  hops: Hop[][]
}

/** A quote or a claim as it is now, with its chains. */
export interface Current<T> {
  id: string
  record: T
  chains: { id: string; hops: Hop[] }[]
}

/** What is written of the quotes, or of the claims. */
export interface Plan<T> {
  create: Entry<T>[]
  change: (Entry<T> & { isReworded: boolean; chains: Current<T>['chains'] | undefined })[]
  remove: string[]
  /** Those that were deleted here and are sent again. */
  gone: string[]
}

interface Sides<T> {
  base: Sent['quotes']
  now: Current<T>[]
  sent: Entry<T>[]
  /** What a correction points at, which stays. */
  targets: Set<string>
}

/** What becomes of each; `path` is where they stand in the story, and where their chains. */
export function plan<T extends QuoteRecord | ClaimRecord>(
  { base, now, sent, targets }: Sides<T>,
  kept: Kept,
  { path, chain }: { path: string; chain: string }
): Plan<T> {
  const current = new Map(now.map((one) => [one.id, one]))
  const before = new Map(base.map((one) => [one.id, one]))
  const all: Plan<T> = { create: [], change: [], remove: [], gone: [] }
  for (const entry of sent) {
    const [is, was] = [current.get(entry.id), before.get(entry.id)]
    if (is === undefined && was === undefined) all.create.push(entry)
    else if (is === undefined) {
      all.gone.push(entry.id)
      kept.add(entry.pointer, 'It was deleted here since it was sent last: that stays.')
    } else {
      // One that was added here and has the same words counts as edited here.
      const last = was ?? { record: {}, hops: undefined }
      const fields = taken({ before: last.record, now: is.record, sent: entry.record }, kept, entry.pointer)
      const hops = is.chains.map((one) => one.hops)
      const newHops = isTaken({ before: last.hops, now: hops, sent: entry.hops }, kept, entry.pointer + chain)
      if (Object.keys(fields).length === 0 && !newHops) continue
      const isReworded = 'text' in fields || 'claim' in fields
      const record = { ...is.record, ...fields }
      all.change.push({ ...entry, record, isReworded, chains: newHops ? is.chains : undefined })
    }
  }
  const there = new Set(sent.map(({ id }) => id))
  for (const was of base) {
    const is = current.get(was.id)
    if (is === undefined || there.has(was.id)) continue
    const hops = is.chains.map((one) => one.hops)
    const isEdited = !isDeepStrictEqual(is.record, was.record) || !isDeepStrictEqual(hops, was.hops)
    const isTarget = [is.id, ...is.chains.map(({ id }) => id)].some((id) => targets.has(id))
    if (!isEdited && !isTarget) all.remove.push(was.id)
    else
      kept.add(
        path,
        `${was.id} is no longer sent; it stays, because ${isEdited ? 'it was edited here' : 'a correction points at it'}.`
      )
  }
  return all
}

/** Whether something is to be written. */
export const isEmpty = ({ create, change, remove }: Plan<unknown>) =>
  create.length + change.length + remove.length === 0

/** Writes what was planned of the quotes; the body has its anchors already. */
export async function writeQuotes(
  tx: Writer,
  articleId: string,
  { create, change, remove }: Plan<QuoteRecord>
) {
  const { q, t, now } = tx
  for await (const id of yieldingEach(remove)) {
    await q.delete(t.quotes).where(eq(t.quotes.id, id))
    await changes.append(tx, { action: 'delete', kind: 'quote', id, articleId })
  }
  for await (const { id, pointer, record, hops } of yieldingEach(create)) {
    await quotes.insert(tx, articleId, record, id)
    for (const [i, chain] of hops.entries())
      await prefixPointers(`${pointer}/attributions/${i}`, () =>
        attributions.create(tx, articleId, { quoteId: id, hops: chain })
      )
  }
  for await (const { id, record, pointer, hops, chains } of yieldingEach(change)) {
    const [after] = await q
      .update(t.quotes)
      .set({ ...record, version: sql`${t.quotes.version} + 1`, updatedAt: now })
      .where(eq(t.quotes.id, id))
      .returning({ version: t.quotes.version })
    await changes.append(tx, { action: 'update', kind: 'quote', id, articleId, ...after })
    if (chains === undefined) continue
    for (const [i, chain] of hops.entries()) {
      const there = chains[i]
      await prefixPointers(`${pointer}/attributions/${i}`, async () => {
        if (there === undefined) await attributions.create(tx, articleId, { quoteId: id, hops: chain })
        else if (!isDeepStrictEqual(there.hops, chain)) await rechain(tx, articleId, there.id, chain)
      })
    }
    for (const { id } of chains.slice(hops.length)) await unchain(tx, articleId, id)
  }
}

/** Writes what was planned of the claims, likewise. */
export async function writeClaims(
  tx: Writer,
  articleId: string,
  { create, change, remove }: Plan<ClaimRecord>
) {
  for await (const id of yieldingEach(remove)) await unchain(tx, articleId, id)
  for await (const { id, pointer, record, hops } of yieldingEach(create))
    await prefixPointers(pointer, () =>
      attributions.create(tx, articleId, { claim: record.claim, hops: hops[0]! }, id)
    )
  for await (const { id, pointer, record, hops } of yieldingEach(change))
    await prefixPointers(pointer, () => rechain(tx, articleId, id, hops[0]!, record.claim))
}

/** Gives an attribution another chain, and a claim other words. */
async function rechain(tx: Writer, articleId: string, id: string, hops: Hop[], claim?: string) {
  const { q, t, now } = tx
  const [after] = await q
    .update(t.attributions)
    .set({
      ...(claim !== undefined && { claim }),
      version: sql`${t.attributions.version} + 1`,
      updatedAt: now
    })
    .where(eq(t.attributions.id, id))
    .returning({ version: t.attributions.version })
  await q.delete(t.hops).where(eq(t.hops.attributionId, id))
  await writeHops(tx, id, hops)
  await changes.append(tx, { action: 'update', kind: 'attribution', id, articleId, ...after })
}

async function unchain(tx: Writer, articleId: string, id: string) {
  await tx.q.delete(tx.t.attributions).where(eq(tx.t.attributions.id, id))
  await changes.append(tx, { action: 'delete', kind: 'attribution', id, articleId })
}
