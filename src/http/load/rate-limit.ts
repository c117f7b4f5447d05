// How often each may ask: budgets for a minute, by token or by network, counted in this process.
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../../config.ts'
import { hashed } from '../../storage/secrets.ts'
import { type Caller, callerOf, type Holder, introduce } from '../callers/caller.ts'
import { networkOf } from '../callers/networks.ts'
import { HttpProblem } from '../problems.ts'
import { Windows } from './rate-windows.ts'

const minute = 60_000
const day = 24 * 60 * minute

/** Requests a minute where ONRECORD_RATE_LIMIT is 1: of a network, or of a token. */
const budgets = {
  'anonymous-reads': 600,
  'anonymous-writes': 60,
  'wrong-tokens': 30,
  contributor: 1200,
  editor: 1200,
  moderator: 1200,
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
/** `right` knows the headers whose token held in the last day: who is at work is let in while somebody near guesses. */
type Counters = Record<Budget | 'right', Counter>

/** What is known of tokens and operations. */
interface Knowing {
  /** Who holds the token of an `Authorization` header; undefined where none such holds. */
  holderOf(header: string): Promise<Holder | undefined>
  /** Whether a request is answered however busy it is. */
  isAlwaysAnswered(request: FastifyRequest): boolean
}

/** Finds out who sends each request, and refuses with 429 those who have asked too often. */
export async function limitRates(
  app: FastifyInstance,
  { holderOf, isAlwaysAnswered }: Knowing,
  { ONRECORD_RATE_LIMIT: times }: Pick<Config, 'ONRECORD_RATE_LIMIT'>
) {
  const counters = times === 'off' ? undefined : await counted(app, Number(times))

  /** Whose token it is, unless too many from this network were wrong and this one was never right. */
  async function identified(request: FastifyRequest, header: string): Promise<Caller> {
    if (counters === undefined) return recognised(header)
    const wrong = await counters['wrong-tokens'](request, { increment: false })
    const right = await counters.right(request, { increment: false })
    if (wrong.remaining === 0 && right.remaining === 1) return { refusal: tooMany('wrong-tokens', wrong) }
    const caller = await recognised(header)
    if (!caller.refusal) await counters[caller.holder ? 'right' : 'wrong-tokens'](request)
    return caller
  }

  /** Who needs no token is not refused because nobody can say whose it is. */
  async function recognised(header: string): Promise<Caller> {
    try {
      return { holder: await holderOf(header) }
    } catch (refusal) {
      return { refusal }
    }
  }

  async function check(request: FastifyRequest, reply: FastifyReply) {
    const header = request.headers.authorization
    if (header !== undefined) introduce(request, await identified(request, header))
    if (counters === undefined) return
    const budget =
      callerOf(request)?.holder?.role ?? (isRead(request) ? 'anonymous-reads' : 'anonymous-writes')
    const count = await counters[budget](request)
    reply.headers(told(budget, count))
    if (count.isExceeded) throw tooMany(budget, count)
  }

  app.addHook('onRequest', (request, reply, done) => {
    if (isAlwaysAnswered(request)) done()
    else check(request, reply).then(() => done(), done)
  })
}

/** A counter for every budget, each this many times what it is by itself. */
async function counted(app: FastifyInstance, times: number): Promise<Counters> {
  await app.register(rateLimit, { global: false, store: Windows })
  const keyGenerator = (request: FastifyRequest) => callerOf(request)?.holder?.id ?? networkOf(request.ip)
  const counters = Object.entries(budgets).map(([name, budget]) => {
    const options = { max: Math.ceil(budget * times), timeWindow: minute, keyGenerator }
    return [name, app.createRateLimit(options)]
  })
  const right = app.createRateLimit({
    ...{ max: 1, timeWindow: day },
    keyGenerator: ({ headers }: FastifyRequest) => hashed(String(headers.authorization))
  })
  // Without a list of whom to allow, the plug-in always answers with a count.
  return { ...Object.fromEntries(counters), right } as Counters
}

const isRead = ({ method }: FastifyRequest) => ['GET', 'HEAD', 'OPTIONS'].includes(method)

/** What draft-ietf-httpapi-ratelimit-headers-10 says of a count. */
const told = (budget: Budget, { max, remaining, ttlInSeconds }: Count) => ({
  'ratelimit-policy': `"${budget}";q=${max};w=${minute / 1000}`,
  ratelimit: `"${budget}";r=${remaining};t=${ttlInSeconds}`
})

const tooMany = (budget: Budget, count: Count) =>
  new HttpProblem(
    'too-many-requests',
    `The budget ${budget} is ${count.max} a minute, and is spent.`,
    undefined,
    { ...told(budget, count), 'retry-after': String(count.ttlInSeconds) }
  )
