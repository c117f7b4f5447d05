import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { actorOf } from '../../http/callers/caller.ts'
import { found, mayFail } from '../../http/problems.ts'
import { id, ref, strict } from '../../http/schemas.ts'
import { uncachedList } from '../../http/server/uncached-list.ts'
import type { Database } from '../../storage/database.ts'
import { remove, type Settings } from './scheduler.ts'
import { Backup, BackupQuery } from './schema.ts'
import * as backups from './store.ts'

const tags = ['backups']
const uncached = { 'cache-control': 'private, no-store' }
const params = strict({ id: id('bak') })

export function routes(app: FastifyInstance, db: Database, settings: Settings) {
  app.addSchema(Backup)
  reading(app, db)

  app.post(
    '/backups',
    {
      schema: {
        operationId: 'createBackup',
        tags,
        summary: 'Have the database copied, while everybody goes on; ask for the backup until it is done.',
        description: 'One that waits already is answered again: it will have all that is there now.',
        response: { 202: ref(Backup) }
      }
    },
    async (request, reply) => {
      const backup = await db.write(actorOf(request), (tx) => backups.create(tx))
      return reply
        .code(202)
        .headers({ location: `/v1/backups/${backup.id}`, ...uncached })
        .send(backup)
    }
  )

  app.delete<{ Params: { id: string } }>(
    '/backups/:id',
    {
      schema: {
        operationId: 'deleteBackup',
        tags,
        summary: 'Remove the file of a backup, or have it not made.',
        params,
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

function reading(app: FastifyInstance, db: Database) {
  uncachedList(app, db, {
    url: '/backups',
    operationId: 'listBackups',
    tags,
    summary: 'Backups, newest first, removed ones too.',
    querystring: BackupQuery,
    item: ref(Backup),
    list: (db, _, limit, after) => backups.list(db, limit, after)
  })

  app.get<{ Params: { id: string } }>(
    '/backups/:id',
    {
      schema: {
        operationId: 'getBackup',
        tags,
        summary: 'One backup, and how far it is.',
        params,
        response: { 200: ref(Backup) }
      }
    },
    async ({ params: { id } }, reply) =>
      reply.headers(uncached).send(found(await backups.byId(db.read, id), 'backup'))
  )
}
