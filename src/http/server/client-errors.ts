// What is no request that Fastify could be given: it is answered all the same, with a problem.
import type { Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { HttpProblem, type Kind, toProblem } from '../problems.ts'
import { requestId, securityHeaders } from './headers.ts'

const kinds: Record<string, Kind> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout'
}

/** Where Node keeps the answer that is on its way, as its own handler of such errors asks. */
type Answering = Duplex & { _httpMessage?: ServerResponse | null }

/**
 * Answers what is not a request, and ends the connection; who goes on sending has a moment to read it. An answer that
 * is half sent is cut off: these lines would be read as a part of it.
 */
export function answerClientError(socket: Answering, code?: string) {
  if (!socket.writable || socket._httpMessage?.headersSent) return socket.destroy()
  const { status, kind, headers, body } = answer(
    kinds[String(code)] ?? 'malformed-request',
    'This is not a valid HTTP request.'
  )
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  socket.end([`HTTP/1.1 ${status} ${kind}`, ...lines, 'connection: close', '', body].join('\r\n'))
  return setTimeout(() => socket.destroy(), 1000).unref()
}

/** What Node would leave without a word: who asks for a tunnel, or expects what nobody here can do. */
export function refuseOddities(server: Server) {
  server.on('connect', (_, socket) => void answerClientError(socket))
  server.on('checkExpectation', (_, response) => {
    const { status, headers, body } = answer(
      'expectation-failed',
      'Only `Expect: 100-continue` can be met (RFC 9110, 10.1.1).'
    )
    response.writeHead(status, headers).end(body)
  })
}

/** An answer written by hand: there is no request that it answers. */
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
