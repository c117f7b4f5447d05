import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { actorOf, authorizedUntil, callerOf } from '../../http/callers/caller.ts'
import { nextLink } from '../../http/input/cursor.ts'
import { HttpProblem } from '../../http/problems.ts'
import { uncached } from '../../http/server/headers.ts'
import type { Database } from '../../storage/database.ts'
import { type RecordReaders, redactedFor } from './redaction.ts'
import { Change, ChangePage, ChangeQuery, EventName, StreamQuery } from './schema.ts'
import * as changes from './store.ts'
import { maxPerHolder, streams } from './stream.ts'

const tags = ['changes']

export function routes(
  app: FastifyInstance,
  db: Database,
  settings: { heartbeat: number; clock: () => Date; recordReaders: RecordReaders }
) {
  for (const schema of [EventName, Change]) app.addSchema(schema)
  const open = streams(db, settings)
  app.addHook('preClose', (done) => {
    open.close()
    done()
  })

  app.get<{ Querystring: ChangeQuery }>(
    '/changes',
    {
      schema: {
        operationId: 'listChanges',
        tags,
        summary: 'What was done, oldest first.',
        description:
          'To keep up, ask with `after` the last `seq` you have, and go on while there is a `next`: a page of a filter may be short, or empty. Every change is there, once, in the order of the commits. Of `detail`, notes and reasons are left out for a role that may not read the record itself.',
        querystring: ChangeQuery,
        response: { 200: ChangePage }
      }
    },
    async (request, reply) => {
      const { data, next } = await changes.page(db.read, request.query)
      reply.headers({ ...uncached, ...nextLink(request, next, 'after') })
      const { role } = actorOf(request)
      return { data: data.map((change) => redactedFor(role, change, settings.recordReaders)), next }
    }
  )

  app.get<{ Querystring: { after?: number } }>(
    '/changes/stream',
    {
      schema: {
        operationId: 'streamChanges',
        tags,
        summary: 'What is done, as it happens (Server-Sent Events).',
        description: `From now on, or from \`Last-Event-ID\` or \`after\` on: each change once, named by its event, with its \`seq\` as id. A comment shows every 15 seconds that the stream lives. It ends when the token does, and for who does not read. A holder may have ${maxPerHolder} open.`,
        headers: { type: 'object', properties: { 'Last-Event-ID': lastEventId } },
        querystring: StreamQuery,
        response: {
          200: { description: 'Changes.', content: { 'text/event-stream': { schema: Type.String() } } }
        }
      }
    },
    async (request, reply) => {
      const after = lastEventOf(request) ?? request.query.after ?? (await changes.latest(db.read))
      const holder = callerOf(request)!.holder!.id
      if (open.isAtLimit(holder)) throw tooMany()
      if (open.isFull()) throw full()
      reply.type('text/event-stream')
      // nginx would buffer the stream otherwise.
      reply.headers({ ...uncached, 'x-accel-buffering': 'no', connection: 'close' })
      if (request.method === 'HEAD') return reply.send(Readable.from([]))
      const stream = open.follow(reply.raw, after, {
        holder,
        role: actorOf(request).role,
        until: () => authorizedUntil(request)
      })
      return reply.send(stream)
    }
  )
}

const lastEventId = {
  type: 'string',
  maxLength: 15,
  description: 'The id of the last event you have. Browsers send it by themselves; it goes before `after`.'
}

/** The number in Last-Event-ID, if it was sent. Throws 400 for an invalid one. */
function lastEventOf({ headers }: FastifyRequest): number | undefined {
  const id = headers['last-event-id']
  if (id === undefined || id === '') return undefined
  if (typeof id === 'string' && /^\d{1,15}$/.test(id)) return Number(id)
  const detail = 'must be the id of an event.'
  throw new HttpProblem('invalid-input', `The headers: /last-event-id: ${detail}`, [
    { in: 'headers', pointer: '/last-event-id', detail }
  ])
}

const tooMany = () =>
  new HttpProblem(
    'too-many-requests',
    `This holder has ${maxPerHolder} streams open, as many as one may have: close one, or read the log by pages.`,
    undefined,
    { 'retry-after': '30' }
  )

const full = () =>
  new HttpProblem('unavailable', 'As many streams are open as there may be.', undefined, {
    'retry-after': '30'
  })
