import type { FastifyInstance } from 'fastify'
import { singletonRoutes } from '../../changes/singleton.ts'
import { patchOf } from '../../http/input/merge-patch.ts'
import type { Database } from '../../storage/database.ts'
import { MediaSettings, NewMediaSettings } from './schema.ts'
import * as store from './store.ts'

const url = '/media-settings'
const tags = ['media']

export function routes(app: FastifyInstance, db: Database) {
  const patch = patchOf(NewMediaSettings, 'MediaSettingsPatch')
  for (const schema of [NewMediaSettings, MediaSettings, patch]) app.addSchema(schema)

  singletonRoutes(app, db, {
    ...store,
    url,
    tags,
    schemas: { input: NewMediaSettings, patch, draft: MediaSettings },
    errors: ['unprocessable'],
    get: {
      operationId: 'getMediaSettings',
      summary: 'Which renditions are made of pictures.'
    },
    put: {
      operationId: 'replaceMediaSettings',
      summary:
        'Say which renditions are made; those of all pictures are made anew in the background, and the former ones serve meanwhile.'
    },
    patch: {
      operationId: 'updateMediaSettings',
      summary: 'Change which renditions are made (RFC 7396).'
    }
  })
}
