// Writing down what is read: words into lines, with white space as a browser shows it (CSS Text 3, 4.1.1).
import {
  type Annotation,
  appendSpan,
  type Decorator,
  type Item,
  joinsWords,
  type Piece,
  type Style,
  sliceLine,
  type TextLine
} from '../pieces.ts'
import { setListStarts } from './numbering.ts'

/** Most words have nothing that collapses: looking takes a fraction of replacing each of their spaces by itself. */
const collapsible = /[\t\n\r\f]| {2}/

/** What words are shown as. */
export interface TextStyle {
  style: Style
  item?: Item
  marks: Decorator[]
  annotations: Annotation[]
  /** White space stays as it is. */
  spaced: boolean
  /** Two line breaks end the line, as "</p>" does: the words stand in no paragraph. */
  loose: boolean
}

interface Open {
  look: TextStyle
  line: TextLine
  /** A space that is shown when a word follows. */
  space?: TextStyle
  /** A space that is shown where letters would touch. */
  gap?: TextStyle
  /** The last character: reading it from a growing string would copy the string. */
  end: string
}

/** Where the words of a line begin and end: on a page it has no white space at its ends. */
export const edgesWithoutSpace = (text: string): [number, number] => {
  const start = text.length - text.trimStart().length
  return [start, start + text.trim().length]
}

/** Elsewhere only a line break at the very end is none of them. */
export const edgesWithoutLastBreak = (text: string): [number, number] => [
  0,
  text.endsWith('\n') ? text.length - 1 : text.length
]

export class Writer<Picture> {
  readonly pieces: Piece<Picture>[] = []
  /** How many characters were written. */
  written = 0
  readonly #items = new Map<TextLine, Item>()
  readonly #edges: (text: string) => [start: number, end: number]
  readonly #split: (item: TextLine) => void
  #open?: Open
  /** What follows a piece in its paragraph is a paragraph only if it has words. */
  #afterPiece = false

  /** `edges` says where the words of a line begin and end; `split` is told of what could not stay in its item. */
  constructor(edges: (text: string) => [start: number, end: number], split: (line: TextLine) => void) {
    this.#edges = edges
    this.#split = split
  }

  /** Words of the line that is open, or the first of a new one. */
  write(words: string, look: TextStyle) {
    if (look.spaced) return this.#append(words, look)
    // U+00A0 does not collapse.
    const text = collapsible.test(words) ? words.replace(/[\t\n\r\f ]+/g, ' ') : words
    const inner = text.slice(text.startsWith(' ') ? 1 : 0, text.endsWith(' ') ? -1 : undefined)
    if (text.startsWith(' ')) this.#space(look)
    this.#append(inner, look)
    if (text.endsWith(' ')) this.#space(look)
  }

  /** Something that is not kept stood here: the words before and after it stay apart. */
  gap(look: TextStyle) {
    if (this.#open) this.#open.gap = look
  }

  /** A line break. What stands in no paragraph does not begin with one, and ends with a second one. */
  lineBreak(look: TextStyle) {
    if (look.loose && !this.#open) return
    if (look.loose && this.#open?.end === '\n') return this.end()
    if (this.#open) this.#open.space = undefined
    this.#append('\n', look)
  }

  /** White space: none is shown at the ends of a line, and one for several (CSS Text 3, 4.1.1). */
  #space(look: TextStyle) {
    if (this.#open && this.#open.end !== '\n') this.#open.space ??= look
  }

  #append(text: string, look: TextStyle) {
    if (text === '') return
    this.#open ??= { look, line: { _type: 'block', text: '', style: look.style, spans: [] }, end: '' }
    const { line, gap, end } = this.#open
    const space = this.#open.space ?? (gap && joinsWords(end, text) ? gap : undefined)
    if (space) appendSpan(line.spans, { text: ' ', marks: space.marks, annotations: space.annotations })
    appendSpan(line.spans, { text, marks: look.marks, annotations: look.annotations })
    Object.assign(this.#open, { space: undefined, gap: undefined, end: [...text.slice(-2)].at(-1) })
    this.written += text.length
  }

  /** Ends the line that is open. A line break at its very end is not shown, but opens a paragraph without words. */
  end() {
    this.#close(this.#afterPiece)
    this.#afterPiece = false
  }

  #close(isRest: boolean) {
    if (!this.#open) return
    const { look, line } = this.#open
    this.#open = undefined
    line.text = line.spans.map(({ text }) => text).join('')
    if ((look.loose || isRest) && line.text.trim() === '') return
    const [start, end] = this.#edges(line.text)
    this.#place(sliceLine(line, start, end), look.item)
  }

  /** What stands on its own. */
  put(piece: Piece<Picture>) {
    this.#close(true)
    this.pieces.push(piece)
    this.#afterPiece = true
  }

  /** Everything that was written. */
  finish(): Piece<Picture>[] {
    this.end()
    setListStarts(this.pieces, this.#items)
    return this.pieces
  }

  #place(line: TextLine, item?: Item) {
    if (item && !item.line) {
      Object.assign(line, { listItem: item.listItem, level: item.level })
      item.line = line
      this.#items.set(line, item)
    } else if (item?.line && this.pieces.at(-1) === item.line && item.line.style === line.style) {
      appendSpan(item.line.spans, { text: '\n', marks: [], annotations: [] })
      for (const span of line.spans) appendSpan(item.line.spans, span)
      item.line.text += `\n${line.text}`
      return
    } else if (item) this.#split(line)
    this.pieces.push(line)
  }
}
