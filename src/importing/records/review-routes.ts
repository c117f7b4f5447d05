import { promisify } from 'node:util'
import { inflate } from 'node:zlib'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { sendDraft } from '../../changes/drafts.ts'
import { actorOf } from '../../http/callers/caller.ts'
import { optionalIfMatch, requiredIfMatch, withCurrentTag } from '../../http/etag.ts'
import { found, mayFail } from '../../http/problems.ts'
import { id, ref, strict } from '../../http/schemas.ts'
import { uncachedList } from '../../http/server/uncached-list.ts'
import type { Database, Reader, Writer } from '../../storage/database.ts'
import { review } from './review.ts'
import { ImportReview } from './review-schema.ts'
import { Import, ImportCard, ImportQuery } from './schema.ts'
import * as imports from './store.ts'

const tags = ['imports']
const params = strict({ id: id('imp') })
const uncached = { 'cache-control': 'private, no-store' }
interface Named {
  Params: { id: string }
}

export function reviewRoutes(app: FastifyInstance, db: Database, settings: imports.Settings) {
  const wholeOf = async (db: Reader, id: string) =>
    imports.importForm(db, found(await imports.byId(db, id), 'import'), settings)
  /** Writes to an import on behalf of who asks; a 412 tells the ETag there is now. */
  const guard = <T>(request: FastifyRequest<Named>, work: (tx: Writer, id: string) => Promise<T>) =>
    db.write(actorOf(request), (tx) =>
      withCurrentTag(
        () => work(tx, request.params.id),
        async () => ({ draft: await wholeOf(tx, request.params.id) })
      )
    )

  uncachedList(app, db, {
    url: '/imports',
    operationId: 'listImports',
    tags,
    summary: 'Imports that wait for review, newest first.',
    description: 'With `status` those that are decided, too. Those of articles in the trash are left out.',
    querystring: ImportQuery,
    item: ref(ImportCard),
    list: (db, query: ImportQuery, limit, after) => imports.list(db, query, { ...settings, limit, after })
  })

  app.get<Named>(
    '/imports/:id',
    {
      schema: {
        operationId: 'getImport',
        tags,
        summary: 'One import: what was read from the page, why, and what was decided.',
        params,
        response: { 200: ref(Import) }
      }
    },
    async (request, reply) => sendDraft(request, reply, await wholeOf(db.read, request.params.id))
  )

  app.post<Named & { Body: ImportReview }>(
    '/imports/:id/review',
    {
      schema: {
        operationId: 'reviewImport',
        tags,
        summary: 'Accept, correct or reject what was read from a page.',
        description:
          'All decisions are done in one transaction, or none: the draft has them then. The import leaves the list when nothing waits. With `If-Match` it is answered 412 where somebody else reviewed it since; `version` of a decision says the same of one record.',
        params,
        body: ref(ImportReview),
        response: { 200: ref(Import) }
      },
      ...mayFail('stale', 'unprocessable', 'conflict')
    },
    async (request, reply) => {
      const versions = optionalIfMatch(request.headers['if-match'])
      const reviewed = await guard(request, async (tx, id) => {
        await review(tx, id, versions, request.body)
        return wholeOf(tx, id)
      })
      return sendDraft(request, reply, reviewed)
    }
  )

  app.delete<Named>(
    '/imports/:id',
    {
      schema: {
        operationId: 'deleteImport',
        tags,
        summary: 'Delete an import with its page and what was decided on it; the draft stays.',
        params,
        response: { 204: Type.Null() }
      },
      ...mayFail('stale', 'precondition-required')
    },
    async (request, reply) => {
      const versions = requiredIfMatch(request.headers['if-match'])
      await guard(request, (tx, id) => imports.remove(tx, id, versions))
      return reply.code(204).send()
    }
  )
  pageRoute(app, db)
}

/** The saved page: never as anything that a browser would run. */
function pageRoute(app: FastifyInstance, db: Database) {
  app.get<Named>(
    '/imports/:id/page',
    {
      schema: {
        operationId: 'getImportPage',
        tags,
        summary: 'The page that was imported, while it is kept, as a text to download.',
        params,
        response: {
          200: {
            description: 'The source of the page, in UTF-8.',
            headers: {
              'Content-Disposition': {
                type: 'string',
                description: 'A file to save.',
                examples: ['attachment; filename="page.html"']
              }
            },
            content: { 'text/plain': { schema: Type.String() } }
          }
        }
      }
    },
    async ({ params: { id } }: FastifyRequest<Named>, reply: FastifyReply) => {
      const { deflated, mediaType } = found(
        await imports.pageOf(db.read, id),
        'page, or it is no longer kept'
      )
      const name = `${id}.${mediaType === 'text/html' ? 'html.txt' : 'txt'}`
      return reply
        .headers({
          ...uncached,
          'content-type': 'text/plain; charset=utf-8',
          'content-disposition': `attachment; filename="${name}"`
        })
        .send(await promisify(inflate)(deflated))
    }
  )
}
