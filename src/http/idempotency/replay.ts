// Idempotency-Key (draft-ietf-httpapi-idempotency-key-header): a POST that is sent again is answered as it was the
// first time, and done once. The answer is kept in the transaction of what it answers.
import { hash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Actor, type Database, Unavailable, type Writer } from '../../storage/database.ts'
import { actorOf, callerOf, setActor } from '../callers/caller.ts'
import { networkOf } from '../callers/networks.ts'
import { HttpProblem } from '../problems.ts'
import { type Answer, byId, decryptAnswer, type IdempotentRequest, insert } from './store.ts'

/** A request with a key, between what it writes and what it is answered. */
interface Pending {
  keyed: IdempotentRequest
  /** The transaction that waits for the answer, once there is one. */
  tx?: Writer
  /** Settles when the transaction is over. */
  over?: Promise<void>
  answer: PromiseWithResolvers<Answer>
  /** Ends a transaction that waits too long. */
  timer?: NodeJS.Timeout
}

/** Thrown to roll back the transaction of a request that was answered with an error. */
class RolledBack extends Error {}

interface Settings {
  /** Encrypts the stored answers, together with the caller and the key of the request. */
  secret: string
  clock: () => Date
  /** How long a transaction waits for the answer, in ms. */
  answerTimeout?: number
}

/**
 * Wraps the database for operations that take an Idempotency-Key: their transaction stays open until the response is
 * known, so that both are committed together. Other writes wait meanwhile, so it is rolled back after `answerTimeout`
 * ms. `serve` adds the hooks that replay and store responses to a server.
 */
export function idempotentWrites(db: Database, { secret, clock, answerTimeout = 5000 }: Settings) {
  const byActor = new WeakMap<Actor, Pending>()
  const byRequest = new WeakMap<FastifyRequest, Pending>()
  const running = new Set<string>()

  function write<T>(actor: Actor | string, work: (tx: Writer) => Promise<T>): Promise<T> {
    const pending = typeof actor === 'string' ? undefined : byActor.get(actor)
    if (pending === undefined) return db.write(actor, work)
    if (pending.tx) return pending.tx.within(actor, work)
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    pending.over = db.write(actor, async (tx) => {
      // What was answered meanwhile cannot be done anew: what failed beside it took it along.
      if (pending.tx) throw new Unavailable('what was written for it was undone')
      // Another process may have had the same request at the same moment.
      if (await byId(tx, pending.keyed, tx.now)) throw inProgress()
      const late = () => pending.answer.reject(new Unavailable('the answer took too long'))
      pending.timer ??= setTimeout(late, answerTimeout)
      const result = await work(tx)
      pending.tx = tx
      resolve(result)
      await insert(tx, pending.keyed, await pending.answer.promise)
    })
    pending.over.catch(reject)
    return promise
  }

  /** Answers what was answered before, or lets the request through as the first. */
  async function begin(request: FastifyRequest, reply: FastifyReply, key: string) {
    const keyed = keyedRequest(request, checkKey(key), secret)
    const row = await byId(db.read, keyed, clock().toISOString())
    if (row) return replay(reply, answerOf(keyed, row))
    if (running.has(keyed.id)) throw inProgress()
    running.add(keyed.id)
    const answer = Promise.withResolvers<Answer>()
    answer.promise.catch(() => {})
    const pending = { keyed, answer }
    const actor = { ...actorOf(request) }
    setActor(request, actor)
    byActor.set(actor, pending)
    byRequest.set(request, pending)
  }

  /** Commits what was written for a request, with its answer, before that is sent. */
  async function end(pending: Pending, reply: FastifyReply, payload: unknown) {
    running.delete(pending.keyed.id)
    clearTimeout(pending.timer)
    if (reply.statusCode < 400) {
      // JSON, in words or in their bytes: what a POST answers is never a stream.
      pending.answer.resolve({
        status: reply.statusCode,
        headers: keptHeaders(reply),
        body: String(payload)
      })
      return pending.over
    }
    pending.answer.reject(new RolledBack())
    await pending.over?.catch(() => {})
  }

  /** Makes every POST of a server one that may be sent again. */
  function serve(app: FastifyInstance) {
    app.addHook('onRoute', (route) => {
      if (route.method !== 'POST' || route.schema?.operationId === undefined) return
      // Most come without a key: they need no promise to wait for.
      route.preHandler = (request, reply, done) => {
        const key = request.headers['idempotency-key']
        return key === undefined ? done() : begin(request, reply, String(key))
      }
      route.onSend = (request, reply, payload, done) => {
        const pending = byRequest.get(request)
        if (pending === undefined) return done()
        byRequest.delete(request)
        end(pending, reply, payload).then(() => done(), done)
      }
    })
  }

  return { db: { ...db, write }, serve }
}

/** What the answer said before. Throws 422 when something else was asked for then, and 409 for a lost secret. */
function answerOf(keyed: IdempotentRequest, row: { request: string; sealed: Buffer }): Answer {
  if (row.request !== keyed.request)
    throw new HttpProblem('key-reused', 'This Idempotency-Key came with another request before.')
  const answer = decryptAnswer(keyed, row.sealed)
  if (answer === undefined)
    throw new HttpProblem(
      'conflict',
      'The request with this key was done, but its answer is sealed with another ONRECORD_SECRET. Look for what it made.'
    )
  return answer
}

const inProgress = () =>
  new HttpProblem('key-in-progress', 'The first request with this key is still being answered.', undefined, {
    'retry-after': '1'
  })

/** Sends the stored answer. */
function replay(reply: FastifyReply, { status, headers, body }: Answer) {
  return reply
    .code(status)
    .headers({ ...headers, 'idempotency-replayed': 'true' })
    .send(body)
}

/** Throws 400 for what is no key: nothing, too long, or not in ASCII that can be seen. */
function checkKey(key: string) {
  if (/^[\x20-\x7e]{1,255}$/.test(key)) return key
  const detail = 'must be 1 to 255 characters of ASCII.'
  const fault = { in: 'headers' as const, pointer: '/Idempotency-Key', detail }
  throw new HttpProblem('invalid-input', `Headers: /Idempotency-Key ${detail}`, [fault])
}

const digestOf = (...parts: string[]) => hash('sha256', JSON.stringify(parts), 'base64url')

/** The client that a key belongs to: the holder of a token, whatever its text is by now, or else the network. */
function clientOf(request: FastifyRequest): string[] {
  const holder = callerOf(request)?.holder
  return holder ? ['holder', holder.id] : ['network', networkOf(request.ip)]
}

function keyedRequest(request: FastifyRequest, key: string, secret: string): IdempotentRequest {
  const { method, url, headers, body } = request
  const { 'content-type': type = '', 'if-match': match = '' } = headers
  const caller = clientOf(request)
  return {
    id: digestOf(...caller, method, url, key),
    request: digestOf(type, match, JSON.stringify(body ?? null)),
    secret: JSON.stringify([secret, ...caller, key])
  }
}

/** The headers that belong to the answer, not to this way of sending it. */
function keptHeaders(reply: FastifyReply): Record<string, string> {
  const names = ['content-type', 'location', 'etag', 'cache-control', 'link']
  return Object.fromEntries(
    names.flatMap((name) => (reply.hasHeader(name) ? [[name, String(reply.getHeader(name))]] : []))
  )
}
