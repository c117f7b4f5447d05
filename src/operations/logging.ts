// Access log: one line for each request, without any input of clients.
import {
  type FastifyError,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
  LogController
} from 'fastify'
import { withoutTokens } from '../http/callers/token-text.ts'

/** Where log lines go, instead of standard output. */
export interface LogStream {
  write(line: string): void
}

/** Whether each request is logged at this level. */
export const isLogged = (level: string) => ['trace', 'debug', 'info'].includes(level)

/** The logging options of Fastify. */
export const logging = (
  level: string,
  stream?: LogStream
): Pick<FastifyServerOptions, 'logger' | 'logController' | 'childLoggerFactory'> => ({
  logger: {
    level,
    ...(stream && { stream }),
    serializers,
    redact: { paths: secrets, censor: '[redacted]' },
    hooks: { streamWrite: withoutTokens }
  },
  logController: new OneLineLogs(level),
  // No child logger for each request: it takes half a microsecond, and our log lines name the request themselves.
  childLoggerFactory: (logger) => logger
})

/** Redacted paths, in case somebody logs such an object. No wildcards: they cost time at every request. */
const secrets = [
  'authorization',
  'cookie',
  'set-cookie',
  'idempotency-key',
  'preview-key',
  'email',
  'token',
  'body'
].flatMap((name) => [`["${name}"]`, `headers["${name}"]`])

/** Logs the route, not the URL, which may contain a token or an e-mail address. */
const requestFields = ({ method, routeOptions: { schema, url } }: FastifyRequest) => ({
  operation: schema?.operationId,
  method,
  route: url
})

const serializers = {
  req: requestFields,
  res: ({ statusCode }: { statusCode?: number }) => ({ status: statusCode }),
  err: ({ name, code, message, stack }: FastifyError) => ({
    type: name,
    code,
    message: masked(message),
    stack: masked(String(stack))
  })
}

/** Redacts e-mail addresses. */
const masked = (text: string) => text.replace(/[^\s"'<>@]+@[^\s"'<>@]+/g, '[redacted]')

/** One line for each request after its response, instead of Fastify's two. */
class OneLineLogs extends LogController {
  readonly #isWanted: boolean

  constructor(level: string) {
    super()
    this.#isWanted = isLogged(level)
  }

  override incomingRequest() {}

  override requestCompleted(error: Error | null | undefined, request: FastifyRequest, reply: FastifyReply) {
    if (!this.#isWanted) return
    const ms = Math.round(reply.elapsedTime * 10) / 10
    const { id: reqId } = request
    const line = { reqId, ...requestFields(request), status: reply.statusCode, ms, err: error ?? undefined }
    request.log.info(line, 'request completed')
  }
}
