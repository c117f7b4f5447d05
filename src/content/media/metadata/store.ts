// What a file says of itself, taken over into the record of media by somebody who stands for it.
import { eq } from 'drizzle-orm'
import type { PictureMetadata } from '../../../files/metadata/read.ts'
import type { PictureProposal } from '../../../files/metadata/schema.ts'
import { byFile } from '../../../files/metadata/store.ts'
import { checkVersion, type Expected } from '../../../http/etag.ts'
import { HttpProblem, unprocessable } from '../../../http/problems.ts'
import type { Reader, Writer } from '../../../storage/database.ts'
import type { NewMediaCredit } from '../../credits/schema.ts'
import * as credits from '../../credits/store.ts'
import type { DraftMedia, NewMedia } from '../schema.ts'
import * as media from '../store.ts'
import { type Acceptable, acceptable, type MetadataAcceptance } from './schema.ts'

/** What the file of a record says of itself; undefined where it has none that says anything. */
export async function metadataOf(db: Reader, id: string): Promise<PictureMetadata | undefined> {
  const { media: m } = db.t
  const [row] = await db.q.select({ file: m.file }).from(m).where(eq(m.id, id))
  return row?.file ? byFile(db, row.file) : undefined
}

/** The field of a record as it is proposed; undefined for none. */
const proposed: { [Field in Exclude<Acceptable, 'credit'>]: (from: PictureProposal) => NewMedia[Field] } = {
  caption: ({ caption }) => caption,
  alt: ({ alt }) => alt,
  people: ({ people }) => people,
  location: ({ location }) => (Object.values(location).some((part) => part !== null) ? location : null),
  capturedAt: ({ captured }) => captured?.instant,
  digitalSourceType: ({ digitalSourceType }) => digitalSourceType,
  embargoUntil: ({ embargoUntil }) => embargoUntil
}

/** The credit that is proposed; none without a credit line. */
const creditOf = ({ credit: { creditLine, ...credit } }: PictureProposal): NewMediaCredit | undefined =>
  creditLine === null ? undefined : { creditLine, ...credit }

const isEmpty = (value: unknown) =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0)

/**
 * Takes fields over from what the file says; without `fields`, those that the record lacks. Throws 404, 412, 409 where
 * nothing was read, and 422 for a field of which the file says nothing.
 */
export async function accept(
  tx: Writer,
  id: string,
  versions: Expected,
  { fields }: MetadataAcceptance
): Promise<DraftMedia> {
  const before = checkVersion(await media.byId(tx, id), versions, 'media')
  const metadata = await metadataOf(tx, id)
  if (metadata === undefined)
    throw new HttpProblem('conflict', 'It has no picture of its own that says something: send its file anew.')
  const { proposal } = metadata
  const credit = creditOf(proposal)
  const offered = new Map<Acceptable, unknown>([
    ...Object.entries(proposed).map(([name, of]) => [name as Acceptable, of(proposal)] as const),
    ['credit', credit]
  ])
  const missing = (fields ?? []).findIndex((name) => isEmpty(offered.get(name)))
  if (missing >= 0)
    throw unprocessable(`/fields/${missing}`, `The file says nothing of ${fields![missing]}: leave it out.`)
  const now: Partial<Record<Acceptable, unknown>> = { ...before, credit: before.credits }
  const taken = acceptable.filter((name) =>
    fields ? fields.includes(name) : isEmpty(now[name]) && !isEmpty(offered.get(name))
  )
  if (credit && taken.includes('credit')) await credits.create(tx, id, credit)
  const edits = taken.filter((name) => name !== 'credit').map((name) => [name, offered.get(name)])
  if (edits.length > 0)
    await media.change(tx, id, versions, (now) => ({ ...now, ...Object.fromEntries(edits) }))
  return (await media.byId(tx, id))!
}
