// Transactions of PostgreSQL, for the write queue, on the one connection of this process that writes. Each begins with the
// lock of the row of `state`: so transactions of all processes write one after another, and what they number is in the
// order of their commits.
import { performance } from 'node:perf_hooks'
import type pg from 'pg'
import type { Transactions } from '../commits/write-queue.ts'
import { Unavailable } from '../database.ts'
import type { LastChange } from './acknowledged.ts'
import { cut, timelineOf } from './connections/connect.ts'
import { type Pipeline, pipelineOf } from './connections/pipeline.ts'
import { isOfConnection, translated } from './errors.ts'
import { type KnownCommits, type State, stateQuery } from './known-commits.ts'
import type { Run } from './session.ts'

/** How long a commit may take, in ms: it waits for its standby where one is synchronous, and that may be gone. */
const commitPatience = 5000

/** Whether a statement changed rows, by the tag that PostgreSQL answers it with. */
const hasChanged = (tag: string) => /^(INSERT|UPDATE|DELETE) /.test(tag) && !tag.endsWith(' 0')

export function transactionsOf(connect: () => Promise<pg.Client>, known: KnownCommits) {
  let client: pg.Client | undefined
  let pipeline: Pipeline
  let isOpen = false
  let changes = 0
  /** Whether somebody had the server commit without waiting for its standby any longer, which it tells by a warning only. */
  let isAlone = false
  /** The answer to the last statement that was sent without waiting for it: those before it are answered before. */
  let sent: Promise<void> | undefined
  /** The first error among such answers, which those of all statements behind it only repeat. */
  let failure: Error | undefined
  /** What the open transaction began with. */
  let before: State
  /** What the writes of the open transaction invalidated. */
  let invalidated: Set<number>[] = []

  async function connected(): Promise<pg.Client> {
    if (client) return client
    const made = await connect()
    made.on('error', () => drop(made))
    made.on('notice', ({ routine }) => {
      isAlone ||= routine === 'SyncRepWaitForLSN'
    })
    client = made
    pipeline = pipelineOf(made, true)
    return made
  }

  function drop(lost: pg.Client) {
    if (client !== lost) return
    client = undefined
    isOpen = false
    lost.end().catch(() => {})
  }

  /** Runs a statement, or several, inside the transaction. */
  async function inside<T>(work: (pipeline: Pipeline) => Promise<T>): Promise<T> {
    if (client === undefined || !isOpen) throw new Unavailable('the transaction is over')
    const current = client
    try {
      return await work(pipeline)
    } catch (error) {
      changes++
      if (isOfConnection(error)) drop(current)
      throw translated(failure ?? error)
    }
  }

  /** Statements are done in their order, so one that is only to be done is not waited for: the next may be sent at once. */
  const run: Run = (statement, values = [], isRead = true) =>
    inside(async ({ ask }) => {
      if (failure) throw failure
      const current = client!
      const answer = ask(statement, values)
      if (isRead) {
        const result = await answer
        if (hasChanged(result.tag)) changes++
        return result
      }
      changes++
      sent = answer.then(
        () => {},
        (error) => {
          failure ??= error
          if (isOfConnection(error)) drop(current)
        }
      )
      return { rows: [] }
    })

  const flush = () =>
    inside(async () => {
      await sent
      if (failure) throw failure
    })

  const runScript = async (statement: string) => {
    await inside(({ script }) => script(statement))
  }

  const transactions: Transactions = {
    async begin(until) {
      known.refuseAfterLoss()
      const current = await connected()
      const patience = Math.max(1, Math.round(until - performance.now()))
      isOpen = true
      changes = 0
      sent = undefined
      failure = undefined
      invalidated = []
      try {
        const results = await pipeline.script(
          `begin; set local lock_timeout = ${patience}; ${stateQuery} for update`
        )
        before = results.at(-1)!.rows[0]
        await known.catchUpLocked(current, before)
        known.refuseAfterLoss()
      } catch (error) {
        if (isOfConnection(error) || error instanceof Unavailable) drop(current)
        throw error
      }
    },
    async commit() {
      if (changes === 0) return transactions.rollback()
      const { text, done } = known.commit(before, invalidated)
      const current = client!
      const late = setTimeout(() => cut(current), commitPatience)
      isAlone = false
      const results = await inside(({ script }) => script(text)).finally(() => clearTimeout(late))
      isOpen = false
      const [state, last] = results.filter(({ command }) => command === 'SELECT') as [
        pg.QueryResult<State>,
        pg.QueryResult<LastChange>
      ]
      if (isAlone) throw new Unavailable('it was committed, but a standby may lack it')
      done(state.rows[0]!.ends, last.rows[0], timelineOf(current))
    },
    async rollback() {
      await runScript('rollback').catch(() => {})
      isOpen = false
    },
    savepoint: () => runScript('savepoint write'),
    release: () => runScript('release write'),
    async rollbackToSavepoint() {
      await sent
      failure = undefined
      await runScript('rollback to write')
    },
    flush,
    isOpen: () => isOpen,
    changes: () => changes,
    translated
  }

  return {
    transactions,
    run,
    /** Notes what a write invalidated. */
    append(tags: Set<number>) {
      if (tags.size > 0) invalidated.push(tags)
    },
    /** The number of the server's process that writes for this one. */
    processId: () => (client as { processID?: number } | undefined)?.processID,
    async close() {
      await client?.end()
    }
  }
}
