// The steps of an article on its way to being published, but publishing itself.
import type { DraftArticle } from '../articles/schema.ts'
import * as articles from '../articles/store.ts'
import { draft } from '../articles/whole.ts'
import * as changes from '../changes/store.ts'
import { type Expected, guarded } from '../etag.ts'
import { unprocessable } from '../problems.ts'
import { utc, utcOrNull } from '../schemas.ts'
import type { Writer } from '../storage/database.ts'
import { checkDraft, type Place } from './publish.ts'
import type { Note, Schedule } from './schema.ts'
import { checkStep, transitions } from './workflow.ts'

/** Takes a step that changes nothing but the state. Throws 404, 412, and 409 where it does not lead on. */
export async function step(
  tx: Writer,
  name: 'submit' | 'approve' | 'return' | 'unschedule',
  id: string,
  versions: Expected,
  { note }: Note
): Promise<DraftArticle> {
  const before = guarded(await articles.byName(tx, id), versions, 'article')
  checkStep(name, before.status)
  const row = await articles.write(tx, before, {
    status: transitions[name].to,
    ...(name === 'unschedule' && { publishAt: null, withdrawAt: null, waivers: [] })
  })
  const detail = note ? { detail: { note } } : {}
  await changes.append(tx, {
    action: name,
    kind: 'article',
    id,
    articleId: id,
    version: row.version,
    ...detail
  })
  return draft(tx, row)
}

/**
 * Plans when the draft is published, and withdrawn, by itself. Throws 404, 412, 422 for a time that is past, and 409
 * with every check that would fail then and is not waived.
 */
export async function schedule(
  tx: Writer,
  id: string,
  versions: Expected,
  { waive = [], note, territory, ...times }: Schedule & Place
): Promise<DraftArticle> {
  const before = guarded(await articles.byName(tx, id), versions, 'article')
  checkStep('schedule', before.status)
  const publishAt = utc(times.publishAt)
  const withdrawAt = utcOrNull(times.withdrawAt)
  if (publishAt <= tx.now) throw unprocessable('/publishAt', `It is ${tx.now} already.`)
  if (withdrawAt !== null && withdrawAt <= publishAt)
    throw unprocessable('/withdrawAt', 'It would be withdrawn before it is published.')
  await checkDraft(tx, { ...before, withdrawAt, waivers: [] }, { at: publishAt, waive, territory })
  const row = await articles.write(tx, before, { status: 'scheduled', publishAt, withdrawAt, waivers: waive })
  await changes.append(tx, {
    action: 'schedule',
    kind: 'article',
    id,
    articleId: id,
    version: row.version,
    detail: { publishAt, ...(withdrawAt && { withdrawAt }), ...(note && { note }) }
  })
  return draft(tx, row)
}
