import { and, desc, eq, inArray, lt } from 'drizzle-orm'
import * as changes from '../../changes/log/store.ts'
import { checkVersion, type Expected } from '../../http/etag.ts'
import { newId } from '../../http/ids.ts'
import { utc, utcOrNull } from '../../http/schemas.ts'
import { insertAll } from '../../storage/columns/rows.ts'
import type { Reader, Tables, Writer } from '../../storage/database.ts'
import { checkNoLegalHold, checkNotApproved } from '../articles/guards.ts'
import { checkUntargeted } from '../corrections/targets.ts'
import { isShownIn } from '../media/listing.ts'
import { requestRenditions } from '../media/renditions.ts'
import { creditForm, creditsOf } from '../media/store.ts'
import { addCreditNames, setCreditNames } from './names.ts'
import { nextNotice } from './notices.ts'
import type { CreditFilters, DraftMediaCredit, NewMediaCredit } from './schema.ts'

type Row = Tables['mediaCredits']['$inferSelect']

/** What the desk alone is told of the terms. */
const termsIn = ({ purposes, maxUses, approvalBy }: Row) => ({ purposes, maxUses, approvalBy })

const draftForm = (row: Row): DraftMediaCredit => ({
  ...creditForm(row),
  ...termsIn(row),
  approval: row.approval,
  version: row.version,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt
})

/** A credit in the form of its input, for PATCH. */
function inputOf(row: Row): NewMediaCredit {
  const { id: _i, mediaId: _m, ...input } = creditForm(row)
  return { ...input, ...termsIn(row) }
}

/** A credit as it is stored, with defaults written out. */
export const columns = (input: NewMediaCredit) => ({
  creditLine: input.creditLine,
  creators: input.creators ?? [],
  suppliers: input.suppliers ?? [],
  copyrightNotice: input.copyrightNotice ?? null,
  copyrightHolder: input.copyrightHolder ?? null,
  licence: input.licence ?? null,
  usageTerms: input.usageTerms ?? null,
  acquireLicensePage: input.acquireLicensePage ?? null,
  expiresAt: utcOrNull(input.expiresAt),
  territories: input.territories ?? null,
  purposes: input.purposes ?? null,
  maxUses: input.maxUses ?? null,
  approvalBy: input.approvalBy ?? null
})

async function row({ q, t }: Reader, id: string): Promise<Row | undefined> {
  const [found] = await q.select().from(t.mediaCredits).where(eq(t.mediaCredits.id, id))
  return found
}

export async function byId(db: Reader, id: string): Promise<DraftMediaCredit | undefined> {
  const found = await row(db, id)
  return found && draftForm(found)
}

/** Newest first. */
export async function list(db: Reader, filters: CreditFilters, limit: number, after?: string) {
  const { mediaCredits } = db.t
  const rows = await db.q
    .select()
    .from(mediaCredits)
    .where(
      and(
        after === undefined ? undefined : lt(mediaCredits.id, after),
        filters.media && inArray(mediaCredits.mediaId, filters.media),
        filters['expiresAt.lt'] ? lt(mediaCredits.expiresAt, utc(filters['expiresAt.lt'])) : undefined,
        filters.article && isShownIn(db, mediaCredits.mediaId, filters.article)
      )
    )
    .orderBy(desc(mediaCredits.id))
    .limit(limit)
  return rows.map(draftForm)
}

/** Creates a credit of an existing media file. */
export async function create(tx: Writer, mediaId: string, input: NewMediaCredit, id = newId('crd')) {
  const added = {
    id,
    mediaId,
    ...columns(input),
    approval: null,
    noticeAt: nextNotice(utcOrNull(input.expiresAt), tx.now),
    version: 1,
    createdAt: tx.now,
    updatedAt: tx.now
  }
  await insertAll(tx, tx.t.mediaCredits, [added])
  await addCreditNames(tx, added)
  await changes.append(tx, { action: 'create', kind: 'credit', id, version: 1 })
  await requestRenditions(tx, mediaId, creditsOf)
  return draftForm(added)
}

/** Updates a credit by `edit`. Throws 404, 412, and what `edit` throws. */
export async function change(
  tx: Writer,
  id: string,
  versions: Expected,
  edit: (now: NewMediaCredit) => NewMediaCredit
) {
  const { q, t, now } = tx
  const before = checkVersion(await row(tx, id), versions, 'media credit')
  const version = before.version + 1
  const set = columns(edit(inputOf(before)))
  const [after] = await q
    .update(t.mediaCredits)
    .set({
      ...set,
      // An approval is of one person, and a notice of one end.
      approval: set.approvalBy === before.approvalBy ? before.approval : null,
      noticeAt: set.expiresAt === before.expiresAt ? before.noticeAt : nextNotice(set.expiresAt, now),
      version,
      updatedAt: now
    })
    .where(and(eq(t.mediaCredits.id, id), eq(t.mediaCredits.version, before.version)))
    .returning()
  await setCreditNames(tx, before, after!)
  const fields = changes.changedFields(inputOf(before), inputOf(after!))
  await changes.append(tx, { action: 'update', kind: 'credit', id, version, ...fields })
  await requestRenditions(tx, before.mediaId, creditsOf)
  return draftForm(after!)
}

/** Deletes a credit. Throws 404, 412, and 409 for an article on hold or decided on, or a correction that targets it. */
export async function remove(tx: Writer, id: string, versions: Expected) {
  const { mediaId } = checkVersion(await row(tx, id), versions, 'media credit')
  const { articles: a, articleMedia: m } = tx.t
  const showing = await tx.q
    .select({ id: a.id, status: a.status, publishAt: a.publishAt, legalHold: a.legalHold })
    .from(m)
    .innerJoin(a, eq(a.id, m.articleId))
    .where(eq(m.mediaId, mediaId))
  for (const article of showing) {
    checkNoLegalHold(article)
    checkNotApproved(tx, article)
  }
  const ids = showing.map((article) => article.id)
  await checkUntargeted(tx, ids, [id])
  await tx.q.delete(tx.t.mediaCredits).where(eq(tx.t.mediaCredits.id, id))
  await changes.append(tx, { action: 'delete', kind: 'credit', id })
  await requestRenditions(tx, mediaId, creditsOf)
}
