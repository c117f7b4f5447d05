import type { FastifyInstance } from 'fastify'
import { singletonRoutes } from '../../changes/singleton.ts'
import { patchOf } from '../../http/input/merge-patch.ts'
import type { Database } from '../../storage/database.ts'
import { CommentSettings, CurrentSettings } from './schema.ts'
import * as settings from './store.ts'

const url = '/comment-settings'
const tags = ['comments']

export function routes(app: FastifyInstance, db: Database) {
  const patch = patchOf(CommentSettings, 'CommentSettingsPatch')
  for (const schema of [CommentSettings, CurrentSettings, patch]) app.addSchema(schema)

  singletonRoutes(app, db, {
    ...settings,
    url,
    tags,
    schemas: { input: CommentSettings, patch, draft: CurrentSettings },
    errors: ['unprocessable'],
    get: {
      operationId: 'getCommentSettings',
      summary: 'How the site takes comments: everything that holds, set or by default.'
    },
    put: {
      operationId: 'replaceCommentSettings',
      summary: 'Set how the site takes comments; what is left out holds the default.'
    },
    patch: {
      operationId: 'updateCommentSettings',
      summary: 'Change how the site takes comments (RFC 7396); null brings back the default.'
    }
  })
}
