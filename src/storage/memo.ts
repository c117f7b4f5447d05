// What was read of the database, remembered until anybody commits.
import type { Reader } from './database.ts'

/** How many answers to one question are remembered. */
const most = 1000

interface Memory<T> {
  version: number
  answers: Map<string, Promise<T>>
}

/**
 * What `read` answers, read once for all who ask the same before anybody commits: those who write come together, and
 * ask for the same article and the same settings. A transaction, which may have changed them, reads for itself.
 */
export function memoizedUntilCommit<Asked extends string[], T>(
  read: (db: Reader, ...asked: Asked) => Promise<T>
) {
  const memories = new WeakMap<Reader, Memory<T>>()

  function memoryOf(db: Reader, version: number) {
    const known = memories.get(db)
    if (known?.version === version && known.answers.size < most) return known.answers
    const answers = new Map<string, Promise<T>>()
    memories.set(db, { version, answers })
    return answers
  }

  return (db: Reader, ...asked: Asked): Promise<T> => {
    if (db.version === undefined) return read(db, ...asked)
    // What was read before a commit is remembered with what nobody asks any more.
    const answers = memoryOf(db, db.version())
    const key = asked.join(' ')
    const known = answers.get(key)
    if (known !== undefined) return known
    const answer = read(db, ...asked)
    answers.set(key, answer)
    // Who asked learns of it; whoever asks next tries again.
    answer.catch(() => answers.delete(key))
    return answer
  }
}
