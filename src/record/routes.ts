// All operations of the record, and what else the service takes of it.
import type { FastifyInstance } from 'fastify'
import type { Database } from '../storage/database.ts'
import { routes as heard } from './heard/routes.ts'
import { routes as impact } from './impact/routes.ts'
import { routes as privateFields } from './private/routes.ts'
import { routes as provenance } from './provenance/routes.ts'
import { type QuoteCheckSettings, routes as quoteChecks } from './quote-checks/routes.ts'
import { routes as reviews } from './reviews/routes.ts'

export { deskMarks } from './reviews/marks.ts'
export { startReviews } from './reviews/spread.ts'

export function routes(
  app: FastifyInstance,
  db: Database,
  settings: { clock: () => Date } & QuoteCheckSettings
) {
  provenance(app, db)
  impact(app, db)
  heard(app, db)
  privateFields(app, db, settings)
  reviews(app, db)
  quoteChecks(app, db, settings)
}
