// Publishing an article with all its documents, and withdrawing it.
import { and, eq, inArray, sql } from 'drizzle-orm'
import { yieldIfDue } from '../../storage/commits/turns.ts'
import { prepared, type Writer } from '../../storage/database.ts'
import { type Document, withdraw } from './document.ts'
import { removeHolder } from './facet-removal.ts'
import { type Kind, shared } from './kinds.ts'
import { putAll } from './put.ts'

const compiled: Kind[] = ['article', 'quote', 'attribution', 'correction', ...shared]

type Held = Awaited<ReturnType<typeof heldBy>>[number]

/** The documents that an article holds. */
export const heldBy = (tx: Writer, articleId: string) => heldQuery(tx).execute({ articleId })

/**
 * Publishes the documents of an article in the place of those it held before (`heldBy`). Documents that no article holds any more
 * are withdrawn; without any documents, the whole article is. With `renewed`, only those documents and new ones are
 * written; with `anew`, also what is the same as before.
 */
export async function replaceDocuments(
  tx: Writer,
  articleId: string,
  documents: Document[],
  held: Held[],
  { renewed, anew = false }: { renewed?: Set<string> | undefined; anew?: boolean } = {}
) {
  const before = new Map(held.map(({ kind, id }) => [id, kind]))
  const written = documents.filter(({ id }) => !renewed || renewed.has(id) || !before.has(id))
  // What may belong to one article alone is on the newsstand only if this one held it.
  const isNew = ({ kind, id }: Document) => !shared.includes(kind) && !before.has(id)
  await putAll(tx, written, { anew, isNew })
  for (const { id } of documents) before.delete(id)
  for (const [id, name] of before) {
    await yieldIfDue()
    const kind = name as Kind
    const othersHoldIt = shared.includes(kind) && (await removeHolder(tx, kind, id, articleId))
    if (!othersHoldIt) await withdraw(tx, kind, id)
  }
}

const heldQuery = prepared(({ q, t: { facetValues: v, facetDocuments: f } }) =>
  q
    .select({ kind: v.kind, id: f.id })
    .from(v)
    .innerJoin(f, eq(f.facet, v.number))
    .where(and(inArray(v.kind, compiled), eq(v.name, 'article'), eq(v.value, sql.placeholder('articleId'))))
    .prepare('documents_of_article')
)
