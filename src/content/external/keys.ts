// The records of a story by the keys that the client chose.
import type { StoredFile } from '../../files/service.ts'
import { newId } from '../../http/ids.ts'
import { unprocessable } from '../../http/problems.ts'
import type { Prefix } from '../../http/schemas.ts'
import type { NewStory } from '../articles/schema.ts'

/** The ids of the records of a story, by their local keys. */
export class Keys {
  readonly #ids = new Map<string, string>()
  /** The sources and media that entries of the story are. */
  readonly taken = new Set<string>()
  /** Those of them that were there before. */
  readonly known = new Set<string>()
  /** The files that are stored for entries of media, by their keys. */
  readonly files = new Map<string, Pick<StoredFile, 'digest' | 'kind'> & { name: string | null }>()
  /** The keys of sources whose names do not tell who they are. */
  readonly apart: Set<string>

  constructor(apart: Iterable<string> = []) {
    this.apart = new Set(apart)
  }

  /** A new id for a record, registered under its key, if it has one. Throws 422 for a duplicate key. */
  name(prefix: Prefix, key: string | undefined, pointer: string): string {
    const id = newId(prefix)
    if (key !== undefined) {
      if (this.#ids.has(`${prefix} ${key}`))
        throw unprocessable(`${pointer}/key`, `The key ${key} is used twice.`)
      this.#ids.set(`${prefix} ${key}`, id)
    }
    return id
  }

  /** Has a key name this record, which was there before or not. */
  use(prefix: Prefix, key: string | undefined, id: string, isKnown: boolean) {
    this.taken.add(id)
    if (isKnown) this.known.add(id)
    if (key !== undefined) this.#ids.set(`${prefix} ${key}`, id)
  }

  /** Resolves a reference: the id of a key, or the id itself. */
  id(prefix: Prefix, reference: string): string {
    return this.#ids.get(`${prefix} ${reference}`) ?? reference
  }
}

/** A record of the story, with its pointer and its new id. */
export interface Given<T> {
  record: Omit<T, 'key'>
  key: string | undefined
  pointer: string
  id: string
}
export type Item<Name extends 'sources' | 'media' | 'quotes' | 'attributions'> = NonNullable<
  NewStory[Name]
>[number]
