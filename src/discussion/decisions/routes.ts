import type { FastifyInstance } from 'fastify'
import { currentBy, draftAction } from '../../changes/records.ts'
import { actorOf } from '../../http/callers/caller.ts'
import { pagedBy, pageRequestBelow } from '../../http/input/cursor.ts'
import { found, mayFail } from '../../http/problems.ts'
import { id, page, ref, strict } from '../../http/schemas.ts'
import { uncached } from '../../http/server/headers.ts'
import type { Database } from '../../storage/database.ts'
import { DraftComment } from '../comments/schema.ts'
import * as comments from '../comments/store.ts'
import { decide, decideAll, decisions } from './decide.ts'
import {
  CommentDecision,
  Decided,
  DecisionQuery,
  decisionNames,
  NewDecision,
  NewDecisions
} from './schema.ts'
import { list } from './store.ts'

const tags = ['comments']

export function routes(app: FastifyInstance, db: Database) {
  for (const schema of [NewDecision, NewDecisions, Decided, CommentDecision]) app.addSchema(schema)
  const params = strict({ id: id('com') })
  const act = draftAction(db, currentBy(comments.byId))

  for (const name of decisionNames) {
    app.post(
      `/comments/:id/${name}`,
      {
        schema: {
          operationId: `${name}Comment`,
          tags,
          summary: decisions[name].summary,
          description:
            'From every status. What was decided so already stays as it is. Reports are counted anew from then on.',
          params,
          body: ref(NewDecision),
          response: { 200: ref(DraftComment) }
        },
        config: { errors: ['stale'], optionalBody: true } as object
      },
      act((tx, id, versions, { body }) => decide(tx, id, versions, name, body as NewDecision))
    )
  }

  app.post<{ Body: NewDecisions }>(
    '/comments/decisions',
    {
      schema: {
        operationId: 'decideComments',
        tags,
        summary: 'Decide alike on up to 100 comments, in one transaction.',
        description: 'All that are there are decided on; those that are not are named.',
        body: ref(NewDecisions),
        response: { 200: ref(Decided) }
      }
    },
    async (request, reply) => {
      const decided = await db.write(actorOf(request), (tx) => decideAll(tx, request.body))
      return reply.headers(uncached).send(decided)
    }
  )

  app.get<{ Params: { id: string }; Querystring: DecisionQuery }>(
    '/comments/:id/decisions',
    {
      schema: {
        operationId: 'listCommentDecisions',
        tags,
        summary: 'What was decided on a comment, and who edited it, latest first.',
        params,
        querystring: DecisionQuery,
        response: { 200: page(ref(CommentDecision)) }
      },
      ...mayFail('invalid-cursor')
    },
    async (request, reply) => {
      const { limit, before } = pageRequestBelow(request)
      const { id } = request.params
      found(await comments.row(db.read, id), 'comment')
      const rows = await list(db.read, id, limit + 1, before)
      reply.headers(uncached)
      return pagedBy(request, reply, { rows, limit, keyOf: ({ seq }) => seq })
    }
  )
}
