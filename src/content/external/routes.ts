import type { FastifyInstance } from 'fastify'
import { sendDraft } from '../../changes/drafts.ts'
import { actorOf } from '../../http/callers/caller.ts'
import { optionalIfMatch, withCurrentTag } from '../../http/etag.ts'
import { mayFail } from '../../http/problems.ts'
import { ref } from '../../http/schemas.ts'
import type { Database } from '../../storage/database.ts'
import { withConvertedBody } from '../articles/body-conversion.ts'
import { conflictDetails } from '../articles/conflict-details.ts'
import { NewStory, SentArticle, WriteQuery } from '../articles/schema.ts'
import { articleOf, checkNamed, put } from './put.ts'
import { ExternalPath } from './schema.ts'

export function routes(app: FastifyInstance, db: Database) {
  app.addSchema(SentArticle)

  app.put<{ Params: ExternalPath; Body: NewStory; Querystring: WriteQuery }>(
    '/external/:system/:id/article',
    {
      schema: {
        operationId: 'putExternalArticle',
        tags: ['articles'],
        summary:
          'Send a whole story by its external id: the first time it is created, then its draft changes.',
        description:
          'The story is compared with what was sent last and with the draft. What changed in it changes in the draft, under the ids there are; fields, quotes and claims that were edited here since stay, and are told in `kept`. What the desk added stays. Nothing is published; a story that changed nothing writes nothing. 409 while the article is approved, scheduled, under a legal hold or in the trash.',
        params: ExternalPath,
        querystring: WriteQuery,
        body: ref(NewStory),
        response: { 200: ref(SentArticle), 201: ref(SentArticle) }
      },
      ...mayFail('stale', 'slug-taken', 'unprocessable', 'conflict', 'busy')
    },
    async (request, reply) => {
      const { params, headers } = request
      checkNamed(params, request.body)
      const ifMatch = headers['if-match']
      const versions = ifMatch === undefined ? undefined : optionalIfMatch(ifMatch)
      const { input, warnings } = await withConvertedBody(request.body, request.query)
      const { article, isNew, unchanged, kept } = await db.write(actorOf(request), async (tx) => {
        const id = await articleOf(tx, params)
        const work = () => put(tx, params, input, versions)
        if (id === undefined || versions === undefined) return work()
        return withCurrentTag(work, () => conflictDetails(tx, id, versions))
      })
      if (isNew) reply.code(201).header('location', `/v1/articles/${article.id}?edition=draft`)
      return sendDraft(request, reply, article, {
        ...(warnings.length > 0 && { warnings }),
        ...(unchanged && { unchanged }),
        ...(kept.length > 0 && { kept })
      })
    }
  )
}
