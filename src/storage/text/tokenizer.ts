// The tokenizer of full-text search, shared by the index, the query parser and the highlighting of matches.
import { foldLetter, foldWord } from './folding.ts'

/** A folded word, or a bigram of a language without spaces, and its offsets in the text. */
export interface Token {
  text: string
  start: number
  end: number
  /** Where the first character of a bigram ends. */
  firstEnd: number
}

/** A search term: a word, or a phrase of several; with `prefix`, the last word is a prefix. */
export interface Term {
  words: string[]
  prefix: boolean
}

/** Modifier letters that are used as apostrophes: ʻ, ʼ and the like. */
const apostrophes = '\\u02b9-\\u02bf\\u02c8\\ua78c'

/** Folding may produce characters that are no letters: ½ becomes 1⁄2. */
const separators = new RegExp(`[[^\\p{L}\\p{N}\\p{M}\\p{Co}][${apostrophes}]]+`, 'v')

/** Extends the character before it: combining marks, and letters used as such (halfwidth kana, Thai and Lao am). */
const extending =
  '(?:[\\p{M}\\p{Cf}\\p{Default_Ignorable_Code_Point}\\uff9e\\uff9f\\u0e33\\u0eb3]|(?<=\\u0e4d[\\u0e48-\\u0e4b]?)\\u0e32)'

/** The classes of characters. */
const kinds = { none: 1, extending: 2, letter: 3, spaceless: 4 }
type Kind = number

/** Scripts without spaces between words (Unicode's line breaking classes ID and SA), and Hangul (between phrases). */
const spaceless =
  /[[\p{L}\p{Nl}]&&[\p{scx=Hani}\p{scx=Hira}\p{scx=Kana}\p{scx=Bopo}\p{sc=Yiii}\p{sc=Hang}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}\p{sc=Tale}\p{sc=Talu}\p{sc=Lana}\p{sc=Tavt}\p{sc=Ahom}]]/v
const zeroWidth = /[\p{M}\p{Cf}\p{Default_Ignorable_Code_Point}]/u
const letter = new RegExp(`[[\\p{L}\\p{N}\\p{Co}]--[${apostrophes}]]`, 'v')

/** Memo of the kinds of characters: few of a million code points are ever seen. */
const kindMemo = new Uint8Array(0x110000)

function kindOf(code: number): Kind {
  if (kindMemo[code] !== 0) return kindMemo[code]!
  const character = String.fromCodePoint(code)
  const kind = zeroWidth.test(character)
    ? kinds.extending
    : spaceless.test(character)
      ? kinds.spaceless
      : letter.test(character)
        ? kinds.letter
        : kinds.none
  kindMemo[code] = kind
  return kind
}

/** A user-perceived character: with its marks, and Hangul syllables composed or as jamo. */
const jamo =
  '[\\u1100-\\u115e\\ua960-\\ua97c]+[\\u1160-\\u11a7\\ud7b0-\\ud7c6]*[\\u11a8-\\u11ff\\ud7cb-\\ud7fb]*'
const character = new RegExp(`(?:${jamo}|[^])${extending}*`, 'vy')

/** Marks a bigram, after its first character. FTS5 takes it for a letter, and no other word has it in second place. */
export const joiner = 'ˑ'

/**
 * Splits a text into words at spaces and punctuation; in scripts without spaces into bigrams (as Lucene's
 * CJKBigramFilter) and the last character alone: 中国总理 is 中国, 国总, 总理, 理.
 */
export function* tokensOf(text: string): Generator<Token[]> {
  for (let at = 0; at < text.length; ) {
    const end = endOfRun(text, at)
    const tokens = tokensIn(text, at, end)
    if (tokens.length > 0) yield tokens
    at = end
  }
}

/** Where the run of characters of one kind ends that begins here. */
function endOfRun(text: string, start: number): number {
  let kind: Kind = 0
  let at = start
  while (at < text.length) {
    const code = text.codePointAt(at)!
    const next = kindOf(code)
    if (kind === 0) kind = next === kinds.extending ? kinds.letter : next
    else if (next === kinds.extending ? kind === kinds.none : next !== kind) break
    at += code > 0xffff ? 2 : 1
  }
  return at
}

function tokensIn(text: string, start: number, end: number): Token[] {
  const kind = kindOf(text.codePointAt(start)!)
  if (kind === kinds.none) return []
  const run = text.slice(start, end)
  return (kind === kinds.spaceless ? bigramsIn : wordsIn)(run, start)
}

function wordsIn(word: string, start: number): Token[] {
  const end = start + word.length
  const folded = foldWord(word)
  if (!separators.test(folded)) return folded === '' ? [] : [{ text: folded, start, end, firstEnd: end }]
  const parts = folded.split(separators).filter((text) => text !== '')
  return parts.map((text) => ({ text, start, end, firstEnd: end }))
}

function bigramsIn(run: string, index: number): Token[] {
  const tokens: Token[] = []
  for (let start = 0; start < run.length; ) {
    const end = start + lengthOfCharacter(run, start)
    const text = foldWord(run.slice(start, end))
    const before = tokens.at(-1)
    if (before) {
      before.text += text
      before.end = index + end
    }
    tokens.push({ text: text + joiner, start: index + start, end: index + end, firstEnd: index + end })
    start = end
  }
  return tokens
}

function lengthOfCharacter(run: string, start: number): number {
  const isAlone = foldLetter(run.charCodeAt(start)) !== null
  const next = start + 1
  if (isAlone && (next === run.length || foldLetter(run.charCodeAt(next)) !== null)) return 1
  character.lastIndex = start
  return character.exec(run)![0].length
}

/** A run with characters beyond ASCII: it is tokenised here. FTS5 splits words of ASCII itself. */
const nonAsciiRun = /(?<![A-Za-z0-9])[A-Za-z0-9]*[^\0-\x7f][A-Za-z0-9\x80-\uffff]*/g

/** UTF-16 code units beyond ASCII that may belong to a word: no dashes, quotation marks and spaces (U+2000). */
const nonAsciiLetter = /[\u00aa-\u1fff\u200b-\u200f\u202a-\u202e\u2060-\uffff]/

/** Whether all words of a text are ASCII; other characters are only punctuation. */
export const hasOnlyAsciiWords = (text: string) => !nonAsciiLetter.test(text)

/** A text as it is indexed: with folded words, so that FTS5's tokenizer only has to split it. */
export const indexed = (text: string) =>
  hasOnlyAsciiWords(text)
    ? dropNonAscii(text)
    : text.replace(nonAsciiRun, (match) => (hasOnlyAsciiWords(match) ? dropNonAscii(match) : wordsOf(match)))

const dropNonAscii = (text: string) => text.replace(/[^\0-\x7f]+/g, ' ')

/** The words of a text, folded, with spaces between them. */
function wordsOf(text: string): string {
  let words = ''
  for (const tokens of tokensOf(text))
    for (const token of tokens) words += words === '' ? token.text : ` ${token.text}`
  return words
}

/** A prefix of one letter would match nearly everything: it is searched as a word. */
const minPrefixLength = 2

/** The term for a word or phrase; undefined where it has no word. With `isPrefix`, its last word is a prefix. */
export function termOf(text: string, isPrefix = false): Term | undefined {
  const tokens = [...tokensOf(text)].flat()
  const last = tokens.at(-1)
  if (last === undefined) return undefined
  const words = tokens.map((token) => token.text)
  if (!last.text.endsWith(joiner))
    return { words, prefix: isPrefix && [...last.text].length >= minPrefixLength }
  // The last character alone would only match at the end of a run; the bigram before it suffices.
  const isPaired = tokens.at(-2)?.end === last.end
  return isPaired ? { words: words.slice(0, -1), prefix: false } : { words, prefix: true }
}

/** Estimates the number of words: in scripts without spaces, most have two characters. */
export const countWords = (tokens: string[]) =>
  tokens.reduce((count, token) => count + (token.includes(joiner) ? 0.5 : 1), 0)

/** Where the match of a prefix ends in the text (a bigram matches by its first character), or undefined. */
export function endOfPrefix(token: Token, prefix: string): number | undefined {
  if (!token.text.startsWith(prefix)) return undefined
  return prefix.endsWith(joiner) ? token.firstEnd : token.end
}
