// External ids in the tables: articles, sources and media have the same two columns.
import { and, eq, or, type SQL, sql } from 'drizzle-orm'
import { HttpProblem } from '../../http/problems.ts'
import { preparedEach, type Reader, type Tables } from '../../storage/database.ts'
import type { ExternalId } from './schema.ts'

type Table = Tables['articles' | 'sources' | 'media']

interface Columns {
  externalSystem: string | null
  externalId: string | null
}

/** The external id of a row. */
export const externalOf = ({ externalSystem: system, externalId: id }: Columns): ExternalId | null =>
  system === null || id === null ? null : { system, id }

/** The columns of an external id. */
export const externalColumns = (input: ExternalId | null | undefined): Columns => ({
  externalSystem: input?.system ?? null,
  externalId: input?.id ?? null
})

/** The condition that a row has this external id. */
const isExternal = (table: Table, { system, id }: ExternalId): SQL =>
  and(eq(table.externalSystem, system), eq(table.externalId, id))!

type TableName = 'articles' | 'sources' | 'media'

const ownerQuery = preparedEach(
  (name: TableName) => name,
  ({ q, t }: Reader, name) =>
    q
      .select({ id: t[name].id })
      .from(t[name])
      .where(
        isExternal(t[name], {
          // As: conditions take placeholders where they take values.
          system: sql.placeholder('system') as unknown as string,
          id: sql.placeholder('id') as unknown as string
        })
      )
      .prepare(`external_id_${name}`)
)

/** The record of this kind that has this external id; undefined where none has. */
export async function ownerOf(db: Reader, name: TableName, { system, id }: ExternalId) {
  const [row] = await ownerQuery(db, name).execute({ system, id })
  return row?.id
}

/** The condition of the filter `externalId`; `undefined` where it was not asked for. */
export const hasExternalId = (table: Table, values: string[] | undefined): SQL | undefined =>
  values && or(...values.map((value) => isExternal(table, splitAtColon(value))))

/** No system has a colon in its name; ids do. */
function splitAtColon(value: string): ExternalId {
  const colon = value.indexOf(':')
  return { system: value.slice(0, colon), id: value.slice(colon + 1) }
}

/** Throws 409 where another record of this kind has the external id, also one in the trash. */
export async function checkExternalId(
  db: Reader,
  name: TableName,
  id: string,
  wanted: ExternalId | null | undefined
) {
  if (!wanted) return
  const owner = await ownerOf(db, name, wanted)
  if (owner === undefined || owner === id) return
  const detail = `${owner} has the id ${wanted.id} of ${wanted.system}: change that one, or take the id from it first.`
  throw new HttpProblem('conflict', detail, [{ pointer: '/externalId', detail }])
}
