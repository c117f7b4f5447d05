// The full-text entries of drafts and sources, written in the transaction of each change.
import { and, eq, ne, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { prepared, type Reader, type Term, type Writer } from '../../../storage/database.ts'
import { foldAhead } from '../../../storage/text/fold-ahead.ts'

export type DeskKind = 'article' | 'source'

const addQuery = prepared(({ q, t: { deskWords } }: Writer) =>
  q
    .insert(deskWords)
    .values({
      id: sql.placeholder('id'),
      article: sql.placeholder('article'),
      source: sql.placeholder('source')
    })
    .prepare('add_desk_words')
)

/** Adds the entry of a new record. */
export async function addWords(tx: Writer, kind: DeskKind, id: string, words: string) {
  await foldAhead(words)
  await addQuery(tx).execute({ id, article: '', source: '', [kind]: words })
}

/** Updates the entry of a record; an unchanged one does not touch the index. */
export async function setWords(
  { q, t: { deskWords: w } }: Writer,
  kind: DeskKind,
  id: string,
  words: string
) {
  await foldAhead(words)
  await q
    .update(w)
    .set({ [kind]: words })
    .where(and(eq(w.id, id), ne(w[kind], words)))
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
