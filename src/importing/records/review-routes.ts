import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { inflate } from 'node:zlib'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { sendDraft } from '../../changes/drafts.ts'
import { actorOf } from '../../http/callers/caller.ts'
import { type Expected, optionalIfMatch, requiredIfMatch, withCurrentTag } from '../../http/etag.ts'
import { found, mayFail } from '../../http/problems.ts'
import { id, ref, strict } from '../../http/schemas.ts'
import { uncached } from '../../http/server/headers.ts'
import { uncachedList } from '../../http/server/uncached-list.ts'
import type { Database, Reader, Writer } from '../../storage/database.ts'
import { ExportImport } from '../runs/schema.ts'
import * as runs from '../runs/store.ts'
import { review } from './review.ts'
import { ImportReview } from './review-schema.ts'
import { Import, ImportCard, ImportQuery } from './schema.ts'
import * as imports from './store.ts'

const tags = ['imports']
const params = strict({ id: id('imp') })
const cards = Type.Unsafe<ImportCard | ExportImport>({ anyOf: [ref(ImportCard), ref(ExportImport)] })
const wholes = Type.Unsafe<Import | ExportImport>({ anyOf: [ref(Import), ref(ExportImport)] })
interface Named {
  Params: { id: string }
}

/** Reading, reviewing and deleting imports. */
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
    summary: 'Imports that wait for review, and exports that were sent, newest first.',
    description:
      'With `status` those that are decided, too. Those of articles in the trash are left out. `kind` tells pages, articles of exports and whole exports apart.',
    querystring: ImportQuery,
    item: cards,
    async list(db, query: ImportQuery, limit, after) {
      const some = await imports.list(db, query, { ...settings, limit, after })
      const exports = await listExports(db, query, limit, after)
      return [...some, ...exports].sort((one, other) => (one.id < other.id ? 1 : -1)).slice(0, limit)
    }
  })

  app.get<Named>(
    '/imports/:id',
    {
      schema: {
        operationId: 'getImport',
        tags,
        summary: 'One import: what was read, why, and what was decided; of an export, how far it is.',
        params,
        response: { 200: wholes }
      }
    },
    async (request, reply) => {
      const { id } = request.params
      const run = await runs.byId(db.read, id)
      return sendDraft(request, reply, run ? await runs.wholeOf(db.read, run) : await wholeOf(db.read, id))
    }
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
        description:
          'Of an export, its file and its report; one that runs is stopped. What was written stays, and so do the imports of its articles.',
        params,
        response: { 204: Type.Null() }
      },
      ...mayFail('stale', 'precondition-required')
    },
    async (request, reply) => {
      const versions = requiredIfMatch(request.headers['if-match'])
      const { id } = request.params
      if ((await runs.byId(db.read, id)) === undefined)
        await guard(request, (tx) => imports.remove(tx, id, versions))
      else {
        await db.write(actorOf(request), (tx) => removeExport(tx, id, versions))
        await rm(join(db.importsFolder, id), { force: true })
      }
      return reply.code(204).send()
    }
  )
  pageRoute(app, db)
}

/** Whole exports, as far as the query asks for them. */
async function listExports(
  db: Reader,
  { status = ['queued', 'running', 'done', 'failed'], kind = ['export'], importedBy, ...of }: ImportQuery,
  limit: number,
  after: string | undefined
) {
  const states = status.filter((one) => one !== 'waiting' && one !== 'decided')
  const isAsked = kind.includes('export') && !of.article && !of.export && states.length > 0
  return isAsked ? runs.list(db, { status: states, importedBy }, limit, after) : []
}

/** Deletes one. Throws 412 with what there is now. */
const removeExport = (tx: Writer, id: string, versions: Expected) =>
  withCurrentTag(
    () => runs.remove(tx, id, versions),
    async () => ({ draft: runs.cardOf((await runs.byId(tx, id))!) })
  )

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
