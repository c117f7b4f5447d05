import type { FastifyInstance } from 'fastify'
import { changeable, currentBy } from '../../changes/records.ts'
import { listRoute, readRoute } from '../../content/desk/collections.ts'
import { id, ref } from '../../http/schemas.ts'
import type { Database } from '../../storage/database.ts'
import { emailRevealer } from './author-identity.ts'
import { list } from './queue.ts'
import { Comment, CommentFilters, DraftComment, EditedComment, moderationFilterNames } from './schema.ts'
import * as comments from './store.ts'
import { type ThreadConfig, threadRoutes } from './thread.ts'

const tag = 'comments'

export function routes(app: FastifyInstance, db: Database, config: ThreadConfig) {
  for (const schema of [Comment, DraftComment, EditedComment]) app.addSchema(schema)
  const reveal = emailRevealer(config.ONRECORD_SECRET)
  const forms = { published: ref(Comment), draft: ref(DraftComment) }

  listRoute(app, db, {
    operationId: 'listComments',
    summary:
      'Comments in thread order: those that were approved, under articles that are published. At the desk all, newest first.',
    url: '/comments',
    tag,
    kind: 'comment',
    card: Comment,
    filters: CommentFilters,
    draft: forms.draft,
    only: { draft: moderationFilterNames },
    facets: ({ article, parent }) => ({ article, parent }),
    list
  })
  readRoute(app, db, {
    operationId: 'getComment',
    tag,
    kind: 'comment',
    id: id('com'),
    ...forms,
    byId: async (db, id) => reveal(db, await comments.byId(db, id))
  })
  threadRoutes(app, db, config)

  changeable(app, db, {
    name: 'Comment',
    phrase: 'a comment',
    collection: 'comments',
    id: id('com'),
    input: EditedComment,
    output: ref(DraftComment),
    errors: ['conflict'],
    deleteErrors: ['in-use'],
    current: currentBy(comments.byId),
    change: comments.change,
    remove: comments.remove
  })
}
