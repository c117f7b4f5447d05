import type { FastifyInstance } from 'fastify'
import { actorOf } from '../auth.ts'
import { pages } from '../parsing.ts'
import { mayFail } from '../problems.ts'
import { ref } from '../schemas.ts'
import type { Database } from '../storage/database.ts'
import { run } from '../threads/run.ts'
import { Imported, SavedPage } from './schema.ts'
import * as importing from './store.ts'

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
      const proposal = await run('readPage', {
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
