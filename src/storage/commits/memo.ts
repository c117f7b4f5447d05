// Memoised reads of the database, valid until the next commit of any process.
import type { Reader } from '../database.ts'

/** How many results of one query are memoised; at more, all are dropped. */
const maxEntries = 1000

interface Memo<T> {
  version: number
  answers: Map<string, Promise<T>>
}

/**
 * Memoises `read` by its arguments until the next commit: concurrent requests need the same article and the same
 * settings. Inside a transaction, which may have changed them, it always reads.
 */
export function memoizedUntilCommit<Arguments extends string[], T>(
  read: (db: Reader, ...args: Arguments) => Promise<T>
) {
  const memos = new WeakMap<Reader, Memo<T>>()

  function answersAt(db: Reader, version: number) {
    const known = memos.get(db)
    if (known?.version === version && known.answers.size < maxEntries) return known.answers
    const answers = new Map<string, Promise<T>>()
    memos.set(db, { version, answers })
    return answers
  }

  return (db: Reader, ...args: Arguments): Promise<T> => {
    if (db.version === undefined) return read(db, ...args)
    // Results that were read before a commit stay in the map of an older version, which is dropped.
    const answers = answersAt(db, db.version())
    const key = args.join(' ')
    const known = answers.get(key)
    if (known !== undefined) return known
    const answer = read(db, ...args)
    answers.set(key, answer)
    // A failed read is not memoised: the next caller tries again.
    answer.catch(() => answers.delete(key))
    return answer
  }
}
