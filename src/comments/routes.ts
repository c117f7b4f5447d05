import type { FastifyInstance } from 'fastify'
import { acting, changeable, currentBy } from '../desk.ts'
import { mayFail } from '../problems.ts'
import { listed, readable } from '../reading.ts'
import { id, ref, strict } from '../schemas.ts'
import type { Database } from '../storage/database.ts'
import { Comment, CommentFilters, DraftComment, EditedComment, Rejection } from './schema.ts'
import * as comments from './store.ts'
import { threadRoutes } from './thread.ts'

const tag = 'comments'

export function routes(app: FastifyInstance, db: Database, config: { ONRECORD_SECRET: string }) {
  for (const schema of [Comment, DraftComment, EditedComment, Rejection]) app.addSchema(schema)
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
  threadRoutes(app, db, config)
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
