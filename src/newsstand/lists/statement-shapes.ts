// List queries, and the shapes of their statements: one is prepared for each shape.
import { and, eq, type SQLWrapper, sql } from 'drizzle-orm'
import { maxValues } from '../../http/schemas.ts'
import type { Reader } from '../../storage/database.ts'
import { countAtMost, numberOf } from '../documents/facets.ts'
import type { Kind } from '../documents/kinds.ts'

/** A span of time: from an instant (inclusive), before another. */
export interface Span {
  from?: string | undefined
  before?: string | undefined
}

export interface Query {
  kind: Kind
  /** Filters: all facets must match, each by any of its values. */
  facets: Record<string, string[] | undefined>
  position?: Span | undefined
  moment?: Span | undefined
  ascending?: boolean
  /** The position and id of the last item of the page before. */
  after?: [position: string, id: string] | undefined
  limit: number
}

/** A document as it is read for a list. */
export interface Found {
  id: string
  position: string
  articleId: string | null
  /** In JSON. */
  card: string
}

/** The columns of a list item. */
export function found({ t, fullText }: Reader) {
  const { id, position, articleId, card, document } = t.published
  return { id, position, articleId, card: fullText.text(sql`coalesce(${card}, ${document})`) }
}

/** A filter: the name of a facet, and its accepted values. */
export type Facet = [name: string, values: string[]]

/** What the SQL of a query depends on, apart from parameters. */
export interface Shape {
  /** For every facet whether it has one value or several; the first one drives the query. */
  facets: ('one' | 'several')[]
  /** Whether it filters by moment. */
  moment: boolean
  ascending: boolean
}

export const several = ([, values]: Facet) => (values.length > 1 ? 'several' : 'one')

/** The name of a shape, as a cache key. */
export const shapeOf = ({ facets, moment, ascending }: Shape) =>
  [...facets, moment ? 'moment' : '', ascending ? 'ascending' : ''].filter(Boolean).join('_')

/** A placeholder. */
export const value = (name: string) => sql.placeholder(name)

/** The condition that a column is the number of one of the values of a facet. */
export function hasFacet(db: Reader, column: SQLWrapper, facet: number, of: Shape['facets'][number]) {
  const [kind, name] = [value('kind'), value(`name${facet}`)]
  if (of === 'one') return sql`${column} = ${numberOf(db, kind, name, value(`facet${facet}_0`))}`
  const { facetValues: v } = db.t
  const values = Array.from({ length: maxValues }, (_, i) => value(`facet${facet}_${i}`))
  return sql`${column} in (select ${v.number} from ${v}
    where ${and(eq(v.kind, kind), eq(v.name, name))} and ${v.value} in (${sql.join(values, sql`, `)}))`
}

/** The condition on the position. */
export const isInPositionRange = ({ position }: { position: SQLWrapper }) =>
  sql`${position} >= ${value('from')} and ${position} < ${value('before')}`

/** The condition on the moment, if the query has one. */
export const isInMomentRange = ({ moment }: { moment: SQLWrapper }, matters: boolean) =>
  matters ? sql`${moment} >= ${value('since')} and ${moment} < ${value('until')}` : undefined

/** Sorts after every position and id. */
export const end = '\u{10ffff}'

/** The parameters of a statement; unused ones of a facet with several values repeat its last value. */
export const parameters = ({ kind, position, moment }: Query, facets: Facet[]) => ({
  kind,
  from: position?.from ?? '',
  before: position?.before ?? end,
  since: moment?.from ?? '',
  until: moment?.before ?? end,
  ...Object.fromEntries(
    facets.flatMap(([name, values], facet) => [
      [`name${facet}`, name],
      ...Array.from({ length: values.length > 1 ? maxValues : 1 }, (_, i) => [
        `facet${facet}_${i}`,
        values[i] ?? values.at(-1)
      ])
    ])
  )
})

/** The facets of a query, the most selective first. */
export async function bySelectivity(db: Reader, { kind, facets }: Query): Promise<Facet[]> {
  const asked = Object.entries(facets).flatMap(([name, values]): Facet[] =>
    values === undefined ? [] : [[name, [...new Set(values)]]]
  )
  if (asked.length < 2) return asked
  const sizes = new Map<Facet, number>()
  for (const facet of asked) sizes.set(facet, await countAtMost(db, kind, ...facet))
  return asked.sort((a, b) => sizes.get(a)! - sizes.get(b)!)
}
