// The floor: a bare Fastify server that sends the same statuses, headers and bytes as ours, from a map by address.
import { readFileSync } from 'node:fs'
import { Agent, get } from 'node:http'
import Fastify from 'fastify'
import type { Read } from './reads.ts'

interface Kept {
  status: number
  headers: Record<string, string>
  bytes: Buffer
}

const [ours, file] = process.argv.slice(2)
const answers = new Map<string, Kept>()
const agent = new Agent({ keepAlive: true, maxSockets: 8 })
/** What Node itself says of a connection. */
const own = ['connection', 'keep-alive', 'date', 'content-length', 'transfer-encoding']

const fetched = ({ path, headers }: Read) =>
  new Promise<Kept>((resolve, reject) => {
    get(`${ours}${path}`, { agent, headers }, async (response) => {
      const kept = Object.entries(response.headers).filter(([name]) => !own.includes(name))
      resolve({
        status: response.statusCode!,
        headers: Object.fromEntries(kept) as Record<string, string>,
        bytes: Buffer.concat(await response.toArray())
      })
    }).on('error', reject)
  })

const reads = JSON.parse(readFileSync(file!, 'utf8')) as Read[]
await Promise.all(reads.map(async (read) => answers.set(read.path, await fetched(read))))
agent.destroy()

const app = Fastify()
app.get('/*', (request, reply) => {
  const { status, headers, bytes } = answers.get(request.raw.url!)!
  reply
    .code(status)
    .headers(headers)
    .send(bytes.length > 0 ? bytes : undefined)
})
process.stdout.write(`${await app.listen({ port: 0 })}\n`)
