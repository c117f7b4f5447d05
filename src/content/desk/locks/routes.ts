import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { checkRole } from '../../../access/gate.ts'
import { actorOf } from '../../../http/callers/caller.ts'
import { found, mayFail } from '../../../http/problems.ts'
import { id, ref, strict } from '../../../http/schemas.ts'
import { uncached } from '../../../http/server/headers.ts'
import type { Database, Reader, Tables, Writer } from '../../../storage/database.ts'
import * as articles from '../../articles/store.ts'
import { Lock, LockQuery } from './schema.ts'
import * as locks from './store.ts'

const url = '/articles/:id/lock'

/** `clock` decides which locks have expired. */
export function routes(app: FastifyInstance, db: Database, { clock }: { clock: () => Date }) {
  app.addSchema(Lock)
  const shared = { tags: ['locks'], params: strict({ id: id('art') }) }

  /** Runs an operation on the lock of an existing article; the query says whether by force. */
  function write<T>(request: FastifyRequest, work: (tx: Writer, id: string, force: boolean) => Promise<T>) {
    const { id } = request.params as { id: string }
    const force = (request.query as { break?: boolean }).break === true
    if (force) checkRole(request, 'breakLock')
    return db.write(actorOf(request), async (tx) => {
      await checkArticle(tx, id)
      return work(tx, id, force)
    })
  }

  app.get<{ Params: { id: string } }>(
    url,
    {
      schema: {
        ...shared,
        operationId: 'getLock',
        summary: 'Who is at work on an article; 404 when nobody says so.',
        response: { 200: ref(Lock) }
      }
    },
    async (request, reply) => {
      const { id } = request.params
      await checkArticle(db.read, id)
      const row = found(await locks.activeLock(db.read, id, clock().toISOString()), 'lock')
      return sendLock(request, reply, row)
    }
  )

  app.put(
    url,
    {
      schema: {
        ...shared,
        operationId: 'takeLock',
        summary: 'Say that you are at work on an article, for two minutes; again, to go on.',
        description: 'A lock is advice to other tools: it refuses no write.',
        querystring: LockQuery,
        response: { 200: ref(Lock) }
      },
      ...mayFail('locked')
    },
    async (request, reply) => sendLock(request, reply, await write(request, locks.take))
  )

  app.delete(
    url,
    {
      schema: {
        ...shared,
        operationId: 'releaseLock',
        summary: 'Say that you are no longer at work on an article.',
        querystring: LockQuery,
        response: { 204: Type.Null() }
      },
      ...mayFail('locked')
    },
    async (request, reply) => {
      await write(request, locks.release)
      return reply.code(204).send()
    }
  )
}

async function checkArticle(db: Reader, id: string) {
  found(await articles.byIdOrSlug(db, id), 'article')
}

function sendLock(
  request: FastifyRequest,
  reply: FastifyReply,
  { holder, since, expiresAt }: Tables['locks']['$inferSelect']
) {
  reply.headers(uncached)
  return reply.send({ holder, since, expiresAt, mine: holder === actorOf(request).name })
}
