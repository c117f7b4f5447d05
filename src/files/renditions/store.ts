// Sets of renditions: one for each picture and recipe. A changed credit is a changed recipe, and so a new set.
import { hash } from 'node:crypto'
import { and, asc, eq, inArray, lte, notInArray, sql } from 'drizzle-orm'
import { prepared, type Reader, type Tables, type Writer } from '../../storage/database.ts'
import type { Recipe } from '../../storage/tables/files.ts'
import { byDigest, type FileRow } from '../store.ts'
import { keepHash } from './lookalike.ts'
import type { Rendered } from './render.ts'

export type RenditionSet = Tables['renditionSets']['$inferSelect']

/** Raised where renditions are made in another way: all are made anew. */
const renderer = 1

/** How long a process may work on a set before another takes it over, in ms. */
const lease = 5 * 60_000

/** How often a set is tried. */
const maxAttempts = 3

/** The id of the set of a file by a recipe. */
export const setIdOf = (file: string, recipe: Recipe) =>
  hash('sha256', JSON.stringify([renderer, file, recipe]), 'hex')

/** Has a set made, unless it was. */
export async function request(tx: Writer, file: string, recipe: Recipe) {
  await tx.q
    .insert(tx.t.renditionSets)
    .values({
      id: setIdOf(file, recipe),
      file,
      recipe,
      state: 'pending',
      renditions: [],
      placeholder: null,
      error: null,
      attempts: 0,
      dueAt: tx.now,
      createdAt: tx.now
    })
    .onConflictDoNothing()
}

/** Those of these sets that there are, by id. */
export async function byIds({ q, t }: Reader, ids: string[]): Promise<Map<string, RenditionSet>> {
  if (ids.length === 0) return new Map()
  const rows = await q.select().from(t.renditionSets).where(inArray(t.renditionSets.id, ids))
  return new Map(rows.map((row) => [row.id, row]))
}

const dueQuery = prepared(({ q, t: { renditionSets: r } }) => {
  const now = sql.placeholder('now')
  return q
    .select({ id: r.id })
    .from(r)
    .where(lte(r.dueAt, now))
    .orderBy(asc(r.dueAt))
    .limit(1)
    .prepare('due_rendition_set')
})

/** Whether there is a set to be made at this time. */
export const hasDue = async (db: Reader, now: string) => (await dueQuery(db).execute({ now })).length > 0

/** A set that is being made, and the file that it is made of. */
export interface Claimed {
  set: RenditionSet
  file: FileRow
}

/** Takes the next set, so that no other process does; undefined where there is none. */
export async function claim(tx: Writer): Promise<Claimed | undefined> {
  const { renditionSets: r } = tx.t
  const [next] = await dueQuery(tx).execute({ now: tx.now })
  if (next === undefined) return undefined
  const set = (await byIds(tx, [next.id])).get(next.id)!
  const attempts = set.attempts + 1
  if (attempts > maxAttempts) {
    await finishSet(tx, next.id, { state: 'failed', error: 'The process that made them ended, three times.' })
    return undefined
  }
  await tx.q
    .update(r)
    .set({ attempts, dueAt: after(tx.now, lease) })
    .where(eq(r.id, next.id))
  return { set, file: (await byDigest(tx, set.file))! }
}

const after = (now: string, ms: number) => new Date(Date.parse(now) + ms).toISOString()

const finishSet = (tx: Writer, id: string, values: Partial<RenditionSet>) =>
  tx.q
    .update(tx.t.renditionSets)
    .set({ ...values, dueAt: null })
    .where(eq(tx.t.renditionSets.id, id))

/** Records what was made. */
export async function finish(tx: Writer, id: string, { renditions, placeholder, hash }: Rendered) {
  const stored = renditions.map(({ path: _, ...one }) => one)
  const rows = stored.map(({ digest, type, bytes }) => ({ digest, setId: id, type, bytes }))
  // The picture was deleted meanwhile.
  const set = (await byIds(tx, [id])).get(id)
  if (set === undefined) return
  const { renditionFiles: r } = tx.t
  const digests = rows.map(({ digest }) => digest)
  // Another release of sharp may have made other bytes of the same recipe.
  await tx.q.delete(r).where(and(eq(r.setId, id), notInArray(r.digest, digests)))
  await tx.q.insert(r).values(rows).onConflictDoNothing()
  await finishSet(tx, id, { state: 'ready', renditions: stored, placeholder })
  await keepHash(tx, set.file, hash)
}

/** Records that a set could not be made; it is tried again at first. */
export async function fail(tx: Writer, { id, attempts }: RenditionSet, error: string) {
  const tried = attempts + 1
  if (tried >= maxAttempts) await finishSet(tx, id, { state: 'failed', error })
  else
    await tx.q
      .update(tx.t.renditionSets)
      .set({ error, dueAt: after(tx.now, tried * 10_000) })
      .where(eq(tx.t.renditionSets.id, id))
}
