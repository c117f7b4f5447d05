// The records that a body refers to.
import type { Body, MarkDef } from './schema.ts'
import { mapTexts, placedTexts, textsOf } from './text.ts'

/** A record that a body refers to, and where. */
export interface Mention {
  kind: 'quote' | 'attribution' | 'media'
  id: string
  pointer: string
}

/** What bodies were found to refer to: a write asks several times. */
const known = { mentions: new WeakMap<Body, Mention[]>(), anchoredIds: new WeakMap<Body, string[]>() }

/** What `find` answers for a body, found once. */
function memoized<T>(memo: WeakMap<Body, T>, body: Body, find: (body: Body) => T): T {
  const found = memo.get(body) ?? find(body)
  memo.set(body, found)
  return found
}

/** Every quote, attribution and media record the body refers to. */
export const mentions = (body: Body): readonly Mention[] => memoized(known.mentions, body, findMentions)

function findMentions(body: Body): Mention[] {
  const shown = body.flatMap((block, b): Mention[] =>
    block._type === 'image' ? [{ kind: 'media', id: block.mediaId, pointer: `/body/${b}/mediaId` }] : []
  )
  const anchored = placedTexts(body).flatMap(({ block, pointer }) =>
    block.markDefs.flatMap((def, m): Mention[] => {
      const at = `${pointer}/markDefs/${m}`
      if (def._type === 'quote') return [{ kind: 'quote', id: def.quoteId, pointer: `${at}/quoteId` }]
      if (def._type === 'attribution') {
        return [{ kind: 'attribution', id: def.attributionId, pointer: `${at}/attributionId` }]
      }
      return []
    })
  )
  return [...shown, ...anchored]
}

/** The ids of quotes and claims in the order in which their words begin. */
const anchoredIds = (body: Body): string[] => memoized(known.anchoredIds, body, findAnchoredIds)

function findAnchoredIds(body: Body): string[] {
  const ids = new Set<string>()
  for (const { children, markDefs } of textsOf(body)) {
    const named = new Map(
      markDefs.flatMap((def): [string, string][] => {
        if (def._type === 'quote') return [[def._key, def.quoteId]]
        return def._type === 'attribution' ? [[def._key, def.attributionId]] : []
      })
    )
    if (named.size === 0) continue
    for (const id of children.flatMap(({ marks }) => marks.flatMap((mark) => named.get(mark) ?? [])))
      ids.add(id)
  }
  return [...ids]
}

/**
 * Records in the order in which their words begin in the body; those without a place there last, as they were. `idOf` is
 * the quote or claim whose words a record is about.
 */
export function inOrderOfText<T extends { id: string }>(
  body: Body,
  records: T[],
  idOf = ({ id }: T): string => id
): T[] {
  if (records.length < 2) return records
  const places = new Map(anchoredIds(body).map((id, place) => [id, place]))
  const placeOf = (record: T) => places.get(idOf(record)) ?? places.size
  return records.toSorted((one, other) => placeOf(one) - placeOf(other))
}

/** The body with every reference replaced by what `resolve` answers for it. */
export function withReferences(body: Body, resolve: (kind: Mention['kind'], id: string) => string): Body {
  const shown = body.map((block) =>
    block._type === 'image' ? { ...block, mediaId: resolve('media', block.mediaId) } : block
  )
  return mapTexts(shown, (block) => {
    const markDefs = block.markDefs.map((def): MarkDef => {
      if (def._type === 'quote') return { ...def, quoteId: resolve('quote', def.quoteId) }
      if (def._type === 'attribution') {
        return { ...def, attributionId: resolve('attribution', def.attributionId) }
      }
      return def
    })
    return { ...block, markDefs }
  })
}
