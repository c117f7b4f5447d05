// Publishing an article with all its documents, and withdrawing it.
import { and, eq, inArray, sql } from 'drizzle-orm'
import { prepared, type Writer } from '../../storage/database.ts'
import { yieldIfDue } from '../../storage/sqlite/turns.ts'
import { type Document, put, withdraw } from './document.ts'
import { removeHolder } from './facet-writes.ts'
import { type Kind, shared } from './kinds.ts'

const compiled: Kind[] = ['article', 'quote', 'attribution', 'correction', ...shared]

/**
 * Publishes the documents of an article in the place of those it held before. Documents that no article holds any more
 * are withdrawn; without any documents, the whole article is. With `renewed`, only those documents and new ones are
 * written; with `anew`, also what is the same as before.
 */
export async function replaceDocuments(
  tx: Writer,
  articleId: string,
  documents: Document[],
  { renewed, anew = false }: { renewed?: Set<string> | undefined; anew?: boolean } = {}
) {
  const before = new Map((await heldQuery(tx).execute({ articleId })).map(({ kind, id }) => [id, kind]))
  for (const document of documents) {
    await yieldIfDue()
    if (!renewed || renewed.has(document.id) || !before.has(document.id)) await put(tx, document, { anew })
    before.delete(document.id)
  }
  for (const [id, name] of before) {
    await yieldIfDue()
    const kind = name as Kind
    const othersHoldIt = shared.includes(kind) && (await removeHolder(tx, kind, id, articleId))
    if (!othersHoldIt) await withdraw(tx, kind, id)
  }
}

const heldQuery = prepared(({ q, t: { publishedFacets } }) => {
  const { kind, id, name, value } = publishedFacets
  return q
    .select({ kind, id })
    .from(publishedFacets)
    .where(and(inArray(kind, compiled), eq(name, 'article'), eq(value, sql.placeholder('articleId'))))
    .prepare('documents_of_article')
})
