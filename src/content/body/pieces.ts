// What a piece of writing is read into, whatever it was written in: lines of marked words, and what stands between them.
import type { Anchor } from './anchors/anchors.ts'
import type { decorators, styles, TextBlock } from './schema.ts'

export type Decorator = (typeof decorators)[number]
export type Style = (typeof styles)[number]

/** What an annotation says of its words. The words of one annotation share one object. */
export type Annotation = { _type: 'link'; href: string; title?: string } | Anchor

export interface LineSpan {
  text: string
  marks: Decorator[]
  annotations: Annotation[]
}

export interface TextLine {
  _type: 'block'
  text: string
  style: Style
  listItem?: TextBlock['listItem']
  level?: number
  start?: number
  /** The same text, cut where its marks change. */
  spans: LineSpan[]
}

export interface Cell {
  header?: true
  colspan?: number
  rowspan?: number
  value: TextLine[]
}

export interface Table {
  _type: 'table'
  caption?: string
  rows: { cells: Cell[] }[]
}

export type Piece<Picture> =
  | TextLine
  | Table
  | { _type: 'code'; code: string; language?: string }
  | { _type: 'embed'; url: string }
  | { _type: 'rule' }
  | { _type: 'image'; picture: Picture }

export const isLine = <Picture>(piece: Piece<Picture>): piece is TextLine => piece._type === 'block'

/** Whether two texts would be read as one word where nothing stands between them. */
export const joinsWords = (before: string, after: string) =>
  /[\p{L}\p{N}\p{M}]$/u.test(before.slice(-2)) && /^[\p{L}\p{N}\p{M}]/u.test(after)

/** At most this many characters, none cut in two. */
export const truncate = (text: string, length: number) =>
  text.length <= length ? text : text.slice(0, length).replace(/[\uD800-\uDBFF]$/u, '')

export const plainLine = (text: string): TextLine => ({
  _type: 'block',
  text,
  style: 'normal',
  spans: [{ text, marks: [], annotations: [] }]
})

/** The part of a line from one place to another, with its marks. */
export function sliceLine(line: TextLine, start: number, end = line.text.length): TextLine {
  let at = 0
  const spans = line.spans.flatMap((span) => {
    const text = span.text.slice(Math.max(0, start - at), Math.max(0, end - at))
    at += span.text.length
    return text === '' ? [] : [{ ...span, text }]
  })
  return { ...line, text: line.text.slice(start, end), spans }
}

const isSame = (a: readonly unknown[], b: readonly unknown[]) =>
  a.length === b.length && a.every((one, i) => one === b[i])

/** Adds words to spans: to the last one where they are marked alike. */
export function appendSpan(spans: LineSpan[], { text, marks, annotations }: LineSpan) {
  const last = spans.at(-1)
  if (last && isSame(last.marks, marks) && isSame(last.annotations, annotations)) last.text += text
  else spans.push({ text, marks, annotations })
}

/** An item of a list. Its first line is shown as the item, others of the same style are joined to that. */
export interface Item {
  listItem: 'bullet' | 'number'
  level: number
  /** Of which list it is. */
  list: unknown
  /** Its number, where that is known. */
  number?: number
  line?: TextLine
}
