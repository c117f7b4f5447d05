// Problem responses for requests that Node's HTTP parser rejects, which never reach Fastify; and how a connection is closed on
// which the client still sends.
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { HttpProblem, type Kind, toProblem } from '../problems.ts'
import { requestId, securityHeaders } from './headers.ts'

const malformed: [Kind, string] = ['malformed-request', 'This is not a valid HTTP request.']
const faults: Record<string, [Kind, string]> = {
  HPE_HEADER_OVERFLOW: [
    'headers-too-large',
    'The address and the header fields have more than 16 kB together: send fewer parameters, or shorter ones.'
  ],
  ERR_HTTP_REQUEST_TIMEOUT: [
    'request-timeout',
    'The request did not come as fast as it has to: send it again.'
  ]
}

/** Node keeps the response in progress in this field, and its own clientError handler reads it as well. */
type AnsweringSocket = Duplex & { _httpMessage?: ServerResponse | null }

/**
 * Answers a malformed request and closes the connection; a client that is still sending has a second to read the
 * answer. Where a response is already half sent the socket is destroyed: these lines would be read as a part of it.
 */
export function answerClientError(socket: AnsweringSocket, code?: string) {
  if (!socket.writable || socket._httpMessage?.headersSent) return socket.destroy()
  const { status, kind, headers, body } = answer(...(faults[String(code)] ?? malformed))
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  socket.end([`HTTP/1.1 ${status} ${kind}`, ...lines, 'connection: close', '', body].join('\r\n'))
  return setTimeout(() => socket.destroy(), 1000).unref()
}

/** How long what a client still sends of a request is read that is answered already, in ms. */
const lingering = 5000

/**
 * Has the connection of a request that is refused before all of it came read on, where it is to be closed: until all has come,
 * or for some seconds. Closed at once, it would be reset by what comes then, and most clients would not read the answer (RFC 9112, 9.6).
 */
export function closeLate(request: IncomingMessage) {
  if (request.complete) return
  const { socket } = request
  // What Node calls when the answer is written.
  socket.destroySoon = () => {
    socket.end()
    const destroy = () => socket.destroy()
    request.resume().once('close', destroy)
    setTimeout(destroy, lingering).unref()
  }
  // All has come: the method of its class is called again.
  request.once('close', () => Reflect.deleteProperty(socket, 'destroySoon'))
}

/** Answers CONNECT requests and unknown expectations, to which Node would send no problem. */
export function refuseUnsupported(server: Server) {
  server.on('connect', (_, socket) => void answerClientError(socket))
  server.on('checkExpectation', (_, response) => {
    const { status, headers, body } = answer(
      'expectation-failed',
      'Only `Expect: 100-continue` can be met (RFC 9110, 10.1.1).'
    )
    response.writeHead(status, headers).end(body)
  })
}

/** The raw response: there is no Fastify request for it. */
function answer(kind: Kind, detail: string) {
  const problem = new HttpProblem(kind, detail)
  const id = requestId()
  const body = JSON.stringify(toProblem(problem, id))
  const headers = {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    'x-request-id': id,
    ...securityHeaders,
    'content-length': Buffer.byteLength(body)
  }
  return { status: problem.status, kind, headers, body }
}
