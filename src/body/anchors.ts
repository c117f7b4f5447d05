// Anchors: the annotations that tie a quote or a claim to its words in a body.

import { keyed, type Unkeyed, unused } from './normal.ts'
import type { Body, MarkDef, Span, TextBlock } from './schema.ts'
import { folded, locate, mapTexts, type Range, textsOf, type Words, wordsOf } from './text.ts'

/** A quote or a claim, as annotations name it. */
export type Anchor = { _type: 'quote'; quoteId: string } | { _type: 'attribution'; attributionId: string }

export const quoteAnchor = (quoteId: string): Anchor => ({ _type: 'quote', quoteId })
export const claimAnchor = (attributionId: string): Anchor => ({ _type: 'attribution', attributionId })

const same = (def: MarkDef, anchor: Anchor) =>
  (def._type === 'quote' && anchor._type === 'quote' && def.quoteId === anchor.quoteId) ||
  (def._type === 'attribution' &&
    anchor._type === 'attribution' &&
    def.attributionId === anchor.attributionId)

/** The keys of the annotations of a block that are wanted. */
const keysOf = (block: TextBlock, wanted: (def: MarkDef) => boolean) =>
  new Set(block.markDefs.filter(wanted).map(({ _key }) => _key))

const isMarked = (span: Span, keys: Set<string>) => span.marks.some((mark) => keys.has(mark))

export const isAnchored = (body: Body, anchor: Anchor) =>
  textsOf(body).some((block) => block.markDefs.some((def) => same(def, anchor)))

/**
 * The words an anchor stands on, or undefined where it stands nowhere. Parts are joined by " ... " where the
 * article has other words between them, by a space where it has not.
 */
export function anchoredText(body: Body, anchor: Anchor): string | undefined {
  let text: string | undefined
  let between = ''
  for (const block of textsOf(body)) {
    const keys = keysOf(block, (def) => same(def, anchor))
    for (const span of block.children) {
      if (!isMarked(span, keys)) between += span.text
      else {
        const joint = /[\p{L}\p{N}]/u.test(between) ? ' ... ' : between === '' ? '' : ' '
        text = text === undefined ? span.text : text + joint + span.text
        between = ''
      }
    }
    between += '\n'
  }
  return text
}

/** Whether the words under the anchor are these. */
export const standsAt = (body: Body, anchor: Anchor, text: string) => {
  const anchored = anchoredText(body, anchor)
  return anchored !== undefined && folded(anchored) === folded(text)
}

/** The body with the words of `text` anchored; undefined when they do not stand in it. */
export function anchor(body: Body, to: Anchor, text: string, words: Words = wordsOf(body)): Body | undefined {
  const texts = textsOf(body)
  const free = (ranges: Range[]) => !ranges.some((range) => overlaps(texts, range, to._type))
  const place = locate(words, text, free) ?? locate(words, text, () => true)
  return place && annotate(body, place, to)
}

/** Whether an annotation of this type stands within the range already. */
function overlaps(texts: TextBlock[], range: Range, type: MarkDef['_type']): boolean {
  const block = texts[range.block]!
  const keys = keysOf(block, (def) => def._type === type)
  let at = 0
  return block.children.some((span) => {
    const start = at
    at += span.text.length
    return start < range.end && at > range.start && isMarked(span, keys)
  })
}

/** The body with one more annotation over these ranges; spans are split where it begins and ends. */
export function annotate(
  body: Body,
  ranges: Range[],
  def: Anchor | { _type: 'link'; href: string; title?: string }
): Body {
  const byBlock = Map.groupBy(ranges, ({ block }) => block)
  return mapTexts(body, (block, index) => {
    const here = byBlock.get(index)
    if (!here) return block
    const key = unused('m', new Set(block.markDefs.map(({ _key }) => _key)))
    const cuts = here.flatMap(({ start, end }) => [start, end])
    let at = 0
    const children = cut(block.children, cuts).map((span) => {
      const start = at
      at += span.text.length
      const inside = here.some((range) => start >= range.start && at <= range.end && at > start)
      return inside ? { ...span, marks: [...span.marks, key] } : span
    })
    return { ...block, children: keyed(children), markDefs: [...block.markDefs, { ...def, _key: key }] }
  })
}

/** The spans, cut in two wherever one of these places falls inside them. */
function cut(spans: Span[], places: number[]): Unkeyed[] {
  let start = 0
  return spans.flatMap((span) => {
    const end = start + span.text.length
    const inner = places.filter((place) => place > start && place < end).sort((a, b) => a - b)
    const edges = [start, ...inner, end]
    const pieces = edges.slice(1).map((edge, i) => ({
      ...span,
      _key: i === 0 ? span._key : undefined,
      text: span.text.slice(edges[i]! - start, edge - start)
    }))
    start = end
    return pieces
  })
}

/** The body without this anchor: the words stay. */
export function released(body: Body, from: Anchor): Body {
  return mapTexts(body, (block) => {
    const keys = keysOf(block, (def) => same(def, from))
    if (keys.size === 0) return block
    return {
      ...block,
      markDefs: block.markDefs.filter(({ _key }) => !keys.has(_key)),
      children: block.children.map((span) => ({
        ...span,
        marks: span.marks.filter((mark) => !keys.has(mark))
      }))
    }
  })
}
