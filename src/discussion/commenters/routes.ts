import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { actorOf } from '../../http/callers/caller.ts'
import { found, mayFail, notFound } from '../../http/problems.ts'
import { id, ref, strict } from '../../http/schemas.ts'
import { uncached } from '../../http/server/headers.ts'
import type { Database } from '../../storage/database.ts'
import { hashesOf } from '../comments/author-identity.ts'
import { editJudge } from '../comments/edits.ts'
import type { CommentIntake } from '../comments/intake.ts'
import { hash } from '../comments/schema.ts'
import {
  CommentAuthor,
  CommentAuthors,
  EditedOwnComment,
  Erased,
  NewLookup,
  NewOwnDeletion,
  OwnComment
} from './schema.ts'
import * as own from './self-service.ts'
import { byKey, erase, lookUp } from './store.ts'

const tags = ['comments']
/** The largest request body for a comment, in bytes. */
const bodyLimit = 64 * 1024
/** How many comments are erased in one transaction, during which other writes wait. */
const erasureBatch = 200

interface RouteOptions {
  ONRECORD_SECRET: string
  clock: () => Date
  intake: CommentIntake
}

export function routes(app: FastifyInstance, db: Database, surroundings: RouteOptions) {
  for (const schema of [EditedOwnComment, NewOwnDeletion, OwnComment]) app.addSchema(schema)
  for (const schema of [NewLookup, CommentAuthor, CommentAuthors, Erased]) app.addSchema(schema)
  selfServiceRoutes(app, db, surroundings)
  authorRoutes(app, db, surroundings)
}

const sumOf = ({ deleted, emptied, errorReports }: Erased) => deleted + emptied + errorReports

/** Self-service of authors. */
function selfServiceRoutes(app: FastifyInstance, db: Database, { intake }: RouteOptions) {
  const judge = editJudge(intake)
  const params = strict({ id: id('com') })

  app.post<{ Params: { id: string }; Body: EditedOwnComment }>(
    '/comments/:id/edit',
    {
      schema: {
        operationId: 'editOwnComment',
        tags,
        summary: 'Edit your comment, with the key you were given when you posted it, for some minutes.',
        description: 'It may have to wait for a moderator again.',
        params,
        body: ref(EditedOwnComment),
        response: { 200: ref(OwnComment) }
      },
      ...mayFail('conflict', 'banned', 'unprocessable'),
      bodyLimit
    },
    async (request, reply) => {
      const { params, body } = request
      const comment = await db.write(actorOf(request), (tx) => own.edit(tx, params.id, body, judge))
      return reply.header('cache-control', 'no-store').send(comment)
    }
  )

  app.post<{ Params: { id: string }; Body: NewOwnDeletion }>(
    '/comments/:id/delete',
    {
      schema: {
        operationId: 'deleteOwnComment',
        tags,
        summary: 'Delete your comment, with the key you were given when you posted it, for some minutes.',
        description: 'Where others answered it, its place stays, with an empty name and no words.',
        params,
        body: ref(NewOwnDeletion),
        response: { 204: Type.Null() }
      },
      ...mayFail('conflict'),
      bodyLimit
    },
    async (request, reply) => {
      const { params, body } = request
      await db.write(actorOf(request), (tx) => own.remove(tx, params.id, body.editKey))
      return reply.code(204).header('cache-control', 'no-store').send()
    }
  )
}

/** Access to and erasure of the data of a commenter. `clock` says which bans are active. */
function authorRoutes(app: FastifyInstance, db: Database, { ONRECORD_SECRET, clock }: RouteOptions) {
  const hashes = hashesOf(ONRECORD_SECRET)
  const params = strict({ key: hash })
  const now = () => clock().toISOString()

  app.post<{ Body: NewLookup }>(
    '/comment-authors/lookup',
    {
      schema: {
        operationId: 'lookUpCommentAuthor',
        tags,
        summary: 'What is kept of somebody, by their e-mail address or their own key.',
        description: 'Both are sent in the body and kept nowhere. What it finds is erased one by one.',
        body: ref(NewLookup),
        response: { 200: ref(CommentAuthors) }
      }
    },
    async (request, reply) => {
      const { key, email } = request.body
      const person = { author: key ? hashes.author(key) : null, email: email ? hashes.email(email) : null }
      return reply.headers(uncached).send({ data: await lookUp(db.read, person, now()) })
    }
  )

  app.get<{ Params: { key: string } }>(
    '/comment-authors/:key',
    {
      schema: {
        operationId: 'getCommentAuthor',
        tags,
        summary: 'What is kept of an author, by the hash that their comments show.',
        params,
        response: { 200: ref(CommentAuthor) }
      }
    },
    async ({ params: { key } }, reply) => {
      const author = found(await byKey(db.read, key, now()), 'comment author')
      return reply.headers(uncached).send(author)
    }
  )

  app.delete<{ Params: { key: string } }>(
    '/comment-authors/:key',
    {
      schema: {
        operationId: 'eraseCommentAuthor',
        tags,
        summary:
          'Erase a person: their comments, their reports of errors, and every hash that tells them from others.',
        description:
          'By the hash of their key or of their e-mail address. Comments that others answered leave an empty place. It cannot be undone.',
        params,
        response: { 200: ref(Erased) }
      }
    },
    async (request, reply) => {
      const erased = { deleted: 0, emptied: 0, errorReports: 0 }
      for (;;) {
        const some = await db.write(actorOf(request), (tx) => erase(tx, request.params.key, erasureBatch))
        if (sumOf(some) === 0) break
        erased.deleted += some.deleted
        erased.emptied += some.emptied
        erased.errorReports += some.errorReports
      }
      if (sumOf(erased) === 0) throw notFound('comment author')
      await db.truncateLog()
      return reply.headers(uncached).send(erased)
    }
  )
}
