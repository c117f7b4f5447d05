// All operations of files.
import type { FastifyInstance } from 'fastify'
import type { Database } from '../storage/database.ts'
import { routes as uploads } from './intake/uploads/routes.ts'
import type { Files } from './service.ts'
import { routes as serving } from './serving/routes.ts'
import type { PublishedMedia } from './serving/visibility.ts'
import { routes as settings } from './settings/routes.ts'

export function routes(
  app: FastifyInstance,
  db: Database,
  {
    files,
    publishedMedia: published,
    clock
  }: { files: Files; publishedMedia: PublishedMedia; clock: () => Date }
) {
  serving(app, db, { blobs: files.blobs, published, clock })
  settings(app, db)
  uploads(app, db, { files, maxBytes: files.maxFileBytes })
}
