// What a contributor may not change of an article. Every writer may add protection, and those who may publish
// may take it away; how readers may answer a public article acts at once, so it needs the right to publish too.
import { isDeepStrictEqual } from 'node:util'
import { HttpProblem } from '../../http/problems.ts'
import type { Tables, Writer } from '../../storage/database.ts'

type Row = Tables['articles']['$inferSelect']
type Protected = Pick<Row, 'legalHold' | 'embargoUntil' | 'commentPolicy'>

/** Throws 403 where a contributor would remove the protection of an article, or change its comment policy. */
export function checkProtection({ actor, now }: Writer, before: Row, after: Protected) {
  if (actor.role !== 'contributor') return
  if (before.legalHold && !after.legalHold)
    throw forbidden('/legalHold', 'Only an editor may lift a legal hold: send it as true.')
  const until = before.embargoUntil
  if (until !== null && until > now && (after.embargoUntil === null || after.embargoUntil < until))
    throw forbidden('/embargoUntil', `Only an editor may end the embargo earlier than ${until}.`)
  if (before.edition > 0 && !isDeepStrictEqual(before.commentPolicy, after.commentPolicy))
    throw forbidden(
      '/commentPolicy',
      'Only an editor may change how readers may answer an article that was published: send it as it is.'
    )
}

const forbidden = (pointer: string, detail: string) =>
  new HttpProblem('forbidden', detail, [{ pointer, detail }])

/** The states in which contributors may not edit, because an editor has approved or scheduled the content. */
const approvedStates: Row['status'][] = ['approved', 'scheduled']

/** Throws 409 where a contributor would change what an editor approved or scheduled. */
export function checkNotApproved(
  { actor }: Writer,
  { status, publishAt }: Pick<Row, 'status' | 'publishAt'>
) {
  if (actor.role !== 'contributor') return
  if (approvedStates.includes(status))
    throw conflict(`The article is ${status}: an editor must return it before you change it.`)
  if (publishAt !== null)
    throw conflict(`Its next edition is scheduled for ${publishAt}: an editor must unschedule it before.`)
}

/** Throws 409 for an article on legal hold, of which nothing may be deleted. */
export function checkNoLegalHold({ legalHold }: Pick<Row, 'legalHold'>) {
  if (legalHold)
    throw conflict(
      'The article is under a legal hold, which preserves all of it: an editor must lift it before this is deleted.'
    )
}

/** Throws 409 for an article that this actor may not delete. */
export function checkRemovable(tx: Writer, row: Row) {
  checkNoLegalHold(row)
  if (row.status === 'published') throw conflict('The article is published: withdraw it first.')
  checkNotApproved(tx, row)
  if (tx.actor.role === 'contributor' && row.edition > 0)
    throw conflict('Readers saw editions of the article: only an editor may delete it.')
}

const conflict = (detail: string) => new HttpProblem('conflict', detail)
