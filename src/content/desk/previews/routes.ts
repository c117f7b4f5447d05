import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { actorOf } from '../../../http/callers/caller.ts'
import { paged, pageRequest } from '../../../http/input/cursor.ts'
import { found, HttpProblem, mayFail } from '../../../http/problems.ts'
import { id, page, pageQuery, ref, strict } from '../../../http/schemas.ts'
import { uncached } from '../../../http/server/headers.ts'
import type { Database } from '../../../storage/database.ts'
import { assemble } from '../../articles/assemble.ts'
import { Article } from '../../articles/schema.ts'
import * as articles from '../../articles/store.ts'
import { type Body, BodyForm } from '../../body/schema.ts'
import { write } from '../../body/write.ts'
import { IssuedPreview, type NewPreview, Preview, previewSchemas } from './schema.ts'
import * as previews from './store.ts'

const tags = ['articles']

/** What nobody keeps, finds by searching, or is told of by a link. */
const headers = {
  ...uncached,
  'x-robots-tag': 'noindex, nofollow',
  'referrer-policy': 'no-referrer'
}

/** The same for a key that is missing, unknown or revoked, and for one whose time has ended. */
const noPreview = () =>
  new HttpProblem(
    'not-found',
    'There is no such preview: send `Preview-Key: onp_...` with the key that POST /v1/articles/{id}/previews answered, of a link that has neither ended nor been revoked.',
    [
      {
        in: 'headers',
        pointer: '/Preview-Key',
        detail: 'is missing, or is not the key of a preview that holds.'
      }
    ]
  )

/** `clock` decides which links have ended. */
export function routes(app: FastifyInstance, db: Database, { clock }: { clock: () => Date }) {
  for (const schema of previewSchemas) app.addSchema(schema)
  const now = () => clock().toISOString()
  const ofArticle = { tags, params: strict({ id: id('art') }) }

  app.post<{ Params: { id: string }; Body: NewPreview }>(
    '/articles/:id/previews',
    {
      schema: {
        ...ofArticle,
        operationId: 'createPreview',
        summary: 'Make a link by which a draft can be read without a token, for 7 days at most.',
        description:
          'The answer has the `key`, once: whoever has it reads the draft as it is then, until the link ends or is revoked.',
        body: { $ref: 'NewPreview#' },
        response: { 201: ref(IssuedPreview) }
      },
      config: { errors: ['conflict', 'unprocessable'], optionalBody: true } as object
    },
    async (request, reply) => {
      const made = await db.write(actorOf(request), (tx) =>
        previews.create(tx, request.params.id, request.body)
      )
      return reply
        .code(201)
        .headers({ ...headers, location: `/v1/articles/${made.articleId}/previews` })
        .send(made)
    }
  )

  app.get<{ Params: { id: string } }>(
    '/articles/:id/previews',
    {
      schema: {
        ...ofArticle,
        operationId: 'listPreviews',
        summary: 'The preview links of an article that hold, newest first, without their keys.',
        querystring: pageQuery(),
        response: { 200: page(ref(Preview)) }
      },
      ...mayFail('invalid-cursor')
    },
    async (request, reply) => {
      found(await articles.byIdOrSlug(db.read, request.params.id), 'article')
      const { limit, after } = pageRequest(request)
      const rows = await previews.list(db.read, request.params.id, now(), limit + 1, after)
      reply.headers(headers)
      return paged(request, reply, rows, limit)
    }
  )

  app.delete<{ Params: { id: string } }>(
    '/previews/:id',
    {
      schema: {
        tags,
        operationId: 'revokePreview',
        summary: 'Revoke a preview link: from the next request on it is answered 404.',
        params: strict({ id: id('prv') }),
        response: { 204: Type.Null() }
      }
    },
    async (request, reply) => {
      await db.write(actorOf(request), (tx) => previews.revoke(tx, request.params.id))
      return reply.code(204).send()
    }
  )

  app.get<{ Querystring: { body: BodyForm } }>(
    '/preview',
    {
      schema: {
        tags,
        operationId: 'getPreview',
        summary: 'The draft that a preview link is for, as readers would see it.',
        description:
          'Send the key in `Preview-Key`. The answer is what `GET /v1/articles/{id}` would answer if the draft were published now: no notes, no hold, no embargo. It is never stored, and 404 when the link has ended or was revoked, and when the article is deleted or in the trash.',
        headers: {
          type: 'object',
          properties: {
            'Preview-Key': {
              type: 'string',
              maxLength: 200,
              description: 'The key of the preview link.',
              examples: ['onp_2kYh0S0lq0mYtq7b1n9cQJ0z3a5pXw8vR6dTg4uEfHs']
            }
          }
        },
        querystring: strict({ body: Type.Optional(BodyForm) }),
        response: { 200: ref(Article) }
      },
      ...mayFail('not-found')
    },
    async (request, reply) => {
      reply.headers(headers)
      const key = String(request.headers['preview-key'] ?? '')
      const row = await previews.articleOf(db.read, key, now())
      if (row === undefined) throw noPreview()
      const { article } = await assemble(db.read, row)
      const body = await write(article.body as Body, request.query.body, article.media)
      return reply.send({ ...article, body })
    }
  )
}
