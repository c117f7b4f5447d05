// What a process knows of the commits of all: the epoch, a number that each of them moves, and what they changed for readers.
// Its own commits it knows at once; of those of other processes it asks (follow.ts).
import type pg from 'pg'
import { allTags, type Invalidations, Unavailable } from '../database.ts'
import { acknowledgedChanges, type LastChange, lastChangeQuery } from './acknowledged.ts'
import { timelineOf } from './connections/connect.ts'

/** How many transactions are remembered, and kept in the table. */
const kept = 1024

/** A transaction that invalidates more tags invalidates all. */
const maxTags = 4096

/** What changed for readers; without tags, everything. */
interface Change {
  seq: number
  tags: Buffer
}

/** The row of `state`, and when the first right to show a published picture ends. */
export interface State {
  epoch: number
  seq: number
  ends: string | null
}

/** The row of `state`, whose lock is the write lock of all processes, with what is asked for at every commit. */
export const stateQuery = `select epoch::float8 as epoch, invalidation::float8 as seq,
  (select value from facet_values where kind = 'article' and name = 'ends' order by value limit 1) as ends from state`

const changesAfter = (seq: number) =>
  `select seq::float8 as seq, tags from invalidations where seq > ${seq} order by seq`

/** Prints a line for the operator. */
export const toStandardError = (line: string) => void process.stderr.write(`${line}\n`)

export function knownCommits(tell = toStandardError) {
  const acknowledged = acknowledgedChanges(tell)
  let latest: State = { epoch: -1, seq: 0, ends: null }
  /** Which history its numbers are of: each promotion of a standby begins another (connect.ts). */
  let timeline = ''
  let log: Change[] = []
  /** Rises with all that is learned: numbers of the database may be given anew, this one never is. */
  let version = 0
  /** What is added to numbers of transactions, so that those that are answered only rise. */
  let offset = 0

  function learn(state: State, changes: Change[]) {
    version++
    log.push(...changes)
    if (log.length > 2 * kept) log = log.slice(-kept)
    latest = state
  }

  /** Begins with another history: of all that was known of the former, nothing need hold. */
  function restart(state: State, other: string) {
    version++
    offset += latest.seq + 1 - state.seq
    log = []
    latest = state
    timeline = other
  }

  /**
   * Reads what others committed; `state` is what `stateQuery` answered on this connection. `isLast` tells whether nothing was
   * learned since it was asked for: what is less than what is known is an older answer then, or else another history, after
   * a restore or where a standby took over that lacked the last commits.
   */
  async function catchUp(client: pg.Client, state: State, isLast: () => boolean) {
    const of = timelineOf(client)
    const isKnown = () => of === timeline && state.epoch === latest.epoch
    if (isKnown()) return
    if (of < timeline) throw new Unavailable('a former primary answers')
    if (of !== timeline || state.epoch < latest.epoch || state.seq < latest.seq) {
      if (!isLast()) return
      await acknowledged.check(client, latest.epoch - state.epoch)
      if (isLast() && !isKnown()) restart(state, of)
      return
    }
    const { rows } = await client.query<Change>(changesAfter(latest.seq))
    // Other connections may have learned more meanwhile.
    if (of !== timeline || state.epoch <= latest.epoch) return
    learn(
      state,
      rows.filter(({ seq }) => seq > latest.seq && seq <= state.seq)
    )
  }

  return {
    version: () => version,
    loss: acknowledged.loss,
    refuseAfterLoss: acknowledged.refuseAfterLoss,
    firstEnd: () => latest.ends ?? undefined,
    /** Reads what others committed, with the lock that keeps them from committing more. */
    catchUpLocked: (client: pg.Client, state: State) => catchUp(client, state, () => true),
    /** Asks the database what has been committed. */
    async ask(client: pg.Client) {
      const before = version
      const { rows } = await client.query<State>({ name: 'state', text: stateQuery })
      await catchUp(client, rows[0]!, () => version === before)
    },
    /** The statements that end a transaction which began at this state and invalidated these, and what is known once they are done. */
    commit(before: State, invalidated: Set<number>[]) {
      const changes = invalidated.map((tags, i) => ({ seq: before.seq + i + 1, tags: bytesOf(tags) }))
      const seq = before.seq + changes.length
      const rows = changes.map(({ seq, tags }) => `(${seq}, '\\x${tags.toString('hex')}')`)
      const epoch = before.epoch + 1
      const text = [
        ...(rows.length > 0
          ? [
              `insert into invalidations (seq, tags) overriding system value values ${rows.join()}`,
              `delete from invalidations where seq <= ${seq - kept}`
            ]
          : []),
        `update state set epoch = ${epoch}, invalidation = ${seq}`,
        stateQuery,
        lastChangeQuery,
        'notify onrecord',
        'commit'
      ].join(';')
      return {
        text,
        /** Throws where another server took over meanwhile, which may lack this transaction. */
        done(ends: string | null, last: LastChange | undefined, of: string) {
          if (of < timeline) throw new Unavailable('another primary took over before the commit was answered')
          acknowledged.remember(last)
          // The answer to a question may have come before that to the commit.
          if (latest.epoch === before.epoch) learn({ epoch, seq, ends }, changes)
        }
      }
    },
    since(seq: number | undefined): Invalidations {
      const now = latest.seq + offset
      if (seq === undefined) return { seq: now, tags: undefined }
      if (seq === now) return { seq, tags: [] }
      const changes = log.filter((one) => one.seq + offset > seq)
      const isComplete =
        changes[0] !== undefined &&
        changes[0].seq + offset === seq + 1 &&
        changes.every(({ tags }) => tags.length > 0)
      return {
        seq: now,
        // A buffer of the driver need not be aligned for 32-bit words.
        tags: isComplete ? changes.map(({ tags }) => new Uint32Array(new Uint8Array(tags).buffer)) : undefined
      }
    }
  }
}

export type KnownCommits = ReturnType<typeof knownCommits>

const bytesOf = (tags: Set<number>) =>
  tags.has(allTags) || tags.size > maxTags ? Buffer.alloc(0) : Buffer.from(Uint32Array.from(tags).buffer)
