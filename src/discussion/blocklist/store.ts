import { and, count, desc, eq, inArray, lt } from 'drizzle-orm'
import * as changes from '../../changes/log/store.ts'
import { checkVersion, type Expected } from '../../http/etag.ts'
import { newId } from '../../http/ids.ts'
import { HttpProblem } from '../../http/problems.ts'
import { prepared, type Reader, type Tables, type Writer } from '../../storage/database.ts'
import { bumpBlocklistVersion } from '../settings/store.ts'
import { hintsOf } from './hints.ts'
import { check } from './matching.ts'
import type { BlockedTerm, BlockedTermQuery, NewBlockedTerm } from './schema.ts'

type Row = Tables['blockedTerms']['$inferSelect']

/** A term of the blocklist, as the rules use it. */
export type BlockedEntry = Pick<BlockedTerm, 'kind' | 'term' | 'outcome'>

/** The number of patterns is limited: every comment is matched against each. */
const maxTerms = { word: 5000, pattern: 100 }

const form = (row: Row): BlockedTerm => ({
  id: row.id,
  kind: row.kind,
  term: row.term,
  outcome: row.outcome,
  note: row.note,
  hints: hintsOf(row),
  version: row.version,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt
})

async function row({ q, t }: Reader, id: string): Promise<Row | undefined> {
  const [found] = await q.select().from(t.blockedTerms).where(eq(t.blockedTerms.id, id))
  return found
}

export async function byId(db: Reader, id: string): Promise<BlockedTerm | undefined> {
  const found = await row(db, id)
  return found && form(found)
}

/** Newest first. */
export async function list({ q, t }: Reader, filters: BlockedTermQuery, limit: number, after?: string) {
  const { blockedTerms: b } = t
  const rows = await q
    .select()
    .from(b)
    .where(
      and(
        after === undefined ? undefined : lt(b.id, after),
        filters.kind && inArray(b.kind, filters.kind),
        filters.outcome && inArray(b.outcome, filters.outcome)
      )
    )
    .orderBy(desc(b.id))
    .limit(limit)
  return rows.map(form)
}

const allQuery = prepared(({ q, t: { blockedTerms: b } }) =>
  q.select({ kind: b.kind, term: b.term, outcome: b.outcome }).from(b).prepare('blocked_terms')
)

export const all = (db: Reader): Promise<BlockedEntry[]> => allQuery(db).execute()

/** Creates a term. Throws 422 for an invalid one, 409 at the limit. */
export async function create(tx: Writer, input: NewBlockedTerm): Promise<BlockedTerm> {
  const { q, t, now } = tx
  await checkTerm(tx, input)
  const id = newId('blk')
  const [added] = await q
    .insert(t.blockedTerms)
    .values({ ...columns(input), id, version: 1, createdAt: now, updatedAt: now })
    .returning()
  await changes.append(tx, { action: 'create', kind: 'term', id, version: 1 })
  await bumpBlocklistVersion(tx)
  return form(added!)
}

const columns = ({ kind, term, outcome, note }: NewBlockedTerm) => ({
  kind,
  term,
  outcome,
  note: note ?? null
})

async function checkTerm({ q, t }: Reader, input: NewBlockedTerm, before?: Row) {
  check(input)
  if (before?.kind === input.kind) return
  const ofKind = eq(t.blockedTerms.kind, input.kind)
  const [there] = await q.select({ terms: count() }).from(t.blockedTerms).where(ofKind)
  if (there!.terms >= maxTerms[input.kind])
    throw new HttpProblem('conflict', `There are ${there!.terms} blocked ${input.kind}s already.`)
}

/** Updates a term by `edit`. Throws 404, 412, 422, 409, and what `edit` throws. */
export async function change(
  tx: Writer,
  id: string,
  versions: Expected,
  edit: (now: NewBlockedTerm) => NewBlockedTerm
): Promise<BlockedTerm> {
  const { q, t, now } = tx
  const before = checkVersion(await row(tx, id), versions, 'blocked term')
  const input = edit(columns(before))
  await checkTerm(tx, input, before)
  const version = before.version + 1
  const [after] = await q
    .update(t.blockedTerms)
    .set({ ...columns(input), version, updatedAt: now })
    .where(eq(t.blockedTerms.id, id))
    .returning()
  await changes.append(tx, { action: 'update', kind: 'term', id, version })
  await bumpBlocklistVersion(tx)
  return form(after!)
}

/** Throws 404, 412. */
export async function remove(tx: Writer, id: string, versions: Expected) {
  checkVersion(await row(tx, id), versions, 'blocked term')
  await tx.q.delete(tx.t.blockedTerms).where(eq(tx.t.blockedTerms.id, id))
  await changes.append(tx, { action: 'delete', kind: 'term', id })
  await bumpBlocklistVersion(tx)
}
