// What stands on a card, from top to bottom, and how high it is.
import { isRightToLeft, linesOf } from './lines.ts'

/** The kinds of text on a card: size of the letters, height of a line, space above the first, in pixels. */
export const kinds = {
  note: { size: 14, line: 20, above: 0 },
  words: { size: 22, line: 31, above: 8 },
  who: { size: 16, line: 24, above: 12 },
  from: { size: 14, line: 20, above: 12 },
  notice: { size: 14, line: 20, above: 8 }
}

/** A paragraph of a card. */
export interface Paragraph {
  kind: keyof typeof kinds
  text: string
}

/** A line where it stands: `y` is its baseline. */
export interface Line {
  kind: keyof typeof kinds
  text: string
  y: number
  isRightToLeft: boolean
}

/** The space around everything, and the least width that letters are set in, in pixels. */
export const margin = 24
const minWidth = 200

/** Sets paragraphs on a card of this width. */
export function layout(paragraphs: Paragraph[], width: number): { lines: Line[]; height: number } {
  const lines: Line[] = []
  let y = margin
  for (const { kind, text } of paragraphs) {
    const { size, line, above } = kinds[kind]
    y += above
    const rightToLeft = isRightToLeft(text)
    for (const one of linesOf(text, (Math.max(width, minWidth) - 2 * margin) / size)) {
      y += line
      lines.push({ kind, text: one, y: y - (line - size), isRightToLeft: rightToLeft })
    }
  }
  return { lines, height: y + margin }
}
