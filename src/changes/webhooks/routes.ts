import type { FastifyInstance } from 'fastify'
import { actorOf } from '../../http/callers/caller.ts'
import { found, mayFail } from '../../http/problems.ts'
import { id, ref, strict } from '../../http/schemas.ts'
import { uncached } from '../../http/server/headers.ts'
import { uncachedList } from '../../http/server/uncached-list.ts'
import type { Database } from '../../storage/database.ts'
import { sendDraft } from '../drafts.ts'
import { changeable, currentBy } from '../records.ts'
import type { Allows } from './addresses.ts'
import { IssuedWebhook, NewWebhook, Webhook, WebhookEvent, WebhookQuery } from './schema.ts'
import * as webhooks from './store.ts'

const tags = ['webhooks']
const params = strict({ id: id('whk') })

export function routes(app: FastifyInstance, db: Database, { allows }: { allows: Allows }) {
  for (const schema of [Webhook, IssuedWebhook, NewWebhook, WebhookEvent]) app.addSchema(schema)
  reading(app, db)
  creating(app, db, allows)
  changeable(app, db, {
    name: 'Webhook',
    phrase: 'a webhook',
    collection: 'webhooks',
    id: id('whk'),
    input: NewWebhook,
    output: ref(Webhook),
    current: currentBy(webhooks.byId),
    change: (tx, id, versions, edit) => webhooks.change(tx, id, versions, edit, allows),
    remove: webhooks.remove
  })
  switching(app, db)
}

function reading(app: FastifyInstance, db: Database) {
  uncachedList(app, db, {
    url: '/webhooks',
    operationId: 'listWebhooks',
    tags,
    summary: 'Webhooks, newest first.',
    querystring: WebhookQuery,
    item: ref(Webhook),
    list: (db, _, limit, after) => webhooks.list(db, limit, after)
  })

  app.get<{ Params: { id: string } }>(
    '/webhooks/:id',
    {
      schema: {
        operationId: 'getWebhook',
        tags,
        summary: 'One webhook, without its secret, and how it fares.',
        params,
        response: { 200: ref(Webhook) }
      }
    },
    async (request, reply) =>
      sendDraft(request, reply, found(await webhooks.byId(db.read, request.params.id), 'webhook'))
  )
}

function creating(app: FastifyInstance, db: Database, allows: Allows) {
  app.post<{ Body: NewWebhook }>(
    '/webhooks',
    {
      schema: {
        operationId: 'createWebhook',
        tags,
        summary: 'Tell an address of what changes from now on; its secret is shown this once.',
        body: ref(NewWebhook),
        response: { 201: ref(IssuedWebhook) }
      },
      ...mayFail('unprocessable', 'conflict')
    },
    async (request, reply) => {
      const made = await db.write(actorOf(request), (tx) => webhooks.create(tx, request.body, allows))
      return reply
        .code(201)
        .headers({ location: `/v1/webhooks/${made.id}`, ...uncached })
        .send(made)
    }
  )

  app.post<{ Params: { id: string } }>(
    '/webhooks/:id/rotate',
    {
      schema: {
        operationId: 'rotateWebhook',
        tags,
        summary: 'A new secret, shown this once; the one before signs as well for 24 hours.',
        params,
        response: { 200: ref(IssuedWebhook) }
      }
    },
    async (request, reply) => {
      const made = await db.write(actorOf(request), (tx) => webhooks.rotate(tx, request.params.id))
      return reply.headers(uncached).send(made)
    }
  )
}

function switching(app: FastifyInstance, db: Database) {
  app.post<{ Params: { id: string } }>(
    '/webhooks/:id/enable',
    {
      schema: {
        operationId: 'enableWebhook',
        tags,
        summary: 'Let a disabled webhook be told again; what it missed is told by a replay.',
        params,
        response: { 200: ref(Webhook) }
      }
    },
    async (request, reply) =>
      sendDraft(
        request,
        reply,
        await db.write(actorOf(request), (tx) => webhooks.enable(tx, request.params.id))
      )
  )
}
