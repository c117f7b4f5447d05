// How a process that serves comes to its end.
import cluster from 'node:cluster'
import { once } from 'node:events'
import { Server } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'

/** How long an ending waits for connections that are busy, or were never used, in ms. */
const patience = 6500

/** When a process that was told to stop is gone, whatever still holds it, in ms. */
const deadline = 9000

/** How often connections are looked for that are kept after the request they were busy with, in ms. */
const glance = 200

/** How long those who keep a connection are given to hear that it ends, in ms. */
const notice = 4000

let stopping = false

/** Whether this process is on its way out: who shares requests among several should send it none. */
export const isStopping = () => stopping

/** The ways in which this process stops serving: at once, without being missed, and because it must. */
export function shutdown(app: FastifyInstance) {
  const { server } = app
  let closed: Promise<void> | undefined

  /** Takes no more requests, answers those it has, and lets the process end. */
  function stop(): Promise<void> {
    closed ??= closing()
    return closed
  }

  async function closing() {
    stopping = true
    setTimeout(() => fail(new Error('What was to be finished takes too long.')), deadline).unref()
    setInterval(() => server.closeIdleConnections(), glance).unref()
    setTimeout(() => server.closeAllConnections(), patience).unref()
    await app.close()
    // Only its channel to the primary keeps a worker alive now. It waits for what the primary was sending, too: a
    // connection that comes too late goes to another worker.
    cluster.worker?.disconnect()
  }

  /** Takes no more connections, tells those who keep one to open another, and stops when they have. */
  async function retire() {
    stopping = true
    server.prependListener('request', (_, response) => response.setHeader('connection', 'close'))
    // The close() of HTTP would cut connections on which a request may be on its way.
    Server.prototype.close.call(server)
    await Promise.race([once(server, 'close'), pause(notice, undefined, { ref: false })])
    await stop()
  }

  /** Ends with 1 after what nobody caught: nobody knows what it left undone. Acknowledged writes are on disk. */
  function fail(error: unknown): never {
    app.log.fatal(error)
    process.exit(1)
  }

  return { stop, retire, fail }
}
