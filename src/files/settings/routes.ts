import type { FastifyInstance } from 'fastify'
import { sendDraft } from '../../changes/drafts.ts'
import { patched } from '../../changes/records.ts'
import { changeSingleton } from '../../changes/singleton.ts'
import { patchOf } from '../../http/input/merge-patch.ts'
import { mayFail } from '../../http/problems.ts'
import { ref } from '../../http/schemas.ts'
import type { Database } from '../../storage/database.ts'
import { MediaSettings, NewMediaSettings } from './schema.ts'
import * as store from './store.ts'

const url = '/media-settings'
const tags = ['media']

export function routes(app: FastifyInstance, db: Database) {
  const patch = patchOf(NewMediaSettings, 'MediaSettingsPatch')
  for (const schema of [NewMediaSettings, MediaSettings, patch]) app.addSchema(schema)
  const response = { 200: ref(MediaSettings) }
  const failing = mayFail('stale', 'precondition-required', 'unprocessable')
  const change = changeSingleton(db, store.current)

  app.get(
    url,
    {
      schema: {
        operationId: 'getMediaSettings',
        tags,
        summary: 'Which renditions are made of pictures.',
        response
      }
    },
    async (request, reply) => sendDraft(request, reply, await store.current(db.read))
  )

  app.put<{ Body: NewMediaSettings }>(
    url,
    {
      ...failing,
      schema: {
        operationId: 'replaceMediaSettings',
        tags,
        summary: 'Say which renditions are made; those of all pictures are made anew, one after the other.',
        body: ref(NewMediaSettings),
        response
      }
    },
    (request, reply) =>
      change(request, reply, (tx, versions) => store.change(tx, versions, () => request.body))
  )

  app.patch(
    url,
    {
      ...failing,
      schema: {
        operationId: 'updateMediaSettings',
        tags,
        summary: 'Change which renditions are made (RFC 7396).',
        body: ref(patch),
        response
      }
    },
    (request, reply) => {
      const edit = patched<NewMediaSettings>(request, ref(NewMediaSettings))
      return change(request, reply, (tx, versions) => store.change(tx, versions, edit))
    }
  )
}
