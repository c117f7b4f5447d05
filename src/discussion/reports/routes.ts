import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { actorOf } from '../../http/callers/caller.ts'
import { paged, pageRequest } from '../../http/input/cursor.ts'
import { found, mayFail } from '../../http/problems.ts'
import { id, page, ref, strict } from '../../http/schemas.ts'
import { uncached } from '../../http/server/headers.ts'
import * as newsstand from '../../newsstand/documents/published.ts'
import { notFoundOrGone } from '../../newsstand/server/reply.ts'
import type { Database } from '../../storage/database.ts'
import { hashesOf } from '../comments/author-identity.ts'
import * as comments from '../comments/store.ts'
import { CommentReport, NewReport, ReportQuery } from './schema.ts'
import { list, report } from './store.ts'

const tags = ['comments']
const url = '/comments/:id/reports'

/** Routes for reporting comments. */
export function routes(app: FastifyInstance, db: Database, { ONRECORD_SECRET }: { ONRECORD_SECRET: string }) {
  for (const schema of [NewReport, CommentReport]) app.addSchema(schema)
  const hashes = hashesOf(ONRECORD_SECRET)
  const params = strict({ id: id('com') })

  app.post<{ Params: { id: string }; Body: NewReport }>(
    url,
    {
      schema: {
        operationId: 'reportComment',
        tags,
        summary: 'Report a comment to the moderators.',
        description:
          'It counts once from a network, and once with a key; more are answered alike. Enough of them since a moderator decided, and the comment waits for one again.',
        params,
        body: ref(NewReport),
        response: { 204: Type.Null() }
      },
      ...mayFail('gone', 'too-many-requests'),
      bodyLimit: 16 * 1024
    },
    async (request, reply) => {
      const { id } = request.params
      const { key } = request.body
      const person = { network: hashes.network(request.ip), author: key ? hashes.author(key) : null }
      await db.write(actorOf(request), async (tx) => {
        if (!(await newsstand.isPublished(tx, 'comment', id))) throw await notFoundOrGone(tx, 'comment', id)
        await report(tx, id, request.body, person)
      })
      return reply.code(204).header('cache-control', 'no-store').send()
    }
  )

  app.get<{ Params: { id: string }; Querystring: ReportQuery }>(
    url,
    {
      schema: {
        operationId: 'listCommentReports',
        tags,
        summary: 'What readers reported of a comment, latest first.',
        params,
        querystring: ReportQuery,
        response: { 200: page(ref(CommentReport)) }
      },
      ...mayFail('invalid-cursor')
    },
    async (request, reply) => {
      const { limit, after } = pageRequest(request)
      const { id } = request.params
      found(await comments.row(db.read, id), 'comment')
      reply.headers(uncached)
      return paged(request, reply, await list(db.read, id, limit + 1, after), limit)
    }
  )
}
