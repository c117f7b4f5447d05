// The change log as it grows, for as long as somebody listens (Server-Sent Events; HTML, 9.2). A number, an event of
// our table and JSON without line breaks: nothing in them would have to be escaped.
import type { ServerResponse } from 'node:http'
import { performance } from 'node:perf_hooks'
import { Readable } from 'node:stream'
import type { Database } from '../storage/database.ts'
import { bell } from './bell.ts'
import type { Change } from './schema.ts'
import * as changes from './store.ts'

/** How many may listen to one process. */
const most = 1000

/** Changes to a piece. */
const pieceLength = 100

const block = (change: Change) =>
  `id: ${change.seq}\nevent: ${change.event}\ndata: ${JSON.stringify(change)}\n\n`

/** What one piece of a stream says, and where the next begins. */
interface Piece {
  text: string
  last: number
}

/** The streams of one process. `heartbeat` is how often, in ms, each shows that it lives. */
export function streams(db: Database, heartbeat: number) {
  const ringing = bell(db)
  /** Who listens, and how many bytes had not been taken when the heart last beat. */
  const open = new Map<ServerResponse, number>()
  let closing = false
  let kept: { version: number; after: number; piece: Promise<Piece> } | undefined

  /** What follows a change. Those who have heard everything ask for the same: it is read once for all. */
  function following(version: number, after: number): Promise<Piece> {
    if (kept?.version !== version || kept.after !== after) kept = { version, after, piece: read(after) }
    return kept.piece
  }

  async function read(after: number): Promise<Piece> {
    const found = await changes.following(db.read, after, pieceLength)
    return { text: found.map(block).join(''), last: found.at(-1)?.seq ?? after }
  }

  async function* told(after: number, admitted: () => Promise<boolean>) {
    let beat = performance.now() + heartbeat
    yield ': the change log\n\n'
    while (!closing) {
      // Before reading: what is committed in between is heard of by the next.
      const version = db.version()
      const { text, last } = await following(version, after)
      after = last
      if (text !== '') yield text
      else await ringing.rings(version, beat)
      if (performance.now() < beat) continue
      if (!(await admitted())) return
      yield ': still here\n\n'
      beat = performance.now() + heartbeat
    }
  }

  /** Drops who has taken nothing of what was waiting since the heart last beat. */
  function dropSleepers() {
    for (const [response, before] of open) {
      const waiting = response.writableNeedDrain ? response.writableLength : 0
      if (waiting > 0 && waiting === before) response.destroy()
      else open.set(response, waiting)
    }
  }
  const timer = setInterval(dropSleepers, heartbeat).unref()

  return {
    isFull: () => open.size >= most,
    /** What follows a change, as long as the listener is admitted. It is read only as fast as it is taken. */
    follow(response: ServerResponse, after: number, admitted: () => Promise<boolean>): Readable {
      const stream = Readable.from(told(after, admitted), { objectMode: false, highWaterMark: 1 })
      open.set(response, 0)
      // Who went before this was reached closes the one, who goes later the other.
      for (const end of [response, stream]) end.once('close', () => open.delete(response))
      return stream
    },
    /** Ends all: at once where the listener takes what is sent. */
    close() {
      closing = true
      clearInterval(timer)
      ringing.ring()
      for (const response of open.keys()) if (response.writableNeedDrain) response.destroy()
    }
  }
}
