// The commonest question, one record by its address alone: answered before a request goes any further.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Database } from '../../storage/database.ts'
import { type Kind, kinds } from '../documents/kinds.ts'
import { isRead, takesJson } from './conditional.ts'
import { sendArticle, sendDocument } from './reply.ts'

const byRoute = new Map(
  Object.entries(kinds).map(([kind, { collection }]) => [`/v1/${collection}/:id`, kind as Kind])
)

/** Answers who asks for a published record and nothing more. Why something is not there is for its route to say. */
export function serveRecords(app: FastifyInstance, db: Database) {
  app.addHook('onRequest', (request, reply, done) => {
    const kind = recordAsked(request)
    if (kind === undefined) return done()
    const { id } = request.params as { id: string }
    const sent =
      kind === 'article'
        ? sendArticle(db, request, reply, id, {})
        : sendDocument(db, request, reply, kind, id)
    sent.catch(() => done())
  })
}

/** The kind of the record that is asked for without any question beside; undefined for all other requests. */
function recordAsked(request: FastifyRequest): Kind | undefined {
  if (!isRead(request) || request.url.includes('?') || !takesJson(request.headers.accept)) return undefined
  return byRoute.get(request.routeOptions.url ?? '')
}
