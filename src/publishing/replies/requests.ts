// Requests for comment: who was asked, until when, and what became of it.
import { and, desc, eq, inArray, lt } from 'drizzle-orm'
import * as changes from '../../changes/log/store.ts'
import { isNotTrashed } from '../../content/articles/soft-deletion.ts'
import { checkVersion, type Expected } from '../../http/etag.ts'
import { newId } from '../../http/ids.ts'
import { utc, utcOrNull } from '../../http/schemas.ts'
import { faultAt, refuse } from '../../http/server/several-faults.ts'
import type { Reader, Tables, Writer } from '../../storage/database.ts'
import { checkParty, columnsOf, partyOf } from './parties.ts'
import type { NewReplyRequest, ReplyRequest, ReplyRequestFilters } from './schema.ts'

type Row = Tables['replyRequests']['$inferSelect']

const form = (row: Row): ReplyRequest => ({
  id: row.id,
  articleId: row.articleId,
  person: partyOf(row),
  about: row.about,
  via: row.via,
  askedAt: row.askedAt,
  deadline: row.deadline,
  state: row.state,
  repliedAt: row.repliedAt,
  terms: row.terms,
  note: row.note,
  version: row.version,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt
})

const columns = (input: NewReplyRequest, now: string) => {
  const state = input.state ?? 'asked'
  return {
    ...columnsOf(input.person),
    about: input.about ?? null,
    via: input.via ?? null,
    askedAt: utcOrNull(input.askedAt) ?? now,
    deadline: utcOrNull(input.deadline),
    state,
    repliedAt: utcOrNull(input.repliedAt) ?? (state === 'asked' ? null : now),
    terms: input.terms ?? null,
    note: input.note ?? null
  }
}

export async function byId(db: Reader, id: string): Promise<ReplyRequest | undefined> {
  const { replyRequests: r } = db.t
  const [found] = await db.q
    .select()
    .from(r)
    .where(and(eq(r.id, id), isNotTrashed(db, r.articleId)))
  return found && form(found)
}

/** Newest first. */
export async function list(db: Reader, filters: ReplyRequestFilters, limit: number, after?: string) {
  const { replyRequests: r } = db.t
  const { 'deadline.lt': before } = filters
  const rows = await db.q
    .select()
    .from(r)
    .where(
      and(
        isNotTrashed(db, r.articleId),
        after === undefined ? undefined : lt(r.id, after),
        filters.article && inArray(r.articleId, filters.article),
        filters.source && inArray(r.sourceId, filters.source),
        filters.state && inArray(r.state, filters.state),
        before === undefined ? undefined : lt(r.deadline, utc(before))
      )
    )
    .orderBy(desc(r.id))
    .limit(limit)
  return rows.map(form)
}

/** Throws 422 for a missing source, for times that run backwards, and for an answer where none came. */
async function check(tx: Writer, row: ReturnType<typeof columns>) {
  await checkParty(tx, row, '/person')
  const { state, askedAt, deadline, repliedAt, terms } = row
  const rules: [isBroken: boolean, pointer: string, detail: string][] = [
    [
      state !== 'answered' && terms !== null,
      '/terms',
      'Only an answer has terms: leave them out, or send `state` as answered.'
    ],
    [
      state === 'asked' && repliedAt !== null,
      '/repliedAt',
      'Nobody replied yet: leave it out, or send the `state` that holds.'
    ],
    [
      deadline !== null && deadline < askedAt,
      '/deadline',
      `It is over before they were asked, at ${askedAt}.`
    ],
    [repliedAt !== null && repliedAt < askedAt, '/repliedAt', `They were asked only at ${askedAt}.`]
  ]
  refuse(rules.flatMap(([isBroken, ...fault]) => (isBroken ? [faultAt(...fault)] : [])))
}

export async function create(tx: Writer, articleId: string, input: NewReplyRequest): Promise<ReplyRequest> {
  const row = columns(input, tx.now)
  await check(tx, row)
  const id = newId('req')
  const edited = { version: 1, createdAt: tx.now, updatedAt: tx.now }
  const [added] = await tx.q
    .insert(tx.t.replyRequests)
    .values({ id, articleId, ...row, ...edited })
    .returning()
  await changes.append(tx, { action: 'create', kind: 'reply_request', id, articleId, version: 1 })
  return form(added!)
}

/** What became of a request, as the name of its event. */
const actions = { asked: 'update', answered: 'answer', declined: 'decline' } as const

/** Updates a request by `edit`. Throws 404, 412, 422, and what `edit` throws. */
export async function change(
  tx: Writer,
  id: string,
  versions: Expected,
  edit: (now: NewReplyRequest) => NewReplyRequest
): Promise<ReplyRequest> {
  const before = checkVersion(await byId(tx, id), versions, 'request for comment')
  const { id: _i, articleId, version: known, createdAt: _c, updatedAt: _u, ...input } = before
  // When it was answered is not what it was before it was answered again.
  const now = { ...edit(input) }
  if (now.state !== before.state && now.repliedAt === before.repliedAt) now.repliedAt = null
  const row = columns(now, tx.now)
  await check(tx, row)
  const version = known + 1
  const [after] = await tx.q
    .update(tx.t.replyRequests)
    .set({ ...row, version, updatedAt: tx.now })
    .where(eq(tx.t.replyRequests.id, id))
    .returning()
  const action = row.state === before.state ? 'update' : actions[row.state]
  await changes.append(tx, { action, kind: 'reply_request', id, articleId, version })
  return form(after!)
}

export async function remove(tx: Writer, id: string, versions: Expected) {
  const { articleId } = checkVersion(await byId(tx, id), versions, 'request for comment')
  await tx.q.delete(tx.t.replyRequests).where(eq(tx.t.replyRequests.id, id))
  await changes.append(tx, { action: 'delete', kind: 'reply_request', id, articleId })
}
