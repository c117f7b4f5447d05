// The caller of a request: authenticated once, before authorisation.
import type { FastifyRequest } from 'fastify'
import type { Actor } from '../../storage/database.ts'

/** The holder of a token. */
export interface Holder extends Actor {
  /** A unique id: the token's, or issuer and subject of a JWT. */
  id: string
  /** When the token expires (ms since 1970), or Infinity. */
  until: number
}

/** The result of authentication. */
export interface Caller {
  holder?: Holder | undefined
  /** Why the token could not be checked. */
  refusal?: unknown
}
const callers = new WeakMap<FastifyRequest, Caller>()
export const callerOf = (request: FastifyRequest): Caller | undefined => callers.get(request)
export const setCaller = (request: FastifyRequest, caller: Caller) => void callers.set(request, caller)
/** Has the request authenticated again. */
export const clearCaller = (request: FastifyRequest) => void callers.delete(request)

/** The actor of a request, for the change log. */
export const actorOf = (request: FastifyRequest): Actor => actors.get(request) ?? anonymous
/** Sets the actor of a request. */
export const setActor = (request: FastifyRequest, actor: Actor) => void actors.set(request, actor)
const actors = new WeakMap<FastifyRequest, Actor>()
const anonymous: Actor = { name: 'anonymous', role: null }

/** Authorises a request again: until when its token is valid (ms since 1970), or undefined when it no longer is. */
export const authorizedUntil = (request: FastifyRequest): Promise<number | undefined> =>
  rechecks.get(request)!().catch(() => undefined)
/** Sets how a request is authorised again: event streams outlive some tokens. */
export const setRecheck = (request: FastifyRequest, recheck: () => Promise<number>) =>
  void rechecks.set(request, recheck)
const rechecks = new WeakMap<FastifyRequest, () => Promise<number>>()
