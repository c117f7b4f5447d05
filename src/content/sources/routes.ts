import type { FastifyInstance } from 'fastify'
import { sendCreated } from '../../changes/drafts.ts'
import { changeable, currentBy } from '../../changes/records.ts'
import { actorOf } from '../../http/callers/caller.ts'
import { encodeCursor, nextLink, pageRequest } from '../../http/input/cursor.ts'
import { mayFail } from '../../http/problems.ts'
import { id, page, pageQuery, ref } from '../../http/schemas.ts'
import { uncached } from '../../http/server/headers.ts'
import type { Database, Reader } from '../../storage/database.ts'
import { listRoute, readRoute } from '../desk/collections.ts'
import type { DeskMarks } from '../desk/marks/reading.ts'
import { withOutdated } from '../desk/shared-records.ts'
import { duplicates } from './duplicates.ts'
import { list } from './list.ts'
import { DraftSource, NewSource, Source, SourceAnswer, SourceDuplicate, SourceFilters } from './schema.ts'
import * as sources from './store.ts'

export function routes(app: FastifyInstance, db: Database, { deskMarks }: { deskMarks: DeskMarks }) {
  for (const schema of [Source, SourceAnswer, DraftSource, NewSource, SourceDuplicate]) app.addSchema(schema)
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
    list
  })
  readRoute(app, db, {
    operationId: 'getSource',
    tag,
    kind: 'source',
    id: id('src'),
    published: ref(SourceAnswer),
    draft: forms.draft,
    byId,
    moves: true,
    deskMarks
  })

  app.get<{ Querystring: { limit?: number; cursor?: string } }>(
    '/sources/duplicates',
    {
      schema: {
        operationId: 'listSourceDuplicates',
        tags: [tag],
        summary: 'Sources that may be the same, newest first: proposals for merging.',
        description:
          'Each is proposed with the older one that it most likely is: of the same name, alias, address, or of the same initials and affiliation. A page looks through 1,000 sources, so that it may have fewer proposals than `limit`, or none: go on until `next` is null.',
        querystring: pageQuery(),
        response: { 200: page(ref(SourceDuplicate)) }
      },
      ...mayFail('invalid-cursor')
    },
    async (request, reply) => {
      const { limit, after } = pageRequest(request)
      const { data, next } = await duplicates(db.read, limit, after)
      const cursor = next === null ? null : encodeCursor(request, next)
      reply.headers({ ...uncached, ...nextLink(request, cursor) })
      return { data, next: cursor }
    }
  )

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
