// POST .../republish: what several articles share, brought up to date in all of them.
import type { FastifyInstance } from 'fastify'
import { type TSchema, Type } from 'typebox'
import { actorOf } from './auth.ts'
import { kinds } from './newsstand/kinds.ts'
import { mayFail } from './problems.ts'
import { republish, type SharedKind } from './publishing/republish.ts'
import { ref, strict } from './schemas.ts'
import type { Database } from './storage/database.ts'

export const Republished = strict(
  {
    articles: Type.Integer({ minimum: 0, description: 'How many published articles got the current form.' })
  },
  { $id: 'Republished' }
)

interface Shared {
  operationId: string
  tag: string
  kind: SharedKind
  id: TSchema
}

export function republishable(app: FastifyInstance, db: Database, { operationId, tag, kind, id }: Shared) {
  app.post(
    `/${tag}/:id/republish`,
    {
      schema: {
        operationId,
        tags: [tag],
        summary: `Put the current form of a ${kinds[kind].noun} into every published article that holds an older one.`,
        params: strict({ id }),
        response: { 200: ref(Republished) }
      },
      ...mayFail('conflict')
    },
    async (request, reply) => {
      const { id } = request.params as { id: string }
      const articles = await db.write(actorOf(request), (tx) => republish(tx, kind, id))
      return reply.header('cache-control', 'private, no-store').send({ articles })
    }
  )
}
