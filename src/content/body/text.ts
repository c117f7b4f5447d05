// A body read as running text, with the way back from a place in the text to a place in a block.
import type { Block, Body, TableBlock, TextBlock } from './schema.ts'
import { writtenOf } from './shifted.ts'

/** A stretch of one text block, in UTF-16 units; `end` is exclusive. */
export interface Range {
  /** The place of the block in `textsOf(body)`. */
  block: number
  start: number
  end: number
}

export const isText = (block: Block): block is TextBlock => block._type === 'block'

export const textOf = (block: TextBlock) => block.children.map(({ text }) => text).join('')

/** A text block, and where it stands: a JSON Pointer into the article. */
export interface PlacedText {
  block: TextBlock
  pointer: string
}

/** Every text block of a body in reading order, those in the cells of tables too. */
export function placedTexts(body: Body): PlacedText[] {
  const found: PlacedText[] = []
  body.forEach((block, b) => {
    if (isText(block)) found.push({ block, pointer: `/body/${b}` })
    if (block._type !== 'table') return
    block.rows.forEach(({ cells }, r) => {
      cells.forEach(({ value }, c) => {
        value.forEach((inner, v) => {
          found.push({ block: inner, pointer: `/body/${b}/rows/${r}/cells/${c}/value/${v}` })
        })
      })
    })
  })
  return found
}

/** The text blocks of a body, in the order that a `Range` counts them. */
export const textsOf = (body: Body): TextBlock[] =>
  body.flatMap((block) => {
    if (isText(block)) return block
    return block._type === 'table'
      ? block.rows.flatMap(({ cells }) => cells.flatMap(({ value }) => value))
      : []
  })

/** The body with each text block replaced by what `change` makes of it; `index` counts as `textsOf` does. */
export function mapTexts(body: Body, change: (block: TextBlock, index: number) => TextBlock): Body {
  let index = 0
  const changed = (block: TextBlock) => change(block, index++)
  return body.map((block) => {
    if (isText(block)) return changed(block)
    return block._type === 'table' ? { ...block, rows: rowsWith(block, changed) } : block
  })
}

const rowsWith = ({ rows }: TableBlock, change: (block: TextBlock) => TextBlock) =>
  rows.map((row) => ({
    ...row,
    cells: row.cells.map((cell) => ({ ...cell, value: cell.value.map(change) }))
  }))

/** A table as lines: its caption, and one a row with " | " between the cells. */
const tableText = ({ caption, rows }: TableBlock) =>
  [
    ...(caption === undefined ? [] : [caption]),
    ...rows.map(({ cells }) => cells.map(({ value }) => value.map(writtenOf).join(' ')).join(' | '))
  ].join('\n')

/** The words of a body as text: text blocks, tables and code apart by an empty line, white space as it stands. */
export const plainText = (body: Body) =>
  body
    .flatMap((block) => {
      if (isText(block)) return writtenOf(block)
      if (block._type === 'table') return tableText(block)
      return block._type === 'code' ? block.code : []
    })
    .join('\n\n')

/** White space counts as one space: what a line break or a double space does to a text is not a change. */
export const collapseSpace = (text: string) => text.replace(/\s+/gu, ' ').trim()
