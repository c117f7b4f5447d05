// Queries of the newsstand, and the shapes their statements come in: one statement is prepared for each shape.
import { type SQLWrapper, sql } from 'drizzle-orm'
import { maxValues } from '../../http/schemas.ts'
import type { Reader, Tables } from '../../storage/database.ts'
import { atMost } from '../documents/facets.ts'
import type { Kind } from '../documents/kinds.ts'

/** From an instant on, and before one. */
export interface Span {
  from?: string | undefined
  before?: string | undefined
}

export interface Query {
  kind: Kind
  /** Every facet named, with any of its values. */
  facets: Record<string, string[] | undefined>
  position?: Span | undefined
  moment?: Span | undefined
  ascending?: boolean
  /** The position and id of the last item of the page before. */
  after?: [position: string, id: string] | undefined
  limit: number
}

/** What is read of a document for a list. */
export interface Found {
  id: string
  position: string
  articleId: string | null
  card: Buffer
}

/** The columns of what is found. */
export const found = ({ id, position, articleId, card, document }: Tables['published']) => ({
  id,
  position,
  articleId,
  card: sql<Buffer>`coalesce(${card}, ${document})`
})

/** A facet by its name, and the values any of which it may have. */
export type Facet = [name: string, values: string[]]

/** What the statement of a query depends on, beside its values. */
export interface Shape {
  /** Of every facet, whether one value is asked for or several; the first is what the rows are found by. */
  facets: ('one' | 'several')[]
  /** Whether its moment matters. */
  moment: boolean
  ascending: boolean
}

export const several = ([, values]: Facet) => (values.length > 1 ? 'several' : 'one')

/** The name of a shape. */
export const shapeOf = ({ facets, moment, ascending }: Shape) =>
  [...facets, moment ? 'moment' : '', ascending ? 'ascending' : ''].filter(Boolean).join('_')

/** A value that is given when a statement is executed. */
export const value = (name: string) => sql.placeholder(name)

/** Whether the column has one of the values of a facet. */
export function isOneOf(column: SQLWrapper, facet: number, of: Shape['facets'][number]) {
  if (of === 'one') return sql`${column} = ${value(`facet${facet}_0`)}`
  const values = Array.from({ length: maxValues }, (_, i) => value(`facet${facet}_${i}`))
  return sql`${column} in (${sql.join(values, sql`, `)})`
}

/** Whether a document stands where it is asked for. */
export const isPlaced = ({ position }: { position: SQLWrapper }) =>
  sql`${position} >= ${value('from')} and ${position} < ${value('before')}`

/** Whether the moment of a document is in the time that is asked for. */
export const isTimely = ({ moment }: { moment: SQLWrapper }, matters: boolean) =>
  matters ? sql`${moment} >= ${value('since')} and ${moment} < ${value('until')}` : undefined

/** After every text that a position or an id can be. */
export const end = '\u{10ffff}'

/** The values of a statement; the last of a facet's fills up the places that are left. */
export const parameters = ({ kind, position, moment }: Query, facets: Facet[]) => ({
  kind,
  from: position?.from ?? '',
  before: position?.before ?? end,
  since: moment?.from ?? '',
  until: moment?.before ?? end,
  ...Object.fromEntries(
    facets.flatMap(([name, values], facet) => [
      [`name${facet}`, name],
      ...Array.from({ length: maxValues }, (_, i) => [`facet${facet}_${i}`, values[i] ?? values.at(-1)])
    ])
  )
})

/** The facets of a query, the one that the fewest documents have first. */
export async function selective(db: Reader, { kind, facets }: Query): Promise<Facet[]> {
  const asked = Object.entries(facets).flatMap(([name, values]): Facet[] =>
    values === undefined ? [] : [[name, [...new Set(values)]]]
  )
  if (asked.length < 2) return asked
  const sizes = new Map<Facet, number>()
  for (const facet of asked) sizes.set(facet, await atMost(db, kind, ...facet))
  return asked.sort((a, b) => sizes.get(a)! - sizes.get(b)!)
}
