// The floor of writes: a bare Fastify server that stores the body of a POST with one INSERT, on disk before it answers.
import Sqlite from 'better-sqlite3'
import Fastify from 'fastify'

const db = new Sqlite(process.argv[2])
db.pragma('journal_mode = WAL')
db.pragma('synchronous = FULL')
db.exec('create table articles (id integer primary key, body text)')
const insert = db.prepare('insert into articles (body) values (?)')

const app = Fastify()
app.post('/*', (request, reply) => {
  const { lastInsertRowid } = insert.run(JSON.stringify(request.body))
  return reply.code(201).send({ id: String(lastInsertRowid), ...(request.body as object) })
})
process.stdout.write(`${await app.listen({ port: 0 })}\n`)
