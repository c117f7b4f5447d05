// What the desk does with all records: duplicates, locks, history, trash.
import type { FastifyInstance } from 'fastify'
import type { Database } from '../../storage/database.ts'
import { routes as duplicates } from './duplicates/routes.ts'
import { routes as history } from './history/routes.ts'
import { routes as locks } from './locks/routes.ts'
import { routes as trash } from './trash/routes.ts'

export function routes(app: FastifyInstance, db: Database, settings: Parameters<typeof trash>[2]) {
  duplicates(app, db)
  locks(app, db, settings)
  history(app, db)
  trash(app, db, settings)
}
