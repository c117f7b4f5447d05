// Who sent a request: found out once, before it is asked whether they may.
import type { FastifyRequest } from 'fastify'
import type { Actor } from '../../storage/database.ts'

/** Who holds a token. */
export interface Holder extends Actor {
  /** What tells this holder from all others: the token's id, or who a JWT is of. */
  id: string
  /** When the token ends by itself (ms since 1970), or Infinity. */
  until: number
}

/** What was found out about who sent a request. */
export interface Caller {
  holder?: Holder | undefined
  /** Why it is not known whose the token is. */
  refusal?: unknown
}
const callers = new WeakMap<FastifyRequest, Caller>()
export const callerOf = (request: FastifyRequest): Caller | undefined => callers.get(request)
export const introduce = (request: FastifyRequest, caller: Caller) => void callers.set(request, caller)
/** Has it found out anew who sent a request. */
export const forget = (request: FastifyRequest) => void callers.delete(request)

/** Who sent a request, for the change log. */
export const actorOf = (request: FastifyRequest): Actor => actors.get(request) ?? anonymous
/** Has a request act as somebody from now on. */
export const actAs = (request: FastifyRequest, actor: Actor) => void actors.set(request, actor)
const actors = new WeakMap<FastifyRequest, Actor>()
const anonymous: Actor = { name: 'anonymous', role: null }

/** Until when the token that a request came with holds (ms since 1970); undefined when it no longer does. */
export const admittedUntil = (request: FastifyRequest): Promise<number | undefined> =>
  admissions.get(request)!().catch(() => undefined)
/** How to ask again whether a request may: streams last longer than some tokens. */
export const admittedBy = (request: FastifyRequest, again: () => Promise<number>) =>
  void admissions.set(request, again)
const admissions = new WeakMap<FastifyRequest, () => Promise<number>>()
