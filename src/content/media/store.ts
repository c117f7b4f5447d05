import { and, eq } from 'drizzle-orm'
import * as changes from '../../changes/log/store.ts'
import type { StoredFile } from '../../files/service.ts'
import * as files from '../../files/store.ts'
import { checkVersion, type Expected } from '../../http/etag.ts'
import { newId } from '../../http/ids.ts'
import { unprocessable } from '../../http/problems.ts'
import { utcOrNull } from '../../http/schemas.ts'
import { insertAll, rowsIn } from '../../storage/columns/rows.ts'
import type { Reader, Tables, Writer } from '../../storage/database.ts'
import type { MediaCredit } from '../credits/schema.ts'
import { checkExternalId, externalColumns, externalOf } from '../external/ids.ts'
import { checkOwnFile } from './own-file.ts'
import { type FileForms, filesOf, requestRenditions } from './renditions.ts'
import type { DraftMedia, Media, NewMedia } from './schema.ts'

type Row = Tables['media']['$inferSelect']

/** A media file with its credits, as it is published. */
const publicForm = (row: Row, credits: MediaCredit[], file?: FileForms): Media => ({
  id: row.id,
  ...contentOf(row),
  credits,
  ...(row.people.length > 0 && { people: row.people }),
  ...(row.location && { location: row.location }),
  ...(row.focalPoint && { focalPoint: row.focalPoint }),
  ...file?.shown
})

export const draftForm = (row: Row, credits: MediaCredit[], file?: FileForms): DraftMedia => ({
  ...publicForm(row, credits, file),
  ...file?.draft,
  embargoUntil: row.embargoUntil,
  substituteId: row.substituteId,
  externalId: externalOf(row),
  version: row.version,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt
})

/** The public fields of a file. */
const contentOf = ({ kind, url, caption, alt, width, height, capturedAt, digitalSourceType }: Row) => ({
  kind,
  url,
  caption,
  alt,
  width,
  height,
  capturedAt,
  digitalSourceType
})

/** A file in the form of its input, for PATCH. */
const inputOf = (row: Row): NewMedia => ({
  ...contentOf(row),
  people: row.people,
  location: row.location,
  focalPoint: row.focalPoint,
  embargoUntil: row.embargoUntil,
  substituteId: row.substituteId,
  externalId: externalOf(row)
})

const columns = (input: NewMedia) => ({
  kind: input.kind,
  url: input.url ?? null,
  caption: input.caption ?? null,
  alt: input.alt ?? null,
  width: input.width ?? null,
  height: input.height ?? null,
  capturedAt: utcOrNull(input.capturedAt),
  digitalSourceType: input.digitalSourceType ?? null,
  people: input.people ?? [],
  location: input.location ?? null,
  focalPoint: input.focalPoint ?? null,
  embargoUntil: utcOrNull(input.embargoUntil),
  substituteId: input.substituteId ?? null,
  ...externalColumns(input.externalId)
})

async function row(db: Reader, id: string): Promise<Row | undefined> {
  const [found] = await rowsIn(db, db.t.media, 'id', [id])
  return found
}

type CreditRow = Tables['mediaCredits']['$inferSelect']

export const creditForm = ({
  version: _v,
  createdAt: _c,
  updatedAt: _u,
  purposes: _p,
  maxUses: _m,
  approvalBy: _b,
  approval: _a,
  noticeAt: _n,
  ...credit
}: CreditRow): MediaCredit => credit

/** The credits of these files, oldest first. */
export async function creditsOf(db: Reader, ids: string[]): Promise<MediaCredit[]> {
  const rows = await rowsIn(db, db.t.mediaCredits, 'mediaId', ids)
  return rows.sort((a, b) => (a.id < b.id ? -1 : 1)).map(creditForm)
}

export async function withCredits<T>(
  db: Reader,
  rows: Row[],
  form: (row: Row, credits: MediaCredit[], file?: FileForms) => T
): Promise<T[]> {
  const credits = await creditsOf(
    db,
    rows.map(({ id }) => id)
  )
  const byFile = Map.groupBy(credits, ({ mediaId }) => mediaId)
  const files = await filesOf(db, rows, byFile)
  return rows.map((media) => form(media, byFile.get(media.id) ?? [], files.get(media.id)))
}

export async function byId(db: Reader, id: string): Promise<DraftMedia | undefined> {
  const found = await row(db, id)
  return found && (await withCredits(db, [found], draftForm))[0]
}

/** The public forms of these files, in this order, with their creation times. */
export async function publicForms(db: Reader, ids: string[]): Promise<{ media: Media; createdAt: string }[]> {
  const rows = await rowsIn(db, db.t.media, 'id', ids)
  const files = await withCredits(db, rows, (row, credits, file) => ({
    media: publicForm(row, credits, file),
    createdAt: row.createdAt
  }))
  return files.sort((a, b) => ids.indexOf(a.media.id) - ids.indexOf(b.media.id))
}

/** The embargoes of those of these files that have one. */
export async function embargoes(db: Reader, ids: string[]): Promise<Map<string, string>> {
  const rows = await rowsIn(db, db.t.media, 'id', ids)
  return new Map(
    rows.flatMap(({ id, embargoUntil: until }) => (until === null ? [] : [[id, until] as const]))
  )
}

/** Creates a record; with a file, whose record is written already, it is of the kind of that. */
export async function create(
  tx: Writer,
  input: NewMedia,
  id = newId('med'),
  file?: Pick<StoredFile, 'digest'> & { name: string | null }
): Promise<DraftMedia> {
  await checkExternalId(tx, 'media', id, input.externalId)
  await checkSubstitute(tx, id, input)
  const edited = { version: 1, createdAt: tx.now, updatedAt: tx.now }
  await insertAll(tx, tx.t.media, [
    { id, ...columns(input), ...(file && { file: file.digest, fileName: file.name }), ...edited }
  ])
  const added = await row(tx, id)
  await changes.append(tx, { action: 'create', kind: 'media', id, version: 1 })
  if (file === undefined) return draftForm(added!, [])
  await requestRenditions(tx, id, creditsOf)
  return (await withCredits(tx, [added!], draftForm))[0]!
}

/** Updates a file by `edit`. Throws 404, 412, and what `edit` throws. */
export async function change(tx: Writer, id: string, versions: Expected, edit: (now: NewMedia) => NewMedia) {
  const { q, t, now } = tx
  const before = checkVersion(await row(tx, id), versions, 'media')
  const input = edit(inputOf(before))
  checkOwnFile(before, input)
  await checkExternalId(tx, 'media', id, input.externalId)
  await checkSubstitute(tx, id, input)
  const version = before.version + 1
  const [after] = await q
    .update(t.media)
    .set({ ...columns(input), version, updatedAt: now })
    .where(and(eq(t.media.id, id), eq(t.media.version, before.version)))
    .returning()
  const fields = changes.changedFields(inputOf(before), inputOf(after!))
  await changes.append(tx, { action: 'update', kind: 'media', id, version, ...fields })
  if (after!.file !== null) await requestRenditions(tx, id, creditsOf)
  return (await withCredits(tx, [after!], draftForm))[0]!
}

export async function remove(tx: Writer, id: string, versions: Expected) {
  const { file } = checkVersion(await row(tx, id), versions, 'media')
  await tx.q.delete(tx.t.media).where(eq(tx.t.media.id, id))
  if (file !== null) await files.removeUnused(tx, file)
  await changes.append(tx, { action: 'delete', kind: 'media', id })
}

/** Throws 422 for a substitute that is not there, or is the file itself. */
async function checkSubstitute(tx: Writer, id: string, { substituteId }: NewMedia) {
  if (!substituteId) return
  if (substituteId === id) throw unprocessable('/substituteId', 'A file is no substitute of itself.')
  await checkNamed(tx, [{ id: substituteId, pointer: '/substituteId' }])
}

/** Throws 422 with the pointer of the first reference to a missing file. */
export async function checkNamed(db: Reader, places: { id: string; pointer: string }[]) {
  const rows = await rowsIn(
    db,
    db.t.media,
    'id',
    places.map(({ id }) => id)
  )
  const known = new Set(rows.map(({ id }) => id))
  const missing = places.find(({ id }) => !known.has(id))
  if (missing)
    throw unprocessable(
      missing.pointer,
      `There is no media “${missing.id}”: send it first (POST /v1/media), or among the \`media\` of the same request with a \`key\`.`
    )
}
