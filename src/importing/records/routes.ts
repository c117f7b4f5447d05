import type { FastifyInstance } from 'fastify'
import { actorOf } from '../../http/callers/caller.ts'
import { pages } from '../../http/input/bodies.ts'
import { mayFail } from '../../http/problems.ts'
import { ref } from '../../http/schemas.ts'
import { uncached } from '../../http/server/headers.ts'
import type { Database } from '../../storage/database.ts'
import { inThread } from '../../threads/run.ts'
import type { propose } from '../proposals/propose.ts'
import { type IntakeSettings, mediaTypeOf, takeExports } from '../runs/intake.ts'
import { reportRoute } from '../runs/report-route.ts'
import { ExportFile, ExportImport, exportTypes, ImportLoss, ImportOptions } from '../runs/schema.ts'
import { create, storedPage } from './create.ts'
import { reviewRoutes } from './review-routes.ts'
import { ImportReview } from './review-schema.ts'
import {
  Import,
  ImportCard,
  Imported,
  ImportProposal,
  ReviewedRecord,
  SavedPage,
  SourceMatch
} from './schema.ts'
import type { Settings } from './store.ts'

const readPage = inThread<typeof propose>(new URL('../proposals/propose.ts', import.meta.url).href, 'propose')

/** Imports: sending pages and exports, and what becomes of them. */
export function routes(app: FastifyInstance, db: Database, settings: Settings & IntakeSettings) {
  const schemas = [
    SavedPage,
    ExportFile,
    ReviewedRecord,
    ImportProposal,
    SourceMatch,
    ImportCard,
    ImportLoss,
    Import,
    ExportImport,
    Imported,
    ImportReview
  ]
  for (const schema of schemas) app.addSchema(schema)
  reviewRoutes(app, db, settings)
  reportRoute(app, db)
  app.register(async (scope) => creationRoute(scope, db, settings))
}

/** POST /v1/imports: a page is read at once; an export is put where the job finds it. */
function creationRoute(scope: FastifyInstance, db: Database, settings: Settings & IntakeSettings) {
  const exports = takeExports(scope, db, settings)
  scope.post<{ Body: string }>(
    '/imports',
    {
      schema: {
        operationId: 'importPage',
        tags: ['imports'],
        summary:
          'Read a saved news page into a draft, with its quotes, attributions, sources, pictures and credits; or queue an export of another system.',
        description:
          'A page is a proposal for an editor: what is not on it is left out, and what was guessed is in `warnings`. `proposals` says from which words each quote, claim, source and credit was read; they wait for review at `/v1/imports/{id}/review`. A page that was imported before has the warning `imported-before`. An export (`application/xml`, `application/zip`, `application/json`; an editor or an admin sends it) is stored, answered with 202, and imported while everybody goes on: ask for the import until it is `done`.',
        consumes: [...pages, ...exportTypes],
        querystring: ImportOptions,
        body: {
          content: Object.fromEntries([
            ...pages.map((type) => [type, { schema: ref(SavedPage) }]),
            ...exportTypes.map((type) => [type, { schema: ref(ExportFile) }])
          ])
        },
        response: { 201: ref(Imported), 202: ref(ExportImport) }
      },
      ...mayFail('malformed-request', 'unprocessable', 'busy'),
      preValidation: exports.take,
      onResponse: exports.discard
    },
    async (request, reply) => {
      const queued = await exports.queued(request)
      reply.headers(uncached)
      if (queued) return reply.code(202).header('location', `/v1/imports/${queued.id}`).send(queued)
      const page = {
        content: request.body,
        mediaType: mediaTypeOf(request) === 'text/html' ? ('text/html' as const) : ('text/plain' as const)
      }
      const proposal = await readPage(page)
      const kept = await storedPage(page, settings)
      const imported = await db.write(actorOf(request), (tx) => create(tx, proposal, kept, settings))
      reply.code(201).header('location', `/v1/articles/${imported.article.id}?edition=draft`)
      return reply.send(imported)
    }
  )
}
