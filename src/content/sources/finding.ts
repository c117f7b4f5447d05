// Which source of the newsroom a source of a story is: found again by what identifies it, never by a name alone that
// something else contradicts. A wrong match is a wrong name on every quote, so what could be two is created anew.
import { and, asc, eq, getTableColumns, inArray, sql } from 'drizzle-orm'
import { movedTo } from '../../newsstand/documents/moved.ts'
import { prepared, type Reader, type Tables } from '../../storage/database.ts'
import { nameKey } from '../../storage/text/name-key.ts'
import { ownerOf } from '../external/ids.ts'
import type { ExternalId } from '../external/schema.ts'
import type { NewSource } from './schema.ts'
import { row as sourceRow } from './store.ts'

type Row = Tables['sources']['$inferSelect']

/** How many sources of one name are compared. */
const maxCompared = 50

const byNameQuery = prepared(({ q, t: { sources, sourceNames: n } }) =>
  q
    .select(getTableColumns(sources))
    .from(n)
    .innerJoin(sources, eq(sources.id, n.sourceId))
    .where(and(eq(n.name, sql.placeholder('name')), eq(sources.kind, sql.placeholder('kind'))))
    .orderBy(asc(n.sourceId))
    .limit(maxCompared)
    .prepare('sources_by_name_key')
)

interface Search {
  /** Sources that other entries of the same story are: who lists two means two. */
  taken: Set<string>
  /** Whether its name does not tell who it is ("the company"), so that it is not found by it. */
  isApart?: boolean
}

/**
 * The source that is meant: the one with this external id; else one with an address of its `sameAs`; else the one of
 * this name or alias that no role, affiliation, address or id contradicts. Of several, the one with the same role and
 * affiliation; undefined where none can be told.
 */
export async function find(
  db: Reader,
  sent: NewSource,
  { taken, isApart = false }: Search
): Promise<Row | undefined> {
  const free = (rows: Row[]) => rows.filter(({ id }) => !taken.has(id))
  if (sent.externalId) {
    const owner = await ownerOf(db, 'sources', sent.externalId)
    const known = owner ? await sourceRow(db, owner) : await becameOther(db, sent.externalId)
    if (known) return known
  }
  const addressed = free(await withAddress(db, sent)).filter((row) => !isOtherRecord(sent, row))
  if (addressed.length > 0) return addressed.find((row) => isCalled(sent, row)) ?? addressed[0]
  if (isApart || !isProperName(sent.name)) return undefined
  const name = nameKey(sent.name)
  if (name === '') return undefined
  const named = await byNameQuery(db).execute({ name, kind: sent.kind })
  const possible = free(named).filter((row) => !contradicts(sent, row))
  return possible.find((row) => agrees(sent, row)) ?? (possible.length === 1 ? possible[0] : undefined)
}

/** The source that one with this external id was merged into. */
async function becameOther(db: Reader, { system, id }: ExternalId): Promise<Row | undefined> {
  const { sourceMerges: m } = db.t
  const [merged] = await db.q
    .select({ id: m.id })
    .from(m)
    .where(and(eq(m.externalSystem, system), eq(m.externalId, id)))
    .limit(1)
  const to = merged && (await movedTo(db, 'source', merged.id))
  return to === undefined ? undefined : sourceRow(db, to)
}

/** The sources of this kind that share an address with it. */
async function withAddress(
  { q, t: { sources, sourceAddresses: a } }: Reader,
  { kind, sameAs = [] }: NewSource
) {
  if (sameAs.length === 0) return []
  const sharing = q.select({ id: a.sourceId }).from(a).where(inArray(a.url, sameAs))
  return q
    .select()
    .from(sources)
    .where(and(inArray(sources.id, sharing), eq(sources.kind, kind)))
    .orderBy(asc(sources.id))
    .limit(maxCompared)
}

const isCalled = ({ name }: NewSource, row: Row) =>
  [row.name, ...row.aliases].some((other) => nameKey(other) === nameKey(name))

/** Whether a name names: in scripts with capitals a description ("the company") has none. */
const isProperName = (name: string) => !/\p{Ll}/u.test(name) || /[\p{Lu}\p{Lt}]/u.test(name)

/** Whether both have a value, and not the same. */
const differ = (one: string | null | undefined, other: string | null) =>
  Boolean(one) && other !== null && one !== other

const keyOf = (text: string | null | undefined) => (text ? nameKey(text) : null)

/** Whether another id of the same system says that it is another record. */
const isOtherRecord = ({ externalId }: NewSource, row: Row) =>
  externalId?.system === row.externalSystem && differ(externalId?.id, row.externalId)

/** Whether something says that a source of the same name is another. */
function contradicts(sent: NewSource, row: Row) {
  const { sameAs = [] } = sent
  const isElsewhere = sameAs.length > 0 && row.sameAs.length > 0
  // Two reports may have the same title: only their address tells.
  const isUnclear = sent.kind === 'document' && (!sent.url || sent.url !== row.url)
  return (
    isUnclear ||
    isElsewhere ||
    isOtherRecord(sent, row) ||
    differ(keyOf(sent.role), keyOf(row.role)) ||
    differ(sent.affiliationId, row.affiliationId)
  )
}

/** Whether role and affiliation are the same, or missing in both. */
const agrees = (sent: NewSource, row: Row) =>
  keyOf(sent.role) === keyOf(row.role) && (sent.affiliationId ?? null) === row.affiliationId
