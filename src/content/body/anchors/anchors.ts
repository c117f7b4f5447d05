// Anchors: the annotations that tie a quote or a claim to its words in a body.
import { unprocessable } from '../../../http/problems.ts'
import { type Unkeyed, unusedKey, withSpanKeys } from '../normalize.ts'
import {
  type Body,
  type MarkDef,
  maxAnnotations,
  maxMarks,
  maxSpans,
  type Span,
  type TextBlock
} from '../schema.ts'
import { writtenSpan } from '../shifted.ts'
import { mapTexts, type Range, textOf, textsOf } from '../text.ts'
import { quotedExcerpt } from './wording.ts'

/** A quote or a claim, as annotations name it. */
export type Anchor = { _type: 'quote'; quoteId: string } | { _type: 'attribution'; attributionId: string }

export const quoteAnchor = (quoteId: string): Anchor => ({ _type: 'quote', quoteId })
export const claimAnchor = (attributionId: string): Anchor => ({ _type: 'attribution', attributionId })

/** What tells one anchor from others. */
export const keyOfAnchor = (anchor: Anchor) =>
  anchor._type === 'quote' ? `quote ${anchor.quoteId}` : `attribution ${anchor.attributionId}`

/** What is anchored in a body: its words, and where they stand. */
export interface Anchored {
  anchor: Anchor
  /** Parts are joined by " ... " where the article has other words between them, by a space where it has not. */
  text: string
  ranges: Range[]
}

/** How far a body was read: how many characters, and how many spans with words. */
interface ReadingPosition {
  at: number
  spoken: number
}

/** What is anchored in bodies that were asked about: checks and writes ask several times for one request. */
const known = new WeakMap<Body, ReadonlyMap<string, Anchored>>()

/** Everything that is anchored in a body, by the names of the anchors. */
export function anchorsIn(body: Body): ReadonlyMap<string, Anchored> {
  const anchors = known.get(body) ?? findAnchors(body)
  known.set(body, anchors)
  return anchors
}

const none: [] = []

function findAnchors(body: Body): Map<string, Anchored> {
  const found = new Map<string, Anchored & { end: ReadingPosition }>()
  const texts = textsOf(body)
  if (!texts.some(({ markDefs }) => markDefs.some(({ _type }) => _type !== 'link'))) return found
  let from: ReadingPosition = { at: 0, spoken: 0 }
  texts.forEach((block, index) => {
    const anchors = new Map(block.markDefs.flatMap((def) => (def._type === 'link' ? [] : [[def._key, def]])))
    let start = 0
    for (const span of block.children) {
      const { text, marks } = span
      const range = { block: index, start, end: start + text.length }
      const end = { at: from.at + text.length, spoken: from.spoken + Number(/[\p{L}\p{N}]/u.test(text)) }
      const here = anchors.size === 0 ? [] : marks.flatMap((mark) => anchors.get(mark) ?? [])
      for (const [name, def] of here.length === 0
        ? none
        : new Map(here.map((def) => [keyOfAnchor(def), def]))) {
        const before = found.get(name)
        const words = writtenSpan(span)
        if (before) extend(before, words, range, { from, end })
        else found.set(name, { anchor: anchorOf(def), text: words, ranges: [range], end })
      }
      ;[start, from] = [range.end, end]
    }
    from = { ...from, at: from.at + 1 }
  })
  return found
}

const anchorOf = (def: Anchor): Anchor =>
  def._type === 'quote' ? quoteAnchor(def.quoteId) : claimAnchor(def.attributionId)

/** Adds one more span to what is anchored. */
function extend(
  anchored: Anchored & { end: ReadingPosition },
  text: string,
  range: Range,
  { from, end }: { from: ReadingPosition; end: ReadingPosition }
) {
  const apart = from.at > anchored.end.at
  const joint = from.spoken > anchored.end.spoken ? ' ... ' : apart ? ' ' : ''
  anchored.text += joint + text
  anchored.end = end
  const last = anchored.ranges.at(-1)!
  if (!apart && last.block === range.block) last.end = range.end
  else anchored.ranges.push(range)
}

/** The words an anchor stands on, or undefined where it stands nowhere. */
export const anchoredText = (body: Body, anchor: Anchor) => anchorsIn(body).get(keyOfAnchor(anchor))?.text

/** An annotation, and the ranges that it is to be put over. */
export interface Marking {
  ranges: Range[]
  def: Anchor | { _type: 'link'; href: string; title?: string }
}

/** The body with one more annotation over these ranges; spans are split where it begins and ends. */
export const annotate = (body: Body, ranges: Range[], def: Marking['def']): Body =>
  annotateAll(body, [{ ranges, def }])

/** The body with these annotations. */
export function annotateAll(body: Body, markings: Marking[]): Body {
  const all = markings.flatMap(({ ranges, def }) => ranges.map((range) => ({ range, def })))
  const byBlock = Map.groupBy(all, ({ range }) => range.block)
  if (all.length === 0) return body
  return mapTexts(body, (block, index) => {
    const here = byBlock.get(index)
    return here ? annotated(block, here) : block
  })
}

function annotated(block: TextBlock, markings: { range: Range; def: Marking['def'] }[]): TextBlock {
  const taken = new Set(block.markDefs.map(({ _key }) => _key))
  const keys = new Map<Marking['def'], string>()
  for (const { def } of markings) {
    if (!keys.has(def)) keys.set(def, unusedKey('m', taken))
    taken.add(keys.get(def)!)
  }
  const cuts = markings.flatMap(({ range: { start, end } }) => [start, end])
  let at = 0
  const children = cut(block.children, cuts).map((span) => {
    const start = at
    at += span.text.length
    const over = markings.filter(({ range }) => start >= range.start && at <= range.end && at > start)
    return over.length > 0
      ? { ...span, marks: [...span.marks, ...over.map(({ def }) => keys.get(def)!)] }
      : span
  })
  const defs = Array.from(keys, ([def, _key]): MarkDef => ({ ...def, _key }))
  return checked({ ...block, children: withSpanKeys(children), markDefs: [...block.markDefs, ...defs] })
}

/** Throws 422 for a block with more annotations than the schema of bodies allows. */
function checked(block: TextBlock): TextBlock {
  const { children, markDefs } = block
  const crowded = children.find(({ marks }) => marks.length > maxMarks)
  if (crowded)
    throw unprocessable(
      '',
      `At most ${maxMarks} quotes, claims and other marks may stand on the same words: ${quotedExcerpt(crowded.text)} would have ${crowded.marks.length}.`
    )
  if (markDefs.length <= maxAnnotations && children.length <= maxSpans) return block
  throw unprocessable(
    '',
    `A paragraph may have at most ${maxAnnotations} quotes, claims and links, and ${maxSpans} spans: that of ${quotedExcerpt(textOf(block))} would have ${markDefs.length} and ${children.length}. Make it several paragraphs.`
  )
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

/** The body without these anchors: the words stay. */
export function withoutAnchors(body: Body, those: Anchor[]): Body {
  const names = new Set(those.map(keyOfAnchor))
  if (names.size === 0) return body
  return mapTexts(body, (block) => {
    const gone = block.markDefs.filter((def) => def._type !== 'link' && names.has(keyOfAnchor(def)))
    if (gone.length === 0) return block
    const keys = new Set(gone.map(({ _key }) => _key))
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
