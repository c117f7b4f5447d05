// Republishing a shared record: updating it in the articles that were published with an older form.
import type { Article } from '../../content/articles/schema.ts'
import * as articles from '../../content/articles/store.ts'
import { currentForm, type SharedKind } from '../../content/desk/shared-records.ts'
import { withEndedRights } from '../../content/media/ended-rights.ts'
import { lacksRenditions } from '../../content/media/renditions.ts'
import * as media from '../../content/media/store.ts'
import { found, HttpProblem } from '../../http/problems.ts'
import * as newsstand from '../../newsstand/documents/published.ts'
import type { Writer } from '../../storage/database.ts'
import { replaceEdition } from '../compile/replace-edition.ts'

/**
 * Puts the current draft of a record into every published article that holds an older form; other edits of those
 * articles are not published. Answers the number of articles. Throws 404, and 409 for a media file under embargo.
 */
export async function republish(tx: Writer, kind: SharedKind, id: string): Promise<number> {
  const { edit, ids, made } = found(await currentForm[kind](tx, id), kind)
  await checkEmbargo(tx, kind, id)
  let renewed = 0
  for (const articleId of await newsstand.holders(tx, kind, id)) {
    const document = (await newsstand.documentOf(tx, 'article', articleId))!.toString()
    const edited = withEndedRights(edit(JSON.parse(document) as Article), tx.now)
    // An article on legal hold is not changed, and counts as outdated.
    const { legalHold } = (await articles.byIdOrSlug(tx, articleId))!
    if (legalHold || JSON.stringify(edited) === document) continue
    checkRendered(edited)
    const edition = { ...edited, updatedAt: tx.now }
    await replaceEdition(tx, edition, made, [articleId, ...ids], `The ${kind} ${id} was renewed`)
    renewed++
  }
  return renewed
}

/** Throws 409 for a media file that is under embargo. */
async function checkEmbargo(tx: Writer, kind: SharedKind, id: string) {
  const file = kind === 'media' ? await media.byId(tx, id) : undefined
  if (file?.embargoUntil && file.embargoUntil > tx.now)
    throw new HttpProblem('conflict', `The media file is under embargo until ${file.embargoUntil}.`)
}

/** Throws 409 while the renditions of a picture are being made, which carry its credits. */
function checkRendered({ media }: Article) {
  const pending = media.find(lacksRenditions)
  if (pending)
    throw new HttpProblem(
      'conflict',
      `The renditions of the picture ${pending.id} are not made yet: try again in some seconds.`
    )
}
