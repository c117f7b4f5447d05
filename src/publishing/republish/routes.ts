// POST .../republish of shared records.
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { SharedKind } from '../../content/desk/shared-records.ts'
import { actorOf } from '../../http/callers/caller.ts'
import { mayFail } from '../../http/problems.ts'
import { id, type Prefix, ref, strict } from '../../http/schemas.ts'
import { uncached } from '../../http/server/headers.ts'
import { kinds } from '../../newsstand/documents/kinds.ts'
import type { Database } from '../../storage/database.ts'
import { republish } from './republish.ts'

export const Republished = strict(
  {
    articles: Type.Integer({ minimum: 0, description: 'How many published articles got the current form.' })
  },
  { $id: 'Republished' }
)

/** The kinds of shared records, with the names of their operations. */
const shared: { operationId: string; kind: SharedKind; prefix: Prefix }[] = [
  { operationId: 'republishSource', kind: 'source', prefix: 'src' },
  { operationId: 'republishMedia', kind: 'media', prefix: 'med' },
  { operationId: 'republishMediaCredit', kind: 'credit', prefix: 'crd' }
]

export function routes(app: FastifyInstance, db: Database) {
  app.addSchema(Republished)
  for (const { operationId, kind, prefix } of shared) {
    const { noun, collection } = kinds[kind]
    app.post<{ Params: { id: string } }>(
      `/${collection}/:id/republish`,
      {
        schema: {
          operationId,
          tags: [collection],
          summary: `Put the current form of a ${noun} into every published article that holds an older one.`,
          params: strict({ id: id(prefix) }),
          response: { 200: ref(Republished) }
        },
        ...mayFail('conflict')
      },
      async (request, reply) => {
        const { id } = request.params
        const articles = await db.write(actorOf(request), (tx) => republish(tx, kind, id))
        return reply.headers(uncached).send({ articles })
      }
    )
  }
}
