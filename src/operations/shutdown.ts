// Graceful shutdown of a serving process.
import cluster from 'node:cluster'
import { once } from 'node:events'
import { Server } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'

/** How long a shutdown waits for connections that are busy or were never used, in ms. */
const connectionTimeout = 6500

/** When a process exits at the latest, in ms. */
const deadline = 9000

/** How often connections that have become idle are closed, in ms. */
const idleCheckInterval = 200

/** How long clients with keep-alive connections have to receive `Connection: close`, in ms. */
const keepAliveGrace = 4000

let stopping = false

/** Whether this process is shutting down: load balancers should send it no requests. */
export const isStopping = () => stopping

/** The ways to stop: gracefully, retiring in favour of another worker, and after a crash. */
export function shutdown(app: FastifyInstance) {
  const { server } = app
  let closed: Promise<void> | undefined

  /** Refuses new requests, answers those in flight, and lets the process exit. */
  function stop(): Promise<void> {
    closed ??= closing()
    return closed
  }

  async function closing() {
    stopping = true
    setTimeout(() => fail(new Error('What was to be finished takes too long.')), deadline).unref()
    setInterval(() => server.closeIdleConnections(), idleCheckInterval).unref()
    setTimeout(() => server.closeAllConnections(), connectionTimeout).unref()
    await app.close()
    // Only the channel to the primary keeps a worker alive now. It also drains what the primary is sending: a
    // connection that arrives too late goes to another worker.
    cluster.worker?.disconnect()
  }

  /** Accepts no more connections, answers keep-alive ones with `Connection: close`, and stops when they are gone. */
  async function retire() {
    stopping = true
    server.prependListener('request', (_, response) => response.setHeader('connection', 'close'))
    // http.Server.close() would close idle connections on which a request may be in flight.
    Server.prototype.close.call(server)
    await Promise.race([once(server, 'close'), pause(keepAliveGrace, undefined, { ref: false })])
    await stop()
  }

  /** Exits with 1 after an uncaught error: the state is unknown. Acknowledged writes are on disk. */
  function fail(error: unknown): never {
    app.log.fatal(error)
    process.exit(1)
  }

  return { stop, retire, fail }
}
