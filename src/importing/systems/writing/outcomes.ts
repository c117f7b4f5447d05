// What writing an entry needs, and what became of it.
import type { Loss } from '../item.ts'
import type { Outcome } from '../prepare.ts'
import type { FileTaker, Taken } from './files.ts'

export interface EntryOptions {
  /** The system of the external ids. */
  system: string
  /** The import over HTTP that it belongs to. */
  run?: string
  /** Takes files of the export, where it has some. */
  files?: FileTaker | undefined
  /** Those that were taken for what is written now. */
  taken?: Taken
}

export interface Written {
  outcome: Outcome
  losses: Loss[]
  /** The article that is to be published. */
  toPublish?: string
}
