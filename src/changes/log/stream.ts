// The change log as it grows, for as long as somebody listens (Server-Sent Events; HTML, 9.2). A number, an event of
// our table and JSON without line breaks: nothing in them would have to be escaped.
import type { ServerResponse } from 'node:http'
import { performance } from 'node:perf_hooks'
import { Readable } from 'node:stream'
import type { Actor, Database } from '../../storage/database.ts'
import { watchCommits } from './commit-watcher.ts'
import { readBy } from './detail.ts'
import type { Change } from './schema.ts'
import * as changes from './store.ts'

/** How many may listen to one process, and how many of one holder. */
const most = 1000
export const mostOfOne = 50

/** Changes to a piece. */
const pieceLength = 100

const block = (change: Change) =>
  `id: ${change.seq}\nevent: ${change.event}\ndata: ${JSON.stringify(change)}\n\n`

/** What one piece of a stream says, and where the next begins. */
interface Piece {
  changes: Change[]
  /** What it says to each role that was asked for so far. */
  texts: Map<Actor['role'], string>
  last: number
  /** Whether a token was revoked or rotated meanwhile: who listens is asked about again. */
  ofTokens: boolean
}

/** What a piece says to a role: it is put together once for all listeners of the role. */
function textFor(role: Actor['role'], { changes, texts }: Piece): string {
  const text = texts.get(role) ?? changes.map((change) => block(readBy(role, change))).join('')
  texts.set(role, text)
  return text
}

/** Who listens: the holder of a token, and until when it holds (ms since 1970), undefined once it does not. */
interface Listener {
  holder: string
  role: Actor['role']
  until(): Promise<number | undefined>
}

interface Settings {
  /** How often, in ms, each stream shows that it lives. */
  heartbeat: number
  clock: () => Date
}

/** The streams of one process. */
export function streams(db: Database, { heartbeat, clock }: Settings) {
  const ringing = watchCommits(db)
  /** Who listens, and who holds their token. */
  const open = new Map<ServerResponse, string>()
  let closing = false
  let kept: { version: number; after: number; piece: Promise<Piece> } | undefined

  /** What follows a change. Those who have heard everything ask for the same: it is read once for all. */
  function following(version: number, after: number): Promise<Piece> {
    if (kept?.version !== version || kept.after !== after) kept = { version, after, piece: read(after) }
    return kept.piece
  }

  async function read(after: number): Promise<Piece> {
    const found = await changes.following(db.read, after, pieceLength)
    return {
      changes: found,
      texts: new Map(),
      last: found.at(-1)?.seq ?? after,
      ofTokens: found.some(({ kind }) => kind === 'token')
    }
  }

  async function* told(after: number, listener: Listener) {
    let beat = performance.now() + heartbeat
    let until = await listener.until()
    yield ': the change log\n\n'
    while (!closing) {
      // Before reading: what is committed in between is heard of by the next.
      const version = db.version()
      const piece = await following(version, after)
      after = piece.last
      if (piece.ofTokens) until = await listener.until()
      const left = (until ?? 0) - clock().getTime()
      if (left <= 0) return
      if (piece.changes.length > 0) yield textFor(listener.role, piece)
      else await ringing.waitForCommit(version, Math.min(beat, performance.now() + left))
      if (performance.now() < beat) continue
      until = await listener.until()
      if (until === undefined) return
      yield ': still here\n\n'
      beat = performance.now() + heartbeat
    }
  }

  return {
    isFull: () => open.size >= most,
    /** Whether a holder has as many as one may have. */
    hasMost: (holder: string) =>
      open.values().reduce((count, one) => count + Number(one === holder), 0) >= mostOfOne,
    /** What follows a change, as long as the listener's token holds. It is read only as fast as it is taken. */
    follow(response: ServerResponse, after: number, listener: Listener): Readable {
      const stream = Readable.from(told(after, listener), { objectMode: false, highWaterMark: 1 })
      open.set(response, listener.holder)
      // Who takes nothing for so long is dropped. Node's timeout also sees that a part of a write was taken.
      response.setTimeout(2 * heartbeat, () => {
        if (response.writableNeedDrain) response.destroy()
      })
      // Who went before this was reached closes the one, who goes later the other.
      for (const end of [response, stream]) end.once('close', () => open.delete(response))
      return stream
    },
    /** Ends all: at once where the listener takes what is sent. */
    close() {
      closing = true
      ringing.notifyAll()
      for (const response of open.keys()) if (response.writableNeedDrain) response.destroy()
    }
  }
}
