// The Model Context Protocol over HTTP, for agents: off unless ONRECORD_MCP is set.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Registry } from 'prom-client'
import { invalidToken, needsToken } from '../../access/gate.ts'
import type { Config } from '../../config/config.ts'
import { callerOf } from '../../http/callers/caller.ts'
import { HttpProblem } from '../../http/problems.ts'
import { Counter } from '../../operations/monitoring/prometheus.ts'
import { isAllowedOrigin } from './origins.ts'

type Settings = Pick<Config, 'ONRECORD_MCP' | 'ONRECORD_CORS_ORIGINS' | 'ONRECORD_OIDC_ISSUER'>

const metadata = '/.well-known/oauth-protected-resource'

/** Where this service is, as the client sees it. */
const baseOf = ({ protocol, host }: FastifyRequest) => `${protocol}://${host}`

/** Serves tools for agents at /mcp, and tells where their tokens come from (RFC 9728). */
export async function routes(app: FastifyInstance, settings: Settings, registry: Registry) {
  const calls = new Counter({
    name: 'onrecord_mcp_calls_total',
    help: 'Calls of tools by agents.',
    labelNames: ['tool', 'operation', 'outcome'],
    registers: [registry]
  })
  const { ONRECORD_OIDC_ISSUER: issuer, ONRECORD_CORS_ORIGINS: origins } = settings
  // The SDK takes a third of a second to load: only where it is wanted, and before the service listens.
  const { serveTools } = await import('./tools.ts')
  const serve = await serveTools(app, (call) => calls.inc({ ...call }))

  app.post('/mcp', { schema: { hide: true } }, async (request, reply) => {
    const { origin, authorization } = request.headers
    if (!isAllowedOrigin(origin, origins)) throw forbidden(String(origin))
    checkToken(request, settings)
    if (isSubscription(request.body)) return reply.code(200).send(noSubscriptions(request.body))
    const answer = await serve(webRequest(request), request.body, {
      authorization,
      remoteAddress: String(request.ip)
    })
    return reply
      .code(answer.status)
      .headers({ ...Object.fromEntries(answer.headers), 'cache-control': 'no-store' })
      .send(await answer.text())
  })

  if (issuer === undefined) return
  for (const url of [metadata, `${metadata}/mcp`])
    app.get(url, { schema: { hide: true } }, (request, reply) =>
      reply.header('cache-control', 'no-store').send({
        resource: `${baseOf(request)}/mcp`,
        authorization_servers: [issuer],
        bearer_methods_supported: ['header'],
        resource_name: 'On Record'
      })
    )
}

/** Throws 401 for a token that is not valid, and without one where they are needed. */
function checkToken(request: FastifyRequest, { ONRECORD_MCP: mode, ONRECORD_OIDC_ISSUER: issuer }: Settings) {
  const { refusal, holder } = callerOf(request) ?? {}
  if (refusal) throw refusal
  if (holder !== undefined) return
  const isSent = request.headers.authorization !== undefined
  if (!isSent && mode === 'public') return
  const where = issuer ? ` resource_metadata="${baseOf(request)}${metadata}/mcp"` : ''
  const wrong = isSent ? `${where && ','} error="invalid_token"` : ''
  throw new HttpProblem(
    isSent ? 'token-invalid' : 'token-missing',
    isSent ? invalidToken : needsToken,
    undefined,
    { 'www-authenticate': `Bearer${where}${wrong}` }
  )
}

const forbidden = (origin: string) =>
  new HttpProblem(
    'forbidden',
    `Pages of ${origin} may not call tools here: ONRECORD_CORS_ORIGINS names those that may.`
  )

interface Message {
  id?: string | number
  method: string
}

/** Whether a message asks for a stream of events: nothing here changes that it could tell of. */
const isSubscription = (body: unknown): body is Message =>
  typeof body === 'object' && body !== null && 'method' in body && body.method === 'subscriptions/listen'

const noSubscriptions = ({ id }: Message) => ({
  jsonrpc: '2.0',
  id: id ?? null,
  error: { code: -32601, message: 'There is nothing to subscribe to here.' }
})

/** The request as the SDK takes it; its body was read already. */
function webRequest(request: FastifyRequest): Request {
  const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [
    name,
    String(value)
  ])
  return new Request(`${baseOf(request)}/mcp`, { method: 'POST', headers })
}
