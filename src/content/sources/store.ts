import { and, desc, eq, exists, inArray, lt, or } from 'drizzle-orm'
import * as changes from '../../changes/log/store.ts'
import { checkVersion, type Expected } from '../../http/etag.ts'
import { newId } from '../../http/ids.ts'
import { unprocessable } from '../../http/problems.ts'
import type { Reader, Tables, Writer } from '../../storage/database.ts'
import { nameKey } from '../../storage/text/name-key.ts'
import { termsOf } from '../../storage/text/query-parser.ts'
import { addWords, hasWords, setWords } from '../articles/list/desk-words.ts'
import { isNotTrashed } from '../articles/soft-deletion.ts'
import { checkExternalId, externalColumns, externalOf, hasExternalId } from '../external/ids.ts'
import { addNames, setNames } from './names.ts'
import type { DraftSource, NewSource, Source, SourceFilters } from './schema.ts'

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

const draftForm = (row: Row): DraftSource => ({
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

async function row({ q, t }: Reader, id: string): Promise<Row | undefined> {
  const [found] = await q.select().from(t.sources).where(eq(t.sources.id, id))
  return found
}

export async function byId(db: Reader, id: string): Promise<DraftSource | undefined> {
  const found = await row(db, id)
  return found && draftForm(found)
}

/** The public forms of these sources. */
export async function byIds({ q, t }: Reader, ids: string[]): Promise<Source[]> {
  return (await q.select().from(t.sources).where(inArray(t.sources.id, ids))).map(publicForm)
}

/** The sources of these ids and, transitively, the organizations they belong to, each once. */
export async function withAffiliations({ q, t }: Reader, ids: string[]): Promise<Row[]> {
  const known = new Map<string, Row>()
  let wanted = [...new Set(ids)]
  while (wanted.length > 0) {
    const rows = await q.select().from(t.sources).where(inArray(t.sources.id, wanted))
    for (const found of rows) known.set(found.id, found)
    wanted = [...new Set(rows.flatMap(({ affiliationId }) => affiliationId ?? []))].filter(
      (id) => !known.has(id)
    )
  }
  return [...known.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** Newest first. */
export async function list(db: Reader, filters: SourceFilters, limit: number, after?: string) {
  const { q, t } = db
  const { sources, hops, attributions, articleBylines } = t
  const inArticles = (some: string[]) =>
    or(
      exists(
        q
          .select({ id: hops.attributionId })
          .from(hops)
          .innerJoin(attributions, eq(attributions.id, hops.attributionId))
          .where(
            and(
              eq(hops.sourceId, sources.id),
              inArray(attributions.articleId, some),
              isNotTrashed(db, attributions.articleId)
            )
          )
      ),
      exists(
        q
          .select({ id: articleBylines.articleId })
          .from(articleBylines)
          .where(
            and(
              eq(articleBylines.sourceId, sources.id),
              inArray(articleBylines.articleId, some),
              isNotTrashed(db, articleBylines.articleId)
            )
          )
      )
    )
  const rows = await q
    .select()
    .from(sources)
    .where(
      and(
        after === undefined ? undefined : lt(sources.id, after),
        filters.kind && inArray(sources.kind, filters.kind),
        filters.article && inArticles(filters.article),
        filters.name && inArray(sources.name, filters.name),
        filters.sameAs && isSameAs(db, filters.sameAs),
        filters.alias && isCalled(db, filters.alias),
        hasExternalId(sources, filters.externalId),
        filters.q === undefined ? undefined : hasWords(db, 'source', sources.id, termsOf(filters.q))
      )
    )
    .orderBy(desc(sources.id))
    .limit(limit)
  return rows.map(draftForm)
}

function isSameAs({ q, t: { sources, sourceAddresses: a } }: Reader, urls: string[]) {
  return exists(
    q
      .select({ id: a.sourceId })
      .from(a)
      .where(and(eq(a.sourceId, sources.id), inArray(a.url, urls)))
  )
}

function isCalled({ q, t: { sources, sourceNames: n } }: Reader, names: string[]) {
  return exists(
    q
      .select({ id: n.sourceId })
      .from(n)
      .where(and(eq(n.sourceId, sources.id), inArray(n.name, names.map(nameKey))))
  )
}

/** The searchable text of a source. */
const wordsOf = ({ name, aliases, role }: Row) =>
  [name, ...aliases, ...(role === null ? [] : [role])].join('\n')

async function writeAddresses({ q, t: { sourceAddresses: a } }: Writer, { id, sameAs }: Row) {
  const rows = [...new Set(sameAs)].map((url) => ({ sourceId: id, url }))
  if (rows.length > 0) await q.insert(a).values(rows)
}

export async function create(tx: Writer, input: NewSource, id = newId('src')): Promise<DraftSource> {
  await checkAffiliation(tx, id, input)
  await checkExternalId(tx, tx.t.sources, id, input.externalId)
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
  const input = edit(inputOf(before))
  await checkAffiliation(tx, id, input)
  await checkExternalId(tx, t.sources, id, input.externalId)
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

/** Throws 422 with the pointer of the first reference to a missing source. */
export async function checkNamed({ q, t }: Reader, places: { id: string; pointer: string }[]) {
  if (places.length === 0) return
  const ids = [...new Set(places.map(({ id }) => id))]
  const rows = await q.select({ id: t.sources.id }).from(t.sources).where(inArray(t.sources.id, ids))
  const known = new Set(rows.map(({ id }) => id))
  const missing = places.find(({ id }) => !known.has(id))
  if (missing)
    throw unprocessable(
      missing.pointer,
      `There is no source ${missing.id}: it is neither the id of one, nor the key of one in the request.`
    )
}
