import type { FastifyInstance } from 'fastify'
import { actorOf } from '../http/callers/caller.ts'
import { pages } from '../http/input/bodies.ts'
import { mayFail } from '../http/problems.ts'
import { ref } from '../http/schemas.ts'
import type { Database } from '../storage/database.ts'
import { inThread } from '../threads/run.ts'
import type { propose } from './reading.ts'
import { Imported, SavedPage } from './schema.ts'
import * as importing from './store.ts'

const readPage = inThread<typeof propose>(new URL('./reading.ts', import.meta.url).href, 'propose')

export function routes(app: FastifyInstance, db: Database) {
  for (const schema of [SavedPage, Imported]) app.addSchema(schema)

  app.post<{ Body: string }>(
    '/imports',
    {
      schema: {
        operationId: 'importPage',
        tags: ['imports'],
        summary:
          'Read a saved news page into a draft: its quotes, attributions, sources, pictures and credits.',
        description:
          'A proposal for an editor: what is not on the page is left out, and what was guessed is in `warnings`.',
        consumes: pages,
        body: ref(SavedPage),
        response: { 201: ref(Imported) }
      },
      ...mayFail('malformed-request', 'unprocessable', 'busy')
    },
    async (request, reply) => {
      const html = request.headers['content-type']!.toLowerCase().startsWith('text/html')
      const proposal = await readPage({
        content: request.body,
        mediaType: html ? 'text/html' : 'text/plain'
      })
      const imported = await db.write(actorOf(request), (tx) => importing.create(tx, proposal))
      reply.code(201).headers({
        location: `/v1/articles/${imported.article.id}?edition=draft`,
        'cache-control': 'private, no-store'
      })
      return reply.send(imported)
    }
  )
}
