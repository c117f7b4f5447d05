// Quotation marks: which words of a paragraph stand between them.
import { cueAfter } from './grammar/cues.ts'
import type { Lexicon } from './languages/lexicon.ts'
import { sentenceEnd } from './sentences.ts'

/** Words between quotation marks; `start` and `end` take in the marks. */
export interface Stretch {
  start: number
  end: number
  /** The mark was never closed: the quote may go on in the next paragraph. */
  open: boolean
}

/** Which marks close the one that opens; German and Danish also point guillemets inwards. */
const closers: Record<string, string> = {
  '“': '”',
  '„': '“”',
  '«': '»',
  '"': '"',
  '»': '«',
  // Swedish and Finnish open with the mark that closes.
  '”': '”',
  "''": "''"
}
const letter = /[\p{L}\p{N}]/u
// More in one paragraph is not prose; a block has room for 2,000 spans.
const maxStretches = 200

/** Whether a text begins with a quotation mark that opens. */
export const opensQuote = (text: string) => /^\s*(?:["“„«‘]|[»”]\S|'')/u.test(text)

/** Measures are not quotes: 12" wide, 6' 2" long. */
const isInches = (text: string, at: number) => text[at] === '"' && /\d/.test(text[at - 1] ?? '')
const isFeetAndInches = (text: string, at: number) =>
  isInches(text, at) && /\d['’] ?\d{1,2}$/.test(text.slice(Math.max(0, at - 6), at))

/** The words between quotation marks, outermost marks only. */
export function stretches(text: string): Stretch[] {
  const found: Stretch[] = []
  for (let at = openerAt(text, 0); at >= 0 && found.length < maxStretches; at = openerAt(text, at + 1)) {
    const end = isSingle(text, at) ? singleEnd(text, at) : doubleEnd(text, at)
    if (end === undefined) continue
    const width = text.startsWith("''", at) && text.startsWith("''", end) ? 2 : 1
    found.push({ start: at, end: end === -1 ? text.length : end + width, open: end === -1 })
    if (end === -1) break
    at = end + width - 1
  }
  return found
}

/** The next place, from this one on, of a mark that may open a quote; -1 where there is none. */
function openerAt(text: string, from: number): number {
  const openers = /["“”„«»'‘]/g
  openers.lastIndex = from
  return openers.exec(text)?.index ?? -1
}

const opensHere = (text: string, at: number) =>
  !/\S/.test(text[at - 1] ?? '') && letter.test(text[at + 1] ?? '')

/** Where the double mark at this place closes: -1 when it never does, undefined when it opens nothing. */
function doubleEnd(text: string, at: number): number | undefined {
  const doubled = text.startsWith("''", at)
  const closing = closers[doubled ? "''" : text[at]!]
  if (closing === undefined || isInches(text, at) || (text[at] === '”' && !opensHere(text, at)))
    return undefined
  if (doubled) return text.indexOf("''", at + 2)
  return mixable.test(text[at]!) ? closeOf(text, at) : text.indexOf(closing, at + 1)
}

// The marks that keyboards and editors mix: a quote opens with one of them and closes with another.
const mixable = /["“”„]/

// No quote within one paragraph is longer: it keeps the search short where marks are never closed.
const longest = 10_000

/** Where a double mark closes, whichever of the marks that are mixed stands there; pairs within it are passed over. */
function closeOf(text: string, at: number): number {
  const closing = closers[text[at]!]!
  let paired = 0
  for (let end = at + 1; end < text.length && end - at < longest; end++) {
    const mark = text[end]!
    if (!(closing.includes(mark) || mixable.test(mark)) || isFeetAndInches(text, end)) continue
    if (closing.includes(mark)) return end
    if (opensHere(text, end)) paired++
    else if (paired > 0) paired--
    else if (closesHere(text, end)) return end
  }
  return -1
}

/** Whether a mark of another pair stands where a quote closes: behind a word or its punctuation, before none. */
const closesHere = (text: string, at: number) =>
  /[^\s([{—–-]/.test(text[at - 1]!) && !letter.test(text[at + 1] ?? '')

const isSingle = (text: string, at: number) =>
  /['‘]/.test(text[at]!) && !letter.test(text[at - 1] ?? '') && letter.test(text[at + 1] ?? '')

/** Where a single mark closes. An apostrophe looks the same: a close after punctuation goes before any other. */
function singleEnd(text: string, at: number): number | undefined {
  const closing = text[at] === '‘' ? '’' : "'"
  let first: number | undefined
  for (let end = at + 1; end < text.length && !isSingle(text, end); end++) {
    if (text[end] !== closing || letter.test(text[end + 1] ?? '')) continue
    if (/[,.!?…]/.test(text[end - 1]!)) return end
    first ??= end
  }
  return closing === '’' ? first : undefined
}

/** The quoted words alone: no marks, no white space around them, no comma of the sentence around them. */
export function inside(text: string, { start, end, open }: Stretch) {
  let from = start + 1
  let to = open ? end : end - 1
  while (from < to && /[\s']/.test(text[from]!) && (text[from] !== "'" || from === start + 1)) from++
  while (from < to && /[\s,]/.test(text[to - 1]!)) to--
  if (text.startsWith("''", start) && text[to - 1] === "'") to--
  while (from < to && /[\s,]/.test(text[to - 1]!)) to--
  return { start: from, end: to }
}

const dash = /^\s*[–—-]\s+/

/** The words a dash opens, up to the cue that says whose they are; all of the paragraph when there is none. */
export function dialogueIn(text: string, lexicon: Lexicon): Stretch | undefined {
  const opening = lexicon.language.dialogueDash ? dash.exec(text) : null
  if (!opening) return undefined
  const start = opening[0].search(/[–—-]/)
  for (const { index } of text.slice(0, sentenceEnd(text)).matchAll(/[,!?](?=\s+\p{Ll})/gu)) {
    const end = text[index] === ',' ? index : index + 1
    if (cueAfter(text.slice(index + 1), lexicon)) return { start, end: end + 1, open: false }
  }
  return undefined
}
