import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { sendDraft } from '../../changes/drafts.ts'
import { currentBy, draftAction, draftRemoval } from '../../changes/records.ts'
import { actorOf } from '../../http/callers/caller.ts'
import { found, mayFail } from '../../http/problems.ts'
import { id, ref, strict } from '../../http/schemas.ts'
import { uncachedList } from '../../http/server/uncached-list.ts'
import * as newsstand from '../../newsstand/documents/published.ts'
import { notFoundOrGone } from '../../newsstand/server/reply.ts'
import type { Database, Reader } from '../../storage/database.ts'
import type { CommentIntake } from '../comments/intake.ts'
import { contactOpener, identities } from './contact.ts'
import { accept, examine } from './intake.ts'
import {
  Acceptance,
  ErrorReport,
  ErrorReportFilters,
  NewErrorReport,
  NewReceiptLookup,
  OwnErrorReport,
  PostedErrorReport,
  Refusal
} from './schema.ts'
import * as reports from './store.ts'

const tags = ['error-reports']
/** The largest request body for a report, in bytes. */
const bodyLimit = 64 * 1024

interface RouteOptions {
  ONRECORD_SECRET: string
  intake: CommentIntake
}

/** What readers report as wrong: sending it, asking what became of it, and deciding at the desk. */
export function routes(app: FastifyInstance, db: Database, options: RouteOptions) {
  for (const schema of [NewErrorReport, PostedErrorReport, NewReceiptLookup, OwnErrorReport])
    app.addSchema(schema)
  for (const schema of [ErrorReport, Acceptance, Refusal]) app.addSchema(schema)
  readerRoutes(app, db, options)
  deskRoutes(app, db, options)
}

function readerRoutes(app: FastifyInstance, db: Database, { ONRECORD_SECRET, intake }: RouteOptions) {
  const recognize = identities(ONRECORD_SECRET)

  app.post<{ Body: NewErrorReport; Params: { id: string } }>(
    '/articles/:id/error-reports',
    {
      schema: {
        operationId: 'createErrorReport',
        tags,
        summary: 'Tell the desk what is wrong in a published article.',
        description:
          'Nothing of it is published. The limits, the form and the proof of work of comments hold here too: see the comment form of the article.',
        params: strict({ id: id('art') }),
        body: ref(NewErrorReport),
        response: { 201: ref(PostedErrorReport) }
      },
      ...mayFail('gone', 'conflict', 'unprocessable', 'banned', 'challenge-required', 'too-many-requests'),
      bodyLimit
    },
    async (request, reply) => {
      const { body: input, ip, params } = request
      const { id: articleId } = params
      await checkPublished(db.read, articleId)
      const sent = { articleId, input, person: recognize(input, ip) }
      const examined = await examine(intake, db.read, sent)
      const posted = await db.write(actorOf(request), async (tx) => {
        await checkPublished(tx, articleId)
        return accept(tx, examined)
      })
      return reply
        .code(201)
        .headers({ location: `/v1/error-reports/${posted.id}`, 'cache-control': 'no-store' })
        .send(posted)
    }
  )

  app.post<{ Body: NewReceiptLookup }>(
    '/error-reports/receipt',
    {
      schema: {
        operationId: 'lookUpErrorReport',
        tags,
        summary: 'What became of your report, by the receipt that you were given.',
        description: 'The receipt is sent in the body, so that no log of addresses has it.',
        body: ref(NewReceiptLookup),
        response: { 200: ref(OwnErrorReport) }
      },
      ...mayFail('not-found')
    },
    async (request, reply) => {
      const own = found(await reports.ofReceipt(db.read, request.body.receipt), 'error report')
      return reply.header('cache-control', 'no-store').send(own)
    }
  )
}

function deskRoutes(app: FastifyInstance, db: Database, { ONRECORD_SECRET }: RouteOptions) {
  const open = contactOpener(ONRECORD_SECRET)
  const params = strict({ id: id('err') })
  const act = draftAction(db, currentBy(reports.byId))

  uncachedList(app, db, {
    url: '/error-reports',
    operationId: 'listErrorReports',
    tags,
    summary: 'What readers reported as wrong, newest first.',
    querystring: ErrorReportFilters,
    item: ref(ErrorReport),
    list: reports.list
  })

  app.get<{ Params: { id: string } }>(
    '/error-reports/:id',
    {
      schema: {
        operationId: 'getErrorReport',
        tags,
        summary: 'One report, with the contact of its reader where one was given.',
        params,
        response: { 200: ref(ErrorReport) }
      }
    },
    async (request, reply) =>
      sendDraft(
        request,
        reply,
        found(await reports.withContact(db.read, request.params.id, open), 'error report')
      )
  )

  app.post(
    '/error-reports/:id/accept',
    {
      schema: {
        operationId: 'acceptErrorReport',
        tags,
        summary: 'Accept a report: its correction is drafted, and public once it is published.',
        params,
        body: ref(Acceptance),
        response: { 200: ref(ErrorReport) }
      },
      ...mayFail('stale', 'conflict', 'unprocessable')
    },
    act((tx, id, versions, { body }) => reports.accept(tx, id, versions, body as Acceptance))
  )

  app.post(
    '/error-reports/:id/decline',
    {
      schema: {
        operationId: 'declineErrorReport',
        tags,
        summary: 'Decline a report, with a reason that its reader is told.',
        params,
        body: ref(Refusal),
        response: { 200: ref(ErrorReport) }
      },
      ...mayFail('stale', 'conflict')
    },
    act((tx, id, versions, { body }) => reports.decline(tx, id, versions, body as Refusal))
  )

  app.delete(
    '/error-reports/:id',
    {
      schema: {
        operationId: 'deleteErrorReport',
        tags,
        summary: 'Delete a report for good; a correction that it led to stays.',
        params,
        response: { 204: Type.Null() }
      },
      ...mayFail('stale', 'precondition-required')
    },
    draftRemoval(db, currentBy(reports.byId))(reports.remove)
  )
}

/** Throws 404 or 410 for an article that is not published. */
async function checkPublished(db: Reader, articleId: string) {
  if (!(await newsstand.isPublished(db, 'article', articleId)))
    throw await notFoundOrGone(db, 'article', articleId)
}
