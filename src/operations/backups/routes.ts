import type { FastifyInstance } from 'fastify'
import { type TSchema, Type } from 'typebox'
import { actorOf } from '../../http/callers/caller.ts'
import { found, HttpProblem, mayFail } from '../../http/problems.ts'
import { id, ref, strict } from '../../http/schemas.ts'
import { uncached } from '../../http/server/headers.ts'
import { uncachedList } from '../../http/server/uncached-list.ts'
import type { Database } from '../../storage/database.ts'
import { remove, type Settings } from './scheduler.ts'
import { Backup, BackupQuery, Export } from './schema.ts'
import * as backups from './store.ts'

const tags = ['backups']

/** What the routes of backups and of exports differ in. */
interface Form {
  kind: backups.Kind
  /** `Backup`, in the names of operations. */
  name: string
  prefix: 'bak' | 'exp'
  schema: TSchema
  summaries: Record<'create' | 'remove' | 'list' | 'get', string>
}

const forms: Form[] = [
  {
    ...{ kind: 'backup', name: 'Backup', prefix: 'bak', schema: ref(Backup) },
    summaries: {
      create: 'Have the database copied, while everybody goes on; ask for the backup until it is done.',
      remove: 'Remove the file of a backup, or have it not made.',
      list: 'Backups, newest first, removed ones too.',
      get: 'One backup, and how far it is.'
    }
  },
  {
    ...{ kind: 'export', name: 'Export', prefix: 'exp', schema: ref(Export) },
    summaries: {
      create:
        'Have the newsroom exported as JSON Lines into the folder of the backups, while everybody goes on.',
      remove: 'Remove the file of an export, or have it not made.',
      list: 'Exports, newest first, removed ones too.',
      get: 'One export, and how far it is.'
    }
  }
]

export function routes(app: FastifyInstance, db: Database, settings: Settings) {
  for (const schema of [Backup, Export]) app.addSchema(schema)
  for (const form of forms) {
    reading(app, db, form)
    writing(app, db, settings, form)
  }
}

function writing(
  app: FastifyInstance,
  db: Database,
  settings: Settings,
  { kind, name, prefix, schema, summaries }: Form
) {
  app.post(
    `/${kind}s`,
    {
      schema: {
        operationId: `create${name}`,
        tags,
        summary: summaries.create,
        description: 'One that waits already is answered again: it will have all that is there now.',
        response: { 202: schema }
      },
      ...mayFail('conflict')
    },
    async (request, reply) => {
      const { refusal } = db.copies
      if (refusal !== undefined) throw new HttpProblem('conflict', refusal)
      const made = await db.write(actorOf(request), (tx) => backups.create(tx, kind))
      return reply
        .code(202)
        .headers({ location: `/v1/${kind}s/${made.id}`, ...uncached })
        .send(made)
    }
  )

  app.delete<{ Params: { id: string } }>(
    `/${kind}s/:id`,
    {
      schema: {
        operationId: `delete${name}`,
        tags,
        summary: summaries.remove,
        params: strict({ id: id(prefix) }),
        response: { 204: Type.Null() }
      },
      ...mayFail('conflict')
    },
    async (request, reply) => {
      await remove(db, settings, actorOf(request), request.params.id)
      return reply.code(204).send()
    }
  )
}

function reading(app: FastifyInstance, db: Database, { kind, name, prefix, schema, summaries }: Form) {
  uncachedList(app, db, {
    url: `/${kind}s`,
    operationId: `list${name}s`,
    tags,
    summary: summaries.list,
    querystring: BackupQuery,
    item: schema,
    list: (db, _, limit, after) => backups.list(db, kind, limit, after)
  })

  app.get<{ Params: { id: string } }>(
    `/${kind}s/:id`,
    {
      schema: {
        operationId: `get${name}`,
        tags,
        summary: summaries.get,
        params: strict({ id: id(prefix) }),
        response: { 200: schema }
      }
    },
    async ({ params: { id } }, reply) =>
      reply.headers(uncached).send(backups.formOf(found(await backups.byId(db.read, id), kind)))
  )
}
