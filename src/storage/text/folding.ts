// Folding letters: texts that are read as the same become the same.

/**
 * What is not seen between letters: soft hyphens, zero width spaces and joiners, signs of direction, selectors of
 * glyphs (Unicode's Default_Ignorable_Code_Point, and format controls); enclosing marks, and the Arabic tatweel.
 */
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Me}\u0640]+/gu

/** In these scripts marks are accents, or vowels that are mostly left out. Elsewhere they make another letter. */
const marked = /([\p{Script=Latin}\p{Script=Greek}\p{Script=Arabic}\p{Script=Hebrew}])\p{M}+/gu

/** Marks of no script that make no letter with what they stand on, such as the accents of stress in Russian. */
const loose = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+/g

/** Latin letters that Unicode does not decompose, as they are typed without them (as ICU's Latin-ASCII has them). */
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
 * The letters of a text in one form (NFKC, small, nothing invisible), Latin ones without accents and as far as they go
 * in ASCII, Greek ones without accents, Arabic and Hebrew ones without vowel signs.
 */
export const plainLetters = (text: string) =>
  text
    .replace(invisible, '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(marked, '$1')
    .replace(undecomposed, (letter) => latin[letter]!)
    .normalize('NFC')
    .replace(loose, '')

/** Letters that are typed for one another, whatever the spelling asks for. */
const alike: Record<string, string> = {
  ς: 'σ',
  ...letters('е', 'ёѐ'),
  ѝ: 'и',
  // Keyboards for Persian and Urdu have letters of their own for the Arabic yeh, kaf and heh.
  ...letters('ي', 'ىی'),
  ک: 'ك',
  ...letters('ه', 'ةہۃ'),
  ...letters('\u0902', '\u0901')
}
const interchangeable = new RegExp(`[${Object.keys(alike).join('')}]`, 'g')

/** A nasal before a consonant of its own class is written as a letter or as a dot in Hindi: हिन्दी, हिंदी. */
const nasals = /ङ्(?=[क-घ])|ञ्(?=[च-झ])|ण्(?=[ट-ढ])|न्(?=[त-ध])|म्(?=[प-भ])/g

/** The ten digits of a script follow one another, from a code that ends in 0 or in 6. */
const digits = /[\p{Nd}--[0-9]]/gv
const isDigit = /\p{Nd}/u

function digit(letter: string): string {
  const code = letter.codePointAt(0)!
  const first = code & ~15
  return String(code - (isDigit.test(String.fromCodePoint(first)) ? first : first + 6))
}

/** What may become another letter, or part of one, with what stands beside it. */
const combining =
  /[\p{M}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Script=Devanagari}\u0e33\u0eb3\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff\uff65-\uff9f]/u

const foldTogether = (word: string) =>
  plainLetters(word)
    .replace(interchangeable, (letter) => alike[letter]!)
    .replace(nasals, '\u0902')
    .replace(digits, digit)

/** Words and characters with marks, folded: the same ones come again and again. */
const memo = new Map<string, string>()
const most = 10_000
const longest = 40

function foldAll(word: string): string {
  const known = memo.get(word)
  if (known !== undefined) return known
  const folded = foldTogether(word)
  if (word.length > longest) return folded
  if (memo.size >= most) memo.clear()
  memo.set(word, folded)
  return folded
}

/** What each UTF-16 code unit that was met becomes by itself; null where that depends on what stands beside it. */
const known: (string | null | undefined)[] = []

/** What a code unit becomes wherever it stands; null where that depends on what stands beside it. */
export function foldLetter(code: number): string | null {
  const found = known[code]
  if (found !== undefined) return found
  const letter = String.fromCharCode(code)
  const folded = combining.test(letter) ? null : foldTogether(letter)
  known[code] = folded
  return folded
}

/** A word as it is looked for: the same for all ways in which it is usually typed. */
export function foldWord(word: string): string {
  let folded = ''
  for (let at = 0; at < word.length; at++) {
    const letter = foldLetter(word.charCodeAt(at))
    if (letter === null) return foldAll(word)
    folded += letter
  }
  return folded
}
