// The fast path for the most frequent request, one published record without parameters: answered before other hooks
// run.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Database } from '../../storage/database.ts'
import { type Kind, kinds } from '../documents/kinds.ts'
import { choosesJson } from './article-forms.ts'
import { acceptsJson, isRead } from './conditional.ts'
import { sendArticle, sendDocument } from './reply.ts'

const byRoute = new Map(
  Object.entries(kinds).map(([kind, { collection }]) => [`/v1/${collection}/:id`, kind as Kind])
)

/** Answers plain reads of published records. A record that is not found is left to its route, which says why. */
export function serveRecords(app: FastifyInstance, db: Database) {
  app.addHook('onRequest', (request, reply, done) => {
    const kind = requestedRecord(request)
    if (kind === undefined) return done()
    const { id } = request.params as { id: string }
    const sent =
      kind === 'article'
        ? sendArticle(db, request, reply, id, { negotiated: true })
        : sendDocument(db, request, reply, kind, id)
    sent.catch(() => done())
  })
}

/** The kind of the requested record, if the request has no query string; undefined for all other requests. */
function requestedRecord(request: FastifyRequest): Kind | undefined {
  if (!isRead(request) || request.url.includes('?') || !acceptsJson(request.headers.accept)) return undefined
  const kind = byRoute.get(request.routeOptions.url ?? '')
  return kind === 'article' && !choosesJson(request.headers.accept) ? undefined : kind
}
