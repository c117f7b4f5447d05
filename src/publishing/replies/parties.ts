// Whom an article accuses and asks, and whether the two are the same.
import { inArray } from 'drizzle-orm'
import * as sources from '../../content/sources/store.ts'
import type { Reader } from '../../storage/database.ts'
import { nameKey } from '../../storage/text/name-key.ts'

/** A source or a name, as both tables have it. */
export interface PartyColumns {
  sourceId: string | null
  name: string | null
}

/** Somebody, by everything they are known by. */
export interface Party {
  sourceId: string | null
  /** Their names as they are written, the first one is the name. */
  names: string[]
  keys: Set<string>
}

export const columnsOf = ({ sourceId, name }: { sourceId?: string; name?: string }): PartyColumns => ({
  sourceId: sourceId ?? null,
  name: name ?? null
})

export const partyOf = ({ sourceId, name }: PartyColumns) =>
  sourceId === null ? { name: name! } : { sourceId }

/** Throws 422 where the source is not there. */
export const checkParty = (db: Reader, { sourceId }: PartyColumns, at: string) =>
  sources.checkNamed(db, sourceId === null ? [] : [{ id: sourceId, pointer: `${at}/sourceId` }])

/** Who each of these is, with the names of the sources among them. */
export async function partiesOf(db: Reader, all: PartyColumns[]): Promise<Party[]> {
  const ids = [...new Set(all.flatMap(({ sourceId }) => sourceId ?? []))]
  const { sources: s } = db.t
  const rows =
    ids.length === 0
      ? []
      : await db.q.select({ id: s.id, name: s.name, aliases: s.aliases }).from(s).where(inArray(s.id, ids))
  const known = new Map(rows.map(({ id, name, aliases }) => [id, [name, ...aliases]]))
  return all.map(({ sourceId, name }) => {
    const names = sourceId === null ? [name!] : known.get(sourceId)!
    return { sourceId, names, keys: new Set(names.map(nameKey).filter((key) => key !== '')) }
  })
}

/** Whether both are the same source, or have a name in common where one of them is but a name. */
export const isSame = (one: Party, other: Party) =>
  one.sourceId !== null && other.sourceId !== null
    ? one.sourceId === other.sourceId
    : [...one.keys].some((key) => other.keys.has(key))
