// Private fields of sources: written and never read again, but for reports that tell of nobody.
import { and, eq, inArray } from 'drizzle-orm'
import * as changes from '../../changes/log/store.ts'
import * as sources from '../../content/sources/store.ts'
import { checkVersion, type Expected } from '../../http/etag.ts'
import { found, unprocessable } from '../../http/problems.ts'
import type { Reader, Writer } from '../../storage/database.ts'
import type { Heard } from '../heard/reading.ts'
import { type Cell, protect } from './disclosure.ts'
import type {
  CurrentSourceFields,
  PrivateReport,
  PrivateReportQuery,
  PrivateValues,
  SourceFields
} from './schema.ts'

const id = 'source-fields'

export async function current({ q, t: { sourceFields: f } }: Reader): Promise<CurrentSourceFields> {
  const [row] = await q.select().from(f).where(eq(f.id, id))
  return { fields: row?.fields ?? [], version: row?.version ?? 0, updatedAt: row?.updatedAt ?? null }
}

/** Defines the fields; the values of one that is left out are deleted. Throws 412, and 422 for a name that comes twice. */
export async function define(tx: Writer, versions: Expected, { fields }: SourceFields) {
  const { q, t, now } = tx
  const before = checkVersion(await current(tx), versions, 'source fields')
  const names = fields.map(({ name }) => name)
  const twice = names.findIndex((name, i) => names.indexOf(name) < i)
  if (twice >= 0) throw unprocessable(`/fields/${twice}/name`, `There is a field ${names[twice]} before.`)
  const set = { fields, version: before.version + 1, updatedAt: now }
  await q
    .insert(t.sourceFields)
    .values({ id, ...set, createdAt: now })
    .onConflictDoUpdate({ target: t.sourceFields.id, set })
  const gone = before.fields.map(({ name }) => name).filter((name) => !names.includes(name))
  await q.delete(t.privateValues).where(inArray(t.privateValues.field, gone))
  await changes.append(tx, { action: 'update', kind: 'settings', id, version: set.version })
  return current(tx)
}

/** Writes private values of a source. Throws 404, and 422 for a field or a value that is not defined. */
export async function write(tx: Writer, sourceId: string, values: PrivateValues) {
  const { q, t } = tx
  found(await sources.byId(tx, sourceId), 'source')
  const { fields } = await current(tx)
  for (const [field, value] of Object.entries(values)) {
    const defined = fields.find(({ name }) => name === field)
    if (defined === undefined)
      throw unprocessable(`/${field}`, 'There is no such field: see /v1/source-fields.')
    if (value !== null && !defined.values.includes(value))
      throw unprocessable(`/${field}`, `It is none of the values of ${field}: ${defined.values.join(', ')}.`)
    const { privateValues: p } = t
    if (value === null) await q.delete(p).where(and(eq(p.sourceId, sourceId), eq(p.field, field)))
    else
      await q
        .insert(p)
        .values({ sourceId, field, value })
        .onConflictDoUpdate({ target: [p.sourceId, p.field], set: { value } })
  }
  await changes.append(tx, {
    ...{ action: 'update', kind: 'source', id: sourceId },
    detail: { fields: ['privateFields'] }
  })
}

/** The report that was made of a field and a quarter. */
export async function kept({ q, t: { privateReports: r } }: Reader, { field, quarter }: PrivateReportQuery) {
  const [row] = await q
    .select({ report: r.report })
    .from(r)
    .where(and(eq(r.field, field), eq(r.quarter, quarter)))
  return row?.report as PrivateReport | undefined
}

/** Makes the report of a field and a quarter from who was heard, and keeps it. */
export async function make(tx: Writer, asked: PrivateReportQuery, heard: Heard[]): Promise<PrivateReport> {
  const { field, quarter } = asked
  const { privateValues: p } = tx.t
  const rows = await tx.q.select().from(p).where(eq(p.field, field))
  const known = new Map(rows.map(({ sourceId, value }) => [sourceId, value]))
  const defined = (await current(tx)).fields.find(({ name }) => name === field)!
  const cells = [...defined.values, null].map((value): Cell => {
    const theirs = heard.filter(({ id }) => (known.get(id) ?? null) === value)
    const quotes = theirs.map(({ quotes }) => quotes)
    return {
      value,
      sources: theirs.length,
      quotes: quotes.reduce((sum, count) => sum + count, 0),
      largest: Math.max(0, ...quotes)
    }
  })
  const report = { field, quarter, groups: protect(cells), madeAt: tx.now }
  // Another may have been made meanwhile, which stays.
  await tx.q.insert(tx.t.privateReports).values({ field, quarter, report }).onConflictDoNothing()
  return (await kept(tx, asked))!
}
