// Bodies that may take long, such as files: they need not be complete in time, but they have to keep coming.
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'

/** The least pace, in bytes a millisecond: slower than any phone. */
const minPace = 2

interface LongBody {
  request: IncomingMessage
  /** How much had been read of the connection at the last look. */
  read: number
}

const bodies = new WeakMap<Socket, LongBody>()

/** Lets the body of this request take longer than the time-out of requests, as long as it keeps coming. */
export function takeLong(request: IncomingMessage) {
  bodies.set(request.socket, { request, read: request.socket.bytesRead })
}

/**
 * Called where the time-out of requests has passed, which Node tells once. Answers whether the connection may go on:
 * then it is looked at again after each further `period`, and `refuse` is called when too little came in one.
 */
export function maySendOn(socket: Socket, period: number, refuse: () => void): boolean {
  const body = bodies.get(socket)
  if (body === undefined) return false
  const read = socket.bytesRead
  if (read - body.read < minPace * period) return false
  body.read = read
  setTimeout(() => {
    if (!body.request.complete && !socket.destroyed && !maySendOn(socket, period, refuse)) refuse()
  }, period).unref()
  return true
}
