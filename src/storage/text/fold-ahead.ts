// Folding texts for the full-text indexes, long ones in several turns of the event loop.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { yieldIfDue } from '../commits/turns.ts'
import { hasOnlyAsciiWords, indexed, joiner } from './tokenizer.ts'

/** In characters: what is shorter is folded in some milliseconds, also if its letters were never seen before, 6 µs each. */
const slice = 1_000

/** A letter, before which a text may be cut: what comes after it may be a mark that belongs to it. */
const letter = /\p{L}/gu

/** The token of the last character of a slice, which stands alone only because it was cut. */
const lastAlone = new RegExp(` [^ ]*${joiner}$`)

/** What is in no word, in texts with and without spaces. */
const boundary = /[\s。、，．：；！？」』）]/g

/**
 * Where a slice ends, and the next begins: behind the next boundary. What has none for as long is no word, or is of a
 * script without spaces: it is cut between two letters, and the one before the cut is in both slices, since a pair is a
 * token.
 */
function cutAfter(text: string, from: number): { end: number; next: number } {
  boundary.lastIndex = from
  const apart = boundary.test(text) ? boundary.lastIndex : text.length
  letter.lastIndex = from
  const inside = letter.exec(text)?.index ?? apart
  if (apart - from <= slice || inside >= apart) return { end: apart, next: apart }
  return { end: inside, next: inside - (text.codePointAt(inside - 2)! > 0xffff ? 2 : 1) }
}

/**
 * How many words of a text are indexed. FTS5 inserts a row at once, which takes a third of a microsecond for each word that
 * is not like the others, and as much for each of its prefixes.
 */
const maxWords = 100_000

/** The words of a folded text, as FTS5's tokenizer `ascii` splits it. */
const indexedWord = /[0-9A-Za-z\x80-\uffff]+/g

/** A text as it is indexed, up to so many words. */
export async function folded(text: string): Promise<string> {
  const all = await foldedWhole(text)
  if (all.length <= 2 * maxWords) return all
  await nextTurn()
  indexedWord.lastIndex = 0
  for (let words = 0; words < maxWords; words++) if (!indexedWord.test(all)) return all
  const end = indexedWord.lastIndex
  await nextTurn()
  return all.slice(0, end)
}

/** Texts in ASCII and its punctuation take no time. */
async function foldedWhole(text: string): Promise<string> {
  if (text.length <= slice || hasOnlyAsciiWords(text)) return indexed(text)
  const words: string[] = []
  for (let at = 0; at < text.length; ) {
    const { end, next } = cutAfter(text, at + slice)
    const some = indexed(text.slice(at, end))
    words.push(next < end ? some.replace(lastAlone, '') : some)
    at = next
    await yieldIfDue()
  }
  return words.join(' ')
}
