// Which media record a file of a story is: found again by its external id, or by its address where nothing that readers
// are told of it (caption, text for who cannot see it, credits) would be lost.
import { and, asc, eq, sql } from 'drizzle-orm'
import { prepared, type Reader, type Tables } from '../../storage/database.ts'
import type { NewMediaCredit } from '../credits/schema.ts'
import { ownerOf } from '../external/ids.ts'
import type { NewMedia } from './schema.ts'
import { byId } from './store.ts'

type Row = Tables['media']['$inferSelect']

/** How many records of one address are compared. */
const maxCompared = 20

const given = sql.placeholder

const byAddressQuery = prepared(({ q, t: { media: m } }) =>
  q
    .select()
    .from(m)
    .where(and(eq(m.url, given('url')), eq(m.kind, given('kind'))))
    .orderBy(asc(m.id))
    .limit(maxCompared)
    .prepare('media_by_address')
)

/** The file that is meant; `taken` are those that other entries of the same story are. */
export async function find(
  db: Reader,
  sent: NewMedia & { credits?: NewMediaCredit[] },
  taken: Set<string>
): Promise<string | undefined> {
  if (sent.externalId) {
    const owner = await ownerOf(db, 'media', sent.externalId)
    if (owner !== undefined) return owner
  }
  if (!sent.url) return undefined
  const rows = await byAddressQuery(db).execute({ url: sent.url, kind: sent.kind })
  for (const row of rows) {
    if (taken.has(row.id) || isOther(sent, row)) continue
    const { credits } = (await byId(db, row.id))!
    const lines = credits.map(({ creditLine }) => creditLine)
    if (sent.credits?.every(({ creditLine }) => lines.includes(creditLine)) ?? true) return row.id
  }
  return undefined
}

/** Whether it says something else of the file. */
const isOther = (sent: NewMedia, row: Row) =>
  (sent.externalId?.system === row.externalSystem && sent.externalId?.id !== row.externalId) ||
  (sent.caption ?? row.caption) !== row.caption ||
  (sent.alt ?? row.alt) !== row.alt
