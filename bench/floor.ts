// The floor: a bare Fastify server that sends the same bytes and headers, with nothing behind them.
import { readFileSync } from 'node:fs'
import Fastify from 'fastify'

const answers = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as Record<
  string,
  { body: string; headers: Record<string, string> }
>
const app = Fastify()
for (const [path, { body, headers }] of Object.entries(answers)) {
  const bytes = Buffer.from(body)
  app.get(path, (_, reply) => reply.headers(headers).send(bytes))
}
process.stdout.write(`${await app.listen({ port: 0 })}\n`)
