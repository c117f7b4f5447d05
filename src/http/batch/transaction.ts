// The database of the operations in a batch: their writes join the transaction of the batch.
import type { Actor, Database, Writer } from '../../storage/database.ts'

/**
 * A facade of the database whose writes join the open transaction, and whose reads see it. `db.write` inside `db.write`
 * would deadlock; the operations of a batch call this one instead. Nothing else gets into the transaction: other
 * requests use the database itself, transactions run one at a time, and without an open one there is nothing to write
 * to.
 */
export function joinTransaction(db: Database) {
  let open: Writer | undefined
  let isTruncateDue = false
  const database: { -readonly [Part in keyof Database]: Database[Part] } = {
    ...db,
    write: (actor, work) => open!.within(actor, work),
    async truncateLog() {
      isTruncateDue = true
    }
  }

  /** Runs `work` with this transaction as the open one. */
  async function withTransaction<T>(tx: Writer, work: () => Promise<T>): Promise<T> {
    open = tx
    database.read = tx
    try {
      return await work()
    } finally {
      open = undefined
      database.read = db.read
    }
  }
  /** The holder of the batch's token, who was authenticated before the transaction began. */
  const holder = (): Actor => open!.actor
  /** To be called after the commit: truncates the log if an operation asked for it. */
  async function afterCommit() {
    if (!isTruncateDue) return
    isTruncateDue = false
    await db.truncateLog()
  }
  return { inside: database, withTransaction, holder, afterCommit }
}
