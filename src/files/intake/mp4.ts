// The boxes of MP4, M4A and QuickTime (ISO/IEC 14496-12, 4.2): what tells whether a film is whole without playing it.
import { closeSync, openSync, readSync } from 'node:fs'

/** How many boxes are gone through; films in fragments have two a second. */
const maxBoxes = 100_000

/** Whether a film of so many bytes ends before its last box does: players need what most have at their end. */
export function mp4BreaksOff(path: string, bytes: number): boolean {
  const file = openSync(path, 'r')
  try {
    const head = Buffer.alloc(16)
    let at = 0
    for (let box = 0; box < maxBoxes && at + 8 <= bytes; box++) {
      readSync(file, head, 0, 16, at)
      const length = head.readUInt32BE(0)
      // 0 stands for the rest of the file; what is shorter than its own head is no box, and left to players.
      if (length !== 1 && length < 8) return false
      at += length === 1 ? Number(head.readBigUInt64BE(8)) : length
    }
    return at > bytes
  } finally {
    closeSync(file)
  }
}
