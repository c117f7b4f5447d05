import { and, eq } from 'drizzle-orm'
import * as changes from '../../changes/log/store.ts'
import { checkVersion, type Expected } from '../../http/etag.ts'
import { newId } from '../../http/ids.ts'
import { type Fault, HttpProblem, unprocessable } from '../../http/problems.ts'
import { faultAt, refuse } from '../../http/server/several-faults.ts'
import { movedTo } from '../../newsstand/documents/moved.ts'
import { rowsIn } from '../../storage/columns/rows.ts'
import type { Reader, Tables, Writer } from '../../storage/database.ts'
import { addWords, setWords } from '../articles/list/desk-words.ts'
import { checkExternalId, externalColumns, externalOf } from '../external/ids.ts'
import { addNames, setNames } from './names.ts'
import type { DraftSource, NewSource, Source } from './schema.ts'

type Row = Tables['sources']['$inferSelect']

export const publicForm = ({ id, kind, name, role, affiliationId, url, sameAs }: Row): Source => ({
  id,
  kind,
  name,
  role,
  affiliationId,
  url,
  sameAs
})

export const draftForm = (row: Row): DraftSource => ({
  ...publicForm(row),
  notes: row.notes,
  aliases: row.aliases,
  externalId: externalOf(row),
  version: row.version,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt
})

/** A source in the form of its input, for PATCH. */
const inputOf = (row: Row): NewSource => ({
  kind: row.kind,
  name: row.name,
  role: row.role,
  affiliationId: row.affiliationId,
  url: row.url,
  sameAs: row.sameAs,
  notes: row.notes,
  aliases: row.aliases,
  externalId: externalOf(row)
})

const columns = (input: NewSource) => ({
  kind: input.kind,
  name: input.name,
  role: input.role ?? null,
  affiliationId: input.affiliationId ?? null,
  url: input.url ?? null,
  sameAs: input.sameAs ?? [],
  notes: input.notes ?? null,
  aliases: input.aliases ?? [],
  ...externalColumns(input.externalId)
})

export async function row(db: Reader, id: string): Promise<Row | undefined> {
  const [found] = await rowsIn(db, db.t.sources, 'id', [id])
  return found
}

export async function byId(db: Reader, id: string): Promise<DraftSource | undefined> {
  const found = await row(db, id)
  return found && draftForm(found)
}

/** The public forms of these sources. */
export const byIds = async (db: Reader, ids: string[]): Promise<Source[]> =>
  (await rowsIn(db, db.t.sources, 'id', ids)).map(publicForm)

/** The sources of these ids and, transitively, the organizations they belong to, each once. */
export async function withAffiliations(db: Reader, ids: string[]): Promise<Row[]> {
  const known = new Map<string, Row>()
  let wanted = [...new Set(ids)]
  while (wanted.length > 0) {
    const rows = await rowsIn(db, db.t.sources, 'id', wanted)
    for (const found of rows) known.set(found.id, found)
    wanted = [...new Set(rows.flatMap(({ affiliationId }) => affiliationId ?? []))].filter(
      (id) => !known.has(id)
    )
  }
  return [...known.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** The searchable text of a source. */
export const wordsOf = ({ name, aliases, role }: Row) =>
  [name, ...aliases, ...(role === null ? [] : [role])].join('\n')

export async function writeAddresses({ q, t: { sourceAddresses: a } }: Writer, { id, sameAs }: Row) {
  const rows = [...new Set(sameAs)].map((url) => ({ sourceId: id, url }))
  if (rows.length > 0) await q.insert(a).values(rows)
}

export async function create(tx: Writer, input: NewSource, id = newId('src')): Promise<DraftSource> {
  await checkAffiliation(tx, id, input)
  await checkExternalId(tx, 'sources', id, input.externalId)
  const edited = { version: 1, createdAt: tx.now, updatedAt: tx.now }
  const [added] = await tx.q
    .insert(tx.t.sources)
    .values({ id, ...columns(input), ...edited })
    .returning()
  await writeAddresses(tx, added!)
  await addNames(tx, added!)
  await addWords(tx, 'source', id, wordsOf(added!))
  await changes.append(tx, { action: 'create', kind: 'source', id, version: 1 })
  return draftForm(added!)
}

/** Updates a source by `edit`. Throws 404, 412, and what `edit` throws. */
export async function change(
  tx: Writer,
  id: string,
  versions: Expected,
  edit: (now: NewSource) => NewSource
) {
  const { q, t, now } = tx
  const before = checkVersion(await row(tx, id), versions, 'source')
  await checkNotMoved(tx, id)
  const input = edit(inputOf(before))
  await checkAffiliation(tx, id, input)
  await checkExternalId(tx, 'sources', id, input.externalId)
  const [after] = await q
    .update(t.sources)
    .set({ ...columns(input), version: before.version + 1, updatedAt: now })
    .where(and(eq(t.sources.id, id), eq(t.sources.version, before.version)))
    .returning()
  await q.delete(t.sourceAddresses).where(eq(t.sourceAddresses.sourceId, id))
  await writeAddresses(tx, after!)
  await setNames(tx, before, after!)
  const words = wordsOf(after!)
  if (words !== wordsOf(before)) await setWords(tx, 'source', id, words)
  const fields = changes.changedFields(inputOf(before), inputOf(after!))
  await changes.append(tx, { action: 'update', kind: 'source', id, version: before.version + 1, ...fields })
  return draftForm(after!)
}

export async function remove(tx: Writer, id: string, versions: Expected) {
  checkVersion(await row(tx, id), versions, 'source')
  await checkNotMoved(tx, id)
  await tx.q.delete(tx.t.sources).where(eq(tx.t.sources.id, id))
  await changes.append(tx, { action: 'delete', kind: 'source', id })
}

/** Throws 422 for a missing affiliation, or a cycle. */
async function checkAffiliation(tx: Writer, id: string, { affiliationId }: NewSource) {
  if (!affiliationId) return
  const above = await withAffiliations(tx, [affiliationId])
  if (!above.some((source) => source.id === affiliationId)) {
    throw unprocessable('/affiliationId', `There is no source ${affiliationId}.`)
  }
  if (affiliationId === id || above.some((source) => source.id === id)) {
    throw unprocessable('/affiliationId', 'A source cannot belong to itself.')
  }
}

/** Throws 422 with the pointers of all references to missing sources. */
export async function checkNamed(db: Reader, places: { id: string; pointer: string }[]) {
  const rows = await rowsIn(
    db,
    db.t.sources,
    'id',
    places.map(({ id }) => id)
  )
  const known = new Set(rows.map(({ id }) => id))
  const faults: Fault[] = []
  for (const { id, pointer } of places.filter(({ id }) => !known.has(id)).slice(0, 20)) {
    const to = await movedTo(db, 'source', id)
    const detail = to
      ? `The source ${id} was merged into ${to}: name that one.`
      : `There is no source “${id}”: name the id of one, or the \`key\` of one among the \`sources\` of the same request.`
    faults.push(faultAt(pointer, detail))
  }
  refuse(faults)
}

/** Throws 409 for a source that is becoming another. */
export async function checkNotMoved(tx: Writer, id: string) {
  const to = await movedTo(tx, 'source', id)
  if (to)
    throw new HttpProblem(
      'conflict',
      `The source is being merged into ${to}: change that one, or take the merge back first.`
    )
}
