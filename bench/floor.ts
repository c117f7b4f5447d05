// The floor: a bare server that sends the same statuses, headers and bytes as ours: Fastify, from a map by address
// (`fastify`), or with one look-up in SQLite (`lookup`); node:http from the map (`http`).
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { Agent, createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import Sqlite from 'better-sqlite3'
import Fastify from 'fastify'
import type { Read } from './reads.ts'

interface Kept {
  status: number
  headers: Record<string, string>
  bytes: Buffer
}

const [ours, file, kind] = process.argv.slice(2)
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

/** The answers in a table, as a plain service would look one up. */
function table() {
  const db = new Sqlite('')
  db.exec('create table answers (path text primary key, status, headers, bytes)')
  const insert = db.prepare('insert into answers values (?, ?, ?, ?)')
  for (const [path, { status, headers, bytes }] of answers)
    insert.run(path, status, JSON.stringify(headers), bytes)
  const lookup = db.prepare<[string], Omit<Kept, 'headers'> & { headers: string }>(
    'select * from answers where path = ?'
  )
  return (path: string): Kept => {
    const { headers, ...found } = lookup.get(path)!
    return { ...found, headers: JSON.parse(headers) as Kept['headers'] }
  }
}

async function fastify(answerTo: (path: string) => Kept) {
  const app = Fastify()
  app.get('/*', (request, reply) => {
    const { status, headers, bytes } = answerTo(request.raw.url!)
    reply
      .code(status)
      .headers(headers)
      .send(bytes.length > 0 ? bytes : undefined)
  })
  return app.listen({ port: 0 })
}

async function http() {
  const server = createServer((request, response) => {
    const { status, headers, bytes } = answers.get(request.url!)!
    response.writeHead(status, { ...headers, 'content-length': bytes.length }).end(bytes)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const fromMap = (path: string) => answers.get(path)!
const address = kind === 'http' ? http() : fastify(kind === 'lookup' ? table() : fromMap)
process.stdout.write(`${await address}\n`)
