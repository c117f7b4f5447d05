// Folding texts for the full-text indexes, long ones in several turns of the event loop.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { hasOnlyAsciiWords, indexed } from './tokenizer.ts'

/** In characters: what is shorter is folded in some milliseconds. */
const slice = 20_000

/** What is in no word, in texts with and without spaces. */
const boundary = /[\s。、，．：；！？」』）]/g

/** A text as it is indexed. Texts in ASCII and its punctuation take no time. */
export async function folded(text: string): Promise<string> {
  if (text.length <= slice || hasOnlyAsciiWords(text)) return indexed(text)
  const words: string[] = []
  for (let at = 0; at < text.length; ) {
    boundary.lastIndex = at + slice
    const end = boundary.test(text) ? boundary.lastIndex : text.length
    words.push(indexed(text.slice(at, end)))
    at = end
    await nextTurn()
  }
  return words.join(' ')
}
