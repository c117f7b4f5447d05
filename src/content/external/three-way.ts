// Three-way comparison: what was sent last, what stands in the draft now, and what is sent now. What was edited here since
// the last send stays, and is told.
import { isDeepStrictEqual } from 'node:util'
import type { Fault } from '../../http/problems.ts'
import type { Body, TextBlock } from '../body/schema.ts'

type Fields = Record<string, unknown>

/** What stays as it was edited here, with the place in what was sent. */
export class Kept {
  readonly all: Fault[] = []

  add(pointer: string, detail = 'It was edited here since it was sent last: that stays.') {
    this.all.push({ pointer, detail })
  }
}

/** Whether what is sent now goes in the place of what stands there; tells where it does not. */
export function isTaken(
  { before, now, sent }: { before: unknown; now: unknown; sent: unknown },
  kept: Kept,
  pointer: string
): boolean {
  if (isDeepStrictEqual(now, sent)) return false
  if (isDeepStrictEqual(now, before)) return true
  kept.add(pointer)
  return false
}

/** The fields that go in the place of those that stand there. */
export function taken<Record extends object>(
  { before, now: there, sent }: { before: Fields; now: object; sent: Record },
  kept: Kept,
  pointer: string
): Partial<Record> {
  const now: Fields = { ...there }
  const fields = Object.entries(sent).filter(([name, value]) => {
    const [was = null, is = null] = [before[name], now[name]]
    return isTaken({ before: was, now: is, sent: value ?? null }, kept, `${pointer}/${name}`)
  })
  // As: they are entries of `sent`.
  return Object.fromEntries(fields) as Partial<Record>
}

/** What a body says and how, without its anchors and keys: spans of the same marks are one. */
export const saidBy = (body: Body): string =>
  JSON.stringify(body, (name, value: unknown) => {
    if (name === '_key') return undefined
    return isTextBlock(value) ? bare(value) : value
  })

const isTextBlock = (value: unknown): value is TextBlock =>
  typeof value === 'object' && value !== null && 'children' in value && 'markDefs' in value

function bare({ children, markDefs, _key, ...block }: TextBlock) {
  const links = new Map(
    markDefs.map((def) => [def._key, def._type === 'link' ? `${def.href} ${def.title ?? ''}` : undefined])
  )
  const spans: { text: string; marks: string }[] = []
  for (const { text, marks } of children) {
    const shown = marks.flatMap((mark) => (links.has(mark) ? (links.get(mark) ?? []) : mark))
    const all = shown.sort().join('\n')
    const last = spans.at(-1)
    if (last?.marks === all) last.text += text
    else spans.push({ text, marks: all })
  }
  return { ...block, spans }
}
