// The story's lines as a body.
import { annotate } from '../body/anchors.ts'
import type { Block, Body } from '../body/schema.ts'
import { cut, type TextLine, type Warn } from './lines.ts'
import { mostBlocks } from './parts.ts'
import type { Item } from './takers.ts'

// With the quotes and claims of a paragraph they must fit the 1,000 annotations of a block.
const mostLinks = 100

/** One block an item, in the same order. */
export function bodyOf(items: Item[], warn: Warn): Body {
  const left = items[mostBlocks]
  if (left) {
    const words = 'text' in left ? cut(left.text, 300) : ''
    warn({ code: 'body-cut', detail: 'A body has room for 5,000 blocks: the story was cut here.', words })
  }
  return items.slice(0, mostBlocks).map((item, i) => {
    const _key = `b${i}`
    return 'text' in item ? textBlock(item, _key) : { _type: 'image', _key, mediaId: item.mediaId }
  })
}

function textBlock({ style, listItem, level, spans, links }: TextLine, _key: string): Block {
  const children = spans.map((span, i) => ({ _type: 'span' as const, _key: `s${i}`, ...span }))
  const block: Block = {
    _type: 'block',
    _key,
    style,
    ...(listItem && { listItem, level }),
    children,
    markDefs: []
  }
  return links
    .slice(0, mostLinks)
    .reduce<Block>(
      (body, { start, end, href }) =>
        annotate([body], [{ block: 0, start, end }], { _type: 'link', href })[0]!,
      block
    )
}
