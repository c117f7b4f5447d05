// The writes of one process: those that wait are written together, and synced to the disk once. Savepoints keep what
// they would bring back, page for page, so there are none until a write fails that is to take nothing with it.
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

/** Tells who asked for a write what became of it. */
type Tell = () => void

interface Waiting {
  until: number
  /** Does the work, and answers what to tell once it is on disk. */
  attempt(): Promise<Tell>
  fail(error: unknown): void
}

interface Told {
  /** Whether another process is in a transaction, so that to begin one later may go well. */
  isBusy(error: unknown): boolean
  /** The driver's error in the program's words. */
  translated(error: unknown): unknown
  committed(): void
}

export function writeQueue(writer: Connection, { isBusy, translated, committed }: Told) {
  const [begin, commit, undoAll, save, release, undo] = [
    'begin immediate',
    'commit',
    'rollback',
    'savepoint one',
    'release one',
    'rollback to one'
  ].map((statement) => writer.prepare<[]>(statement)) as [
    Statement,
    Statement,
    Statement,
    Statement,
    Statement,
    Statement
  ]
  /** How many rows were written, deleted and changed so far, by foreign keys too. */
  const changes = writer.prepare<[], number>('select total_changes()').pluck()
  let waiting: Waiting[] = []
  let running: Promise<void> | undefined

  /** What `work` answers, once it is on disk. It may run more than once. */
  function write<T>(work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const attempt = async () => {
        const result = await work()
        return () => resolve(result)
      }
      const fail = (error: unknown) => reject(translated(error))
      waiting.push({ until: performance.now() + patience, attempt, fail })
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
    const { until } = group[0]!
    let tellers: Tell[]
    try {
      await started(until)
      // From here to the commit nothing is busy (sqlite.org/rescode.html#busy).
      tellers = (await plainly(group)) ?? (await apart(group, until))
      commit.run()
      committed()
    } catch (error) {
      if (writer.inTransaction) undoAll.run()
      for (const { fail } of group) fail(error)
      return
    }
    for (const tell of tellers) tell()
  }

  /** Does what is in a group as one; undefined when one of several failed after it had written something. */
  async function plainly(group: Waiting[]): Promise<Tell[] | undefined> {
    const tellers: Tell[] = []
    for (const { attempt, fail } of group) {
      const before = changes.get()
      try {
        tellers.push(await attempt())
      } catch (error) {
        // All that was written together is lost (sqlite.org/lang_transaction.html, 3.1): a full disk.
        if (!writer.inTransaction) throw error
        if (changes.get() === before) tellers.push(() => fail(error))
        else if (group.length > 1) return undefined
        else throw error
      }
    }
    return tellers
  }

  /** Does what is in a group anew, a savepoint each: what fails takes only its own with it. */
  async function apart(group: Waiting[], until: number): Promise<Tell[]> {
    undoAll.run()
    await started(until)
    const tellers: Tell[] = []
    for (const one of group) tellers.push(await alone(one))
    return tellers
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

  /** Throws only when all that was written together is lost. */
  async function alone({ attempt, fail }: Waiting): Promise<Tell> {
    save.run()
    try {
      const tell = await attempt()
      release.run()
      return tell
    } catch (error) {
      if (!writer.inTransaction) throw error
      undo.run()
      release.run()
      return () => fail(error)
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
