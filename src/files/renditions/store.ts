// Sets of renditions: one for each picture and recipe. A changed credit is a changed recipe, and so a new set.
import { hash } from 'node:crypto'
import { and, asc, eq, inArray, lte, notInArray, or, sql } from 'drizzle-orm'
import { rowsIn } from '../../storage/columns/rows.ts'
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

/** A set that a picture is to be shown by. */
export interface WantedSet {
  id: string
  file: string
  recipe: Recipe
}

/**
 * Has a set made, unless it was; one that could not be made is tried anew, though not in the background. One there is made
 * after all others, until it is asked for otherwise.
 */
export async function request(tx: Writer, { id, file, recipe }: WantedSet, background = false) {
  const { renditionSets: r } = tx.t
  const added = tx.q.insert(r).values({
    id,
    file,
    recipe,
    state: 'pending',
    renditions: [],
    placeholder: null,
    error: null,
    attempts: 0,
    background,
    dueAt: tx.now,
    createdAt: tx.now
  })
  if (background) await added.onConflictDoNothing()
  else
    await added.onConflictDoUpdate({
      target: r.id,
      set: { background: false, state: 'pending', attempts: 0, error: null, dueAt: tx.now },
      setWhere: or(eq(r.state, 'failed'), and(eq(r.state, 'pending'), eq(r.background, true)))
    })
}

const madeBy = ({ widths, formats, crops }: Recipe) => JSON.stringify([widths, formats, crops])

/** Drops the sets of a file that are not made yet, and that other settings asked for. */
export async function dropSuperseded(tx: Writer, { file, recipe: current }: WantedSet) {
  const { renditionSets: r } = tx.t
  const waiting = await tx.q
    .select({ id: r.id, recipe: r.recipe })
    .from(r)
    .where(and(eq(r.file, file), eq(r.state, 'pending')))
  const superseded = waiting.filter(({ recipe }) => madeBy(recipe) !== madeBy(current))
  const ids = superseded.map(({ id }) => id)
  if (ids.length > 0) await tx.q.delete(r).where(inArray(r.id, ids))
}

/** Those of these sets that there are, by id. */
export async function byIds({ q, t }: Reader, ids: string[]): Promise<Map<string, RenditionSet>> {
  if (ids.length === 0) return new Map()
  const rows = await q.select().from(t.renditionSets).where(inArray(t.renditionSets.id, ids))
  return new Map(rows.map((row) => [row.id, row]))
}

/**
 * The last complete set of each of these files that differs from what is wanted of it in the settings alone: it carries the same
 * rights, and is cut around the same point.
 */
export async function formerOf(db: Reader, wanted: WantedSet[]): Promise<Map<string, RenditionSet>> {
  if (wanted.length === 0) return new Map()
  const rows = await rowsIn(db, db.t.renditionSets, 'file', [...new Set(wanted.map(({ file }) => file))])
  const complete = rows
    .filter(({ state }) => state === 'ready')
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt))
  return new Map(
    wanted.flatMap(({ id, file, recipe }) => {
      const former = complete.find((set) => set.file === file && isOfSameContent(set.recipe, recipe))
      return former ? [[id, former] as const] : []
    })
  )
}

const isOfSameContent = (a: Recipe, b: Recipe) =>
  a.packet === b.packet && JSON.stringify(a.focalPoint) === JSON.stringify(b.focalPoint)

const dueQuery = prepared(({ q, t: { renditionSets: r } }) => {
  const now = sql.placeholder('now')
  return q
    .select({ id: r.id })
    .from(r)
    .where(lte(r.dueAt, now))
    .orderBy(asc(r.background), asc(r.dueAt))
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
  // The picture was deleted meanwhile, or the settings were changed again.
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
