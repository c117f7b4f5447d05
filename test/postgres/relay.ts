// What stands between a process and its database: it may be cut, and it may stand still.
import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

/** What is told what to do at the end: a test. */
export interface Teardown {
  teardown(done: () => void): void
}

/** The URL of a database by way of a server before it, which listens until the test ends, and then ends these sockets, too. */
export async function listeningBefore(t: Teardown, url: string, listener: Server, sockets: Set<Socket>) {
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  t.teardown(() => {
    listener.close()
    for (const socket of sockets) socket.destroy()
  })
  const through = new URL(url)
  through.port = String((listener.address() as { port: number }).port)
  return through.href
}

/** A relay to this URL of a database, with a URL of its own. */
export async function relay(t: Teardown, url: string) {
  const { hostname, port } = new URL(url)
  const sockets = new Set<Socket>()
  let state: 'open' | 'cut' | 'still' = 'open'
  /** How often each connection was asked something after it had answered. */
  const trips = new Map<Socket, number>()
  const listener = createServer((from) => {
    if (state === 'cut') {
      from.destroy()
      return
    }
    const to = connect(Number(port), hostname)
    let isAnswered = true
    from.on('data', () => {
      if (isAnswered) trips.set(from, (trips.get(from) ?? 0) + 1)
      isAnswered = false
    })
    to.on('data', () => {
      isAnswered = true
    })
    for (const [one, other] of [
      [from, to],
      [to, from]
    ] as const) {
      sockets.add(one)
      one.on('error', () => {})
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
      one.on('data', (data) => void (state === 'still' || other.write(data)))
    }
  })
  const address = await listeningBefore(t, url, listener, sockets)
  return {
    url: address,
    /** The most round trips of one connection since this was asked last. */
    roundTrips() {
      const most = Math.max(0, ...trips.values())
      trips.clear()
      return most
    },
    /** Ends all connections, and takes no new ones. */
    cut() {
      state = 'cut'
      for (const socket of sockets) socket.destroy()
    },
    /** Takes connections, and lets nothing through: what comes meanwhile is lost. */
    standStill() {
      state = 'still'
    },
    open() {
      state = 'open'
    }
  }
}
