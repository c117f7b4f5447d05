// How far the rights of credits go: as they say themselves, otherwise as the licence that they name.
import { rowsIn } from '../../storage/columns/rows.ts'
import type { Reader } from '../../storage/database.ts'
import { nameKey } from '../../storage/text/name-key.ts'
import type { Licence, Purpose } from './licences/schema.ts'
import * as licences from './licences/store.ts'
import type { MediaCredit } from './schema.ts'

/** What a credit allows. */
export interface Terms {
  territories: string[] | null
  purposes: Purpose[] | null
  maxUses: number | null
  approvalBy: string | null
  /** Whether the one who has to approve it did. */
  isApproved: boolean
  /** Whether the newsroom knows its licence: by its name, or by its address. */
  licence: 'known' | 'unknown' | 'missing'
}

/** The terms of these credits, by their ids. Where the newsroom keeps no list, every licence is known, and none needed. */
export async function termsOf(db: Reader, credits: MediaCredit[]): Promise<Map<string, Terms>> {
  if (credits.length === 0) return new Map()
  const rows = await rowsIn(
    db,
    db.t.mediaCredits,
    'id',
    credits.map(({ id }) => id)
  )
  const own = new Map(rows.map((row) => [row.id, row]))
  const { licences: list } = await licences.current(db)
  return new Map(
    credits.map(({ id, licence, territories }) => {
      const named = licence ? find(list, licence) : undefined
      const { purposes, maxUses, approvalBy, approval } = own.get(id)!
      const wanted = approvalBy ?? named?.approvalBy ?? null
      return [
        id,
        {
          territories: territories ?? named?.territories ?? null,
          purposes: purposes ?? named?.purposes ?? null,
          maxUses: maxUses ?? named?.maxUses ?? null,
          approvalBy: wanted,
          isApproved: wanted === null || approval?.by === wanted,
          licence: list.length === 0 || named ? 'known' : licence ? 'unknown' : 'missing'
        }
      ]
    })
  )
}

const find = (list: Licence[], { name, url }: NonNullable<MediaCredit['licence']>) =>
  list.find((one) => nameKey(one.name) === nameKey(name) || (url && one.url && sameAddress(one.url, url)))

/** Addresses of a licence differ in scheme and a slash at the end. */
const sameAddress = (one: string, other: string) => plain(one) === plain(other)
const plain = (url: string) =>
  url
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/$/, '')
