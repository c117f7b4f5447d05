// Words: the one definition of them, for the index, for what is looked for, and for marking what was found.
import { foldLetter, foldWord } from './folding.ts'

/** A word of a text, folded, or two neighbouring characters of a language without spaces; and where they stand. */
export interface Token {
  text: string
  start: number
  end: number
  /** Where the first character of a pair ends. */
  firstEnd: number
}

/** Words of which, all in a row, something is looked for; with `prefix`, the last is only the beginning of one. */
export interface Term {
  words: string[]
  prefix: boolean
}

/** Letters that are apostrophes: ʻ, ʼ and their like. */
const apostrophes = '\\u02b9-\\u02bf\\u02c8\\ua78c'

/** Folding may leave what is no letter: ½ is 1⁄2. */
const separators = new RegExp(`[[^\\p{L}\\p{N}\\p{M}\\p{Co}][${apostrophes}]]+`, 'v')

/** What belongs to the character before it: marks, and letters that stand for them (halfwidth kana, Thai and Lao am). */
const extending =
  '(?:[\\p{M}\\p{Cf}\\p{Default_Ignorable_Code_Point}\\uff9e\\uff9f\\u0e33\\u0eb3]|(?<=\\u0e4d[\\u0e48-\\u0e4b]?)\\u0e32)'

/** What characters are to words. */
const kinds = { none: 1, extending: 2, letter: 3, spaceless: 4 }
type Kind = number

/** Scripts in which no spaces part words (Unicode's line breaking classes ID and SA), and Hangul, in which they part phrases. */
const spaceless =
  /[[\p{L}\p{Nl}]&&[\p{scx=Hani}\p{scx=Hira}\p{scx=Kana}\p{scx=Bopo}\p{sc=Yiii}\p{sc=Hang}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}\p{sc=Tale}\p{sc=Talu}\p{sc=Lana}\p{sc=Tavt}\p{sc=Ahom}]]/v
const unseen = /[\p{M}\p{Cf}\p{Default_Ignorable_Code_Point}]/u
const letter = new RegExp(`[[\\p{L}\\p{N}\\p{Co}]--[${apostrophes}]]`, 'v')

/** The kinds of the characters that were met: of a million, few are. */
const known = new Uint8Array(0x110000)

function kindOf(code: number): Kind {
  if (known[code] !== 0) return known[code]!
  const character = String.fromCodePoint(code)
  const kind = unseen.test(character)
    ? kinds.extending
    : spaceless.test(character)
      ? kinds.spaceless
      : letter.test(character)
        ? kinds.letter
        : kinds.none
  known[code] = kind
  return kind
}

/** What readers take for a character: with its marks, and syllables of Hangul in whatever form. */
const jamo =
  '[\\u1100-\\u115e\\ua960-\\ua97c]+[\\u1160-\\u11a7\\ud7b0-\\ud7c6]*[\\u11a8-\\u11ff\\ud7cb-\\ud7fb]*'
const character = new RegExp(`(?:${jamo}|[^])${extending}*`, 'vy')

/** Stands after the first character of a pair. It is a letter for every tokenizer, and in no other word as the second. */
const joiner = 'ˑ'

/**
 * The words of a text, by what stands between spaces and punctuation. Where spaces do not part words, every character
 * and the one after it (as Lucene's CJKBigramFilter does), and the last one alone: 中国总理 is 中国, 国总, 总理, 理.
 */
export function* tokensOf(text: string): Generator<Token[]> {
  for (let at = 0; at < text.length; ) {
    const end = endOfStretch(text, at)
    const tokens = tokensIn(text, at, end)
    if (tokens.length > 0) yield tokens
    at = end
  }
}

/** Where the stretch of a text ends that begins here: of what is in no word, or of letters of one kind. */
function endOfStretch(text: string, start: number): number {
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
  const stretch = text.slice(start, end)
  return (kind === kinds.spaceless ? pairsIn : wordsIn)(stretch, start)
}

function wordsIn(word: string, start: number): Token[] {
  const end = start + word.length
  const folded = foldWord(word)
  if (!separators.test(folded)) return folded === '' ? [] : [{ text: folded, start, end, firstEnd: end }]
  const parts = folded.split(separators).filter((text) => text !== '')
  return parts.map((text) => ({ text, start, end, firstEnd: end }))
}

function pairsIn(stretch: string, index: number): Token[] {
  const tokens: Token[] = []
  for (let start = 0; start < stretch.length; ) {
    const end = start + lengthOfCharacter(stretch, start)
    const text = foldWord(stretch.slice(start, end))
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

function lengthOfCharacter(stretch: string, start: number): number {
  const isAlone = foldLetter(stretch.charCodeAt(start)) !== null
  const next = start + 1
  if (isAlone && (next === stretch.length || foldLetter(stretch.charCodeAt(next)) !== null)) return 1
  character.lastIndex = start
  return character.exec(stretch)![0].length
}

/** Words of ASCII part themselves; what has letters beyond it is folded, and what is no letter goes. */
const beyondAscii = /(?<![A-Za-z0-9])[A-Za-z0-9]*[^\0-\x7f][A-Za-z0-9\x80-\uffff]*/g

/** All that is beyond ASCII and may belong to a word, as UTF-16: but no dashes, quotation marks and spaces (U+2000). */
const otherLetter = /[\u00aa-\u1fff\u200b-\u200f\u202a-\u202e\u2060-\uffff]/

/** Whether the words of a text are of ASCII: whatever else is there is no part of them. */
export const isPlain = (text: string) => !otherLetter.test(text)

/** A text as it is indexed: its words, folded, with what is not one between them. A tokenizer only has to part them. */
export const indexed = (text: string) =>
  isPlain(text)
    ? withoutOthers(text)
    : text.replace(beyondAscii, (some) => (isPlain(some) ? withoutOthers(some) : wordsOf(some)))

const withoutOthers = (text: string) => text.replace(/[^\0-\x7f]+/g, ' ')

/** The words of a text, folded, with spaces between them. */
function wordsOf(text: string): string {
  let words = ''
  for (const tokens of tokensOf(text))
    for (const token of tokens) words += words === '' ? token.text : ` ${token.text}`
  return words
}

/** A prefix of one letter finds nearly everything: it is looked for as a word. */
const shortest = 2

/** What finds these words where they stand together; undefined where there is none. With `open`, the last goes on. */
export function termOf(text: string, open = false): Term | undefined {
  const tokens = [...tokensOf(text)].flat()
  const last = tokens.at(-1)
  if (last === undefined) return undefined
  const words = tokens.map((token) => token.text)
  if (!last.text.endsWith(joiner)) return { words, prefix: open && [...last.text].length >= shortest }
  // Whatever follows it in the text: the pair before it says enough.
  const isPaired = tokens.at(-2)?.end === last.end
  return isPaired ? { words: words.slice(0, -1), prefix: false } : { words, prefix: true }
}

/** How many words these are, as far as texts without spaces tell: most of theirs have two characters. */
export const countWords = (tokens: string[]) =>
  tokens.reduce((count, token) => count + (token.includes(joiner) ? 0.5 : 1), 0)

/** Where in its text a token ends that begins so: the first character of a pair does. Undefined where it does not. */
export function endOfPrefix(token: Token, prefix: string): number | undefined {
  if (!token.text.startsWith(prefix)) return undefined
  return prefix.endsWith(joiner) ? token.firstEnd : token.end
}
