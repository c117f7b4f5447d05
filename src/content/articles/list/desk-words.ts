// The full-text entries of drafts and sources, written with the transaction of each change.
import { eq, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { insertAll, updateRow } from '../../../storage/columns/rows.ts'
import { prepared, type Reader, type Term, type Writer } from '../../../storage/database.ts'
import { folded } from '../../../storage/text/fold-ahead.ts'

export type DeskKind = 'article' | 'source'

const addQuery = prepared(({ q, t: { deskWords: w } }: Writer) =>
  q
    .insert(w)
    .values({ id: sql.placeholder('id') })
    .returning({ row: w.row })
    .prepare('add_desk_words')
)

const rowQuery = prepared(({ q, t: { deskWords: w } }) =>
  q
    .select({ row: w.row })
    .from(w)
    .where(eq(w.id, sql.placeholder('id')))
    .prepare('row_of_desk_words')
)

/** Adds the entry of a new record. */
export async function addWords(tx: Writer, kind: DeskKind, id: string, words: string) {
  const [added] = await addQuery(tx).execute({ id })
  const row = BigInt(added!.row)
  tx.beforeCommit(async () => {
    await insertAll(tx, tx.t.deskIndex, [{ row, article: '', source: '', [kind]: await folded(words) }])
  }, row)
}

/** Updates the entry of a record whose words changed. */
export async function setWords(tx: Writer, kind: DeskKind, id: string, words: string) {
  const [found] = await rowQuery(tx).execute({ id })
  const row = BigInt(found!.row)
  tx.beforeCommit(async () => {
    // An index without texts takes all columns or none (sqlite.org/fts5.html, 4.4.3).
    await updateRow(tx, tx.t.deskIndex, { row }, { article: '', source: '', [kind]: await folded(words) })
  }, row)
}

/** The condition that a record matches all terms. */
export function hasWords(
  { t: { deskWords: w }, fullText }: Reader,
  kind: DeskKind,
  id: SQLWrapper,
  terms: Term[]
): SQL {
  if (terms.length === 0) return sql`false`
  const { desk } = fullText
  const found = desk.matches(sql`${fullText.expression(terms, [kind])}`)
  return sql`${id} in (select ${w.id} from ${desk.from} join ${w} on ${w.row} = ${desk.row} where ${found})`
}

/** The condition that a record has two of these words of the index, or the only one. */
export function hasTwoWords(
  { t: { deskWords: w }, fullText }: Reader,
  kind: DeskKind,
  id: SQLWrapper,
  [first, ...others]: string[]
): SQL {
  if (first === undefined) return sql`false`
  const { desk } = fullText
  const pairs = [first, ...others].flatMap((one, i) => others.slice(i).map((other) => [one, other]))
  const expression = fullText.either(
    (pairs.length > 0 ? pairs : [[first]]).map((words) =>
      fullText.expression(
        words.map((word) => ({ words: [word], prefix: false })),
        [kind]
      )
    )
  )
  return sql`${id} in (select ${w.id} from ${desk.from} join ${w} on ${w.row} = ${desk.row} where ${desk.matches(sql`${expression}`)})`
}
