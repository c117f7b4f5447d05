// What is logged: one line a request, of what it was and how it ended; nothing that a client wrote.
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

/** What of a server's options says how it logs. */
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
  logController: new OneLine(level),
  // A logger of its own for each request takes half a microsecond, and few log anything: what we log names the request.
  childLoggerFactory: (logger) => logger
})

/** Should anybody log an object that has them. Named one by one: a wildcard would be tried at every request. */
const secrets = [
  'authorization',
  'cookie',
  'set-cookie',
  'idempotency-key',
  'email',
  'token',
  'body'
].flatMap((name) => [`["${name}"]`, `headers["${name}"]`])

/** The route and not the address: an address may have a token or an e-mail address in it. */
const about = ({ method, routeOptions: { schema, url } }: FastifyRequest) => ({
  operation: schema?.operationId,
  method,
  route: url
})

const serializers = {
  req: about,
  res: ({ statusCode }: { statusCode?: number }) => ({ status: statusCode }),
  err: ({ name, code, message, stack }: FastifyError) => ({
    type: name,
    code,
    message: masked(message),
    stack: masked(String(stack))
  })
}

/** Without e-mail addresses. */
const masked = (text: string) => text.replace(/[^\s"'<>@]+@[^\s"'<>@]+/g, '[redacted]')

/** One line for each request, when it has been answered, instead of one at each end. */
class OneLine extends LogController {
  readonly #isWanted: boolean

  constructor(level: string) {
    super()
    this.#isWanted = ['trace', 'debug', 'info'].includes(level)
  }

  override incomingRequest() {}

  override requestCompleted(error: Error | null | undefined, request: FastifyRequest, reply: FastifyReply) {
    if (!this.#isWanted) return
    const ms = Math.round(reply.elapsedTime * 10) / 10
    const { id: reqId } = request
    const line = { reqId, ...about(request), status: reply.statusCode, ms, err: error ?? undefined }
    request.log.info(line, 'request completed')
  }
}
