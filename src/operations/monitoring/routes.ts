import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { HttpProblem, mayFail } from '../../http/problems.ts'
import { choice, strict } from '../../http/schemas.ts'
import type { Metrics } from './metrics.ts'

const tags = ['about']
const headers = { 'cache-control': 'no-store' }

export interface MonitoringOptions {
  /** Why the service is not ready: nothing when it is. */
  reasons(): Promise<string[]>
  metrics: Metrics
}

/** Routes for operators: health, readiness, metrics. */
export function routes(app: FastifyInstance, { reasons, metrics }: MonitoringOptions) {
  app.get(
    '/healthz',
    {
      schema: {
        operationId: 'getHealth',
        tags,
        summary: 'Whether the process is alive.',
        response: { 200: strict({ status: choice(['alive']) }, { examples: [{ status: 'alive' }] }) }
      }
    },
    (_, reply) => reply.headers(headers).send({ status: 'alive' })
  )

  app.get(
    '/readyz',
    {
      schema: {
        operationId: 'getReadiness',
        tags,
        summary: 'Whether it can do its work: read, write, keep the timetable, and not be about to stop.',
        description: 'Looked into at most once a second.',
        response: { 200: strict({ status: choice(['ready']) }, { examples: [{ status: 'ready' }] }) }
      },
      ...mayFail('not-ready')
    },
    async (_, reply) => {
      const found = await reasons()
      if (found.length > 0)
        throw new HttpProblem('not-ready', `Not ready: ${found.join('; ')}.`, undefined, {
          'retry-after': '2'
        })
      return reply.headers(headers).send({ status: 'ready' })
    }
  )

  app.get(
    '/metrics',
    {
      schema: {
        operationId: 'getMetrics',
        tags,
        summary: 'What happens in this process, for Prometheus.',
        description: 'Each of several processes tells of itself, under its `pid`.',
        response: {
          200: {
            description: 'Metrics in the text format of Prometheus.',
            content: { 'text/plain': { schema: Type.String() } }
          }
        }
      }
    },
    async (_, reply) =>
      reply
        .headers(headers)
        .type(metrics.registry.contentType)
        .send(await metrics.text())
  )
}
