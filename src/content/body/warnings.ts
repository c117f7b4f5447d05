// What of a body was not kept as it was.
import type { Warning } from '../../http/schemas.ts'

/** What was not kept, and before which block; no place where it is told of the whole. */
interface Reported extends Omit<Warning, 'pointer'> {
  at?: number
}

// An answer has room for so many; more tell nothing new.
const maxWarnings = 1000

/** A list of warnings to add to. */
export function warningCollector() {
  const found: Reported[] = []
  let left = 0
  return {
    add(one: Reported) {
      if (found.length < maxWarnings) found.push(one)
      else left++
    },
    /** The warnings of a body of so many blocks. */
    list(blocks: number): Warning[] {
      const all: Warning[] = found.map(({ at = blocks, ...rest }) => ({
        ...rest,
        detail: rest.detail.slice(0, 500),
        pointer: at < blocks ? `/body/${at}` : '/body'
      }))
      const detail = `There are ${left} more: only the first ${maxWarnings} are told one by one.`
      return left === 0 ? all : [...all, { code: 'more-warnings', detail, words: '', pointer: '/body' }]
    }
  }
}
