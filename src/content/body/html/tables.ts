// Tables of HTML.
import { type Cell, isLine, type Piece, plainLine, type Table, truncate } from '../pieces.ts'
import { maxSpan } from '../schema.ts'
import type { Context, ReaderState } from './context.ts'
import type { Element } from './tree.ts'

const longestCaption = 5000

interface ReadCell<Picture> {
  cell: Omit<Cell, 'value'>
  pieces: Piece<Picture>[]
}

interface ReadRows<Picture> {
  caption: string
  rows: ReadCell<Picture>[][]
  /** What stands in it without being in a cell. */
  loose: Piece<Picture>[]
}

/** A table as one piece, or what stands in it where it is no table of words. */
export function readTable<Picture>(reading: ReaderState<Picture>, element: Element, context: Context) {
  const read: ReadRows<Picture> = { caption: '', rows: [], loose: [] }
  const cells = { ...context, style: 'normal' as const }
  reading.writer.end()
  readRows(reading, element, cells, read)
  const { caption, rows } = read
  for (const piece of read.loose) reading.writer.put(piece)
  const held = rows.flat().flatMap(({ pieces }) => pieces)
  // An empty row may be spanned by cells above it: with others it is kept.
  if (rows.length === 0 || (reading.settings.page && rows.flat().length === 0)) {
    if (caption) reading.writer.put(plainLine(caption))
    return
  }
  if (held.every(isLine) && !isLayoutTable(reading, element, read)) {
    reading.writer.put(tableOf(caption, rows))
  } else {
    reading.report(
      'table-flattened',
      'A table holds rows of words: this one lays out other things, and was read as they follow one another.',
      ''
    )
    for (const piece of [...(caption ? [plainLine(caption)] : []), ...held]) reading.writer.put(piece)
  }
}

/** Rows and cells, in whatever part of the table they stand. */
function readRows<Picture>(
  reading: ReaderState<Picture>,
  parent: Element,
  context: Context,
  into: ReadRows<Picture>
) {
  for (const child of parent.children) {
    if (typeof child === 'string') continue
    if (/^(?:thead|tbody|tfoot)$/.test(child.tag)) readRows(reading, child, context, into)
    else if (child.tag === 'tr') {
      into.rows.push([])
      readRows(reading, child, context, into)
    } else if (child.tag === 'caption') readCaption(reading, child, context, into)
    else if (child.tag === 'td' || child.tag === 'th') {
      // The parser has put it into a row.
      into.rows.at(-1)!.push({ cell: cellOf(child), pieces: reading.apart([child], context) })
    } else into.loose.push(...reading.apart([child], context))
  }
}

/** A caption is plain words. What else stands in it stands before the table. */
function readCaption<Picture>(
  reading: ReaderState<Picture>,
  element: Element,
  context: Context,
  into: ReadRows<Picture>
) {
  const pieces = reading.apart([element], context)
  const lines = pieces.filter(isLine)
  const text = [...(into.caption ? [into.caption] : []), ...lines.map(({ text }) => text)].join('\n')
  into.caption = truncate(text, longestCaption)
  into.loose.push(...pieces.filter((piece) => !isLine(piece)))
  if (
    lines.some(({ spans }) => spans.some(({ marks, annotations }) => marks.length + annotations.length > 0))
  )
    reading.report('marks-dropped', 'The caption of a table has no marks and no links.', text)
  if (text.length > longestCaption)
    reading.report(
      'caption-cut',
      'The caption of a table is 5000 characters at most.',
      text.slice(longestCaption)
    )
}

function cellOf({ tag, attributes }: Element): Omit<Cell, 'value'> {
  const spanned = (raw: string | undefined, most: number) => {
    const span = /^\d{1,5}$/.test(raw ?? '') ? Number(raw) : 1
    return span > 1 ? Math.min(span, most) : undefined
  }
  const colspan = spanned(attributes.colspan, maxSpan.columns)
  const rowspan = spanned(attributes.rowspan, maxSpan.rows)
  return { ...(tag === 'th' && { header: true }), ...(colspan && { colspan }), ...(rowspan && { rowspan }) }
}

/** Whether it only puts things beside each other. On pages, a table of one row or column without a header does. */
function isLayoutTable<Picture>(
  { settings }: ReaderState<Picture>,
  element: Element,
  { rows, caption }: ReadRows<Picture>
) {
  if (/^(?:presentation|none)$/i.test(element.attributes.role ?? '')) return true
  if (!settings.page || caption) return false
  const headed = rows.flat().some(({ cell }) => cell.header)
  const wide = rows.filter((cells) => cells.length > 1).length
  return !headed && (wide < 2 || rows.flat().some(({ pieces }) => pieces.length > 3))
}

function tableOf<Picture>(caption: string, rows: ReadCell<Picture>[][]): Table {
  return {
    _type: 'table',
    ...(caption && { caption }),
    rows: rows.map((cells) => ({
      cells: cells.map(({ cell, pieces }) => ({ ...cell, value: pieces.filter(isLine) }))
    }))
  }
}
