// One of the two databases of a move.
import type { Writer } from '../../database.ts'

/** Last numbers, by the names of tables in the database. */
export type Numbers = Map<string, number>

/** A database with an open transaction, whose lock keeps all processes from writing. */
export interface Side {
  /** What may be printed. */
  where: string
  /** The transaction; rows may refer to others that come later. */
  tx: Writer
  filesFolder: string
  importsFolder: string
  /** The last number that each table with numbered rows has given. */
  numbers(): Promise<Numbers>
  /** Has tables give the numbers after these. */
  setNumbers(numbers: Numbers): Promise<void>
  /** Checks the references of all rows, and commits. */
  commit(): Promise<void>
  /** Ends; what was not committed is undone. */
  close(): Promise<void>
}

/** Why a database that is half upgraded is not moved. */
export const notRebuilt = (where: string) =>
  `What an older release published in ${where} waits to be compiled anew: start the service on it once, then move it`
