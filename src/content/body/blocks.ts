// What was read, as the blocks of a body.
import { unprocessable } from '../../http/problems.ts'
import { normalize } from './normalize.ts'
import type { Annotation, Piece, TextLine } from './pieces.ts'
import { type Body, maxAnnotations, maxSpans, type PortableText } from './schema.ts'

type Sent<Type extends string> = Extract<PortableText[number], { _type: Type }>

const limits = { blocks: 5000, spans: maxSpans, annotations: maxAnnotations, cells: 1000 }

/** The pieces as blocks; a picture is the id of its media record. Throws 422 for more than a body can hold. */
export function blocksOf(pieces: Piece<string>[]): Body {
  if (pieces.length > limits.blocks)
    throw unprocessable('/body', `The body has more than ${limits.blocks} blocks: divide the story.`)
  return normalize(pieces.map(blockOf))
}

function blockOf(piece: Piece<string>): PortableText[number] {
  if (piece._type === 'image') return { _type: 'image', mediaId: piece.picture }
  if (piece._type === 'block') return textOf(piece)
  return piece._type === 'table' ? tableOf(piece) : piece
}

function tableOf({ rows, ...table }: Extract<Piece<string>, { _type: 'table' }>): Sent<'table'> {
  const held = rows.flatMap(({ cells }) => cells)
  if (
    rows.length > limits.blocks ||
    [...rows.map(({ cells }) => cells), ...held.map(({ value }) => value)].some(isLong)
  )
    throw unprocessable('/body', 'A table has more than 5000 rows, or 1000 cells in a row: divide it.')
  return {
    ...table,
    rows: rows.map(({ cells }) => ({
      _type: 'row',
      cells: cells.map(({ value, ...cell }) => ({ _type: 'cell', ...cell, value: value.map(textOf) }))
    }))
  }
}

const isLong = (list: unknown[]) => list.length > limits.cells

/** A line as a text block: each annotation has a key in it. */
export function textOf({ spans, text: _, ...line }: TextLine): Sent<'block'> {
  const keys = new Map<Annotation, string>()
  for (const { annotations } of spans)
    for (const one of annotations) if (!keys.has(one)) keys.set(one, `m${keys.size}`)
  if (spans.length > limits.spans || keys.size > limits.annotations)
    throw unprocessable(
      '/body',
      `A paragraph has more than ${limits.spans} pieces or ${limits.annotations} links: divide it.`
    )
  return {
    ...line,
    markDefs: [...keys].map(([annotation, _key]) => ({ ...annotation, _key })),
    children: spans.map(({ text, marks, annotations }) => ({
      _type: 'span',
      text,
      marks: [...marks, ...annotations.map((one) => keys.get(one)!)]
    }))
  }
}
