// Following the commits of other processes, on a connection of its own. Before a request is answered from what is known, the
// primary is asked what has been committed: once for all requests that wait for it. Notifications come after a commit
// was acknowledged, and may get lost, so they only hurry those who wait for a commit.
import { performance } from 'node:perf_hooks'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type pg from 'pg'
import { cut, timelineOf } from './connections/connect.ts'
import type { Connections } from './connections/connections.ts'
import { whyAlone } from './durability.ts'
import { type KnownCommits, toStandardError } from './known-commits.ts'

/** How often the database is asked where nobody reads, in ms. */
const interval = 500

/** How long requests wait for an answer, in ms, before what is known is taken for the last that will be learned for now. */
const patience = 2000

/** Follows what is committed until it is stopped. */
export function follow(
  known: KnownCommits,
  { connect, cutOthers }: Connections,
  ownProcess: () => number | undefined,
  isReplicated = false,
  tell = toStandardError
) {
  let client: pg.Client | undefined
  let running: Promise<void> | undefined
  let next: Promise<number | undefined> | undefined
  /** Since when no question has been answered (performance.now). */
  let silentSince: number | undefined
  let isStopped = false

  async function listening() {
    const made = await connect()
    made.on('notification', ({ processId }) => {
      if (processId !== ownProcess()) void fresh()
    })
    // A standby that took over is another server than the one that others wait for.
    cutOthers(timelineOf(made))
    const reason = isReplicated ? await whyAlone(made) : undefined
    if (reason) tell(`The primary ${reason}. Until then, what is acknowledged is on one server only.`)
    await made.query('listen onrecord')
    return made
  }

  async function question() {
    client ??= await listening()
    await known.ask(client)
    silentSince = undefined
  }

  function drop() {
    if (client) cut(client)
    client = undefined
  }

  /** Asks once more on a new connection: that something in between has ended the former says nothing of the primary. */
  async function askTwice() {
    try {
      await question().catch(() => {
        drop()
        return question()
      })
    } catch {
      drop()
      cutOthers()
      silentSince ??= performance.now()
    }
  }

  /** Ends with the answer, or when it has been waited for long enough. */
  async function ask() {
    running ??= askTwice().finally(() => {
      running = undefined
    })
    const late = Promise.withResolvers<void>()
    let turn: NodeJS.Immediate | undefined
    const timer = setTimeout(() => {
      // A process that stood still reads first what was answered meanwhile.
      turn = setImmediate(() => {
        silentSince ??= performance.now()
        drop()
        late.resolve()
      })
    }, patience)
    await Promise.race([running, late.promise])
    clearTimeout(timer)
    clearImmediate(turn)
  }

  /** Asks behind the question that is on its way, which may have been answered before what the caller must see was committed. */
  async function askNext() {
    // All that came in this turn of the event loop is answered by one question.
    await nextTurn()
    await running
    next = undefined
    await ask()
    return silentSince
  }

  /**
   * Learns of all commits that were acknowledged before. Answers since when the primary has been silent, where it is; nobody
   * waits for it then.
   */
  function fresh(): Promise<number | undefined> {
    if (silentSince === undefined) {
      next ??= askNext()
      return next
    }
    if (!isStopped) void ask()
    return Promise.resolve(silentSince)
  }

  const timer = setInterval(() => void fresh(), interval).unref()
  void fresh()
  return {
    fresh,
    async stop() {
      isStopped = true
      clearInterval(timer)
      await next
      await running
      await client?.end()
    }
  }
}
