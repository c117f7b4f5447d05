import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { preferred } from '../../http/input/negotiation.ts'
import { mayFail } from '../../http/problems.ts'
import { ref } from '../../http/schemas.ts'
import { uncached } from '../../http/server/headers.ts'
import type { Database } from '../../storage/database.ts'
import { chart } from './chart.ts'
import { csv } from './csv.ts'
import { sourceReport } from './reading.ts'
import {
  forms,
  HeardGroup,
  HeardMonth,
  HeardSource,
  mediaTypes,
  type ReportForm,
  SourceReport,
  SourceReportQuery
} from './schema.ts'

const text = Type.String({ description: 'The report in this form.', examples: ['id,name,kind'] })
const content = Object.fromEntries(
  forms.map((form) => [mediaTypes[form], { schema: form === 'json' ? ref(SourceReport) : text }])
)

/** Nothing runs in it and nothing is loaded, also where a page embeds it (CSP, sandbox). */
const headers: Record<ReportForm, Record<string, string>> = {
  json: {},
  csv: { 'content-disposition': 'attachment; filename="sources.csv"' },
  svg: { 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox" }
}

const writers: Record<ReportForm, (report: SourceReport) => string> = {
  json: JSON.stringify,
  csv,
  svg: chart
}

export function routes(app: FastifyInstance, db: Database) {
  for (const schema of [HeardSource, HeardGroup, HeardMonth, SourceReport]) app.addSchema(schema)

  app.get<{ Querystring: SourceReportQuery }>(
    '/reports/sources',
    {
      schema: {
        operationId: 'reportSources',
        tags: ['reports'],
        summary: 'Who is heard in the articles of a period: sources, their kinds, roles and affiliations.',
        querystring: SourceReportQuery,
        response: { 200: { description: 'The report, in the form that was asked for.', content } }
      },
      ...mayFail('unprocessable')
    },
    async (request, reply) => {
      const type = preferred(request.headers.accept, Object.values(mediaTypes))
      const form = request.query.as ?? forms.find((one) => mediaTypes[one] === type)!
      const bytes = Buffer.from(writers[form](await sourceReport(db.read, request.query)))
      return reply
        .headers({
          ...uncached,
          'content-type': `${mediaTypes[form]}; charset=utf-8`,
          vary: 'accept',
          ...headers[form]
        })
        .send(bytes)
    }
  )
}
