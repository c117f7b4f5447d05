// GET /v1/imports/{id}/report: what of an export could not be kept, a line of JSON for each, as the command line writes it.
import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { found } from '../../http/problems.ts'
import { id, strict } from '../../http/schemas.ts'
import { uncached } from '../../http/server/headers.ts'
import type { Database, Reader } from '../../storage/database.ts'
import * as runs from './store.ts'

/** How many lines are read at once. */
const batchSize = 500

async function* linesOf(db: Reader, importId: string) {
  let lines = await runs.reportAfter(db, importId, batchSize)
  while (lines.length > 0) {
    yield lines.map((line) => `${JSON.stringify(runs.lossOf(line))}\n`).join('')
    lines = await runs.reportAfter(db, importId, batchSize, lines.at(-1))
  }
}

/** The route of the report of an export. */
export function reportRoute(app: FastifyInstance, db: Database) {
  app.get<{ Params: { id: string } }>(
    '/imports/:id/report',
    {
      schema: {
        operationId: 'getImportReport',
        tags: ['imports'],
        summary: 'The report of an export: a line of JSON (`ImportLoss`) for whatever could not be kept.',
        params: strict({ id: id('imp') }),
        response: {
          200: {
            description: 'The lines, in the order of their places in the export.',
            headers: {
              'Content-Disposition': {
                type: 'string',
                description: 'A file to save.',
                examples: ['attachment; filename="report.jsonl"']
              }
            },
            content: { 'application/jsonl': { schema: Type.String() } }
          }
        }
      }
    },
    async ({ params: { id } }, reply) => {
      found(await runs.byId(db.read, id), 'import of an export')
      return reply
        .headers({
          ...uncached,
          'content-type': 'application/jsonl; charset=utf-8',
          'content-disposition': `attachment; filename="${id}.jsonl"`
        })
        .send(Readable.from(linesOf(db.read, id)))
    }
  )
}
