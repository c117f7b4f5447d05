// How requests reach the server, and what comes back.
import { Agent, type IncomingMessage, request as open } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import type { Answer } from './contract.ts'
import type { Request } from './requests.ts'

/** Answers a request; status 0 where nothing came back. */
export type Send = (request: Request) => Promise<Answer>

/** How often a request is sent again that was refused under load. */
const retries = 10

/** Sends requests to a server, over one connection. A stream of events is left once it has begun. `patience` is in ms. */
export function sender(address: string, patience = 30_000): { send: Send; close(): void } {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const { hostname, port } = new URL(address)
  const once: Send = (request) =>
    new Promise((resolve) => {
      const { method, url, headers, body } = request
      const lost = (error: Error) => resolve({ status: 0, headers: {}, body: error.message })
      const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
      const sent = open(
        { agent, hostname, port, method, path: url, headers: { ...headers, ...length }, timeout: patience },
        (response) => void received(response).then(resolve, lost)
      )
      sent.on('timeout', () => sent.destroy(new Error(`nothing in ${patience} ms`)))
      sent.on('error', (error: NodeJS.ErrnoException) => {
        // A connection that was kept may be closed while something is written to it (nodejs.org, request.reusedSocket).
        const isClosed = sent.reusedSocket && ['EPIPE', 'ECONNRESET'].includes(String(error.code))
        if (isClosed) resolve(once(request))
        else lost(error)
      })
      sent.end(body)
    })
  /** Whoever is refused because the machine is busy asks again a little later, as the answer says. */
  const send: Send = async (request) => {
    for (let left = retries; left > 0; left--) {
      const answer = await once(request)
      if (answer.status !== 503 || !answer.body.includes('/problems/overloaded')) return answer
      await pause(1000 * Number(answer.headers['retry-after']))
    }
    return once(request)
  }
  return { send, close: () => agent.destroy() }
}

async function received(response: IncomingMessage): Promise<Answer> {
  const { statusCode: status = 0, headers } = response
  if (headers['content-type']?.startsWith('text/event-stream')) {
    response.destroy()
    return { status, headers, body: '' }
  }
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk as Buffer)
  const bytes = Buffer.concat(chunks)
  const isPacked = headers['content-encoding'] === 'gzip' && bytes.length > 0
  return { status, headers, body: (isPacked ? gunzipSync(bytes) : bytes).toString('utf8') }
}
