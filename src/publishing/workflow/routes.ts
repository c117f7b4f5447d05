// Routes of the workflow: submit, approve, schedule, publish, withdraw.
import type { FastifyInstance } from 'fastify'
import type { TSchema } from 'typebox'
import { permissions } from '../../access/permissions.ts'
import { sendDraft } from '../../changes/drafts.ts'
import { draftAction } from '../../changes/records.ts'
import { conflictDetails } from '../../content/articles/conflict-details.ts'
import { DraftArticle, states } from '../../content/articles/schema.ts'
import { actorOf } from '../../http/callers/caller.ts'
import type { Expected } from '../../http/etag.ts'
import { type Kind, mayFail } from '../../http/problems.ts'
import { id, ref, strict } from '../../http/schemas.ts'
import { uncached } from '../../http/server/headers.ts'
import type { Database, Writer } from '../../storage/database.ts'
import { publish, publishCorrection, withdraw } from '../compile/publish.ts'
import type { Outcome } from './approved-records.ts'
import { Note, Publication, Return, Schedule, Withdrawal, Workflow } from './schema.ts'
import { schedule, takeStep } from './steps.ts'
import { transitions } from './workflow.ts'

export function routes(
  app: FastifyInstance,
  db: Database,
  { ONRECORD_TERRITORY: territory }: { ONRECORD_TERRITORY?: string }
) {
  for (const schema of [Publication, Schedule, Note, Return, Withdrawal, Workflow]) app.addSchema(schema)
  workflowRoute(app)
  const plain = (name: 'submit' | 'approve' | 'unschedule', summary: string) =>
    action(app, db, {
      name,
      summary,
      body: Note,
      optional: true,
      act: (tx, id, versions, body) => takeStep(tx, name, id, versions, body as Note)
    })
  plain('submit', 'Hand the draft in for review.')
  plain('approve', 'Approve a draft that was handed in.')
  plain('unschedule', 'Take a scheduled draft from the timetable.')
  action(app, db, {
    name: 'return',
    summary: 'Return a draft to its writer, and say why.',
    body: Return,
    act: (tx, id, versions, body) => takeStep(tx, 'return', id, versions, body as Return)
  })
  action(app, db, {
    name: 'schedule',
    summary: 'Plan when the draft is published, and withdrawn, by itself.',
    body: Schedule,
    errors: ['checks-failed', 'unprocessable'],
    act: (tx, id, versions, body) => schedule(tx, id, versions, { ...(body as Schedule), territory })
  })
  action(app, db, {
    name: 'publish',
    summary: 'Publish the draft: it becomes the edition everybody reads.',
    description:
      'Refused while a check of severity `error` fails that is not waived: `GET /v1/articles/{id}/checks` tells which.',
    body: Publication,
    optional: true,
    errors: ['checks-failed', 'unprocessable'],
    act: (tx, id, versions, body) => publish(tx, id, versions, { ...(body as Publication), territory })
  })
  action(app, db, {
    name: 'withdraw',
    summary: 'Withdraw a published article: the public is answered 410.',
    body: Withdrawal,
    optional: true,
    act: (tx, id, versions, body) => withdraw(tx, id, versions, body as Withdrawal)
  })
  correctionRoute(app, db)
}

interface Action {
  name: keyof typeof transitions
  summary: string
  description?: string
  body: TSchema
  /** Whether the body may be left out. */
  optional?: boolean
  errors?: Kind[]
  act(tx: Writer, id: string, versions: Expected, body: unknown): Promise<Outcome>
}

/** The POST route of a step; If-Match is optional. */
function action(
  app: FastifyInstance,
  db: Database,
  { name, summary, description, body, optional, errors = [], act }: Action
) {
  app.post(
    `/articles/:id/${name}`,
    {
      schema: {
        operationId: transitions[name].operationId,
        tags: ['workflow'],
        summary,
        ...(description && { description }),
        params: strict({ id: id('art') }),
        body: ref(body),
        response: { 200: ref(DraftArticle) }
      },
      config: { errors: ['conflict', 'stale', ...errors], optionalBody: optional } as object
    },
    draftAction(db, conflictDetails)((tx, id, versions, { body }) => act(tx, id, versions, body))
  )
}

function workflowRoute(app: FastifyInstance) {
  const steps = Object.entries(transitions).map(([name, { operationId, participle: _, ...step }]) => ({
    name,
    ...step,
    roles: permissions[operationId]!.roles
  }))
  app.get(
    '/workflow',
    {
      schema: {
        operationId: 'getWorkflow',
        tags: ['workflow'],
        summary: 'The states of an article, the steps between them, and who may take each.',
        response: { 200: ref(Workflow) }
      }
    },
    (_, reply) => reply.headers(uncached).send({ states, steps })
  )
}

function correctionRoute(app: FastifyInstance, db: Database) {
  app.post<{ Params: { id: string } }>(
    '/corrections/:id/publish',
    {
      schema: {
        operationId: 'publishCorrection',
        tags: ['corrections'],
        summary: 'Put a correction into the published edition, and nothing else that was edited since.',
        params: strict({ id: id('cor') }),
        response: { 200: ref(DraftArticle) }
      },
      ...mayFail('conflict')
    },
    async (request, reply) => {
      const draft = await db.write(actorOf(request), (tx) => publishCorrection(tx, request.params.id))
      return sendDraft(request, reply, draft)
    }
  )
}
