import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { actorOf } from '../../http/callers/caller.ts'
import { found, mayFail } from '../../http/problems.ts'
import { id, ref, strict } from '../../http/schemas.ts'
import { uncached } from '../../http/server/headers.ts'
import { uncachedList } from '../../http/server/uncached-list.ts'
import type { Database } from '../../storage/database.ts'
import { IssuedToken, NewToken, Token, TokenQuery, TokenRotation } from './schema.ts'
import * as tokens from './store.ts'

export function routes(app: FastifyInstance, db: Database) {
  for (const schema of [Token, IssuedToken, NewToken, TokenRotation]) app.addSchema(schema)
  const tags = ['tokens']
  const params = strict({ id: id('tok') })

  uncachedList(app, db, {
    url: '/tokens',
    operationId: 'listTokens',
    tags,
    summary: 'Tokens, newest first, revoked ones too.',
    querystring: TokenQuery,
    item: ref(Token),
    list: (db, _, limit, after) => tokens.list(db, limit, after)
  })

  app.get<{ Params: { id: string } }>(
    '/tokens/:id',
    {
      schema: {
        operationId: 'getToken',
        tags,
        summary: 'One token, without its text.',
        params,
        response: { 200: ref(Token) }
      }
    },
    async ({ params: { id } }, reply) => {
      const token = found(await tokens.byId(db.read, id), 'token')
      return reply.headers(uncached).send(token)
    }
  )

  app.post<{ Body: NewToken }>(
    '/tokens',
    {
      schema: {
        operationId: 'createToken',
        tags,
        summary: 'Issue a token; its text is shown this once.',
        description: 'Its name is nobody else’s: the change log names callers by it.',
        body: ref(NewToken),
        response: { 201: ref(IssuedToken) }
      },
      ...mayFail('conflict', 'unprocessable')
    },
    async (request, reply) => {
      const token = await db.write(actorOf(request), (tx) => tokens.create(tx, request.body))
      return reply
        .code(201)
        .headers({ location: `/v1/tokens/${token.id}`, ...uncached })
        .send(token)
    }
  )

  app.post<{ Params: { id: string }; Body: TokenRotation }>(
    '/tokens/:id/rotate',
    {
      schema: {
        operationId: 'rotateToken',
        tags,
        summary: 'A new text for a token, shown this once; the one before holds for the grace you give.',
        description:
          'The token stays the same to everything else: its name, its role, its end. Without a body the text before ends at once. A text from before the last rotation ends in any case.',
        params,
        body: ref(TokenRotation),
        response: { 200: ref(IssuedToken) }
      },
      config: { errors: ['conflict'], optionalBody: true } as object
    },
    async (request, reply) => {
      const { grace = 0 } = request.body
      const token = await db.write(actorOf(request), (tx) => tokens.rotate(tx, request.params.id, grace))
      return reply.headers(uncached).send(token)
    }
  )

  app.delete<{ Params: { id: string } }>(
    '/tokens/:id',
    {
      schema: {
        operationId: 'revokeToken',
        tags,
        summary: 'Revoke a token: from the next request on it is refused.',
        params,
        response: { 204: Type.Null() }
      }
    },
    async (request, reply) => {
      const revoked = await db.write(actorOf(request), (tx) => tokens.revoke(tx, request.params.id))
      found(revoked || undefined, 'token')
      return reply.code(204).send()
    }
  )
}
