// Clients that send a byte a second and never come to an end: of the head of a request, or of its body.
import { once } from 'node:events'
import { connect } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'
import { adminToken } from './servers.ts'

/** How a slow client ended: after how many ms, and with which status it was told why (0: without a word). */
export interface Cut {
  after: number
  status: number
}

const beginnings = {
  heads: 'GET /v1/articles HTTP/1.1\r\nHost: a\r\nX-Slow: ',
  bodies: `POST /v1/articles HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${adminToken}\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{"title":"`
}

const { kind, address, count } = workerData as {
  kind: keyof typeof beginnings
  address: string
  count: number
}

async function crawl(): Promise<Cut> {
  const { hostname, port } = new URL(address)
  const socket = connect(Number(port), hostname)
  let said = ''
  // Being cut off while writing is what is waited for.
  socket.on('error', () => {})
  socket.on('data', (data) => (said += data))
  await once(socket, 'connect')
  const began = performance.now()
  socket.write(beginnings[kind])
  const drip = setInterval(() => socket.write('a'), 1000)
  await once(socket, 'close')
  clearInterval(drip)
  return { after: performance.now() - began, status: Number(/^HTTP\/1.1 (\d+)/.exec(said)?.[1] ?? 0) }
}

parentPort!.postMessage(await Promise.all(Array.from({ length: count }, crawl)))
