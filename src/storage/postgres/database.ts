// PostgreSQL: connections to read by (readers.ts, snapshots.ts), and one for the write queue (../commits/write-queue.ts).
import { join } from 'node:path'
import { writeQueue } from '../commits/write-queue.ts'
import { writersOf } from '../commits/writer.ts'
import type { Copies, Database, Reader } from '../database.ts'
import type { Address } from './address.ts'
import { connectToPrimary } from './connect.ts'
import { translated } from './errors.ts'
import { fullText } from './fulltext.ts'
import { follow, news } from './news.ts'
import { readers } from './readers.ts'
import { schema } from './schema.ts'
import { openSession } from './session.ts'
import { snapshots } from './snapshots.ts'
import { transactionsOf } from './transactions.ts'

/** Why there are neither backups nor exports. */
const refusal =
  'This newsroom is stored in PostgreSQL, which its operator backs up (pg_dump, or a standby with an archive of its log): the service makes no backups and no exports there.'

/** Connects to a database that is checked and migrated (open.ts). Its files stand in `folder`. */
export async function postgres(address: Address, clock: () => Date, folder: string): Promise<Database> {
  const connect = () => connectToPrimary(address)
  const known = news()
  const first = await connect()
  await known.ask(first)
  await first.end()
  const pool = readers(connect)
  const moments = snapshots(connect, pool.run)
  const read: Reader = {
    q: openSession(moments.run),
    t: schema,
    fullText,
    get version() {
      return moments.isInside() ? undefined : known.version
    }
  }
  const writer = transactionsOf(connect, known)
  const q = openSession(writer.run)
  const { write, drained } = writeQueue(writer.transactions)
  const stopFollowing = follow(known, connect, writer.processId)

  const writerFor = writersOf({ q, t: schema, fullText }, translated)

  return {
    read,
    version: known.version,
    snapshot: moments.snapshot,
    invalidatedSince: known.since,
    firstFacet: known.firstEnd,
    // The server's disk is not ours to look at.
    freeBytes: async () => Infinity,
    write: (actor, work) =>
      write(async (beforeCommit) => {
        const tx = writerFor(actor, clock().toISOString(), beforeCommit)
        const result = await work(tx)
        writer.append(tx.invalidated)
        return result
      }),
    // What was deleted stays in the server's log, its dead rows and its standbys until the server removes it.
    truncateLog: async () => {},
    copies: copies(connect, folder),
    filesFolder: join(folder, 'files'),
    importsFolder: join(folder, 'imports'),
    async close() {
      await drained()
      await stopFollowing()
      await Promise.all([pool.close(), moments.close(), writer.close()])
    }
  }
}

const copies = (connect: () => ReturnType<typeof connectToPrimary>, folder: string): Copies => ({
  folder: join(folder, 'backups'),
  refusal,
  make: () => Promise.reject(new Error(refusal)),
  export: () => Promise.reject(new Error(refusal)),
  find: () => undefined,
  remove() {},
  /** A lock of a connection, which the server frees when that is gone. */
  async withLock(name, work) {
    const client = await connect().catch((error) => Promise.reject(translated(error)))
    try {
      const { rows } = await client.query<{ locked: boolean }>(
        "select pg_try_advisory_lock(hashtext('onrecord ' || $1)) as locked",
        [name]
      )
      if (!rows[0]!.locked) return false
      await work()
      return true
    } finally {
      await client.end()
    }
  }
})
