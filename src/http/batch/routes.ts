import type { FastifyInstance } from 'fastify'
import type { Actor, Database } from '../../storage/database.ts'
import { actorOf } from '../callers/caller.ts'
import { type Kind, kinds, mayFail } from '../problems.ts'
import { ref } from '../schemas.ts'
import { joined } from './joined.ts'
import { checkKeys } from './references.ts'
import { checkPaths, type Prepared, run } from './run.ts'
import { Batch, type Operation, Results } from './schema.ts'

/** What no operation of a batch is answered. */
const elsewhere: Kind[] = ['invalid-cursor', 'request-timeout', 'headers-too-large']
const any = (Object.keys(kinds) as Kind[]).filter((kind) => !elsewhere.includes(kind))

interface Surroundings {
  /** A server with the operations that a batch may consist of, over this database, for who holds it at the time. */
  serverOver(db: Database, holder: () => Actor): Promise<FastifyInstance>
  /** Does with the operations what takes long, before the transaction is opened. */
  prepare(operations: Operation[], requestId: string): Promise<Prepared[]>
}

export function routes(app: FastifyInstance, db: Database, { serverOver, prepare }: Surroundings) {
  for (const schema of [Batch, Results]) app.addSchema(schema)
  const { inside, during, holder, afterwards } = joined(db)
  // Most processes never see a batch: the server for them is made for the first.
  let server: Promise<FastifyInstance> | undefined
  app.addHook('onClose', async () => {
    await (await server)?.close()
  })

  app.post<{ Body: Batch }>(
    '/batch',
    {
      schema: {
        operationId: 'runBatch',
        tags: ['batch'],
        summary: 'Do up to 100 operations in one transaction: all of them, or none.',
        description:
          'Each is authorised, checked and answered as if it were sent alone, with its own `If-Match`, and finds what those before it have written. The first that fails is the problem of the batch, with its status: `errors` points at it, `problem` is what it was answered. Pages to import, tokens, webhooks and batches are sent alone.',
        headers: { type: 'object', properties: {} },
        body: ref(Batch),
        response: { 200: ref(Results) }
      },
      ...mayFail(...any)
    },
    async (request, reply) => {
      const { operations } = request.body
      checkPaths(operations)
      checkKeys(operations)
      server ??= serverOver(inside, holder)
      const over = await server
      // Behind a proxy that is trusted this is the client's address; of a client that has left there is none.
      const sender = { authorization: request.headers.authorization!, remoteAddress: String(request.ip) }
      const prepared = await prepare(operations, request.id)
      const results = await db.write(actorOf(request), (tx) => during(tx, () => run(over, prepared, sender)))
      await afterwards()
      return reply
        .headers({ 'cache-control': 'private, no-store', 'content-type': 'application/json; charset=utf-8' })
        .send(`{"results":[${results.join()}]}`)
    }
  )
}
