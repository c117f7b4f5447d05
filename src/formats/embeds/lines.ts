// Setting text in lines where nobody can measure it: in SVG, and for the height that an embedding page is told.
import { onFirstUse } from '../../storage/text/on-first-use.ts'

const words = onFirstUse(() => new Intl.Segmenter('en', { granularity: 'word' }))
const graphemes = onFirstUse(() => new Intl.Segmenter('en', { granularity: 'grapheme' }))

/** Scripts that put no spaces between words: a line may end after any word of theirs (UAX 14, ID and SA). */
const unspaced =
  '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}'
const endsUnspaced = new RegExp(`[${unspaced}\\p{Po}\\p{Pe}\\p{Pf}]$`, 'u')
const beginsUnspaced = new RegExp(`^[${unspaced}\\p{Ps}\\p{Pi}]`, 'u')
const opens = /[\p{Ps}\p{Pi}]$/u

/** The width of a grapheme in em, rather too wide than too narrow. */
function widthOf(grapheme: string): number {
  if (
    /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{Extended_Pictographic}\u3000-\u303f\uff00-\uffef]/u.test(
      grapheme
    )
  )
    return 1.05
  if (/^[\s.,;:!|'’‘ijlI]/u.test(grapheme)) return 0.32
  if (/^[\p{Lu}\p{sc=Devanagari}\p{sc=Bengali}\p{sc=Tamil}mw—…%@]/u.test(grapheme)) return 0.78
  return 0.56
}

const measured = (text: string) => {
  let width = 0
  for (const { segment } of graphemes().segment(text)) width += widthOf(segment)
  return width
}

/** Pieces between which a line may end, and whether a space stands before each. */
function piecesOf(text: string): { text: string; isSpaced: boolean }[] {
  const pieces: { text: string; isSpaced: boolean }[] = []
  let isSpaced = true
  for (const { segment } of words().segment(text)) {
    const last = pieces.at(-1)
    if (segment.trim() === '') isSpaced = true
    else {
      const mayEnd =
        isSpaced || (endsUnspaced.test(last!.text) && beginsUnspaced.test(segment) && !opens.test(last!.text))
      if (mayEnd) pieces.push({ text: segment, isSpaced })
      else last!.text += segment
      isSpaced = false
    }
  }
  return pieces
}

/** A text in lines of at most so many em. A word that is longer than a line is broken between its letters. */
export function linesOf(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  let used = 0
  const end = () => {
    if (line !== '') lines.push(line)
    line = ''
    used = 0
  }
  for (const piece of piecesOf(text)) {
    const needed = measured(piece.text)
    const space = piece.isSpaced && line !== '' ? ' ' : ''
    if (used + needed + space.length * 0.32 <= width) {
      line += space + piece.text
      used += needed + space.length * 0.32
      continue
    }
    end()
    for (const { segment } of graphemes().segment(piece.text)) {
      const own = widthOf(segment)
      if (used + own > width) end()
      line += segment
      used += own
    }
  }
  end()
  return lines
}

/** Whether its first letter is written from right to left (UAX 9, P2). */
export const isRightToLeft = (text: string) =>
  /^[\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Syriac}\p{sc=Thaana}\p{sc=Nko}]/u.test(/\p{L}/u.exec(text)?.[0] ?? '')
