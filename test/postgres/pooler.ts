// What stands before a database as PgBouncer does with `pool_mode = transaction`: each client is greeted at once, and given one of a
// few sessions of the server for as long as its transaction lasts.
import { connect, createServer, type Socket } from 'node:net'
import { listeningBefore, type Teardown } from './relay.ts'

/** A message: its type, a letter, and all of its bytes. */
interface Message {
  type: string
  bytes: Buffer
}

/** Calls back with each whole message of what a socket sends; the first of a client has no type. */
function messagesOf(socket: Socket, isClient: boolean, each: (message: Message) => void) {
  let rest = Buffer.alloc(0)
  let offset = isClient ? 0 : 1
  socket.on('data', (data) => {
    rest = Buffer.concat([rest, data])
    while (rest.length >= offset + 4) {
      const length = offset + rest.readInt32BE(offset)
      if (rest.length < length) return
      const bytes = rest.subarray(0, length)
      rest = rest.subarray(length)
      const type = offset === 0 ? 'startup' : String.fromCharCode(bytes[0]!)
      offset = 1
      each({ type, bytes })
    }
  })
}

const message = (type: string, ...parts: Buffer[]) => {
  const body = Buffer.concat(parts)
  const head = Buffer.alloc(5, type)
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

/** That the client may ask: it is let in, has a number of the pooler's, and no transaction. */
const greeting = Buffer.concat([
  message('R', Buffer.alloc(4)),
  message('K', Buffer.alloc(8, 7)),
  message('Z', Buffer.from('I'))
])

/** One session of the server, and the client that has it. */
interface Session {
  socket: Socket
  client?: Socket
  /** How many answers its client waits for. */
  pending: number
}

/** A pooler of so many sessions before the database at this URL; with none, clients wait for ever. Answers its own URL. */
export async function pooler(t: Teardown, url: string, size: number) {
  const { hostname, port } = new URL(url)
  const sockets = new Set<Socket>()
  const kept = (socket: Socket) => {
    sockets.add(socket)
    return socket.on('error', () => {})
  }
  /** The session that was used last is last. */
  const free: Session[] = []
  const waiting: (() => void)[] = []
  let made = 0

  async function session(startup: Buffer): Promise<Session> {
    const socket = kept(connect(Number(port), hostname))
    const own: Session = { socket, pending: 0 }
    const ready = Promise.withResolvers<void>()
    messagesOf(socket, false, ({ type, bytes }) => {
      if (own.client === undefined) {
        if (type === 'Z') ready.resolve()
        return
      }
      own.client.write(bytes)
      if (type !== 'Z') return
      own.pending--
      if (own.pending === 0 && bytes[5] === 0x49) {
        own.client = undefined
        free.push(own)
        waiting.shift()?.()
      }
    })
    socket.write(startup)
    await ready.promise
    return own
  }

  async function take(startup: Buffer): Promise<Session> {
    while (free.length === 0 && made >= size) await new Promise<void>((go) => waiting.push(go))
    const found = free.pop()
    if (found) return found
    made++
    return await session(startup)
  }

  const listener = createServer((client) => {
    kept(client)
    let startup: Buffer
    let own: Session | undefined
    let turn = Promise.resolve()
    messagesOf(client, true, ({ type, bytes }) => {
      if (type === 'startup') {
        startup = bytes
        client.write(greeting)
      } else if (type === 'X') client.end()
      else
        turn = turn.then(async () => {
          if (own?.client !== client) own = await take(startup)
          own.client = client
          if (type === 'Q' || type === 'S') own.pending++
          own.socket.write(bytes)
        })
    })
  })
  return listeningBefore(t, url, listener, sockets)
}
