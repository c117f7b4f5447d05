// How a process that serves comes to its end.
import cluster from 'node:cluster'
import { once } from 'node:events'
import { Server } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'

/** How long an ending waits for connections that are busy, or were never used, in ms. */
const patience = 8000

/** How long those who keep a connection are given to hear that it ends, in ms. */
const notice = 4000

/** The two ways in which this process stops serving: at once, and without being missed. */
export function ending(app: FastifyInstance) {
  const { server } = app
  let closed: Promise<void> | undefined

  /** Takes no more requests, answers those it has, and lets the process end. */
  function stop(): Promise<void> {
    closed ??= closing()
    return closed
  }

  async function closing() {
    setTimeout(() => server.closeAllConnections(), patience).unref()
    await app.close()
    // Only its channel to the primary keeps a worker alive now. It waits for what the primary was sending, too: a
    // connection that comes too late goes to another worker.
    cluster.worker?.disconnect()
  }

  /** Takes no more connections, tells those who keep one to open another, and stops when they have. */
  async function retire() {
    server.prependListener('request', (_, response) => response.setHeader('connection', 'close'))
    // The close() of HTTP would cut connections on which a request may be on its way.
    Server.prototype.close.call(server)
    await Promise.race([once(server, 'close'), pause(notice, undefined, { ref: false })])
    await stop()
  }

  return { stop, retire }
}
