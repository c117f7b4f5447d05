// The write queue of one process, with group commit: writes that wait are done in one transaction, and synced to the
// disk once. SQLite keeps a copy of each page that changes under a savepoint, so a group is first done without
// savepoints; only where one of its writes fails is it rolled back and done anew, with a savepoint for each. So a write
// may run twice.
import { performance } from 'node:perf_hooks'
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import type Sqlite from 'better-sqlite3'
import { yieldIfDue } from './turns.ts'

type Connection = InstanceType<typeof Sqlite>
type Statement = Sqlite.Statement<[]>

/** How long a write waits for its turn among all processes, in ms. */
const busyTimeout = 5000

/** For how many turns of the event loop a group waits for more writes. */
const maxGatherTurns = 8

/** How many writes are in one transaction at most: those behind them wait for as long as it lasts. */
const groupSize = 64

/** Settles the promise of a write, after the commit. */
type Settle = () => void

/** A part of a write that is done last, those of lower rows first. */
interface Last {
  work: () => Promise<void>
  row: bigint
}

/** Puts off a part of a write. */
type BeforeCommit = (work: Last['work'], row?: bigint) => void

const postponing =
  (last: Last[]): BeforeCommit =>
  (work, row = 0n) =>
    last.push({ work, row })

/** In the order of their rows; what has the same row stays in the order in which it was given. */
const inOrderOfRows = (last: Last[]) =>
  last.sort(({ row: one }, { row: other }) => (one < other ? -1 : one > other ? 1 : 0))

interface Waiting {
  until: number
  /**
   * Does the work, but what it puts off with `beforeCommit`, and answers the function that settles the caller's promise
   * after the commit.
   */
  attempt(beforeCommit: BeforeCommit): Promise<Settle>
  fail(error: unknown): void
}

interface Driver {
  /** Whether the error says that another process holds the lock, so that a retry may succeed. */
  isBusy(error: unknown): boolean
  /** Maps an error of the driver to ours. */
  translated(error: unknown): unknown
  committed(): void
}

export function writeQueue(writer: Connection, { isBusy, translated, committed }: Driver) {
  const [begin, commit, rollback, savepoint, release, rollbackToSavepoint] = [
    'begin immediate',
    'commit',
    'rollback',
    'savepoint write',
    'release write',
    'rollback to write'
  ].map((statement) => writer.prepare<[]>(statement)) as [
    Statement,
    Statement,
    Statement,
    Statement,
    Statement,
    Statement
  ]
  /** How many rows this connection has inserted, updated and deleted, by foreign key actions too. */
  const changes = writer.prepare<[], number>('select total_changes()').pluck()
  let waiting: Waiting[] = []
  let running: Promise<void> | undefined

  /** Runs `work` in a transaction, and resolves with its result after the commit. It may run more than once. */
  function write<T>(work: (beforeCommit: BeforeCommit) => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const attempt: Waiting['attempt'] = async (beforeCommit) => {
        const result = await work(beforeCommit)
        return () => resolve(result)
      }
      const fail = (error: unknown) => reject(translated(error))
      waiting.push({ until: performance.now() + busyTimeout, attempt, fail })
      running ??= run()
    })
  }

  async function run() {
    while (waiting.length > 0) {
      await gather()
      const group = waiting.slice(0, groupSize)
      waiting = waiting.slice(groupSize)
      await commitGroup(group)
    }
    running = undefined
  }

  /** Waits while every turn of the event loop brings more writes, so that they share one sync. */
  async function gather() {
    let before: number
    let turns = 0
    do {
      before = waiting.length
      await nextTurn()
    } while (waiting.length > before && ++turns < maxGatherTurns)
  }

  async function commitGroup(group: Waiting[]) {
    const { until } = group[0]!
    let settlers: Settle[]
    try {
      await beginImmediate(until)
      // From here to the commit nothing is busy (sqlite.org/rescode.html#busy).
      settlers = (await withoutSavepoints(group)) ?? (await withSavepoints(group, until))
      await yieldIfDue()
      commit.run()
      committed()
    } catch (error) {
      if (writer.inTransaction) rollback.run()
      for (const { fail } of group) fail(error)
      return
    }
    for (const settle of settlers) {
      await yieldIfDue()
      settle()
    }
  }

  /** Runs the writes of a group; undefined when one of several failed after it had changed rows. */
  async function withoutSavepoints(group: Waiting[]): Promise<Settle[] | undefined> {
    const settlers: Settle[] = []
    const last: Last[] = []
    for (const { attempt, fail } of group) {
      const before = changes.get()
      const own: Last[] = []
      await yieldIfDue()
      try {
        settlers.push(await attempt(postponing(own)))
        last.push(...own)
      } catch (error) {
        // SQLite rolled the whole transaction back (sqlite.org/lang_transaction.html, 3.1), as on a full disk.
        if (!writer.inTransaction) throw error
        if (changes.get() === before) settlers.push(() => fail(error))
        else if (group.length > 1) return undefined
        else throw error
      }
    }
    try {
      for (const { work } of inOrderOfRows(last)) {
        await yieldIfDue()
        await work()
      }
    } catch (error) {
      if (!writer.inTransaction || group.length === 1) throw error
      return undefined
    }
    return settlers
  }

  /** Runs the writes of a group again, each under a savepoint: one that fails rolls back only itself. */
  async function withSavepoints(group: Waiting[], until: number): Promise<Settle[]> {
    rollback.run()
    await beginImmediate(until)
    const settlers: Settle[] = []
    for (const one of group) {
      await yieldIfDue()
      settlers.push(await underSavepoint(one))
    }
    return settlers
  }

  /** Retries until no other process holds the lock. SQLite's own busy timeout would block the event loop. */
  async function beginImmediate(until: number) {
    for (;;) {
      try {
        return begin.run()
      } catch (error) {
        if (!isBusy(error) || performance.now() > until) throw error
      }
      await pause(1 + 4 * Math.random())
    }
  }

  /** Runs one write under a savepoint. Throws only when the whole transaction was rolled back. */
  async function underSavepoint({ attempt, fail }: Waiting): Promise<Settle> {
    savepoint.run()
    try {
      const last: Last[] = []
      const settle = await attempt(postponing(last))
      for (const { work } of inOrderOfRows(last)) await work()
      release.run()
      return settle
    } catch (error) {
      if (!writer.inTransaction) throw error
      rollbackToSavepoint.run()
      release.run()
      return () => fail(error)
    }
  }

  return {
    write,
    /** Waits until the queue is empty. */
    async drained() {
      await running
    }
  }
}
