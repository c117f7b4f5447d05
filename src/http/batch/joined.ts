// The database as the operations of a batch see it.
import type { Actor, Database, Writer } from '../../storage/database.ts'

/**
 * A second face of the database: what is written there becomes a part of the transaction that is open, and what is read
 * there is what that transaction wrote. Nobody calls `db.write` inside `db.write`, which would wait for itself; this is
 * how an operation that does so alone does it inside a batch. Nothing else can slip in: requests from outside have
 * the other face, transactions run one at a time, and while none is open there is nothing here to write to.
 */
export function joined(db: Database) {
  let open: Writer | undefined
  let isCutDue = false
  const inside: { -readonly [Part in keyof Database]: Database[Part] } = {
    ...db,
    write: (actor, work) => open!.within(actor, work),
    async truncateLog() {
      isCutDue = true
    }
  }

  /** Does it while this transaction is the open one. */
  async function during<T>(tx: Writer, work: () => Promise<T>): Promise<T> {
    open = tx
    inside.read = tx
    try {
      return await work()
    } finally {
      open = undefined
      inside.read = db.read
    }
  }
  /** Who sent the batch: it was recognised before the transaction began, which waits for nobody. */
  const holder = (): Actor => open!.actor
  /** To be called after the commit: does what had to wait for it. */
  async function afterwards() {
    if (!isCutDue) return
    isCutDue = false
    await db.truncateLog()
  }
  return { inside, during, holder, afterwards }
}
