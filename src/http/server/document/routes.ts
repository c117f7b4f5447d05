// The OpenAPI document over HTTP, and the page of every problem type.
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { kinds } from '../../problems.ts'
import { choice, strict } from '../../schemas.ts'
import { sendFile } from '../static-files.ts'
import { documentFile } from './file.ts'
import { exampleOf } from './problem-examples.ts'

/** What language models are told of the API (llmstxt.org). */
const forModels = new URL('../../../../llms.txt', import.meta.url)

/** The document itself, and the page of every problem type. */
export function aboutRoutes(app: FastifyInstance) {
  app.get(
    '/openapi.json',
    {
      schema: {
        operationId: 'getOpenApi',
        tags: ['about'],
        summary: 'This document.',
        response: {
          200: Type.Unsafe<object>({ type: 'object', additionalProperties: true }),
          304: { description: 'What you have still holds (RFC 9110, 15.4.5).', type: 'null' }
        }
      }
    },
    sendFile(documentFile, 'application/json; charset=utf-8')
  )

  app.get('/llms.txt', { schema: { hide: true } }, sendFile(forModels, 'text/plain; charset=utf-8'))

  app.get(
    '/problems/:kind',
    {
      schema: {
        operationId: 'getProblem',
        tags: ['about'],
        summary: 'What a problem type means, and what to do about it.',
        params: strict({ kind: choice(Object.keys(kinds)) }),
        response: {
          200: { description: 'A page for people.', content: { 'text/html': { schema: Type.String() } } }
        }
      }
    },
    ({ params }, reply) => {
      const { kind } = params as { kind: keyof typeof kinds }
      const [status, title, meaning] = kinds[kind]
      const example = JSON.stringify(exampleOf(kind), null, 2).replaceAll('<', '&lt;')
      return reply
        .type('text/html; charset=utf-8')
        .send(
          `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><h1>${title}</h1><p><code>${kind}</code>, status ${status}</p><p>${meaning}</p><h2>An example</h2><pre>${example}</pre></html>\n`
        )
    }
  )
}
