// What a check is, and what it reads.
import type { Article } from '../../content/articles/schema.ts'
import type { Body } from '../../content/body/schema.ts'

/** A draft at the instant it is to be published, with what it does not tell itself. Checks read nothing else. */
export interface Checked {
  article: Article
  body: Body
  at: string
  legalHold: boolean
  embargoUntil: string | null
  /** When it will be withdrawn by itself. */
  withdrawAt: string | null
  /** The embargoes of the media it shows, by their ids. */
  mediaEmbargoes: Map<string, string>
  /** Whether another published article stands at its slug. */
  slugTaken: boolean
  /** Of the articles that its links name: those we have, and whether readers find them there. */
  linked: Map<string, boolean>
  /** The country the newsroom publishes in, where it is configured. */
  territory?: string
}

/** Where a check fails, and a sentence that says what is wrong there. */
export interface Failure {
  pointer: string
  detail: string
}

export interface Check {
  code: string
  severity: 'error' | 'warning'
  /** An error that no editor may waive. */
  final?: true
  /** A sentence that says what to do about it. */
  fix: string
  find(checked: Checked): Failure[]
}

/** What is true of the items of a list, with the place of each. */
export const each = <T>(path: string, items: T[], find: (item: T, pointer: string) => Failure[]): Failure[] =>
  items.flatMap((item, i) => find(item, `${path}/${i}`))

/** One failure, or none. */
export const when = (fails: boolean, pointer: string, detail: string): Failure[] =>
  fails ? [{ pointer, detail }] : []
