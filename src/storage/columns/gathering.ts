// Work that inserts many records one after the other: rows of some tables are kept, and inserted together. A statement of
// one row takes SQLite several times as long as the row itself.
import type { Gathering, Writer } from '../database.ts'
import { insertAll, type Table } from './rows.ts'

export interface Gathered {
  /** The transaction, which keeps rows of those tables. */
  tx: Writer
  /** Inserts what is kept, the tables in the order in which they were named. Before it, nobody finds those rows. */
  flush(): Promise<void>
}

/** The transaction, with rows of these tables kept until `flush`; a table comes behind those that it refers to. */
export function gathering(tx: Writer, tables: Table[]): Gathered {
  const kept = new Map<Table, Record<string, unknown>[]>(tables.map((table) => [table, []]))
  const gathers: Gathering = {
    take(table, rows) {
      const of = kept.get(table)
      of?.push(...rows)
      return of !== undefined
    }
  }
  return {
    tx: { ...tx, gathering: gathers },
    async flush() {
      for (const [table, rows] of kept) await insertAll(tx, table, rows.splice(0))
    }
  }
}
