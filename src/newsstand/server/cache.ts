// The response cache: answers in memory until what they show changes, in whatever process.
import type { Database } from '../../storage/database.ts'
import type { Answer } from './answer.ts'
import { entries } from './entries.ts'

/** What the cache must know of the database. */
export type Source = Pick<Database, 'version' | 'invalidatedSince' | 'snapshot'>

/** What the cache holds now, and what it did since the start. */
export interface CacheMeasures {
  entries: number
  bytes: number
  /** Answers that were there. */
  hits: number
  /** Answers that were made. */
  misses: number
  /** Answers that were dropped because what they show has changed. */
  invalidated: number
}

/** An answer that is being made. */
interface InProgress {
  /** What was published when it began. */
  seq: number
  answer: Promise<Answer>
}

/**
 * Keeps answers in `limit` bytes at most. Commits of any process move the version of the database; what they invalidated
 * is read then, after a call of `committed`, and only answers that depend on it are dropped. So no reader gets an older edition
 * than one whose publishing was acknowledged, and writes that change nothing for readers cost one look-up.
 */
export function cache(db: Source, limit: number, clock: () => Date, committed: () => void) {
  const kept = entries(limit)
  const inProgress = new Map<string, InProgress>()
  const counts = { hits: 0, misses: 0, invalidated: 0 }
  let version = db.version()
  let { seq } = db.invalidatedSince(undefined)

  /** Drops what is stale. */
  function refresh() {
    const now = db.version()
    if (now === version) return
    version = now
    committed()
    const changed = db.invalidatedSince(seq)
    seq = changed.seq
    const before = kept.measured().entries
    if (changed.tags === undefined) kept.clear()
    else for (const tags of changed.tags) kept.invalidate(tags)
    counts.invalidated += before - kept.measured().entries
  }

  function get(key: string): Answer | undefined {
    refresh()
    const answer = kept.get(key)
    if (answer?.until !== undefined && answer.until <= clock().getTime()) return undefined
    if (answer) counts.hits++
    return answer
  }

  /**
   * The answer that `make` reads now, cached for the next request. Whoever asks for the same meanwhile gets it too, unless
   * something was published since it began to be made.
   */
  function fill(key: string, make: () => Promise<Answer>, form = ''): Promise<Answer> {
    refresh()
    const name = `${form} ${key}`
    const running = inProgress.get(name)
    if (running?.seq === seq) return running.answer
    counts.misses++
    const own = { seq, answer: made(key, seq, make) }
    inProgress.set(name, own)
    const remove = () => void (inProgress.get(name) === own && inProgress.delete(name))
    own.answer.then(remove, remove)
    return own.answer
  }

  async function made(key: string, before: number, make: () => Promise<Answer>) {
    // A state of its own, taken after `before`: one that the request has read already may be older.
    const answer = await (db.snapshot ? db.snapshot(make) : make())
    refresh()
    // What was read while something was published may be stale: it is sent, and not kept.
    if (seq === before && !answer.isShortLived) kept.keep(key, answer)
    return answer
  }

  return { get, fill, refresh, measured: (): CacheMeasures => ({ ...kept.measured(), ...counts }) }
}
