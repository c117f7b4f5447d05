// The writes of one process: those that wait are written together, a savepoint each, and synced to the disk once.
import { performance } from 'node:perf_hooks'
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import type Sqlite from 'better-sqlite3'

type Connection = InstanceType<typeof Sqlite>
type Statement = Sqlite.Statement<[]>

/** How long a write waits for its turn among all processes, in ms. */
const patience = 5000

/** For how many turns of the event loop a write waits for others that come. */
const patientTurns = 8

/** How many writes one transaction takes: the others are asked for no longer than it lasts. */
const most = 64

interface Waiting {
  until: number
  /** Does the work, and answers what to tell who asked for it once it is on disk. */
  attempt(): Promise<() => void>
  fail(error: unknown): void
}

interface Told {
  /** Whether another process is in a transaction, so that to begin one later may go well. */
  isBusy(error: unknown): boolean
  /** The driver's error in the program's words. */
  translated(error: unknown): unknown
  committed(): void
}

export function queue(writer: Connection, { isBusy, translated, committed }: Told) {
  const [begin, commit, save, release, undo] = [
    'begin immediate',
    'commit',
    'savepoint one',
    'release one',
    'rollback to one'
  ].map((statement) => writer.prepare<[]>(statement)) as [
    Statement,
    Statement,
    Statement,
    Statement,
    Statement
  ]
  let waiting: Waiting[] = []
  let running: Promise<void> | undefined

  /** What `work` answers, once it is on disk. */
  function write<T>(work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const attempt = async () => {
        const result = await alone(work)
        return 'value' in result ? () => resolve(result.value) : () => reject(translated(result.error))
      }
      waiting.push({ until: performance.now() + patience, attempt, fail: reject })
      running ??= run()
    })
  }

  async function run() {
    while (waiting.length > 0) {
      await gathered()
      const group = waiting.slice(0, most)
      waiting = waiting.slice(most)
      await together(group)
    }
    running = undefined
  }

  /** Waits while every turn of the event loop brings more to write: they share the sync. */
  async function gathered() {
    let known: number
    let turns = 0
    do {
      known = waiting.length
      await nextTurn()
    } while (waiting.length > known && ++turns < patientTurns)
  }

  async function together(group: Waiting[]) {
    const tellers: (() => void)[] = []
    try {
      await started(group[0]!.until)
      // From here to the commit nothing is busy (sqlite.org/rescode.html#busy).
      for (const { attempt } of group) tellers.push(await attempt())
      commit.run()
      committed()
    } catch (error) {
      if (writer.inTransaction) writer.exec('rollback')
      for (const { fail } of group) fail(translated(error))
      return
    }
    for (const tell of tellers) tell()
  }

  /** Begins when no other process is in a transaction. SQLite's own waiting would stop the event loop. */
  async function started(until: number) {
    for (;;) {
      try {
        return begin.run()
      } catch (error) {
        if (!isBusy(error) || performance.now() > until) throw error
      }
      await pause(1 + 4 * Math.random())
    }
  }

  /** Throws only when all that was written together is lost (sqlite.org/lang_transaction.html, 3.1): a full disk. */
  async function alone<T>(work: () => Promise<T>): Promise<{ value: T } | { error: unknown }> {
    save.run()
    try {
      const value = await work()
      release.run()
      return { value }
    } catch (error) {
      if (!writer.inTransaction) throw error
      undo.run()
      release.run()
      return { error }
    }
  }

  return {
    write,
    /** Waits until everything that was asked for is written. */
    async drained() {
      await running
    }
  }
}
