// The story's lines as a body.
import { blocksOf } from '../../content/body/blocks.ts'
import { isLine, type Piece, type TextLine, truncate } from '../../content/body/pieces.ts'
import type { Body } from '../../content/body/schema.ts'
import type { Warn } from '../page/lines.ts'
import { maxBlocks } from '../page/parts.ts'

// With the quotes and claims of a paragraph they must fit the 1,000 annotations and 5,000 spans of a block.
const limits = { spans: 500, annotations: 100 }

/** One block an item, in the same order. */
export function bodyOf(items: Piece<string>[], warn: Warn): Body {
  const left = items[maxBlocks]
  if (left) {
    const words = isLine(left) ? truncate(left.text, 300) : ''
    warn({ code: 'body-cut', detail: 'A body has room for 5,000 blocks: the story was cut here.', words })
  }
  return blocksOf(
    items.slice(0, maxBlocks).map((item, i) => (isLine(item) ? withinLimits(item, `/body/${i}`, warn) : item))
  )
}

/** A line of more marked stretches than prose has is read as plain words. */
function withinLimits(line: TextLine, pointer: string, warn: Warn): TextLine {
  const annotations = new Set(line.spans.flatMap(({ annotations }) => annotations))
  if (line.spans.length <= limits.spans && annotations.size <= limits.annotations) return line
  const detail = 'A paragraph with so many links and marks was read as plain words.'
  warn({ code: 'marks-dropped', detail, words: truncate(line.text, 300), pointer })
  return { ...line, spans: [{ text: line.text, marks: [], annotations: [] }] }
}
