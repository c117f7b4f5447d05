import type { FastifyInstance } from 'fastify'
import { sendCreatedAt, sendDraft } from '../../changes/drafts.ts'
import { changeable, currentBy } from '../../changes/records.ts'
import * as articles from '../../content/articles/store.ts'
import { actorOf } from '../../http/callers/caller.ts'
import { found, mayFail } from '../../http/problems.ts'
import { id, ref, strict } from '../../http/schemas.ts'
import { uncachedList } from '../../http/server/uncached-list.ts'
import type { Database, Writer } from '../../storage/database.ts'
import * as allegations from './allegations.ts'
import * as requests from './requests.ts'
import {
  Allegation,
  AllegationFilters,
  NewAllegation,
  NewReplyRequest,
  ReplyRequest,
  ReplyRequestFilters
} from './schema.ts'

/** Right of reply: who is accused, and who was asked. All of it is for the desk only. */
export function routes(app: FastifyInstance, db: Database) {
  for (const schema of [NewAllegation, Allegation, NewReplyRequest, ReplyRequest]) app.addSchema(schema)
  allegationRoutes(app, db)
  requestRoutes(app, db)
}

/** The id of an article that is there. Throws 404. */
const articleOf = async (tx: Writer, id: string) => found(await articles.byIdOrSlug(tx, id), 'article').id

function allegationRoutes(app: FastifyInstance, db: Database) {
  const tags = ['allegations']

  uncachedList(app, db, {
    url: '/allegations',
    operationId: 'listAllegations',
    tags,
    summary: 'Whom articles accuse, newest first.',
    querystring: AllegationFilters,
    item: ref(Allegation),
    list: allegations.list
  })

  app.get<{ Params: { id: string } }>(
    '/allegations/:id',
    {
      schema: {
        operationId: 'getAllegation',
        tags,
        summary: 'One allegation.',
        params: strict({ id: id('alg') }),
        response: { 200: ref(Allegation) }
      }
    },
    async (request, reply) =>
      sendDraft(request, reply, found(await allegations.byId(db.read, request.params.id), 'allegation'))
  )

  app.post<{ Params: { id: string }; Body: NewAllegation }>(
    '/articles/:id/allegations',
    {
      schema: {
        operationId: 'createAllegation',
        tags,
        summary: 'Mark that a quote or claim of an article accuses somebody, who is to be asked.',
        params: strict({ id: id('art') }),
        body: ref(NewAllegation),
        response: { 201: ref(Allegation) }
      },
      ...mayFail('unprocessable')
    },
    async (request, reply) => {
      const made = await db.write(actorOf(request), async (tx) =>
        allegations.create(tx, await articleOf(tx, request.params.id), request.body)
      )
      return sendCreatedAt(request, reply, `/v1/allegations/${made.id}`, made)
    }
  )

  changeable(app, db, {
    name: 'Allegation',
    phrase: 'an allegation',
    collection: 'allegations',
    id: id('alg'),
    input: NewAllegation,
    output: ref(Allegation),
    current: currentBy(allegations.byId),
    change: allegations.change,
    remove: allegations.remove
  })
}

function requestRoutes(app: FastifyInstance, db: Database) {
  const tags = ['reply-requests']

  uncachedList(app, db, {
    url: '/reply-requests',
    operationId: 'listReplyRequests',
    tags,
    summary: 'Who was asked to comment, newest first.',
    querystring: ReplyRequestFilters,
    item: ref(ReplyRequest),
    list: requests.list
  })

  app.get<{ Params: { id: string } }>(
    '/reply-requests/:id',
    {
      schema: {
        operationId: 'getReplyRequest',
        tags,
        summary: 'One request for comment.',
        params: strict({ id: id('req') }),
        response: { 200: ref(ReplyRequest) }
      }
    },
    async (request, reply) =>
      sendDraft(request, reply, found(await requests.byId(db.read, request.params.id), 'request for comment'))
  )

  app.post<{ Params: { id: string }; Body: NewReplyRequest }>(
    '/articles/:id/reply-requests',
    {
      schema: {
        operationId: 'createReplyRequest',
        tags,
        summary: 'Keep that somebody was asked to comment on an article.',
        params: strict({ id: id('art') }),
        body: ref(NewReplyRequest),
        response: { 201: ref(ReplyRequest) }
      },
      ...mayFail('unprocessable')
    },
    async (request, reply) => {
      const made = await db.write(actorOf(request), async (tx) =>
        requests.create(tx, await articleOf(tx, request.params.id), request.body)
      )
      return sendCreatedAt(request, reply, `/v1/reply-requests/${made.id}`, made)
    }
  )

  changeable(app, db, {
    name: 'ReplyRequest',
    phrase: 'a request for comment',
    collection: 'reply-requests',
    id: id('req'),
    input: NewReplyRequest,
    output: ref(ReplyRequest),
    current: currentBy(requests.byId),
    change: requests.change,
    remove: requests.remove
  })
}
