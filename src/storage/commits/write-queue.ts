// The write queue of one process, with group commit: writes that wait are done in one transaction, and synced to the
// disk once. Savepoints cost (SQLite copies each page that changes under one, PostgreSQL is asked twice more), so a group is
// first done without; only where one of its writes fails is it rolled back and done anew, with a savepoint for each. So a
// write may run twice.
import { performance } from 'node:perf_hooks'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { yieldIfDue } from './turns.ts'

/** How long a write waits for its turn among all processes, in ms. */
const busyTimeout = 5000

/** For how many turns of the event loop a group waits for more writes. */
const maxGatherTurns = 8

/**
 * A client that was answered usually writes again, and one sync costs as much for one write as for many, as do the pages that
 * all of them change. So a group waits until as many wait as the group before had: for this part of the time which that took,
 * and for so many ms at most.
 */
const waitingShare = 0.5
const maxWait = 5

/** How many writes are in one transaction at most: those behind them wait for as long as it lasts. */
const groupSize = 64

/** Settles the promise of a write, after the commit. */
type Settle = () => void

/** Work that a write postpones to the end of its group: rows of the full-text index, written in the order of their numbers. */
interface Postponed {
  work: () => Promise<void>
  row: bigint
}

/** Postpones a part of a write. */
export type BeforeCommit = (work: Postponed['work'], row?: bigint) => void

const postponing =
  (postponed: Postponed[]): BeforeCommit =>
  (work, row = 0n) =>
    postponed.push({ work, row })

/** In the order of their rows; what has the same row stays in the order in which it was given. */
const inOrderOfRows = (postponed: Postponed[]) =>
  postponed.sort(({ row: one }, { row: other }) => (one < other ? -1 : one > other ? 1 : 0))

interface Waiting {
  until: number
  /**
   * Does the work, except what it postpones with `beforeCommit`, and answers the function that settles the caller's promise
   * after the commit.
   */
  attempt(beforeCommit: BeforeCommit): Promise<Settle>
  fail(error: unknown): void
}

/** What a driver does at once (SQLite) or after a while (PostgreSQL). */
type Done = void | Promise<void>

/** The transactions of the one connection that writes. */
export interface Transactions {
  /** Begins one, with the write lock of all processes. Throws where it is not free until then (performance.now). */
  begin(until: number): Done
  /** Throws where it is not on disk. What has to be known before writes are acknowledged is known then. */
  commit(): Done
  rollback(): Done
  savepoint(): Done
  release(): Done
  rollbackToSavepoint(): Done
  /** Waits for what was sent to the database and not waited for. Throws where it failed. */
  flush(): Done
  /** Whether a transaction is open, with savepoints to go back to. The database may roll all of it back. */
  isOpen(): boolean
  /** Rises with each changed row, and with each failed statement of PostgreSQL, after which only a rollback helps. */
  changes(): number
  /** Maps an error of the driver to ours. */
  translated(error: unknown): unknown
}

export function writeQueue(transactions: Transactions) {
  let waiting: Waiting[] = []
  let running: Promise<void> | undefined
  /** How many wrote at the same time as the last group, and how long that took, in ms. */
  let lastGroup = { writers: 1, took: 0 }
  /** Ends the wait for others (`awaitOthers`), while there is one. */
  let complete: (() => void) | undefined

  /** Runs `work` in a transaction, and resolves with its result after the commit. It may run more than once. */
  function write<T>(work: (beforeCommit: BeforeCommit) => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const attempt: Waiting['attempt'] = async (beforeCommit) => {
        const result = await work(beforeCommit)
        return () => resolve(result)
      }
      const fail = (error: unknown) => reject(transactions.translated(error))
      waiting.push({ until: performance.now() + busyTimeout, attempt, fail })
      if (waiting.length >= lastGroup.writers) complete?.()
      running ??= run()
    })
  }

  async function run() {
    while (waiting.length > 0) {
      await gather()
      const group = waiting.slice(0, groupSize)
      waiting = waiting.slice(groupSize)
      const began = performance.now()
      await commitGroup(group)
      lastGroup = {
        writers: Math.min(group.length + waiting.length, groupSize),
        took: performance.now() - began
      }
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
    if (waiting.length < lastGroup.writers)
      await awaitOthers(Math.min(lastGroup.took * waitingShare, maxWait))
  }

  /** Waits until as many wait as the last group had, or for so many ms. */
  async function awaitOthers(ms: number) {
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, ms)
    complete = resolve
    await promise
    clearTimeout(timer)
    complete = undefined
  }

  async function commitGroup(group: Waiting[]) {
    const { until } = group[0]!
    let settlers: Settle[]
    try {
      await transactions.begin(until)
      settlers = (await withoutSavepoints(group)) ?? (await withSavepoints(group, until))
      await yieldIfDue()
      await transactions.commit()
    } catch (error) {
      if (transactions.isOpen()) await transactions.rollback()
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
    const postponed: Postponed[] = []
    for (const { attempt, fail } of group) {
      const before = transactions.changes()
      const own: Postponed[] = []
      await yieldIfDue()
      try {
        const settle = await attempt(postponing(own))
        // Alone it fails with the commit; in a group it must be known which one failed.
        if (group.length > 1) await transactions.flush()
        settlers.push(settle)
        postponed.push(...own)
      } catch (error) {
        if (!transactions.isOpen()) throw error
        if (transactions.changes() === before) settlers.push(() => fail(error))
        else if (group.length > 1) return undefined
        else throw error
      }
    }
    try {
      for (const { work } of inOrderOfRows(postponed)) {
        await yieldIfDue()
        await work()
      }
      if (group.length > 1) await transactions.flush()
    } catch (error) {
      if (!transactions.isOpen() || group.length === 1) throw error
      return undefined
    }
    return settlers
  }

  /** Runs the writes of a group again, each under a savepoint: one that fails rolls back only itself. */
  async function withSavepoints(group: Waiting[], until: number): Promise<Settle[]> {
    await transactions.rollback()
    await transactions.begin(until)
    const settlers: Settle[] = []
    for (const one of group) {
      await yieldIfDue()
      settlers.push(await underSavepoint(one))
    }
    return settlers
  }

  /** Runs one write under a savepoint. Throws only when the whole transaction was rolled back. */
  async function underSavepoint({ attempt, fail }: Waiting): Promise<Settle> {
    await transactions.savepoint()
    try {
      const postponed: Postponed[] = []
      const settle = await attempt(postponing(postponed))
      for (const { work } of inOrderOfRows(postponed)) await work()
      await transactions.release()
      return settle
    } catch (error) {
      if (!transactions.isOpen()) throw error
      await transactions.rollbackToSavepoint()
      await transactions.release()
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
