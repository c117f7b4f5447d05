// Load on a server, and what it came to.
import autocannon from 'autocannon'
import { seeded, shuffled } from './random.ts'
import type { Read } from './reads.ts'
import type { Server } from './servers.ts'

/** What one turn came to. */
export interface Turn {
  perSecond: number
  /** In ms. */
  p50: number
  p99: number
  /** Processor time of the server, in microseconds a request. */
  cpu: number
  delay: number
  rss: number
}

export interface Load {
  connections?: number
  seconds?: number
  amount?: number
  status?: number
}

/** Asks a server these things, each connection its own part of them in an order of its own. */
export async function load(server: Server, reads: Read[], how: Load): Promise<Turn> {
  const { connections = 32, seconds = 5, amount, status = 200 } = how
  let client = 0
  await server.condition()
  const { requests, latency, errors, duration, statusCodeStats } = await autocannon({
    url: server.address,
    connections,
    ...(amount ? { amount } : { duration: seconds }),
    setupClient: (connection) => connection.setRequests(partOf(reads, client++, connections))
  })
  const { cpu, delay, rss } = await server.condition()
  const others = Object.keys(statusCodeStats ?? {}).filter((code) => code !== String(status))
  if (errors > 0 || others.length > 0)
    throw new Error(`${errors} errors, and answers ${others} at ${server.address}${reads[0]?.path}`)
  const { p50, p99 } = latency
  return { perSecond: requests.total / duration, p50, p99, cpu: cpu / requests.total, delay, rss }
}

/** What one of several clients asks: all that there is where it is little. */
function partOf(reads: Read[], client: number, clients: number): Read[] {
  const part = reads.length < clients * 10 ? reads : reads.filter((_, i) => i % clients === client)
  return shuffled(seeded(client), part).map((read) => ({ ...read }))
}

/** What several turns came to: their mean, and the worst delay. */
export function mean(turns: Turn[]): Turn {
  const of = (name: keyof Turn) => turns.reduce((sum, turn) => sum + turn[name], 0) / turns.length
  return {
    perSecond: of('perSecond'),
    p50: of('p50'),
    p99: of('p99'),
    cpu: of('cpu'),
    delay: Math.max(...turns.map(({ delay }) => delay)),
    rss: turns.at(-1)!.rss
  }
}
