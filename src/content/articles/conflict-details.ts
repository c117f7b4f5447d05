// Details of a 412: the current draft, and who changed which field since the version that the client read.
import { and, desc, eq, inArray } from 'drizzle-orm'
import type { CurrentState, Expected } from '../../http/etag.ts'
import type { Fault } from '../../http/problems.ts'
import type { Reader } from '../../storage/database.ts'
import { jsonOf } from '../../storage/text/json-text.ts'
import { yieldIfLong } from '../body/length.ts'
import { draftArticle } from './assemble.ts'
import * as revisions from './revisions.ts'
import * as articles from './store.ts'

/** A revision with each field as JSON, and its author. */
interface RevisionFields {
  version: number
  at: string
  actor: string
  fields: Map<string, string>
}

/** The current draft, and the fields that changed since the version that the client read, if that revision is kept. */
export async function conflictDetails(db: Reader, id: string, versions: Expected): Promise<CurrentState> {
  const row = (await articles.byIdOrSlug(db, id))!
  const newest = Math.max(0, ...[versions].flat().map(Number))
  const read = await revisions.byVersion(db, id, newest)
  return {
    draft: await draftArticle(db, row),
    changed: read && (await changedSince(db, row, fieldsOf(read)))
  }
}

/** Every changed field, with who changed it last. */
async function changedSince(db: Reader, row: articles.WorkingCopy, read: RevisionFields): Promise<Fault[]> {
  let later = await draftRevision(db, row)
  const open = new Set(differingFields(later, read))
  const faults: Fault[] = []
  // One revision at a time: they may be large, and mostly the last one suffices.
  while (open.size > 0) {
    await yieldIfLong(row.body)
    const earlier = await revisionBefore(db, row.id, later.version)
    for (const field of differingFields(later, earlier)) {
      if (!open.delete(field)) continue
      faults.push({ pointer: `/${field}`, detail: `was changed by ${later.actor} at ${later.at}.` })
    }
    later = earlier
  }
  return faults
}

/** The current draft. */
async function draftRevision(
  { q, t: { changes: c } }: Reader,
  row: articles.WorkingCopy
): Promise<RevisionFields> {
  const { id, version, updatedAt } = row
  const [change] = await q
    .select({ actor: c.actor })
    .from(c)
    .where(
      and(
        eq(c.articleId, id),
        eq(c.kind, 'article'),
        eq(c.version, version),
        inArray(c.action, ['create', 'update'])
      )
    )
    .orderBy(desc(c.seq))
    .limit(1)
  return fieldsOf({ version, at: updatedAt, actor: change!.actor, draft: articles.inputOf(row) })
}

/** The last kept revision before this version. */
async function revisionBefore(db: Reader, id: string, version: number): Promise<RevisionFields> {
  const [card] = await revisions.list(db, id, 1, version)
  return fieldsOf((await revisions.byVersion(db, id, card!.version))!)
}

const fieldsOf = ({
  draft,
  ...about
}: Omit<RevisionFields, 'fields'> & { draft: object }): RevisionFields => ({
  ...about,
  fields: new Map(Object.entries(draft).map(([field, value]) => [field, jsonOf(value)]))
})

const differingFields = (one: RevisionFields, other: RevisionFields) =>
  [...one.fields].flatMap(([field, text]) => (text === other.fields.get(field) ? [] : [field]))
