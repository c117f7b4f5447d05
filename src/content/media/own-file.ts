// Records of media with a file of their own, which says for itself what it is.
import { unprocessable } from '../../http/problems.ts'
import type { Tables } from '../../storage/database.ts'
import type { NewMedia } from './schema.ts'

/** Throws 422 for what a file says of itself: its address, its kind and its size. */
export function checkOwnFile({ file, kind }: Tables['media']['$inferSelect'], input: NewMedia) {
  if (file === null) return
  for (const name of ['url', 'width', 'height'] as const)
    if (input[name] !== null && input[name] !== undefined)
      throw unprocessable(
        `/${name}`,
        'It has a file of its own, which says this: leave it out, or send null.'
      )
  if (input.kind !== kind) throw unprocessable('/kind', `Its file is ${kind}, and so is the record.`)
}
