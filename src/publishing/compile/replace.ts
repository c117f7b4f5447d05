// Putting a compiled article in its places: its documents on the newsstand, its chains into the record.
import type { Article } from '../../content/articles/schema.ts'
import { withEndedRights } from '../../content/media/ended-rights.ts'
import { notePublished } from '../../files/renditions/publications.ts'
import { heldBy, replaceDocuments } from '../../newsstand/documents/replace.ts'
import { edgesOf } from '../../record/edges/compile.ts'
import { edgesOfArticle, setEdges } from '../../record/edges/store.ts'
import { printsOf, setPrints } from '../../record/quote-checks/prints.ts'
import { followEdges, type Waived } from '../../record/reviews/follow.ts'
import { yieldIfDue } from '../../storage/commits/turns.ts'
import type { Writer } from '../../storage/database.ts'
import { endUses, recordUses, usesOf } from '../rights/uses.ts'
import { compile, type FormOf, filesIn } from './compile.ts'

/**
 * Publishes an article in the place of what it was before; `creationTimes` are those of its shared records. With
 * `renewed`, only those documents and new ones are written; `waived` are the checks that an editor waived.
 */
export async function placeArticle(
  tx: Writer,
  article: Article,
  creationTimes: Map<string, string>,
  { renewed, waived, formOf }: { renewed?: Set<string>; waived?: Waived[]; formOf?: FormOf } = {}
) {
  const [held, edges, prints, uses] = await before(tx, article.id)
  await yieldIfDue()
  // What has ended meanwhile of what stays as it is, is found by its facet.
  const shown = renewed || formOf ? article : withEndedRights(article, tx.now)
  // With forms of its own it is compiled by another release than before (rebuild.ts).
  await replaceDocuments(tx, article.id, compile(shown, creationTimes, formOf), held, {
    renewed,
    anew: formOf !== undefined
  })
  await notePublished(
    tx,
    shown.media.flatMap((file) => filesIn(file).map((digest) => ({ mediaId: file.id, digest })))
  )
  await yieldIfDue()
  await followEdges(tx, article.id, await setEdges(tx, article.id, edgesOf(article), edges), waived)
  await setPrints(tx, article.id, article.quotes, prints)
  // What an older release published was used since it was.
  await recordUses(tx, article, formOf ? article.publishedAt! : tx.now, uses)
}

/** What there is of an article, read at once. */
const before = (tx: Writer, articleId: string) =>
  Promise.all([
    heldBy(tx, articleId),
    edgesOfArticle(tx, articleId),
    printsOf(tx, articleId),
    usesOf(tx, articleId)
  ])

/** Withdraws an article with everything that belongs to it. */
export async function withdrawArticle(tx: Writer, articleId: string) {
  const [held, edges, prints] = await before(tx, articleId)
  await replaceDocuments(tx, articleId, [], held)
  await followEdges(tx, articleId, await setEdges(tx, articleId, [], edges))
  await setPrints(tx, articleId, [], prints)
  await endUses(tx, articleId)
}
