import type { FastifyInstance } from 'fastify'
import * as articles from '../articles/store.ts'
import { actorOf } from '../auth.ts'
import { sendPage } from '../newsstand/listing.ts'
import * as newsstand from '../newsstand/published.ts'
import { absent } from '../newsstand/reply.ts'
import { found, mayFail } from '../problems.ts'
import { id, page, ref, strict } from '../schemas.ts'
import type { Database, Reader } from '../storage/database.ts'
import { create, recognizing } from './posting.ts'
import { Comment, NewComment, PostedComment, ThreadQuery } from './schema.ts'

const tag = 'comments'
/** The largest comment anybody may send, in bytes. */
const bodyLimit = 64 * 1024

/** The comments of one article: read, and added to, by everybody. */
export function threadRoutes(
  app: FastifyInstance,
  db: Database,
  { ONRECORD_SECRET }: { ONRECORD_SECRET: string }
) {
  const recognize = recognizing(ONRECORD_SECRET)
  for (const schema of [PostedComment, NewComment]) app.addSchema(schema)
  const params = strict({ id: id('art') })

  app.get<{ Params: { id: string }; Querystring: ThreadQuery }>(
    '/articles/:id/comments',
    {
      schema: {
        operationId: 'listArticleComments',
        tags: [tag],
        summary: 'The comments of a published article, in thread order.',
        params,
        querystring: ThreadQuery,
        response: { 200: page(ref(Comment)) }
      },
      ...mayFail('invalid-cursor')
    },
    async (request, reply) => {
      const { query, params } = request
      await published(db.read, params.id)
      return sendPage(db, request, reply, { kind: 'comment', query, facets: { article: [params.id] } })
    }
  )

  app.post<{ Body: NewComment; Params: { id: string } }>(
    '/articles/:id/comments',
    {
      schema: {
        operationId: 'createComment',
        tags: [tag],
        summary: 'Answer a published article, or a comment on it. It waits until a moderator approves it.',
        params,
        body: ref(NewComment),
        response: { 201: ref(PostedComment) }
      },
      ...mayFail('gone', 'comments-closed', 'unprocessable'),
      bodyLimit
    },
    async (request, reply) => {
      const comment = await db.write(actorOf(request), async (tx) => {
        await published(tx, request.params.id)
        const article = found(await articles.byName(tx, request.params.id), 'article')
        return create(tx, article, request.body, recognize(request.body.author, request.ip))
      })
      return reply
        .code(201)
        .headers({ location: `/v1/comments/${comment.id}`, 'cache-control': 'no-store' })
        .send(comment)
    }
  )
}

/** Throws 404 or 410 for an article that the public cannot read. */
async function published(db: Reader, articleId: string) {
  if (!(await newsstand.isPublished(db, 'article', articleId))) throw await absent(db, 'article', articleId)
}
