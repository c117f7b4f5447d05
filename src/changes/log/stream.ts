// The change log as Server-Sent Events (HTML, 9.2). Ids are numbers, event names are ours and data is JSON without line
// breaks: nothing needs escaping.
import type { ServerResponse } from 'node:http'
import { performance } from 'node:perf_hooks'
import { Readable } from 'node:stream'
import type { Actor, Database } from '../../storage/database.ts'
import { watchCommits } from './commit-watcher.ts'
import { type RecordReaders, redactedFor } from './redaction.ts'
import type { Change } from './schema.ts'
import * as changes from './store.ts'

/** How many streams one process serves, and how many of one holder. */
const maxStreams = 1000
export const maxPerHolder = 50

/** How many changes are read at a time. */
const chunkSize = 100

const eventText = (change: Change) =>
  `id: ${change.seq}\nevent: ${change.event}\ndata: ${JSON.stringify(change)}\n\n`

/** A chunk of the log, shared by all streams. */
interface Chunk {
  changes: Change[]
  /** Its text for each role that was needed so far. */
  texts: Map<Actor['role'], string>
  last: number
  /** Whether it has changes of tokens: subscribers are authorised again then. */
  changesTokens: boolean
}

/** The text of a chunk for a role, built once for all subscribers of that role. */
function textFor(role: Actor['role'], { changes, texts }: Chunk, readers: RecordReaders): string {
  const text =
    texts.get(role) ?? changes.map((change) => eventText(redactedFor(role, change, readers))).join('')
  texts.set(role, text)
  return text
}

/** A subscriber: the holder of a token, and until when that is valid (ms since 1970); undefined once it is not. */
interface Subscriber {
  holder: string
  role: Actor['role']
  until(): Promise<number | undefined>
}

interface Settings {
  /** The interval of heartbeats, in ms. */
  heartbeat: number
  clock: () => Date
  recordReaders: RecordReaders
}

/** The streams of one process. */
export function streams(db: Database, { heartbeat, clock, recordReaders }: Settings) {
  const watcher = watchCommits(db)
  /** Open streams, with the holders of their tokens. */
  const open = new Map<ServerResponse, string>()
  let closing = false
  let latest: { version: number; after: number; chunk: Promise<Chunk> } | undefined

  /** The chunk after a change. Subscribers that are up to date share one read. */
  function following(version: number, after: number): Promise<Chunk> {
    if (latest?.version !== version || latest.after !== after) latest = { version, after, chunk: read(after) }
    return latest.chunk
  }

  async function read(after: number): Promise<Chunk> {
    const found = await changes.changesAfter(db.read, after, chunkSize)
    return {
      changes: found,
      texts: new Map(),
      last: found.at(-1)?.seq ?? after,
      changesTokens: found.some(({ kind }) => kind === 'token')
    }
  }

  async function* events(after: number, subscriber: Subscriber) {
    let beat = performance.now() + heartbeat
    let until = await subscriber.until()
    yield ': the change log\n\n'
    while (!closing) {
      // Taken before reading: a commit in between is seen in the next round.
      const version = db.version()
      const chunk = await following(version, after)
      after = chunk.last
      if (chunk.changesTokens) until = await subscriber.until()
      const left = (until ?? 0) - clock().getTime()
      if (left <= 0) return
      if (chunk.changes.length > 0) yield textFor(subscriber.role, chunk, recordReaders)
      else await watcher.waitForCommit(version, Math.min(beat, performance.now() + left))
      if (performance.now() < beat) continue
      until = await subscriber.until()
      if (until === undefined) return
      yield ': still here\n\n'
      beat = performance.now() + heartbeat
    }
  }

  return {
    isFull: () => open.size >= maxStreams,
    /** Whether a holder has as many streams as allowed. */
    isAtLimit: (holder: string) =>
      open.values().reduce((count, one) => count + Number(one === holder), 0) >= maxPerHolder,
    /** The events after a change, while the subscriber's token is valid. Reading follows the client's backpressure. */
    follow(response: ServerResponse, after: number, subscriber: Subscriber): Readable {
      const stream = Readable.from(events(after, subscriber), { objectMode: false, highWaterMark: 1 })
      open.set(response, subscriber.holder)
      // Drops a client that reads nothing for so long. Node's timeout is reset by partial writes too.
      response.setTimeout(2 * heartbeat, () => {
        if (response.writableNeedDrain) response.destroy()
      })
      // A client that disconnected before this line closes the one, later the other.
      for (const end of [response, stream]) end.once('close', () => open.delete(response))
      return stream
    },
    /** Ends all streams; those of clients that do not read are destroyed. */
    close() {
      closing = true
      watcher.notifyAll()
      for (const response of open.keys()) if (response.writableNeedDrain) response.destroy()
    }
  }
}
