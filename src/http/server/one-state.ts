// What the desk reads is of one moment: where the database answers several questions from several states, all questions of a
// request see the state of the first.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Database } from '../../storage/database.ts'
import { callerOf } from '../callers/caller.ts'

/** What is needed of a database. */
export type Reading = { snapshot?: Database['snapshot'] }

/**
 * Has each read of a holder of a token see one state, until its answer is put together. Public answers are made in one by the
 * response cache, which must know when.
 */
export function readOneState(app: FastifyInstance, { snapshot }: Reading) {
  if (snapshot === undefined) return
  const ends = new WeakMap<FastifyRequest, () => void>()
  app.addHook('onRoute', (route) => {
    if (route.method !== 'GET') return
    const { handler } = route
    route.handler = function handleInOneState(request, reply) {
      const handle = async () => handler.call(this, request, reply)
      if (callerOf(request)?.holder === undefined) return handle()
      return snapshot((end) => {
        ends.set(request, end)
        return handle()
      })
    }
  })
  app.addHook('onSend', (request, _, payload, done) => {
    ends.get(request)?.()
    done(null, payload)
  })
}
