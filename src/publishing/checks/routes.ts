import type { FastifyInstance } from 'fastify'
import { assemble } from '../../content/articles/assemble.ts'
import * as articles from '../../content/articles/store.ts'
import { found } from '../../http/problems.ts'
import { id, ref, strict, utc } from '../../http/schemas.ts'
import { uncached } from '../../http/server/headers.ts'
import type { Database } from '../../storage/database.ts'
import { checks } from './list.ts'
import { isBlocking, runChecks } from './run.ts'
import { CheckResult, Checks, ChecksQuery } from './schema.ts'

/** Settings of the checks. */
interface CheckSettings {
  clock: () => Date
  ONRECORD_TERRITORY?: string
}

const codesAndSeverities = checks.map(({ code, severity }) => `\`${code}\` (${severity})`).join(', ')

export function routes(
  app: FastifyInstance,
  db: Database,
  { clock, ONRECORD_TERRITORY: territory }: CheckSettings
) {
  for (const schema of [CheckResult, Checks]) app.addSchema(schema)

  app.get<{ Params: { id: string }; Querystring: ChecksQuery }>(
    '/articles/:id/checks',
    {
      schema: {
        operationId: 'checkArticle',
        tags: ['articles'],
        summary: 'What publishing would say of the draft: every check that fails, where, and what to do.',
        description: `The checks: ${codesAndSeverities}.`,
        params: strict({ id: id('art') }),
        querystring: ChecksQuery,
        response: { 200: ref(Checks) }
      }
    },
    async ({ params, query }, reply) => {
      const row = found(await articles.byIdOrSlug(db.read, params.id), 'article')
      const at = query.at ? utc(query.at) : (row.publishAt ?? clock().toISOString())
      const { article } = await assemble(db.read, row)
      const failed = await runChecks(db.read, row, article, { at, territory })
      reply.headers(uncached)
      return reply.send({ publishable: !failed.some(isBlocking), checks: failed })
    }
  )
}
