// PostgreSQL: connections to read by (readers.ts, snapshots.ts), and one for the write queue (../commits/write-queue.ts).
import { join } from 'node:path'
import { writeQueue } from '../commits/write-queue.ts'
import { writersOf } from '../commits/writer.ts'
import type { Copies, Database, Reader } from '../database.ts'
import type { Address } from './connections/address.ts'
import { type Connections, connectionsTo } from './connections/connections.ts'
import { translated } from './errors.ts'
import { follow } from './follow.ts'
import { fullText } from './fulltext.ts'
import { knownCommits } from './known-commits.ts'
import { readers } from './readers.ts'
import { schema } from './schema.ts'
import { openSession } from './session.ts'
import { snapshots } from './snapshots.ts'
import { transactionsOf } from './transactions.ts'

/** Why there are neither backups nor exports. */
const refusal =
  'This newsroom is stored in PostgreSQL, which its operator backs up (pg_dump, or a standby with an archive of its log): the service makes no backups and no exports there.'

interface PostgresOptions {
  folder: string
  files?: string | undefined
  isReplicated: boolean
}

/** Connects to a database that is checked and migrated (open.ts). Its files stand in `files`, or else in `folder`. */
export async function postgres(
  address: Address,
  clock: () => Date,
  { folder, files = join(folder, 'files'), isReplicated }: PostgresOptions
): Promise<Database> {
  const connections = connectionsTo(address)
  const { connect } = connections
  const known = knownCommits()
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
  const following = follow(known, connections, writer.processId, isReplicated)

  const writerFor = writersOf({ q, t: schema, fullText }, translated)

  return {
    read,
    version: known.version,
    fresh: following.fresh,
    snapshot: moments.snapshot,
    invalidatedSince: known.since,
    firstFacet: known.firstEnd,
    loss: known.loss,
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
    filesFolder: files,
    // Whichever process was sent one, another may import it.
    importsFolder: join(files, 'imports'),
    async claimFiles(mark) {
      const text = 'update state set files = coalesce(files, $1) returning files'
      const { rows } = await pool.run({ text }, [mark])
      return String(rows[0]![0])
    },
    async close() {
      await drained()
      await following.stop()
      await Promise.all([pool.close(), moments.close(), writer.close()])
    }
  }
}

const copies = (connect: Connections['connect'], folder: string): Copies => ({
  folder: join(folder, 'backups'),
  refusal,
  make: () => Promise.reject(new Error(refusal)),
  export: () => Promise.reject(new Error(refusal)),
  find: () => undefined,
  remove() {},
  /** A lock of a connection, which the server frees when that is gone. */
  async withLock(name, work) {
    const client = await connect().catch((error) => Promise.reject(translated(error)))
    const lost = new AbortController()
    client.once('end', () => lost.abort())
    try {
      const { rows } = await client.query<{ locked: boolean }>(
        "select pg_try_advisory_lock(hashtext('onrecord ' || $1)) as locked",
        [name]
      )
      if (!rows[0]!.locked) return false
      await work(lost.signal)
      return true
    } finally {
      await client.end()
    }
  }
})
