// The error handler: maps everything that is thrown to a problem response.
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import Router from 'find-my-way'
import { Full, Unavailable, Violation } from '../../storage/database.ts'
import { withoutTokens } from '../callers/token-text.ts'
import { noBody, unsupported } from '../input/bodies.ts'
import { likeliest } from '../input/faults/likeliest.ts'
import { invalidInput } from '../input/validation.ts'
import { HttpProblem, type Kind, toProblem } from '../problems.ts'
import { closeLate } from './client-errors.ts'
import type { Refusals } from './rate-limited-log.ts'

const fastifyErrors: Record<string, Kind> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed-request',
  FST_ERR_BAD_URL: 'malformed-request',
  FST_ERR_MAX_PARAM_LENGTH: 'uri-too-long'
}

/** Maps an error to a problem. */
export function problemOf(thrown: FastifyError | Error, request: FastifyRequest): HttpProblem {
  if (thrown instanceof HttpProblem) return thrown
  if (thrown instanceof Full)
    return new HttpProblem('insufficient-storage', `${thrown.what} is full: nothing was written.`)
  if (thrown instanceof Unavailable) {
    return new HttpProblem('unavailable', `${thrown.what} cannot take this right now.`, undefined, {
      'retry-after': String(thrown.retryAfter)
    })
  }
  if (thrown instanceof Violation) {
    return thrown.kind === 'unique'
      ? new HttpProblem('conflict', 'Another record has this already.')
      : new HttpProblem(
          'in-use',
          'Another record refers to this one: change or delete that first. The lists of the desk (`edition=draft`) find it by this id.'
        )
  }
  if ('validation' in thrown && thrown.validation) {
    return invalidInput(thrown.validation, thrown.validationContext as 'body')
  }
  const kind = fastifyErrors[(thrown as FastifyError).code]
  if (kind === 'too-large' || kind === 'unsupported-media-type') {
    if (request.routeOptions.schema?.body === undefined) return noBody()
    if (kind === 'unsupported-media-type') return unsupported(request)
    return new HttpProblem(
      kind,
      `The body is larger than the ${request.routeOptions.bodyLimit} bytes this takes.`
    )
  }
  if (kind) return new HttpProblem(kind, `${thrown.message}.`)
  return new HttpProblem('internal', 'Something went wrong here; the log knows more under this instance.')
}

/** The error handler. Bugs are logged with their stack, expected refusals under load are counted. */
export const sendProblems =
  (refusals: Refusals) => (thrown: FastifyError | Error, request: FastifyRequest, reply: FastifyReply) => {
    const problem = problemOf(thrown, request)
    refusals.count(problem.kind, thrown.message, request.log)
    closeLate(request.raw)
    if (problem.kind === 'internal') request.log.error({ reqId: request.id, err: thrown })
    return (
      reply
        .code(problem.status)
        .headers({ 'cache-control': 'no-store', ...problem.headers })
        .type('application/problem+json')
        // Problems repeat input: a token that was sent in the wrong place is redacted.
        .serializer((problem: object) => withoutTokens(JSON.stringify(problem)))
        .send(toProblem(problem, request.id))
    )
  }

/** The addresses of the API, for what is asked for elsewhere. */
export interface Addresses {
  /** The methods of the routes at a URL; undefined where there are none. */
  methodsAt(url: string): string[] | undefined
  /** An address that differs from this path in one word, which is likely the one that was meant. */
  near(path: string): string | undefined
}

/** The addresses of the routes that are registered from here on. */
export function addressesOf(app: FastifyInstance): Addresses {
  const allowed = new Map<string, Set<string>>()
  let router: ReturnType<typeof Router> | undefined
  /** The words of each address: asked for all of them, for each request of what is not there. */
  let words: string[][] | undefined
  app.addHook('onRoute', ({ url, method }) => {
    // What asks about an address does nothing to it: of @fastify/cors, for preflights, and of tus.
    if (method === 'OPTIONS') return
    const methods = allowed.get(url) ?? new Set()
    for (const one of [method].flat()) methods.add(one)
    allowed.set(url, methods)
  })
  return {
    methodsAt(url) {
      router ??= routerOf(allowed)
      const methods = router.find('GET', url.split('?')[0]!)?.store as Set<string> | undefined
      return methods && [...methods].sort()
    },
    near(path) {
      const asked = path.split('/')
      words ??= [...allowed.keys()].map((address) => address.split('/'))
      const others = words
        .filter(({ length }) => length === asked.length)
        .flatMap((address) => {
          const wrong = address.flatMap((word, i) => (word === asked[i] || word.startsWith(':') ? [] : [i]))
          return wrong.length === 1 ? [[wrong[0]!, address[wrong[0]!]!] as const] : []
        })
      for (const [at, names] of Map.groupBy(others, ([at]) => at)) {
        const meant = likeliest(
          asked[at]!,
          names.map(([, name]) => name)
        )
        if (meant) return asked.with(at, meant).join('/')
      }
      return undefined
    }
  }
}

/** A router of addresses, made for the first request that needs it: most services are never asked for what they lack. */
function routerOf(addresses: Map<string, Set<string>>) {
  const router = Router({ maxParamLength: 500 })
  for (const [url, methods] of addresses) router.on('GET', url, () => {}, methods)
  return router
}

/** Answers requests without a route: 405 with Allow where the URL has other methods, 404 where it has none. */
export function answerUnknownRoutes(app: FastifyInstance, { methodsAt, near }: Addresses) {
  // On request, before the body is parsed: 404 and 405 go before errors of the body.
  app.addHook('onRequest', (request, _, done) => {
    const { is404, method, url } = request
    // @fastify/cors has a route for all of these; few addresses have one of their own.
    const hasNoOptions = method === 'OPTIONS' && request.routeOptions.url === '*'
    if (is404 || hasNoOptions || endsInSlash(url)) done(problemFor(request))
    else done()
  })

  /** Whether it is the address of a list with a slash more, which would be that of a record without a name. */
  const endsInSlash = (url: string) => {
    const [path] = url.split('?')
    return path!.startsWith('/v1/') && path!.endsWith('/')
  }

  /** Where what was asked for may be instead. */
  function elsewhere(url: string): string {
    const [path] = url.split('?')
    const plain = path!.replace(/\/+$/, '')
    const known = (one: string) => one !== path && (one !== '/v1' || one === plain) && methodsAt(one)
    const own = `/v1/${plain.split('/').at(-1)}`
    const meant = [plain, `/v1${plain}`].find(known) ?? near(plain) ?? [own].find(known)
    return meant
      ? ` Is ${meant} meant?`
      : ' Every address of the API is in /openapi.json and, readable, at /docs.'
  }

  /** Where what belongs to an article, or to a picture, is added, where it was sent to the list of all. */
  function whereAdded(method: string, url: string): string {
    const [, name] = /^\/v1\/(?:media-)?(\w+)$/.exec(url.split('?')[0]!) ?? []
    const where = [`/v1/articles/{id}/${name}`, `/v1/media/{id}/${name}`]
    const place = method === 'POST' && where.find((one) => methodsAt(one)?.includes('POST'))
    return place ? ` One is added by POST ${place}.` : ''
  }

  function problemFor({ url, method }: FastifyRequest): HttpProblem {
    const allow = endsInSlash(url) ? undefined : methodsAt(url)?.join(', ')
    if (allow === undefined)
      return new HttpProblem('not-found', `There is nothing at this address.${elsewhere(url)}`)
    return new HttpProblem(
      'method-not-allowed',
      `This address takes ${allow}.${whereAdded(method, url)}`,
      undefined,
      {
        allow
      }
    )
  }
}
