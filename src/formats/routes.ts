import type { FastifyInstance } from 'fastify'
import type { Config } from '../config.ts'
import type { Database } from '../storage/database.ts'
import { routes as feeds } from './feeds/routes.ts'
import { routes as jsonld } from './jsonld/routes.ts'
import { routes as publisher } from './publisher/routes.ts'

export function routes(app: FastifyInstance, db: Database, config: Config) {
  publisher(app, db, config)
  feeds(app, db, config)
  jsonld(app, db, config)
}
