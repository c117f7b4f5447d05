// Snapshots of an article's shared records at its approval or scheduling. If one of them changes afterwards, so does
// what readers would see, so the article goes back for another review.
import { and, gt, inArray } from 'drizzle-orm'
import * as changes from '../../changes/log/store.ts'
import { withoutCredits } from '../../content/articles/published/shared-records.ts'
import type { Article, DraftArticle } from '../../content/articles/schema.ts'
import * as articles from '../../content/articles/store.ts'
import { withoutFile } from '../../content/media/renditions.ts'
import { type Fault, HttpProblem } from '../../http/problems.ts'
import type { Tables, Writer } from '../../storage/database.ts'

export type ApprovedRecords = NonNullable<Tables['articles']['$inferSelect']['agreed']>
type Fields = Record<string, unknown>

/** A shared record with its name for messages, and its pointer in the draft. */
interface SharedRecord {
  fields: Fields
  name: string
  pointer: string
  /** The file that a credit belongs to. */
  fileId?: string
}

const quoted = (text: string) => ` (${text})`

/** The shared records of an article, by id: of pictures what somebody says of them, and not the renditions that are made. */
function sharedRecordsOf({ sources, media }: Article): Map<string, SharedRecord> {
  const all: [string, SharedRecord][] = sources.map((source, i) => [
    source.id,
    { fields: source, name: `source ${source.id}${quoted(source.name)}`, pointer: `/sources/${i}` }
  ])
  for (const [i, file] of media.entries()) {
    const pointer = `/media/${i}`
    all.push([
      file.id,
      { fields: withoutFile(withoutCredits(file)), name: `${file.kind} ${file.id}`, pointer }
    ])
    for (const [c, credit] of file.credits.entries()) {
      const name = `credit ${credit.id}${quoted(credit.creditLine)} of the ${file.kind} ${file.id}`
      all.push([
        credit.id,
        { fields: { ...credit }, name, pointer: `${pointer}/credits/${c}`, fileId: file.id }
      ])
    }
  }
  return new Map(all)
}

/** The shared records of an article as they are now. */
export const snapshotRecords = (article: Article, at: string): ApprovedRecords => ({
  at,
  records: Object.fromEntries([...sharedRecordsOf(article)].map(([id, { fields }]) => [id, fields]))
})

/** How the shared records differ from the snapshot: record, field, and a sentence. */
export async function changesSinceApproval(
  tx: Writer,
  { agreed }: Pick<articles.WorkingCopy, 'agreed'>,
  article: Article
): Promise<Fault[]> {
  if (agreed === null) return []
  const now = sharedRecordsOf(article)
  const unknown = [...now].flatMap(([id]) => (agreed.records[id] ? [] : [id]))
  const renewed = unknown.length > 0 ? await changedAfter(tx, unknown, agreed.at) : new Set()
  const faults = [...now].flatMap(([id, { fields, name, pointer, fileId }]): Fault[] => {
    const was = agreed.records[id]
    if (was) return fieldsChanged(was, fields, { name, pointer })
    if (fileId && agreed.records[fileId]) return [{ pointer, detail: `The ${name} was added.` }]
    // It was added to the draft since: there is no snapshot of it.
    return renewed.has(id) ? [{ pointer, detail: `The ${name} was changed.` }] : []
  })
  return [...faults, ...deletedCredits(agreed, now)]
}

const fieldsChanged = (was: Fields, now: Fields, { name, pointer }: Pick<SharedRecord, 'name' | 'pointer'>) =>
  Object.keys(now).flatMap((field): Fault[] => {
    const [before, after] = [JSON.stringify(was[field]), JSON.stringify(now[field])]
    if (before === after) return []
    return [
      { pointer: `${pointer}/${field}`, detail: `The ${field} of the ${name} was ${formerValue(before)}.` }
    ]
  })

/** A former value, if it is short enough for a sentence. */
const formerValue = (json = 'null') => (json.length <= 200 ? json : 'another')

/** Credits that were deleted from a media file which the article still shows. */
const deletedCredits = (agreed: ApprovedRecords, now: Map<string, SharedRecord>) =>
  Object.entries(agreed.records).flatMap(([id, { mediaId }]): Fault[] => {
    const file = now.has(id) ? undefined : now.get(String(mediaId))
    if (file === undefined) return []
    return [
      { pointer: `${file.pointer}/credits`, detail: `The credit ${id} of the ${file.name} was deleted.` }
    ]
  })

/** Those of these records that were changed after an instant. */
async function changedAfter({ q, t }: Writer, ids: string[], at: string): Promise<Set<string>> {
  const found = new Set<string>()
  for (const table of [t.sources, t.media, t.mediaCredits]) {
    const rows = await q
      .select({ id: table.id })
      .from(table)
      .where(and(inArray(table.id, ids), gt(table.version, 1), gt(table.updatedAt, at)))
    for (const { id } of rows) found.add(id)
  }
  return found
}

/**
 * Sends an article back whose shared records changed since the snapshot: to draft, or, if it is published, to that
 * state. The problem and the history say what changed.
 */
export async function returnForReview(
  tx: Writer,
  row: articles.WorkingCopy,
  faults: Fault[]
): Promise<HttpProblem> {
  const details = faults.map(({ detail }) => detail).join(' ')
  const note = `What was agreed on was changed since. ${details}`
  await cancelSchedule(tx, row, note)
  const back = row.status === 'published' ? 'What was planned is off' : 'The article is a draft again'
  return new HttpProblem('conflict', `${note} ${back}: look at it, and publish or approve it again.`, faults)
}

/** Unschedules an article, with the reason in the history. */
export async function cancelSchedule(tx: Writer, { id, ...row }: articles.WorkingCopy, note: string) {
  const isLive = row.status === 'published'
  const { version } = await articles.write(
    tx,
    { id, ...row },
    {
      ...noSchedule,
      status: isLive ? 'published' : 'draft',
      // The scheduled withdrawal of the published edition stays.
      withdrawAt: isLive ? row.withdrawAt : null
    }
  )
  await changes.append(tx, {
    action: 'return',
    kind: 'article',
    id,
    articleId: id,
    version,
    detail: { note: note.slice(0, 10_000) }
  })
}

/** The columns of an article without schedule and snapshot. */
export const noSchedule = { publishAt: null, waivers: [], agreed: null, unscheduled: null }

/** A draft, or the problem of a step whose refusal writes something (and so is not thrown). */
export type Outcome = DraftArticle | HttpProblem
