// Texts as the tokens by which quotations are compared: words, and single marks of punctuation.
import { yieldIfDue } from '../../../storage/commits/turns.ts'
import { isLong } from '../length.ts'
import type { Body } from '../schema.ts'
import { onLine } from '../shifted.ts'
import { type PlacedText, placedTexts, textOf } from '../text.ts'

/** The tokens of a body in reading order, and where each stands. */
export interface Tokens {
  words: string[]
  /** The text block of each token, as `textsOf` counts them, and its place in the block's text (UTF-16 units). */
  blocks: number[]
  starts: number[]
  ends: number[]
  /** The text of each block, and the JSON Pointer to it. */
  texts: string[]
  pointers: string[]
}

const space = 1
const word = 2
/** A letter of a script that is written without spaces: a word may begin and end at any of them. */
const alone = 3
const mark = 4
const invisible = 5
const quotation = 6
const dash = 7
const ellipsis = 8
const other = 9

/** Scripts that are written without spaces. (Hangul has them: searches part it all the same, see storage/text/tokenizer.ts.) */
export const unspaced =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u

const unseen = String.raw`\u00AD\u200B\u200E\u200F\u2060\uFE00-\uFE0F\uFEFF\u202A-\u202E\u2066-\u2069`
const kinds: [kind: number, characters: RegExp][] = [
  [invisible, new RegExp(`[${unseen}]`)],
  [space, /\s/],
  [quotation, /["'`´“”„‟«»‹›‘’‚‛′″＂＇「」『』〝〞〟\u02BC]/],
  [dash, /[\p{Pd}−⁻₋]/u],
  [ellipsis, /…/],
  [mark, /\p{M}/u],
  [alone, unspaced],
  [word, /[\p{L}\p{N}]/u]
]

const kindOf = (character: string) => kinds.find(([, characters]) => characters.test(character))?.[0] ?? other

/** What kind each UTF-16 unit is of, as far as it was asked for; 0 is unknown. */
const known = new Uint8Array(0x10000)

function kindAt(text: string, at: number): number {
  const unit = text.charCodeAt(at)
  if ((unit & 0xfc00) === 0xd800) return kindOf(String.fromCodePoint(text.codePointAt(at)!))
  known[unit] ||= kindOf(String.fromCharCode(unit))
  return known[unit]!
}

/** Whether the unit at this place is the second of a pair. */
const isTrail = (text: string, at: number) => (text.charCodeAt(at) & 0xfc00) === 0xdc00

type Scanned = Pick<Tokens, 'words' | 'starts' | 'ends'>

/**
 * Tokens of a text. Not told apart are: quotation marks and apostrophes of any form, dashes of any length, white space,
 * "…" and three dots, composed and decomposed letters (NFC, NFD), raised and lowered digits, and what is not seen (soft
 * hyphens, U+200B, marks of direction, selectors of variants). Takes time in proportion to the length of the text. Begins
 * at `from`, and ends with the first token that ends at `until` or behind it; answers where.
 */
function scan(text: string, { words, starts, ends }: Scanned, from = 0, until = text.length): number {
  const emit = (word: string, start: number, end: number) => {
    words.push(word)
    starts.push(start)
    ends.push(end)
  }
  const clean = !/[^\0-\x7F]/.test(text)
  let at = from
  while (at < until) {
    const start = at
    const kind = kindAt(text, at++)
    if (kind === space) continue
    at = endOf(text, at, kind)
    if (kind === quotation) emit('"', start, at)
    else if (kind === dash) emit('-', start, at)
    else if (kind === ellipsis) for (let dots = 0; dots < 3; dots++) emit('.', start, at)
    else {
      const raw = text.slice(start, at)
      const seen = clean || isAscii(raw) ? raw : visible(raw)
      if (seen !== '') emit(seen, start, at)
    }
  }
  return at
}

/** Of nearly every word in a text with a dash or a quotation mark; a loop takes less than a pattern. */
function isAscii(word: string): boolean {
  for (let i = 0; i < word.length; i++) if (word.charCodeAt(i) > 0x7f) return false
  return true
}

/** What goes on with a token that begins with a character of this kind. */
const within: number[][] = []
within[word] = within[mark] = within[invisible] = [word, mark, invisible]
within[alone] = within[other] = [mark, invisible]
within[quotation] = [quotation]
within[dash] = [dash]
within[ellipsis] = []

/** Where the token ends whose first unit is the one before `at`. */
function endOf(text: string, at: number, kind: number): number {
  let end = at
  while (end < text.length && (isTrail(text, end) || within[kind]!.includes(kindAt(text, end)))) end++
  return end
}

const hidden = new RegExp(`[${unseen}]`, 'g')
const visible = (text: string) => onLine(text.replace(hidden, '').normalize('NFC'))

/** The tokens of long bodies that are about to be worked on. */
const ahead = new WeakMap<Body, Tokens>()

/** How many characters are scanned at once. */
const slice = 10_000

/** Finds the tokens of a long body, in several turns of the event loop. */
export async function tokenizeAhead(body: Body) {
  if (!isLong(body) || ahead.has(body)) return
  const tokens = noTokens()
  for (const placed of placedTexts(body)) {
    const text = addText(tokens, placed)
    for (let at = 0; at < text.length; ) {
      await yieldIfDue()
      at = scan(text, tokens, at, Math.min(at + slice, text.length))
      assignBlock(tokens)
    }
  }
  ahead.set(body, tokens)
}

/** The tokens of a body. Annotating it does not change them. */
export const tokensOf = (body: Body): Tokens => ahead.get(body) ?? newTokens(body)

function newTokens(body: Body): Tokens {
  const tokens = noTokens()
  for (const placed of placedTexts(body)) {
    scan(addText(tokens, placed), tokens)
    assignBlock(tokens)
  }
  return tokens
}

const noTokens = (): Tokens => ({ words: [], blocks: [], starts: [], ends: [], texts: [], pointers: [] })

/** Adds the text of a block, whose tokens come next. */
function addText({ texts, pointers }: Tokens, { block, pointer }: PlacedText): string {
  const text = textOf(block)
  texts.push(text)
  pointers.push(pointer)
  return text
}

/** Assigns the tokens that were found last to the last block. */
function assignBlock({ words, blocks, texts }: Tokens) {
  while (blocks.length < words.length) blocks.push(texts.length - 1)
}

/** The tokens of a text. */
export function tokenized(text: string): string[] {
  const words: string[] = []
  scan(text, { words, starts: [], ends: [] })
  return words
}

const lettered = /^[\p{L}\p{N}]/u
/** Whether a token is a word, not punctuation. */
export const isWord = (token: string) => lettered.test(token)

/** The parts of a quote that leaves words out, which " ... " stands for. */
export const partsOf = (text: string) => text.split(/\s(?:\.\.\.|…)\s/)

/** Whether two texts say the same words; see `scan` for what is not told apart. */
export const saysTheSame = (one: string, other: string) =>
  one === other || tokenized(one).join(' ') === tokenized(other).join(' ')
