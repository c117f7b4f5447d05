import type { FastifyInstance } from 'fastify'
import type { JobOptions } from '../changes/polling.ts'
import type { Allows } from '../changes/webhooks/addresses.ts'
import type { Config } from '../config/config.ts'
import type { Database } from '../storage/database.ts'
import { routes as aiUse, wellKnownFiles as machineFiles } from './ai-use/routes.ts'
import { routes as articles } from './articles/routes.ts'
import { routes as crawlers, wellKnownFiles } from './crawlers/routes.ts'
import { routes as discovery } from './discovery/routes.ts'
import { startWebSub } from './discovery/websub.ts'
import { routes as embeds } from './embeds/routes.ts'
import { routes as feeds } from './feeds/routes.ts'
import { routes as publisher } from './publisher/routes.ts'
import { routes as redirects } from './redirects/routes.ts'

export interface FormatOptions extends Config, Pick<JobOptions, 'clock' | 'pace'> {
  /** Which addresses may be connected to. */
  allows: Allows
  /** The server itself: what crawlers ask a site for stands at its root. */
  root: FastifyInstance
}

export function routes(app: FastifyInstance, db: Database, options: FormatOptions) {
  publisher(app, db, options)
  discovery(app, db, options)
  feeds(app, db, options)
  articles(app, db, options)
  embeds(app, db, options)
  crawlers(app, db, options)
  aiUse(app, db, options)
  redirects(app, db, options)
  wellKnownFiles(options.root, db, options)
  machineFiles(options.root, db, options)
  startWebSub(options.root, db, options)
}
