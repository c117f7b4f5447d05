// What a write is given: the open transaction, on behalf of an actor.
import type { Actor, Writer } from '../database.ts'

/**
 * The writers of one connection. `translated` maps an error of its driver to ours, where what runs on behalf of another
 * actor throws one.
 */
export function writersOf(
  connection: Pick<Writer, 'q' | 't' | 'fullText'>,
  translated: (error: unknown) => unknown
) {
  return function writerFor(
    actor: Actor | string,
    now: string,
    beforeCommit: Writer['beforeCommit'],
    invalidated = new Set<number>()
  ): Writer {
    return {
      ...connection,
      actor: typeof actor === 'string' ? { name: actor, role: null } : actor,
      now,
      invalidated,
      beforeCommit,
      async within(other, work) {
        try {
          return await work(writerFor(other, now, beforeCommit, invalidated))
        } catch (error) {
          throw translated(error)
        }
      }
    }
  }
}
