// Folding for search: spellings that readers take for the same become the same text (case, accents, variants, digits).

/**
 * Invisible characters: soft hyphens, zero-width spaces and joiners, direction marks, variation selectors (Unicode's
 * Default_Ignorable_Code_Point, and format controls); enclosing marks, and the Arabic tatweel.
 */
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Me}\u0640]+/gu

/** In these scripts marks are accents, or vowels that are mostly left out. Elsewhere they make another letter. */
const accented = /([\p{Script=Latin}\p{Script=Greek}\p{Script=Arabic}\p{Script=Hebrew}])\p{M}+/gu

/** Combining marks that compose to no letter, such as stress accents in Russian. */
const looseMarks = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+/g

/** Latin letters that Unicode does not decompose, with their usual ASCII spelling (ICU's transform Latin-ASCII). */
const latin: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ...letters('a', 'ɐɑ'),
  ...letters('b', 'ƀɓƃ'),
  ...letters('c', 'ƈȼɕ'),
  ...letters('d', 'đðɖɗƌ'),
  ...letters('e', 'əɛǝɇ'),
  ...letters('f', 'ƒ'),
  ...letters('g', 'ǥɠɡɣ'),
  ...letters('h', 'ħɦⱨ'),
  ...letters('i', 'ıɨɩ'),
  ...letters('j', 'ȷɉ'),
  ...letters('k', 'ƙĸⱪ'),
  ...letters('l', 'łƚɫⱡ'),
  ...letters('n', 'ŋɲƞ'),
  ...letters('o', 'øɔɵ'),
  ...letters('p', 'ƥᵽ'),
  ...letters('r', 'ɍɽ'),
  ...letters('s', 'ȿʂ'),
  ...letters('t', 'ŧƭʈⱦ'),
  ...letters('u', 'ʉ'),
  ...letters('v', 'ʋ'),
  ...letters('w', 'ⱳ'),
  ...letters('y', 'ƴɏ'),
  ...letters('z', 'ƶȥɀⱬ')
}
const undecomposed = new RegExp(`[${Object.keys(latin).join('')}]`, 'g')

function letters(plain: string, all: string): Record<string, string> {
  return Object.fromEntries([...all].map((letter) => [letter, plain]))
}

/**
 * A text in NFKC and lower case without invisible characters: Latin letters in ASCII where possible, Greek ones without
 * accents, Arabic and Hebrew ones without vowel signs.
 */
export const plainLetters = (text: string) =>
  text
    .replace(invisible, '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(accented, '$1')
    .replace(undecomposed, (letter) => latin[letter]!)
    .normalize('NFC')
    .replace(looseMarks, '')

/** Letters that people type for one another, whatever the orthography. */
const interchangeableLetters: Record<string, string> = {
  ς: 'σ',
  ...letters('е', 'ёѐ'),
  ѝ: 'и',
  // Keyboards for Persian and Urdu have letters of their own for the Arabic yeh, kaf and heh.
  ...letters('ي', 'ىی'),
  ک: 'ك',
  ...letters('ه', 'ةہۃ'),
  ...letters('\u0902', '\u0901')
}
const interchangeable = new RegExp(`[${Object.keys(interchangeableLetters).join('')}]`, 'g')

/** In Hindi a nasal before a consonant of its class is written as a letter or as a dot (anusvara): हिन्दी, हिंदी. */
const nasals = /ङ्(?=[क-घ])|ञ्(?=[च-झ])|ण्(?=[ट-ढ])|न्(?=[त-ध])|म्(?=[प-भ])/g

/** Digits of other scripts. The ten of each have consecutive code points, the first of which ends in hex 0 or 6. */
const digits = /[\p{Nd}--[0-9]]/gv
const isDigit = /\p{Nd}/u

function digit(letter: string): string {
  const code = letter.codePointAt(0)!
  const first = code & ~15
  return String(code - (isDigit.test(String.fromCodePoint(first)) ? first : first + 6))
}

/** Characters whose folding depends on their neighbours. */
const combining =
  /[\p{M}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Script=Devanagari}\u0e33\u0eb3\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff\uff65-\uff9f]/u

const foldTogether = (word: string) =>
  plainLetters(word)
    .replace(interchangeable, (letter) => interchangeableLetters[letter]!)
    .replace(nasals, '\u0902')
    .replace(digits, digit)

/** Memo of folded words and clusters: the same ones recur. */
const memo = new Map<string, string>()
const maxMemoized = 10_000
const maxMemoizedLength = 40

function foldMemoized(word: string): string {
  const known = memo.get(word)
  if (known !== undefined) return known
  const folded = foldTogether(word)
  if (word.length > maxMemoizedLength) return folded
  if (memo.size >= maxMemoized) memo.clear()
  memo.set(word, folded)
  return folded
}

/** Memo by UTF-16 code unit: what it folds to by itself; null where that depends on its neighbours. */
const known: (string | null | undefined)[] = []

/** What a code unit folds to by itself; null where that depends on its neighbours. */
export function foldLetter(code: number): string | null {
  const found = known[code]
  if (found !== undefined) return found
  const letter = String.fromCharCode(code)
  const folded = combining.test(letter) ? null : foldTogether(letter)
  known[code] = folded
  return folded
}

/** A word as it is indexed and searched: the same for all its usual spellings. */
export function foldWord(word: string): string {
  let folded = ''
  for (let at = 0; at < word.length; at++) {
    const letter = foldLetter(word.charCodeAt(at))
    if (letter === null) return foldMemoized(word)
    folded += letter
  }
  return folded
}
