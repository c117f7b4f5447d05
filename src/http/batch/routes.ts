import type { FastifyInstance } from 'fastify'
import { yieldIfDue } from '../../storage/commits/turns.ts'
import type { Actor, Database } from '../../storage/database.ts'
import { actorOf } from '../callers/caller.ts'
import { type Kind, kinds, mayFail } from '../problems.ts'
import { ref } from '../schemas.ts'
import { uncached } from '../server/headers.ts'
import { checkKeys } from './references.ts'
import { checkPaths, type Prepared, run } from './run.ts'
import { Batch, type Operation, Results } from './schema.ts'
import { joinTransaction } from './transaction.ts'

/** Problems that no operation of a batch can have. */
const excluded: Kind[] = ['invalid-cursor', 'request-timeout', 'headers-too-large']
const any = (Object.keys(kinds) as Kind[]).filter((kind) => !excluded.includes(kind))

interface BatchServer {
  /** A server with the operations that a batch may contain, over this database and on behalf of this holder. */
  serverOver(db: Database, holder: () => Actor): Promise<FastifyInstance>
  /** Does slow work on the operations, such as converting bodies, before the transaction is opened. */
  prepareBodies(operations: Operation[], requestId: string): Promise<Prepared[]>
}

export function routes(app: FastifyInstance, db: Database, { serverOver, prepareBodies }: BatchServer) {
  for (const schema of [Batch, Results]) app.addSchema(schema)
  const { inside, withTransaction: during, holder, afterCommit: afterwards } = joinTransaction(db)
  // Created lazily, for the first batch: most processes never see one.
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
      // The client's address, behind a trusted proxy too; undefined when the client has disconnected.
      const sender = { authorization: request.headers.authorization!, remoteAddress: String(request.ip) }
      const prepared = await prepareBodies(operations, request.id)
      const results = await db.write(actorOf(request), (tx) => during(tx, () => run(over, prepared, sender)))
      await afterwards()
      await yieldIfDue()
      return reply
        .headers({ ...uncached, 'content-type': 'application/json; charset=utf-8' })
        .send(`{"results":[${results.join()}]}`)
    }
  )
}
