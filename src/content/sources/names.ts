// The names and aliases of sources in the form in which they are compared.
import { eq } from 'drizzle-orm'
import type { Writer } from '../../storage/database.ts'
import { nameKey } from '../../storage/text/name-key.ts'

/** What a source is called. */
interface Called {
  id: string
  name: string
  aliases: string[]
}

/** The keys of a source's name and aliases; none for a name without letters and digits. */
export const keysOf = ({ name, aliases }: Pick<Called, 'name' | 'aliases'>) => [
  ...new Set([name, ...aliases].map(nameKey).filter((key) => key !== ''))
]

/** The first letter and the last word of a name's key, which "M. Lindqvist" and "Mara Lindqvist" have in common. */
export function initialsOf(key: string): string | null {
  const [letter] = key
  const last = key.lastIndexOf(' ')
  return last < 0 ? null : `${letter}${key.slice(last)}`
}

/** Stores the names of a new source. */
export async function addNames({ q, t: { sourceNames } }: Writer, source: Called) {
  const rows = keysOf(source).map((name) => ({ sourceId: source.id, name, initials: initialsOf(name) }))
  if (rows.length > 0) await q.insert(sourceNames).values(rows)
}

/** Replaces the names of a source where they changed. */
export async function setNames(tx: Writer, before: Called, after: Called) {
  if (keysOf(before).join('\n') === keysOf(after).join('\n')) return
  const { sourceNames } = tx.t
  await tx.q.delete(sourceNames).where(eq(sourceNames.sourceId, after.id))
  await addNames(tx, after)
}
