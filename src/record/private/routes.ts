import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { sendDraft } from '../../changes/drafts.ts'
import { changeSingleton } from '../../changes/singleton.ts'
import { actorOf } from '../../http/callers/caller.ts'
import { mayFail, unprocessable } from '../../http/problems.ts'
import { id, ref, strict } from '../../http/schemas.ts'
import { uncached } from '../../http/server/headers.ts'
import type { Database } from '../../storage/database.ts'
import { personsHeard } from '../heard/reading.ts'
import {
  CurrentSourceFields,
  PrivateGroup,
  PrivateReport,
  PrivateReportQuery,
  PrivateValues,
  SourceFields
} from './schema.ts'
import * as fields from './store.ts'

const tags = ['reports']
/** How many days after its end a quarter is reported on: until then values may be entered. */
const daysOfGrace = 30

/** The beginning and the end of a quarter, in UTC. */
function periodOf(quarter: string) {
  const [year, number] = [Number(quarter.slice(0, 4)), Number(quarter.slice(6))]
  const start = (month: number) => new Date(Date.UTC(year, month, 1)).toISOString()
  return { from: start(3 * number - 3), to: start(3 * number) }
}

export function routes(app: FastifyInstance, db: Database, { clock }: { clock: () => Date }) {
  for (const schema of [SourceFields, CurrentSourceFields, PrivateValues]) app.addSchema(schema)
  for (const schema of [PrivateGroup, PrivateReport, PrivateReportQuery]) app.addSchema(schema)

  app.get(
    '/source-fields',
    {
      schema: {
        operationId: 'getSourceFields',
        tags,
        summary: 'The private fields that sources may have.',
        response: { 200: ref(CurrentSourceFields) }
      }
    },
    async (request, reply) => sendDraft(request, reply, await fields.current(db.read))
  )

  const change = changeSingleton(db, fields.current)
  app.put<{ Body: SourceFields }>(
    '/source-fields',
    {
      schema: {
        operationId: 'replaceSourceFields',
        tags,
        summary: 'Define the private fields of sources; the values of one that is left out are deleted.',
        body: ref(SourceFields),
        response: { 200: ref(CurrentSourceFields) }
      },
      ...mayFail('stale', 'precondition-required', 'unprocessable')
    },
    (request, reply) => change(request, reply, (tx, versions) => fields.define(tx, versions, request.body))
  )

  app.post<{ Params: { id: string }; Body: PrivateValues }>(
    '/sources/:id/private-fields',
    {
      schema: {
        operationId: 'writePrivateFields',
        tags,
        summary: 'Write private fields of a source. Nobody reads them again; reports count them.',
        params: strict({ id: id('src') }),
        body: ref(PrivateValues),
        response: { 204: Type.Null() }
      },
      ...mayFail('unprocessable')
    },
    async (request, reply) => {
      await db.write(actorOf(request), (tx) => fields.write(tx, request.params.id, request.body))
      return reply.code(204).send()
    }
  )

  app.post<{ Body: PrivateReportQuery }>(
    '/reports/private-fields',
    {
      schema: {
        operationId: 'reportPrivateFields',
        tags,
        summary: 'Who is heard in a quarter, by a private field: rounded, without small groups.',
        description: 'It is made once, by the first who asks, and stays as it is.',
        body: ref(PrivateReportQuery),
        response: { 200: ref(PrivateReport) }
      },
      ...mayFail('unprocessable')
    },
    async (request, reply) => {
      reply.headers(uncached)
      const asked = request.body
      const before = await fields.kept(db.read, asked)
      if (before) return before
      const { from, to } = periodOf(asked.quarter)
      const opens = new Date(Date.parse(to) + daysOfGrace * 86_400_000).toISOString()
      if (clock().toISOString() < opens)
        throw unprocessable('/quarter', `It is reported on from ${opens}: until then values may be entered.`)
      const defined = await fields.current(db.read)
      if (!defined.fields.some(({ name }) => name === asked.field))
        throw unprocessable('/field', 'There is no such field: see /v1/source-fields.')
      const heard = await personsHeard(db.read, { from, to })
      return db.write(actorOf(request), (tx) => fields.make(tx, asked, heard))
    }
  )
}
