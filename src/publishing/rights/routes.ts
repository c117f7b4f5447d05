// Where pictures were used, and what was used of whom.
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import * as media from '../../content/media/store.ts'
import { pagedBy, pageRequest } from '../../http/input/cursor.ts'
import { preferred } from '../../http/input/negotiation.ts'
import { found, mayFail } from '../../http/problems.ts'
import { id, page, pageQuery, ref, strict } from '../../http/schemas.ts'
import { uncached } from '../../http/server/headers.ts'
import type { Database } from '../../storage/database.ts'
import { csvTable } from '../../storage/text/csv-text.ts'
import { creditReport, usesOf } from './report.ts'
import {
  CreditReport,
  type CreditReportForm,
  CreditReportQuery,
  forms,
  MediaUse,
  mediaTypes,
  SupplierMonth
} from './schema.ts'

const columns = ['month', 'supplier', 'uses', 'media', 'articles'] as const

/** The suppliers of a report, one a row. */
const csv = ({ suppliers }: CreditReport) => csvTable(columns, suppliers)

const writers: Record<CreditReportForm, (report: CreditReport) => string> = { json: JSON.stringify, csv }

const table = Type.String({ description: 'The report as a table.', examples: ['month,supplier,uses'] })
const content = {
  [mediaTypes.json]: { schema: ref(CreditReport) },
  [mediaTypes.csv]: { schema: table }
}

export function routes(app: FastifyInstance, db: Database) {
  for (const schema of [MediaUse, SupplierMonth, CreditReport]) app.addSchema(schema)

  app.get<{ Params: { id: string } }>(
    '/media/:id/uses',
    {
      schema: {
        operationId: 'listMediaUses',
        tags: ['media'],
        summary: 'In which articles a file was published, and under which credits; the newest article first.',
        params: strict({ id: id('med') }),
        querystring: pageQuery(),
        response: { 200: page(ref(MediaUse)) }
      },
      ...mayFail('invalid-cursor')
    },
    async (request, reply) => {
      const { limit, after } = pageRequest(request)
      const { id } = found(await media.byId(db.read, request.params.id), 'media')
      const rows = await usesOf(db.read, id, limit + 1, after)
      reply.headers(uncached)
      return pagedBy(request, reply, { rows, limit, keyOf: ({ articleId }) => articleId })
    }
  )

  app.get<{ Querystring: CreditReportQuery }>(
    '/reports/credits',
    {
      schema: {
        operationId: 'reportCredits',
        tags: ['reports'],
        summary: 'What was used of whom in a period, by supplier and month; and pictures without a credit.',
        querystring: CreditReportQuery,
        response: { 200: { description: 'The report, in the form that was asked for.', content } }
      },
      ...mayFail('unprocessable')
    },
    async (request, reply) => {
      const type = preferred(request.headers.accept, Object.values(mediaTypes))
      const form = request.query.as ?? forms.find((one) => mediaTypes[one] === type)!
      const report = await creditReport(db.read, request.query)
      reply.headers({
        ...uncached,
        'content-type': `${mediaTypes[form]}; charset=utf-8`,
        vary: 'accept'
      })
      if (form === 'csv') reply.header('content-disposition', 'attachment; filename="credits.csv"')
      return reply.send(Buffer.from(writers[form](report)))
    }
  )
}
