import type { FastifyInstance } from 'fastify'
import { sendCreated } from '../../changes/drafts.ts'
import { changeable, currentBy } from '../../changes/records.ts'
import { actorOf } from '../../http/callers/caller.ts'
import { mayFail } from '../../http/problems.ts'
import { id, ref } from '../../http/schemas.ts'
import type { Database, Reader } from '../../storage/database.ts'
import { listRoute, readRoute } from '../desk/collections.ts'
import { withOutdated } from '../desk/shared-records.ts'
import { DraftSource, NewSource, PublishedSource, Source, SourceFilters } from './schema.ts'
import * as sources from './store.ts'

export function routes(app: FastifyInstance, db: Database) {
  for (const schema of [Source, PublishedSource, DraftSource, NewSource]) app.addSchema(schema)
  const forms = { published: ref(Source), draft: ref(DraftSource) }
  const tag = 'sources'
  const byId = async (db: Reader, id: string) => {
    const draft = await sources.byId(db, id)
    return draft && withOutdated(db, 'source', draft)
  }

  listRoute(app, db, {
    operationId: 'listSources',
    summary: 'Sources, newest first; in the published edition those that a published article names.',
    url: '/sources',
    tag,
    kind: 'source',
    card: Source,
    filters: SourceFilters,
    draft: forms.draft,
    only: { draft: ['q', 'alias', 'externalId'] },
    facets: ({ kind, article, name, sameAs }) => ({ kind, article, name, sameAs }),
    list: sources.list
  })
  readRoute(app, db, {
    operationId: 'getSource',
    tag,
    kind: 'source',
    id: id('src'),
    published: ref(PublishedSource),
    draft: forms.draft,
    byId
  })

  app.post<{ Body: NewSource }>(
    '/sources',
    {
      schema: {
        operationId: 'createSource',
        tags: [tag],
        summary: 'Create a source.',
        body: ref(NewSource),
        response: { 201: ref(DraftSource) }
      },
      ...mayFail('unprocessable')
    },
    async (request, reply) => {
      const source = await db.write(actorOf(request), (tx) => sources.create(tx, request.body))
      return sendCreated(request, reply, 'sources', { ...source, outdatedIn: 0 })
    }
  )

  changeable(app, db, {
    name: 'Source',
    phrase: 'a source',
    collection: 'sources',
    id: id('src'),
    input: NewSource,
    output: ref(DraftSource),
    errors: ['unprocessable', 'conflict'],
    deleteErrors: ['in-use'],
    current: currentBy(byId),
    change: async (...args) => withOutdated(args[0], 'source', await sources.change(...args)),
    remove: sources.remove
  })
}
