// All operations of publishing.
import type { FastifyInstance } from 'fastify'
import type { Database } from '../storage/database.ts'
import { routes as checks } from './checks/routes.ts'
import { routes as editions } from './editions/routes.ts'
import { routes as merging } from './merges/routes.ts'
import { routes as replies } from './replies/routes.ts'
import { routes as republishing } from './republish/routes.ts'
import { routes as rights } from './rights/routes.ts'
import { routes as workflow } from './workflow/routes.ts'

type Settings = Parameters<typeof checks>[2]

export function routes(app: FastifyInstance, db: Database, settings: Settings) {
  checks(app, db, settings)
  replies(app, db)
  workflow(app, db, settings)
  republishing(app, db)
  merging(app, db)
  rights(app, db)
  editions(app, db)
}
