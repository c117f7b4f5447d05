// Rate limits: requests a minute by token or by network, counted in this process.
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../../config/config.ts'
import { hashed } from '../../storage/secrets.ts'
import { type Caller, callerOf, type Holder, setCaller } from '../callers/caller.ts'
import { networkOf } from '../callers/networks.ts'
import { HttpProblem } from '../problems.ts'
import { Windows } from './rate-windows.ts'

const minute = 60_000
const day = 24 * 60 * minute

/** Requests a minute of a network or a token, where ONRECORD_RATE_LIMIT is 1. */
const budgets = {
  'anonymous-reads': 600,
  'anonymous-writes': 60,
  'quote-checks': 30,
  'wrong-tokens': 30,
  contributor: 1200,
  editor: 1200,
  moderator: 1200,
  viewer: 1200,
  admin: 6000
}
type Budget = keyof typeof budgets

interface Count {
  max: number
  remaining: number
  ttlInSeconds: number
  isExceeded: boolean
}
type Counter = (request: FastifyRequest, how?: { increment: boolean }) => Promise<Count>
/** `validTokens` counts headers whose token was valid in the last day: they pass while others in the network guess. */
type Counters = Record<Budget | 'validTokens', Counter>

/** How callers are identified. */
interface Callers {
  /** The holder of the token in an `Authorization` header; undefined where it is not valid. */
  holderOf(header: string): Promise<Holder | undefined>
  /** Whether a request is exempt, such as health checks. */
  isAlwaysAnswered(request: FastifyRequest): boolean
}

/** Authenticates each request, and answers 429 when the caller's budget is spent. */
export async function limitRates(
  app: FastifyInstance,
  { holderOf, isAlwaysAnswered }: Callers,
  { ONRECORD_RATE_LIMIT: factor }: Pick<Config, 'ONRECORD_RATE_LIMIT'>
) {
  const counters = factor === 'off' ? undefined : await createCounters(app, Number(factor))

  /** Identifies the holder, unless this network sent too many wrong tokens and this one was not valid lately. */
  async function identify(request: FastifyRequest, header: string): Promise<Caller> {
    if (counters === undefined) return resolveHolder(header)
    const wrong = await counters['wrong-tokens'](request, { increment: false })
    const known = await counters.validTokens(request, { increment: false })
    if (wrong.remaining === 0 && known.remaining === 1) return { refusal: tooMany('wrong-tokens', wrong) }
    const caller = await resolveHolder(header)
    if (!caller.refusal) await counters[caller.holder ? 'validTokens' : 'wrong-tokens'](request)
    return caller
  }

  /** Keeps the error of a check that failed: an operation that needs no token is answered all the same. */
  async function resolveHolder(header: string): Promise<Caller> {
    try {
      return { holder: await holderOf(header) }
    } catch (refusal) {
      return { refusal }
    }
  }

  async function check(request: FastifyRequest, reply: FastifyReply) {
    const header = request.headers.authorization
    if (header !== undefined) setCaller(request, await identify(request, header))
    if (counters === undefined) return
    const budget = callerOf(request)?.holder?.role ?? anonymousBudget(request)
    const count = await counters[budget](request)
    reply.headers(rateLimitHeaders(budget, count))
    if (count.isExceeded) throw tooMany(budget, count)
  }

  app.addHook('onRequest', (request, reply, done) => {
    if (isAlwaysAnswered(request)) done()
    else check(request, reply).then(() => done(), done)
  })
}

/** A counter for each budget, multiplied by `factor`. */
async function createCounters(app: FastifyInstance, factor: number): Promise<Counters> {
  await app.register(rateLimit, { global: false, store: Windows })
  const keyGenerator = (request: FastifyRequest) => callerOf(request)?.holder?.id ?? networkOf(request.ip)
  const counters = Object.entries(budgets).map(([name, budget]) => {
    const options = { max: Math.ceil(budget * factor), timeWindow: minute, keyGenerator }
    return [name, app.createRateLimit(options)]
  })
  const validTokens = app.createRateLimit({
    ...{ max: 1, timeWindow: day },
    keyGenerator: ({ headers }: FastifyRequest) => hashed(String(headers.authorization))
  })
  // The type also covers allow lists, which are not used here.
  return { ...Object.fromEntries(counters), validTokens } as Counters
}

/** The budget of a request without a token: that of its operation where it has one of its own. */
const anonymousBudget = (request: FastifyRequest) =>
  (request.routeOptions.config as { budget?: Budget }).budget ??
  (isRead(request) ? 'anonymous-reads' : 'anonymous-writes')

const isRead = ({ method }: FastifyRequest) => ['GET', 'HEAD', 'OPTIONS'].includes(method)

/** The headers of draft-ietf-httpapi-ratelimit-headers-10. */
const rateLimitHeaders = (budget: Budget, { max, remaining, ttlInSeconds }: Count) => ({
  'ratelimit-policy': `"${budget}";q=${max};w=${minute / 1000}`,
  ratelimit: `"${budget}";r=${remaining};t=${ttlInSeconds}`
})

const tooMany = (budget: Budget, count: Count) =>
  new HttpProblem(
    'too-many-requests',
    `The budget ${budget} is ${count.max} a minute, and is spent: ask again in ${count.ttlInSeconds} seconds.${budget === 'wrong-tokens' ? ' Until then no token of this network is looked at, but those that were valid before: send none that is not.' : ''}`,
    undefined,
    { ...rateLimitHeaders(budget, count), 'retry-after': String(count.ttlInSeconds) }
  )
