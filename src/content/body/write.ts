// Bodies as clients read them: Portable Text, HTML, Markdown, plain text.
import { setImmediate } from 'node:timers/promises'
import type { Media } from '../media/schema.ts'
import { yieldIfLong } from './length.ts'
import type { Body, BodyForm } from './schema.ts'
import { plainText } from './text.ts'
import { htmlOf } from './writers/html.ts'
import { markdownOf } from './writers/markdown.ts'

/** The body in the form a reader asked for. `media` are the article's, for its pictures. */
export async function write(body: Body, form: BodyForm, media: Media[]): Promise<Body | string> {
  // What was read a moment ago took its time already.
  await yieldIfLong(body)
  if (form === 'html') return joinYielding(htmlOf(body, media))
  if (form === 'markdown') return joinYielding(markdownOf(body, media))
  if (form === 'text') return plainText(body)
  return body
}

/** As many characters, some milliseconds of work, are written before others are given a turn. */
const charactersPerTurn = 100_000

/** The pieces as one text. A long one takes several turns of the event loop, so that nobody waits for all of it. */
async function joinYielding(pieces: Iterable<string>): Promise<string> {
  const written: string[] = []
  let length = 0
  for (const piece of pieces) {
    written.push(piece)
    length += piece.length
    if (length < charactersPerTurn) continue
    await setImmediate()
    length = 0
  }
  return written.join('')
}
