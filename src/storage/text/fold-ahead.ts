// Folding long texts for the index in several turns of the event loop, before the statement that writes them: SQLite calls
// `indexed` in it, and waits.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { hasOnlyAsciiWords, indexed } from './tokenizer.ts'

/** In characters: what is shorter is folded in some milliseconds. */
const slice = 20_000

/** What is in no word, in texts with and without spaces. */
const boundary = /[\s。、，．：；！？」』）]/g

let last = { text: '', words: '' }

/** Folds a text that will be indexed next. Texts in ASCII and its punctuation take no time. */
export async function foldAhead(text: string) {
  if (text.length <= slice || hasOnlyAsciiWords(text)) return
  const words: string[] = []
  for (let at = 0; at < text.length; ) {
    boundary.lastIndex = at + slice
    const end = boundary.test(text) ? boundary.lastIndex : text.length
    words.push(indexed(text.slice(at, end)))
    at = end
    await nextTurn()
  }
  last = { text, words: words.join(' ') }
}

/** A text as it is indexed, folded ahead or now. */
export const indexedText = (text: string) => (text === last.text ? last.words : indexed(text))
