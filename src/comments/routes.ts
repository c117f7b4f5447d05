import type { FastifyInstance } from 'fastify'
import * as articles from '../articles/store.ts'
import { actorOf } from '../auth.ts'
import { acting, changeable, currentBy } from '../desk.ts'
import { sendPage } from '../newsstand/listing.ts'
import * as newsstand from '../newsstand/published.ts'
import { absent } from '../newsstand/reply.ts'
import { found, mayFail } from '../problems.ts'
import { listed, readable } from '../reading.ts'
import { id, page, ref, strict } from '../schemas.ts'
import type { Database, Reader } from '../storage/database.ts'
import {
  Comment,
  CommentFilters,
  DraftComment,
  EditedComment,
  NewComment,
  PostedComment,
  Rejection,
  ThreadQuery
} from './schema.ts'
import * as comments from './store.ts'

const tag = 'comments'
/** The largest comment anybody may send, in bytes. */
const bodyLimit = 64 * 1024

export function routes(app: FastifyInstance, db: Database) {
  for (const schema of [Comment, DraftComment, PostedComment, NewComment, EditedComment, Rejection])
    app.addSchema(schema)
  const forms = { published: ref(Comment), draft: ref(DraftComment) }

  listed(app, db, {
    operationId: 'listComments',
    summary:
      'Comments in thread order: those that were approved, under articles that are published. At the desk all, newest first.',
    url: '/comments',
    tag,
    kind: 'comment',
    filters: CommentFilters,
    draft: forms.draft,
    only: { draft: ['status'] },
    facets: ({ article, parent }) => ({ article, parent }),
    list: comments.list
  })
  readable(app, db, {
    operationId: 'getComment',
    tag,
    kind: 'comment',
    id: id('com'),
    ...forms,
    byId: comments.byId
  })
  threadRoutes(app, db)
  moderationRoutes(app, db)

  changeable(app, db, {
    name: 'Comment',
    one: 'a comment',
    collection: 'comments',
    id: id('com'),
    input: EditedComment,
    output: ref(DraftComment),
    errors: [],
    inUse: ['in-use'],
    current: currentBy(comments.byId),
    change: comments.change,
    remove: comments.remove
  })
}

/** The comments of one article: read, and added to, by everybody. */
function threadRoutes(app: FastifyInstance, db: Database) {
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
        return comments.create(tx, article, request.body)
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

/** What moderators decide. */
function moderationRoutes(app: FastifyInstance, db: Database) {
  const params = strict({ id: id('com') })
  const response = { 200: ref(DraftComment) }
  const act = acting(db, currentBy(comments.byId))

  app.post(
    '/comments/:id/approve',
    {
      schema: {
        operationId: 'approveComment',
        tags: [tag],
        summary: 'Show a comment to the public.',
        params,
        response
      },
      ...mayFail('stale')
    },
    act(comments.approve)
  )

  app.post(
    '/comments/:id/reject',
    {
      schema: {
        operationId: 'rejectComment',
        tags: [tag],
        summary: 'Keep a comment, and what answers it, from the public.',
        params,
        body: ref(Rejection),
        response
      },
      ...mayFail('stale')
    },
    act((tx, id, versions, { body }) => {
      const { reasons = [] } = body as { reasons?: string[] }
      return comments.reject(tx, id, versions, reasons)
    })
  )
}
