// What opening a database answers, whichever it is.
import type { Database } from '../database.ts'

export interface OpenedDatabase extends Database {
  /** Where it is, to be printed: without a password. */
  readonly where: string
  /** The path of the file of SQLite. */
  readonly file?: string
  /** Whether this start created it. */
  readonly created: boolean
  /** Whether published documents must be recompiled: this start migrated it, or an earlier one did not finish. */
  readonly migrated: boolean
  /** Checks a large file while it is served, and rejects with a Refusal if it is damaged; smaller ones were checked. */
  readonly checkInBackground?: () => Promise<void>
}

export interface OpenOptions {
  /** Another process of this service has just checked the file: it is not checked again. */
  isChecked?: boolean
  /** In bytes: a larger file is served before it is checked for damage. */
  checkFirstLimit?: number
  /** Where files of media and imports stand that have no folder of their own, beside a database that is no file. */
  folder?: string
  /** Whether nothing may be acknowledged that a standby lacks, and a server without one is refused. */
  isReplicated?: boolean
  /** The folder of the files of media, where one is named: imports that were sent lie in it, too. */
  files?: string | undefined
}
