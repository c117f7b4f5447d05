// What a process knows of the commits of all: the epoch, a number that each of them moves, and what they changed for readers.
// Its own commits it knows at once. Of those of other processes (a command beside the service) it hears by NOTIFY, and
// asks besides, because a notification may get lost.
import type pg from 'pg'
import { allTags, type Invalidations } from '../database.ts'

/** How many transactions are remembered, and kept in the table. */
const kept = 1024

/** A transaction that invalidates more tags invalidates all. */
const maxTags = 4096

/** How often the database is asked, in ms. */
const interval = 500

/** What changed for readers; without tags, everything. */
interface Change {
  seq: number
  tags: Buffer
}

/** The row of `state`, and when the first right to show a published picture ends. */
interface State {
  epoch: number
  seq: number
  ends: string | null
}

/** The row of `state`, whose lock is the write lock of all processes, with what is asked for at every commit. */
export const stateQuery = `select epoch::float8 as epoch, invalidation::float8 as seq,
  (select value from published_facets where kind = 'article' and name = 'ends' order by value limit 1) as ends from state`

const changesAfter = (seq: number) =>
  `select seq::float8 as seq, tags from invalidations where seq > ${seq} order by seq`

/** The results of several statements that are sent together; pg's types know one. */
export const resultsOf = async (client: pg.Client, text: string) =>
  (await client.query(text)) as unknown as pg.QueryResult[]

export function news() {
  let known: State = { epoch: -1, seq: 0, ends: null }
  let log: Change[] = []
  /** How often something was learned: an answer that was asked for before is older. */
  let turns = 0

  function learn(state: State, changes: Change[]) {
    turns++
    // After a restore, or where a standby took over that lacked the last commits, numbers are given anew.
    if (state.seq < known.seq) log = []
    log.push(...changes)
    if (log.length > 2 * kept) log = log.slice(-kept)
    known = state
  }

  /** Reads what others committed; `state` is what `stateQuery` answered on this connection. */
  async function catchUp(client: pg.Client, state: State) {
    if (state.epoch === known.epoch) return
    const before = turns
    const { rows } = await client.query<Change>(changesAfter(known.seq))
    // What was committed between the two questions is learned with the next.
    if (turns === before)
      learn(
        state,
        rows.filter(({ seq }) => seq <= state.seq)
      )
  }

  return {
    version: () => known.epoch,
    firstEnd: () => known.ends ?? undefined,
    catchUp,
    /** Asks the database what has been committed. */
    async ask(client: pg.Client) {
      const before = turns
      const { rows } = await client.query<State>(stateQuery)
      if (turns === before) await catchUp(client, rows[0]!)
    },
    /** The statements that end a transaction which invalidated these, and what is known once they are done. */
    commit(invalidated: Set<number>[]) {
      const changes = invalidated.map((tags, i) => ({ seq: known.seq + i + 1, tags: bytesOf(tags) }))
      const seq = known.seq + changes.length
      const rows = changes.map(({ seq, tags }) => `(${seq}, '\\x${tags.toString('hex')}')`)
      const epoch = known.epoch + 1
      const text = [
        ...(rows.length > 0
          ? [
              `insert into invalidations (seq, tags) overriding system value values ${rows.join()}`,
              `delete from invalidations where seq <= ${seq - kept}`
            ]
          : []),
        `update state set epoch = ${epoch}, invalidation = ${seq}`,
        stateQuery,
        'notify onrecord',
        'commit'
      ].join(';')
      return { text, done: (ends: string | null) => learn({ epoch, seq, ends }, changes) }
    },
    since(seq: number | undefined): Invalidations {
      if (seq === undefined) return { seq: known.seq, tags: undefined }
      if (seq === known.seq) return { seq, tags: [] }
      const changes = log.filter((one) => one.seq > seq)
      const isComplete = changes[0]?.seq === seq + 1 && changes.every(({ tags }) => tags.length > 0)
      return {
        seq: known.seq,
        // A buffer of the driver need not be aligned for 32-bit words.
        tags: isComplete ? changes.map(({ tags }) => new Uint32Array(new Uint8Array(tags).buffer)) : undefined
      }
    }
  }
}

export type News = ReturnType<typeof news>

const bytesOf = (tags: Set<number>) =>
  tags.has(allTags) || tags.size > maxTags ? Buffer.alloc(0) : Buffer.from(Uint32Array.from(tags).buffer)

/** Follows the commits of other processes on a connection of its own, until it is stopped. */
export function follow(known: News, connect: () => Promise<pg.Client>, ownProcess: () => number | undefined) {
  let client: pg.Client | undefined
  let asking: Promise<void> | undefined

  async function question() {
    try {
      client ??= await listening()
      await known.ask(client)
    } catch {
      // Whoever reads or writes is told. It is tried again at the next turn.
      client?.end().catch(() => {})
      client = undefined
    }
  }

  async function listening() {
    const made = await connect()
    made.on('notification', ({ processId }) => {
      if (processId !== ownProcess()) ask()
    })
    await made.query('listen onrecord')
    return made
  }

  function ask() {
    asking ??= question().finally(() => {
      asking = undefined
    })
  }

  const timer = setInterval(ask, interval).unref()
  ask()
  return async function stop() {
    clearInterval(timer)
    await asking
    await client?.end()
  }
}
