import type { FastifyInstance, FastifyRequest } from 'fastify'
import { actorOf } from '../../http/callers/caller.ts'
import { mayFail } from '../../http/problems.ts'
import { id, page, ref, strict } from '../../http/schemas.ts'
import * as newsstand from '../../newsstand/documents/published.ts'
import { sendPage } from '../../newsstand/lists/listing.ts'
import { notFoundOrGone } from '../../newsstand/server/reply.ts'
import type { Database, Reader } from '../../storage/database.ts'
import { Challenge, CommentForm } from '../forms/schema.ts'
import type { SpamCheck, SpamQuestion } from '../rules/akismet/client.ts'
import { applyVerdict } from '../rules/akismet/verdict.ts'
import { type CommentIntake, formFor } from './intake.ts'
import { accept, examine } from './posting.ts'
import { Comment, NewComment, PostedComment, ThreadQuery } from './schema.ts'

const tag = 'comments'
/** The largest request body for a comment, in bytes. */
const bodyLimit = 64 * 1024

/** What the routes depend on. */
export interface ThreadConfig {
  ONRECORD_SECRET: string
  ONRECORD_AKISMET_URL?: string
  intake: CommentIntake
  /** The spam service; none in a batch, whose comments are held. */
  akismet?: SpamCheck
}

/** The public routes of an article's comments: reading and posting. */
export function threadRoutes(
  app: FastifyInstance,
  db: Database,
  { ONRECORD_AKISMET_URL, intake, akismet }: ThreadConfig
) {
  for (const schema of [PostedComment, NewComment, Challenge, CommentForm]) app.addSchema(schema)
  const params = strict({ id: id('art') })

  app.get<{ Params: { id: string }; Querystring: ThreadQuery }>(
    '/articles/:id/comments',
    {
      schema: {
        operationId: 'listArticleComments',
        tags: [tag],
        summary: 'The comments of a published article, in thread order.',
        params,
        querystring: ThreadQuery,
        response: { 200: page(ref(Comment)) }
      },
      ...mayFail('invalid-cursor')
    },
    async (request, reply) => {
      const { query, params } = request
      await published(db.read, params.id)
      const { id } = params
      return sendPage(db, request, reply, { kind: 'comment', query, facets: { article: [id] }, of: id })
    }
  )

  app.get<{ Params: { id: string } }>(
    '/articles/:id/comment-form',
    {
      schema: {
        operationId: 'getCommentForm',
        tags: [tag],
        summary: 'What a form for comments needs: whether they are taken, and what to send along.',
        params,
        response: { 200: ref(CommentForm) }
      }
    },
    async (request, reply) => {
      await published(db.read, request.params.id)
      reply.header('cache-control', 'no-store')
      return formFor(intake, db.read, request.params.id)
    }
  )

  app.post<{ Body: NewComment; Params: { id: string } }>(
    '/articles/:id/comments',
    {
      schema: {
        operationId: 'createComment',
        tags: [tag],
        summary: 'Answer a published article, or a comment on it. It waits until a moderator approves it.',
        params,
        body: ref(NewComment),
        response: { 201: ref(PostedComment) }
      },
      ...mayFail(
        'gone',
        'comments-closed',
        'unprocessable',
        'banned',
        'challenge-required',
        'too-many-requests'
      ),
      bodyLimit
    },
    async (request, reply) => {
      const { id: articleId } = request.params
      await published(db.read, articleId)
      const sent = {
        articleId,
        input: request.body,
        address: request.ip,
        asked: ONRECORD_AKISMET_URL !== undefined
      }
      const examined = await examine(intake, db.read, sent)
      const comment = await db.write(actorOf(request), async (tx) => {
        await published(tx, articleId)
        return accept(tx, examined)
      })
      if (examined.status !== 'spam')
        akismet?.ask(spamQuestion(request, comment.id, examined.canonicalUrl), (opinion) =>
          db.write('akismet', (tx) => applyVerdict(tx, comment.id, opinion, examined.policy))
        )
      return reply
        .code(201)
        .headers({ location: `/v1/comments/${comment.id}`, 'cache-control': 'no-store' })
        .send(comment)
    }
  )
}

/** The comment for the spam service; IP address and user agent of the request are not stored. */
function spamQuestion(
  { body, ip, headers }: FastifyRequest<{ Body: NewComment }>,
  id: string,
  permalink: string | null
): SpamQuestion {
  const { author } = body
  return {
    id,
    name: author.name,
    email: author.email,
    body: body.body,
    address: ip,
    agent: headers['user-agent'],
    referrer: headers.referer,
    permalink
  }
}

/** Throws 404 or 410 for an article that is not published. */
async function published(db: Reader, articleId: string) {
  if (!(await newsstand.isPublished(db, 'article', articleId)))
    throw await notFoundOrGone(db, 'article', articleId)
}
