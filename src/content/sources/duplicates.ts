// Sources that may be the same, for an editor to look at. Each is compared with some older ones that share a name, an
// address, or initials and affiliation with it, found by indexes: the work grows with the number of sources.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { and, asc, desc, eq, inArray, lt, or, sql } from 'drizzle-orm'
import { prepared, type Reader, type Tables } from '../../storage/database.ts'
import { nameKey } from '../../storage/text/name-key.ts'
import { initialsOf, keysOf } from './names.ts'
import type { SourceDuplicate } from './schema.ts'
import { draftForm } from './store.ts'

type Row = Tables['sources']['$inferSelect']
type Reason = SourceDuplicate['reasons'][number]
type Objection = SourceDuplicate['against'][number]

/** With how many older sources of one name one is compared. */
const maxCompared = 20

/** How many sources are looked through in one turn of the event loop, and for one page. */
const scanned = { turn: 50, page: 1000 }

interface Page {
  data: SourceDuplicate[]
  /** The source that was looked at last; null where all were. */
  next: string | null
}

/** Proposals for sources below this id, newest first. A page looks through so many, and may have none. */
export async function duplicates(db: Reader, limit: number, after?: string): Promise<Page> {
  const { q, t } = db
  const data: SourceDuplicate[] = []
  let below = after
  for (let looked = 0; looked < scanned.page; looked += scanned.turn) {
    const rows = await q
      .select()
      .from(t.sources)
      .where(below === undefined ? undefined : lt(t.sources.id, below))
      .orderBy(desc(t.sources.id))
      .limit(scanned.turn)
    for (const row of rows) {
      const proposal = await proposalFor(db, row)
      if (proposal) data.push(proposal)
      if (data.length === limit) return { data, next: row.id }
    }
    if (rows.length < scanned.turn) return { data, next: null }
    below = rows.at(-1)!.id
    await nextTurn()
  }
  return { data, next: below! }
}

const given = sql.placeholder

const byNameQuery = prepared(({ q, t: { sourceNames: n } }) =>
  q
    .select({ id: n.sourceId })
    .from(n)
    .where(and(eq(n.name, given('name')), lt(n.sourceId, given('id'))))
    .orderBy(asc(n.sourceId))
    .limit(maxCompared)
    .prepare('older_of_name')
)

const byInitialsQuery = prepared(({ q, t: { sourceNames: n, sources: s } }) =>
  q
    .selectDistinct({ id: n.sourceId })
    .from(n)
    .innerJoin(s, eq(s.id, n.sourceId))
    .where(
      and(
        eq(n.initials, given('initials')),
        lt(n.sourceId, given('id')),
        eq(s.affiliationId, given('affiliationId'))
      )
    )
    .orderBy(asc(n.sourceId))
    .limit(maxCompared)
    .prepare('older_of_initials')
)

/** The older sources that share something with it. */
async function candidates(db: Reader, row: Row): Promise<string[]> {
  const { id, kind, affiliationId, url, sameAs } = row
  const found: { id: string }[] = []
  for (const name of keysOf(row)) {
    found.push(...(await byNameQuery(db).execute({ name, id })))
    const initials = kind === 'person' && affiliationId !== null ? initialsOf(name) : null
    if (initials) found.push(...(await byInitialsQuery(db).execute({ initials, id, affiliationId })))
  }
  if (url !== null || sameAs.length > 0) found.push(...(await withAddress(db, row)))
  return [...new Set(found.map((one) => one.id))]
}

/** Older sources with one of its addresses. */
function withAddress({ q, t: { sources: s, sourceAddresses: a } }: Reader, { id, url, sameAs }: Row) {
  const addresses = url === null ? sameAs : [...sameAs, url]
  const known = q.select({ id: a.sourceId }).from(a).where(inArray(a.url, addresses))
  return q
    .select({ id: s.id })
    .from(s)
    .where(and(lt(s.id, id), or(inArray(s.url, addresses), inArray(s.id, known))))
    .orderBy(asc(s.id))
    .limit(maxCompared)
}

/** The older source that it most likely is, and why. */
async function proposalFor(db: Reader, row: Row): Promise<SourceDuplicate | undefined> {
  const ids = await candidates(db, row)
  if (ids.length === 0) return undefined
  const { sources: s } = db.t
  const others = await db.q
    .select()
    .from(s)
    .where(and(inArray(s.id, ids), eq(s.kind, row.kind)))
    .orderBy(asc(s.id))
  const [best] = others
    .map((other) => ({ other, reasons: reasonsOf(row, other), against: objectionsTo(row, other) }))
    .filter(({ reasons }) => reasons.length > 0)
    .sort((a, b) => a.against.length - b.against.length || b.reasons.length - a.reasons.length)
  if (best === undefined) return undefined
  const { other, reasons, against } = best
  return { source: draftForm(row), into: draftForm(other), reasons, against }
}

/** What speaks for two sources being one. */
function reasonsOf(one: Row, other: Row): Reason[] {
  const reasons: Reason[] = []
  const [keys, otherKeys] = [keysOf(one), keysOf(other)]
  if (nameKey(one.name) === nameKey(other.name) && keys.length > 0)
    reasons.push({ code: 'name', detail: `Both are called ${other.name}.` })
  else {
    const shared = keys.find((key) => otherKeys.includes(key))
    if (shared !== undefined)
      reasons.push({ code: 'alias', detail: `A name or alias of both is "${shared}".` })
  }
  const address = addressesOf(one).find((url) => addressesOf(other).includes(url))
  if (address !== undefined) reasons.push({ code: 'address', detail: `Both have the address ${address}.` })
  const isAbbreviated = keys.some((key) => otherKeys.some((known) => abbreviates(key, known)))
  if (one.affiliationId !== null && one.affiliationId === other.affiliationId && isAbbreviated)
    reasons.push({
      code: 'initials',
      detail: `The initials are the same, and both belong to ${other.affiliationId}.`
    })
  return reasons
}

const addressesOf = ({ url, sameAs }: Row) => (url === null ? sameAs : [url, ...sameAs])

/** Whether one of two names has an initial where the other has the first name: "m lindqvist", "mara lindqvist". */
function abbreviates(one: string, other: string): boolean {
  const initials = initialsOf(one)
  if (initials === null || initials !== initialsOf(other)) return false
  const isShort = (key: string) => key.indexOf(' ') === [...key][0]!.length
  return one !== other && (isShort(one) || isShort(other))
}

const differ = (one: string | null, other: string | null) => one !== null && other !== null && one !== other

/** What speaks against it. */
function objectionsTo(one: Row, other: Row): Objection[] {
  const against: Objection[] = []
  if (differ(one.role && nameKey(one.role), other.role && nameKey(other.role)))
    against.push({ code: 'role', detail: `The one is ${one.role}, the other ${other.role}.` })
  if (differ(one.affiliationId, other.affiliationId))
    against.push({
      code: 'affiliation',
      detail: `The one belongs to ${one.affiliationId}, the other to ${other.affiliationId}.`
    })
  if (one.externalSystem === other.externalSystem && differ(one.externalId, other.externalId))
    against.push({
      code: 'external-id',
      detail: `${one.externalSystem} has two ids for them: ${one.externalId} and ${other.externalId}.`
    })
  return against
}
