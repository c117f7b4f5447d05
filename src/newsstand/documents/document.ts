// A document of the newsstand: its row, and withdrawing it.
import { and, eq, sql } from 'drizzle-orm'
import { tagOf } from '../../http/etag.ts'
import { takeEdition } from '../../storage/columns/edition-bytes.ts'
import { prepared, type Writer } from '../../storage/database.ts'
import { dropWords, type Words } from '../search/document-words.ts'
import { invalidateDocument, invalidateMonth } from './cache-tags.ts'
import { dropFacets } from './facet-removal.ts'
import type { Kind } from './kinds.ts'
import { type Packed, storedForm } from './packing.ts'

/** A public document as it is compiled: `value` is served, `card` is its short form for lists. */
export interface Document {
  kind: Kind
  id: string
  /** Its sort key in lists: an instant, and for quotes and attributions their place in the text; for comments, the thread path. */
  position: string
  /** Another instant to filter by. */
  moment?: string | null
  /** The article it belongs to; none for shared records. */
  articleId?: string
  slug?: string
  value: object
  card?: object
  words?: Words
  /** The values of its facets. Every document has `article`: the articles through which it is public. */
  facets: Record<string, string[]>
}

/** The row of a document, without `modified`. */
export function rowOf(document: Document, packed: Packed) {
  const { kind, id, position, moment, articleId, slug, card } = document
  return {
    kind,
    id,
    slug: slug ?? null,
    position,
    moment: moment ?? null,
    articleId: articleId ?? null,
    etag: tagOf(packed.bytes),
    ...storedForm(packed, card !== undefined),
    card: card ? Buffer.from(JSON.stringify(card)) : null
  }
}

export type Row = ReturnType<typeof rowOf>

const given = sql.placeholder

const goneQuery = prepared(({ q, t: { published } }: Writer) =>
  q
    .delete(published)
    .where(and(eq(published.kind, given('kind')), eq(published.id, given('id'))))
    .returning({ modified: published.modified, position: published.position })
    .prepare('delete_document')
)

const withdrawnQuery = prepared(({ q, t: { withdrawn } }: Writer) =>
  q
    .insert(withdrawn)
    .values({ kind: given('kind'), id: given('id'), at: given('at') })
    .onConflictDoNothing()
    .prepare('withdrawn')
)

/** Withdraws a document: from now on it is answered 410. */
export async function withdraw(tx: Writer, kind: Kind, id: string) {
  if (kind === 'article') await takeEdition(tx, id)
  const [gone] = await goneQuery(tx).execute({ kind, id })
  if (gone === undefined) return
  invalidateDocument(tx, kind, id)
  invalidateMonth(tx, kind, gone.position)
  await dropFacets(tx, { kind, id, position: gone.position })
  await dropWords(tx, kind, id)
  const at = tx.now > gone.modified ? tx.now : gone.modified
  await withdrawnQuery(tx).execute({ kind, id, at })
}
