// The words of a quote as they are compared: without capitals, accents and punctuation, but with what marks a change.
import { foldWord } from '../../storage/text/folding.ts'
import { tokensOf } from '../../storage/text/tokenizer.ts'

/** A word, a character of a script without spaces, or the dots that stand for words left out. */
export interface Word {
  /** What it is compared by: folded, with a bracket where it stands between square brackets; `…` for dots. */
  text: string
  /** What the index knows it by: folded; of a script without spaces together with the next character. */
  key: string
  /** Where it stands in the text. */
  start: number
  end: number
}

/** Dots that stand for words left out, in brackets or not. */
const ellipsis = /[[(]\s*(?:\.{3,}|…)\s*[\])]|…|\.(?:\s?\.){2,}/gu
export const dots = '…'

/** Joins what is left and right of a bracket, as in "[t]he": an invisible character of the same length. */
const wordJoiner = '\u2060'
const brackets = /[[\]]/g

/** The words of quotes that are being published, which are compared with others and stored. */
const memo = new WeakMap<object, Word[]>()

/** The words of a quote that does not change any more. */
export function wordsOfQuote(quote: { text: string }): Word[] {
  const words = memo.get(quote) ?? wordsOf(quote.text)
  memo.set(quote, words)
  return words
}

/** The words of a text, in order. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = []
  let from = 0
  for (const { 0: found, index } of text.matchAll(ellipsis)) {
    addWords(words, text, { from, to: index })
    words.push({ text: dots, key: '', start: index, end: index + found.length })
    from = index + found.length
  }
  addWords(words, text, { from, to: text.length })
  return words
}

function addWords(words: Word[], text: string, { from, to }: { from: number; to: number }) {
  const part = text.slice(from, to)
  const bracketed = part.includes('[') ? bracketsIn(part) : undefined
  for (const token of [...tokensOf(part.replace(brackets, wordJoiner))].flat()) {
    const [start, end] = [from + token.start, from + token.firstEnd]
    const last = words.at(-1)
    // One sign may stand for several words: ½ is 1 and 2.
    if (last?.start === start) {
      last.text += ` ${token.text}`
      continue
    }
    const isSplit = token.end !== token.firstEnd
    const folded = isSplit ? foldWord(text.slice(start, end)) : token.text
    const isMarked = bracketed?.some((at) => at >= token.start && at < token.firstEnd) ?? false
    words.push({ text: isMarked ? `[${folded}` : folded, key: token.text, start, end })
  }
}

/** The places between square brackets. */
function bracketsIn(text: string): number[] {
  const places: number[] = []
  let open = false
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '[') open = true
    else if (text[at] === ']') open = false
    else if (open) places.push(at)
  }
  return places
}

export const isDots = ({ text }: Word) => text === dots
