import type { FastifyInstance } from 'fastify'
import { singletonRoutes } from '../../../changes/singleton.ts'
import { patchOf } from '../../../http/input/merge-patch.ts'
import type { Database } from '../../../storage/database.ts'
import { Licence, Licences, NewLicences } from './schema.ts'
import * as store from './store.ts'

export function routes(app: FastifyInstance, db: Database) {
  const patch = patchOf(NewLicences, 'LicencesPatch')
  for (const schema of [Licence, NewLicences, Licences, patch]) app.addSchema(schema)

  singletonRoutes(app, db, {
    ...store,
    url: '/licences',
    tags: ['media-credits'],
    schemas: { input: NewLicences, patch, draft: Licences },
    errors: ['unprocessable'],
    get: {
      operationId: 'getLicences',
      summary: 'The licences that credits of pictures may name, and usual ones to choose from.'
    },
    put: {
      operationId: 'replaceLicences',
      summary: 'Say which licences credits may name: a picture without one of them is not published.'
    },
    patch: { operationId: 'updateLicences', summary: 'Change the licences that credits may name (RFC 7396).' }
  })
}
