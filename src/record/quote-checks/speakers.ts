// Whose words a quote on record is, by the ends of its chains of attribution.
import type { Attribution } from '../../content/attributions/schema.ts'
import type { Source } from '../../content/sources/schema.ts'
import * as published from '../../newsstand/documents/published.ts'
import type { Reader } from '../../storage/database.ts'
import { isSameName } from './names.ts'
import type { Quoted } from './schema.ts'

/** A source on record, and every name by which a text may mean it. */
interface Known {
  name: string
  names: string[]
}

/** What the desk knows of the names of sources beyond what is published. */
export type OtherNames = (sourceIds: string[]) => Promise<Map<string, string[]>>

/** Reads sources as they are published, each once. */
export function sourcesOf(db: Reader, otherNames?: OtherNames) {
  const known = new Map<string, Promise<Known[]>>()

  /** The source, or none where its last article was withdrawn meanwhile. */
  async function read(id: string): Promise<Known[]> {
    const all: Known[] = []
    for (const { card } of await published.cards(db, 'source', [id])) {
      const { name, affiliationId } = JSON.parse(card.toString()) as Source
      const others = (await otherNames?.([id]))?.get(id) ?? []
      const above = affiliationId ? await byId(affiliationId) : []
      all.push({ name, names: [name, ...others, ...above.flatMap(({ names }) => names)] })
    }
    return all
  }

  function byId(id: string) {
    const found = known.get(id) ?? read(id)
    known.set(id, found)
    return found
  }

  /** Whose words they are. */
  async function quoted(attributions: Attribution[]): Promise<Quoted[]> {
    const found = new Map<string, Quoted>()
    for (const { hops } of attributions) {
      const { sourceId, unnamed } = hops.at(-1)!
      if (sourceId) for (const { name } of await byId(sourceId)) found.set(sourceId, { id: sourceId, name })
      else if (unnamed) found.set(unnamed.description, { id: null, name: unnamed.description })
    }
    return [...found.values()]
  }

  /**
   * Whether words on record may be those of whom a text names: of a source of that name or its organization, of whoever
   * passed them on, or of somebody who is not named.
   */
  async function mayBeOf(speaker: string, attributions: Attribution[]): Promise<boolean> {
    if (attributions.some(({ hops }) => !hops.at(-1)!.sourceId)) return true
    const ids = attributions.flatMap(({ hops }) => hops.flatMap(({ sourceId }) => sourceId ?? []))
    const all = await Promise.all(ids.map(byId))
    return all.some((found) => found.every(({ names }) => names.some((name) => isSameName(name, speaker))))
  }

  return { quoted, mayBeOf }
}
