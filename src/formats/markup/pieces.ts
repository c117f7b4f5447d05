// Long documents that are written piece by piece, and become bytes in one buffer: to have each as bytes and then all of them
// would be twice as much memory outside of the heap, for which V8 stops to collect all garbage at once.
import { yieldIfDue } from '../../storage/commits/turns.ts'

/** Collects the pieces of a document, in order. */
export function pieces() {
  const texts: string[] = []
  let length = 0
  return {
    count: () => texts.length,
    add(text: string) {
      texts.push(text)
      length += Buffer.byteLength(text)
    },
    /** All of them in UTF-8, between what stands before and after them; many take several turns of the event loop. */
    async bytes([before, after]: [before: string, after: string]): Promise<Buffer> {
      const bytes = Buffer.allocUnsafeSlow(length + Buffer.byteLength(before) + Buffer.byteLength(after))
      let at = 0
      for (const text of [before, ...texts, after]) {
        at += bytes.write(text, at)
        await yieldIfDue()
      }
      return bytes
    }
  }
}
