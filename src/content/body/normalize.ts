// The body in the one form it is stored in: everything keyed, defaults written out.
import type { Block, Body, PortableText, SentSpan, Span, TextBlock } from './schema.ts'

/** A span that may be a piece of another, which keeps its key. */
export type Unkeyed = Omit<Span, '_key'> & { _key?: string }

/** A key that is not taken. */
export const unusedKey = (prefix: string, taken: Set<string>) => {
  let n = taken.size
  while (taken.has(`${prefix}${n}`)) n++
  return `${prefix}${n}`
}

/** The items of one array, each with a key that no other has. */
function withKeys<T extends { _key?: string }>(prefix: string, items: T[]): (T & { _key: string })[] {
  const taken = new Set(items.flatMap(({ _key }) => _key ?? []))
  return items.map((item) => {
    const _key = item._key ?? unusedKey(prefix, taken)
    taken.add(_key)
    return { ...item, _key }
  })
}

/** The spans, each with a key. */
export const withSpanKeys = (spans: SentSpan[]): Span[] =>
  withKeys('s', spans).map((span) => ({ ...span, marks: span.marks ?? [] }))

type SentText = Extract<PortableText[number], { _type: 'block' }>
type SentTable = Extract<PortableText[number], { _type: 'table' }>

const texts = (blocks: SentText[]): TextBlock[] =>
  withKeys('b', blocks).map((block) => {
    const { style = 'normal', markDefs = [], children } = block
    return { ...block, style, markDefs, children: withSpanKeys(children) }
  })

const rowsOf = ({ rows }: SentTable) =>
  withKeys('r', rows).map((row) => ({
    ...row,
    cells: withKeys('c', row.cells).map((cell) => ({ ...cell, value: texts(cell.value) }))
  }))

/** The body as it is stored: every block and span keyed, defaults written out. */
export const normalize = (body: PortableText): Body =>
  withKeys('b', body).map((block): Block => {
    if (block._type === 'block') return texts([block])[0]!
    return block._type === 'table' ? { ...block, rows: rowsOf(block) } : block
  })
