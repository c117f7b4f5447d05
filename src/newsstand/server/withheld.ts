// What must not be sent while articles could not be published without a picture whose right has ended: a full disk takes
// that picture from readers, not the whole newsroom.
import { gunzipSync } from 'node:zlib'
import { HttpProblem } from '../../http/problems.ts'
import { type Answer, bytesOf } from './answer.ts'

/** Addresses of files that readers must not get any more. */
export interface Ended {
  addresses: string[]
  /** When the next right ends, and there are others (ms since 1970); NaN where none does. */
  until: number
}

/** How long they are known, in ms: each look reads the articles that show them. */
const kept = 500

/** Follows what is withheld; `read` finds it. */
export function withholding(read: () => Promise<Ended>, clock: () => Date) {
  let ended: Ended = { addresses: [], until: Number.NaN }
  let learnedAt = Number.NaN

  return {
    isOn: () => ended.addresses.length > 0,
    /** Looks for what has ended, where that was not just done. */
    async learn() {
      const now = clock().getTime()
      if (now - learnedAt < kept && !(now >= ended.until)) return
      ended = await read()
      learnedAt = now
    },
    forget() {
      ended = { addresses: [], until: Number.NaN }
      learnedAt = Number.NaN
    },
    /** Throws 503 for an answer that names one of these files. */
    check(answer: Answer) {
      // While something is withheld, every answer is read whole (conditional.ts).
      const bytes = bytesOf(answer)!
      const plain = answer.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes
      if (ended.addresses.some((address) => plain.includes(address)))
        throw new HttpProblem(
          'busy',
          'This shows a picture whose right has ended, and cannot be written without it now: try again later.',
          undefined,
          { 'retry-after': '5' }
        )
    }
  }
}
