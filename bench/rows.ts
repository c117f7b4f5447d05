// Rows of the database, and documents of the newsstand, as the bench writes them.
import type { Prefix } from '../src/http/schemas.ts'
import type { Document } from '../src/newsstand/documents/document.ts'
import type { Tables } from '../src/storage/database.ts'

/** Rows of the desk, by their tables. */
export type Rows = { [Name in keyof Tables]?: Tables[Name]['$inferInsert'][] }
type Changes = NonNullable<Rows['changes']>

/** Who did all this, for the change log. */
export const actor = 'bench'

export const iso = (at: number) => new Date(at).toISOString()
export const made = (at: number) => ({ version: 1, createdAt: iso(at), updatedAt: iso(at) })
/** An id for each record of a story, in the order they are made. */
export type NewId = (prefix: Prefix, at?: number) => string

export const change = (
  action: string,
  kind: string,
  id: string,
  about: Pick<Changes[number], 'at' | 'articleId' | 'version' | 'detail'>
): Changes[number] => ({ actor, action, kind, id, articleId: null, version: 1, ...about })

/** A document, and the instant it was put on the newsstand. */
export interface Placed {
  document: Document
  at: string
}
