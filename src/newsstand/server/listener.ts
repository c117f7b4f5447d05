// What is in the response cache is answered by a listener on the server, before Fastify makes a request of it and looks
// for its route: that takes as long as the answer itself. Whatever else is asked for goes to Fastify.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { CorsHeaders } from '../../http/server/cors.ts'
import { hasOneHost, requestId, securityHeaders } from '../../http/server/headers.ts'
import { type Answer, bytesOf, unchangedHeaders } from './answer.ts'
import { isNotModified } from './conditional.ts'

interface Listening extends CorsHeaders {
  /** The cached answer to a request, if it has one. */
  find(request: IncomingMessage): Answer | undefined
  /** Has what is cached be none the older than the database; absent where it is anyhow. */
  awaitFresh: ((request: IncomingMessage) => Promise<void>) | undefined
  /** The headers that an answer has now in place of its own. */
  headersNow(): Record<string, string> | undefined
  /** Is called for every answer. */
  answered(): void
}

/** Puts the listener before Fastify's. */
export function answerBeforeRouting(
  app: FastifyInstance,
  { find, awaitFresh, headersNow, headers, allows, answered }: Listening
) {
  const { server } = app
  const always = { ...securityHeaders, ...headers }
  let isClosing = false
  // Fastify says `Connection: close` then.
  app.addHook('preClose', async () => {
    isClosing = true
  })
  server.removeAllListeners('request')
  function handle(request: IncomingMessage, response: ServerResponse) {
    const answer = isClosing || !hasOneHost(request.headers, request.httpVersion) ? undefined : find(request)
    if (answer === undefined) return app.routing(request, response)
    const origin = request.headers.origin
    const allowed = origin !== undefined && allows(origin) ? origin : undefined
    respond(request, response, withHeaders(answer, headersNow()), { always, allowed })
    answered()
  }
  server.on(
    'request',
    awaitFresh
      ? (request, response) => void awaitFresh(request).then(() => handle(request, response))
      : handle
  )
}

/** The answer with other headers; its lines are made anew then. */
function withHeaders(answer: Answer, headers: Record<string, string> | undefined): Answer {
  if (headers === undefined) return answer
  const { lines: _, ...rest } = answer
  return { ...rest, headers: { ...answer.headers, ...headers } }
}

function respond(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  { always, allowed }: { always: Record<string, string>; allowed: string | undefined }
) {
  answer.lines ??= {
    whole: linesOf({ ...always, ...headersOf(answer) }),
    unchanged: linesOf({ ...always, ...unchangedHeaders(headersOf(answer)) })
  }
  const { whole, unchanged } = answer.lines
  const own = ['x-request-id', requestId(request.headers['x-request-id'])]
  if (allowed !== undefined) own.push('access-control-allow-origin', allowed)
  if (isNotModified(request, answer)) response.writeHead(304, unchanged.concat(own)).end()
  else {
    response.writeHead(answer.status, whole.concat(own))
    response.end(request.method === 'HEAD' ? undefined : bytesOf(answer))
  }
}

const headersOf = ({ headers, bytes, unpacked }: Answer): Record<string, string> => ({
  ...headers,
  'content-length': String(unpacked ?? bytes?.length)
})

/** Names and values in turn. An answer's own policy takes the place of the one of all answers. */
const linesOf = (headers: Record<string, string>) => Object.entries(headers).flat()
