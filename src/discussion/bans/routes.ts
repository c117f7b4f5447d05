import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { actorOf } from '../../http/callers/caller.ts'
import { found, mayFail } from '../../http/problems.ts'
import { id, ref, strict } from '../../http/schemas.ts'
import { uncached } from '../../http/server/headers.ts'
import { uncachedList } from '../../http/server/uncached-list.ts'
import type { Database } from '../../storage/database.ts'
import { Ban, BanQuery, NewBan } from './schema.ts'
import * as bans from './store.ts'

const tags = ['comments']

export function routes(app: FastifyInstance, db: Database) {
  for (const schema of [Ban, NewBan]) app.addSchema(schema)
  const params = strict({ id: id('ban') })

  uncachedList(app, db, {
    url: '/bans',
    operationId: 'listBans',
    tags,
    summary: 'Whose comments are not taken, newest first, ended bans too.',
    querystring: BanQuery,
    item: ref(Ban),
    list: bans.list
  })

  app.get<{ Params: { id: string } }>(
    '/bans/:id',
    {
      schema: {
        operationId: 'getBan',
        tags,
        summary: 'One ban.',
        params,
        response: { 200: ref(Ban) }
      }
    },
    async ({ params: { id } }, reply) =>
      reply.headers(uncached).send(found(await bans.byId(db.read, id), 'ban'))
  )

  app.post<{ Body: NewBan }>(
    '/bans',
    {
      schema: {
        operationId: 'createBan',
        tags,
        summary: 'Take no more comments from an author, or a network: by its hash, or by a comment from it.',
        body: ref(NewBan),
        response: { 201: ref(Ban) }
      },
      ...mayFail('conflict', 'unprocessable')
    },
    async (request, reply) => {
      const ban = await db.write(actorOf(request), (tx) => bans.create(tx, request.body))
      return reply
        .code(201)
        .headers({ location: `/v1/bans/${ban.id}`, ...uncached })
        .send(ban)
    }
  )

  app.delete<{ Params: { id: string } }>(
    '/bans/:id',
    {
      schema: {
        operationId: 'deleteBan',
        tags,
        summary: 'Lift a ban.',
        params,
        response: { 204: Type.Null() }
      }
    },
    async (request, reply) => {
      const lifted = await db.write(actorOf(request), (tx) => bans.remove(tx, request.params.id))
      found(lifted || undefined, 'ban')
      return reply.code(204).send()
    }
  )
}
