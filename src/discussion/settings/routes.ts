import type { FastifyInstance } from 'fastify'
import { sendDraft } from '../../changes/drafts.ts'
import { patched } from '../../changes/records.ts'
import { changeSingleton } from '../../changes/singleton.ts'
import { patchOf } from '../../http/input/merge-patch.ts'
import { mayFail } from '../../http/problems.ts'
import { ref } from '../../http/schemas.ts'
import type { Database } from '../../storage/database.ts'
import { CommentSettings, CurrentSettings } from './schema.ts'
import * as settings from './store.ts'

const url = '/comment-settings'
const tags = ['comments']
const response = { 200: ref(CurrentSettings) }

export function routes(app: FastifyInstance, db: Database) {
  const patch = patchOf(CommentSettings, 'CommentSettingsPatch')
  for (const schema of [CommentSettings, CurrentSettings, patch]) app.addSchema(schema)
  const failing = mayFail('stale', 'precondition-required', 'unprocessable')

  const change = changeSingleton(db, settings.current)

  app.get(
    url,
    {
      schema: {
        operationId: 'getCommentSettings',
        tags,
        summary: 'How the site takes comments: everything that holds, set or by default.',
        response
      }
    },
    async (request, reply) => sendDraft(request, reply, await settings.current(db.read))
  )

  app.put<{ Body: CommentSettings }>(
    url,
    {
      ...failing,
      schema: {
        operationId: 'replaceCommentSettings',
        tags,
        summary: 'Set how the site takes comments; what is left out holds the default.',
        body: ref(CommentSettings),
        response
      }
    },
    (request, reply) =>
      change(request, reply, (tx, versions) => settings.change(tx, versions, () => request.body))
  )

  app.patch(
    url,
    {
      ...failing,
      schema: {
        operationId: 'updateCommentSettings',
        tags,
        summary: 'Change how the site takes comments (RFC 7396); null brings back the default.',
        body: ref(patch),
        response
      }
    },
    (request, reply) => {
      const edit = patched<CommentSettings>(request, ref(CommentSettings))
      return change(request, reply, (tx, versions) => settings.change(tx, versions, edit))
    }
  )
}
