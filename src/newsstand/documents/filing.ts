// Filing a document under its facets: how they come, change and go, and how many documents have each.
import { and, eq, inArray, type Placeholder, sql } from 'drizzle-orm'
import { prepared, preparedEach, type Reader, type Writer } from '../../storage/database.ts'
import { type Facet, facetsNamed, facetsOf, uncounted } from './facets.ts'
import type { Kind } from './kinds.ts'

/** Rows to a statement: SQLite takes 32766 values in one. */
const atOnce = 5000

/** A document, and where it stands in its lists. */
export interface Placed {
  kind: Kind
  id: string
  position: string
}

/** Those of these names, but for the articles that hold a document: that may be many thousands. */
async function ownFacets(db: Reader, { kind, id }: Placed, names: string[]) {
  const own = names.filter((name) => name !== 'article').map((name) => facetsNamed(db, kind, id, name))
  return (await Promise.all(own)).flat()
}

/** The facets of a document one by one, each once. */
export const listed = (facets: Record<string, string[]>): Facet[] =>
  Object.entries(facets).flatMap(([name, values]) => [...new Set(values)].map((value) => ({ name, value })))

/** Makes these the facets of a document. With `shared`, the articles that hold it besides stay, and where it stands. */
export async function setFacets(
  tx: Writer,
  document: Placed,
  facets: Record<string, string[]>,
  shared: boolean
) {
  const { kind, id, position } = document
  const wanted = new Map(listed(facets).map((facet) => [keyOf(facet), facet]))
  const before = shared ? await ownFacets(tx, document, Object.keys(facets)) : await facetsOf(tx, kind, id)
  const gone = before.filter((facet) => facet.position !== position || !wanted.has(keyOf(facet)))
  await remove(tx, document, gone)
  for (const facet of before) if (facet.position === position) wanted.delete(keyOf(facet))
  await addFacets(tx, document, [...wanted.values()])
}

const value = sql.placeholder

const dropQuery = prepared(({ q, t: { publishedFacets: f } }: Writer) =>
  q
    .delete(f)
    .where(and(eq(f.kind, value('kind')), eq(f.id, value('id'))))
    .prepare('drop_facets')
)

const isCounted = ({ t: { facetCounts: c } }: Writer) =>
  and(eq(c.kind, value('kind')), eq(c.name, value('name')), eq(c.value, value('value')))

const uncountQuery = prepared((tx: Writer) => {
  const { facetCounts: c } = tx.t
  const fewer = { documents: sql`${c.documents} - 1` }
  return tx.q.update(c).set(fewer).where(isCounted(tx)).prepare('uncount_facet')
})

const emptyQuery = prepared((tx: Writer) => {
  const { facetCounts: c } = tx.t
  return tx.q
    .delete(c)
    .where(and(isCounted(tx), eq(c.documents, 0)))
    .prepare('drop_count')
})

/** Counts these facets of a document no more. */
async function uncount(tx: Writer, kind: Kind, facets: Facet[]) {
  for (const { name, value } of facets.filter((facet) => !uncounted.has(facet.name))) {
    await uncountQuery(tx).execute({ kind, name, value })
    await emptyQuery(tx).execute({ kind, name, value })
  }
}

/** Takes every facet from a document. */
export async function dropFacets(tx: Writer, kind: Kind, id: string) {
  const facets = await facetsOf(tx, kind, id)
  await dropQuery(tx).execute({ kind, id })
  await uncount(tx, kind, facets)
}

const keyOf = ({ name, value }: Facet) => `${name}\0${value}`

/** As many facets are added at once: there is a statement for each number of them. */
const mostAdded = 16

/** The facets of a statement, one after the other. */
const rowsOf = <T>(rows: number, row: (facet: { name: Placeholder; value: Placeholder }) => T): T[] =>
  Array.from({ length: rows }, (_, i) => row({ name: value(`name${i}`), value: value(`value${i}`) }))

const addQuery = preparedEach(String, ({ q, t: { publishedFacets } }: Writer, rows: number) => {
  const own = { kind: value('kind'), position: value('position'), id: value('id') }
  return (
    q
      .insert(publishedFacets)
      .values(rowsOf(rows, (facet) => ({ ...own, ...facet })))
      // An article may be among those that hold it already.
      .onConflictDoNothing()
      .prepare(`add_${rows}_facets`)
  )
})

const countedQuery = preparedEach(String, ({ q, t: { facetCounts: c } }: Writer, rows: number) => {
  const own = { kind: value('kind'), documents: 1 }
  return q
    .insert(c)
    .values(rowsOf(rows, (facet) => ({ ...own, ...facet })))
    .onConflictDoUpdate({ target: [c.kind, c.name, c.value], set: { documents: sql`${c.documents} + 1` } })
    .prepare(`count_${rows}_facets`)
})

/** Adds these facets, which the document does not have. */
export async function addFacets(tx: Writer, { kind, id, position }: Placed, facets: Facet[]) {
  for (let i = 0; i < facets.length; i += mostAdded) {
    const some = facets.slice(i, i + mostAdded)
    await addQuery(tx, some.length).execute({ kind, position, id, ...valuesOf(some) })
    const counted = some.filter(({ name }) => !uncounted.has(name))
    if (counted.length > 0) await countedQuery(tx, counted.length).execute({ kind, ...valuesOf(counted) })
  }
}

const valuesOf = (facets: Facet[]) =>
  Object.fromEntries(
    facets.flatMap(({ name, value }, i) => [
      [`name${i}`, name],
      [`value${i}`, value]
    ])
  )

async function remove(tx: Writer, { kind, id }: Pick<Placed, 'kind' | 'id'>, facets: Facet[]) {
  const { publishedFacets: f } = tx.t
  for (const [name, some] of Map.groupBy(facets, ({ name }) => name)) {
    for (let i = 0; i < some.length; i += atOnce) {
      const values = some.slice(i, i + atOnce).map(({ value }) => value)
      await tx.q
        .delete(f)
        .where(and(eq(f.kind, kind), eq(f.id, id), eq(f.name, name), inArray(f.value, values)))
    }
  }
  await uncount(tx, kind, facets)
}

/** Takes one article from those that hold a record, and answers whether any is left. */
export async function release(tx: Writer, kind: Kind, id: string, articleId: string): Promise<boolean> {
  const { publishedFacets: f } = tx.t
  await remove(tx, { kind, id }, [{ name: 'article', value: articleId }])
  const others = await tx.q
    .select({ id: f.id })
    .from(f)
    .where(and(eq(f.kind, kind), eq(f.id, id), eq(f.name, 'article')))
    .limit(1)
  return others.length > 0
}
