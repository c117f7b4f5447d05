// All operations about changes: the log, and the webhooks that are told of it.
import type { FastifyInstance } from 'fastify'
import type { Database } from '../storage/database.ts'
import { routes as deliveries } from './deliveries/routes.ts'
import { routes as log } from './log/routes.ts'
import { routes as webhooks } from './webhooks/routes.ts'

type Settings = Parameters<typeof log>[2] & Parameters<typeof webhooks>[2]

export function routes(app: FastifyInstance, db: Database, settings: Settings) {
  log(app, db, settings)
  webhooks(app, db, settings)
  deliveries(app, db)
}
