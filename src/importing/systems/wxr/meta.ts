// The fields that plugins keep beside a post, some of them as serialized PHP.
import { unserialize } from 'php-serialize'
import { child, type Element, textOf } from '../xml/element.ts'

const limits = { length: 1_000_000, depth: 20 }

/** The fields of a post, by their keys; of one that is there twice, all values. */
export function metaOf(item: Element): Map<string, string[]> {
  const fields = new Map<string, string[]>()
  for (const one of item.children) {
    if (one.name !== 'wp:postmeta') continue
    const key = textOf(one, 'wp:meta_key')
    const value = child(one, 'wp:meta_value')?.text ?? ''
    fields.set(key, [...(fields.get(key) ?? []), value])
  }
  return fields
}

/**
 * A serialized value; undefined for what cannot be read. PHP counts bytes, and XML turns CR LF into LF: a value whose
 * counts do not hold is tried once more with CR LF. Objects are never made.
 */
export function serialized(text: string): unknown {
  if (text.length > limits.length || isDeep(text) || /(?:^|[;{])[OC]:\d+:"/.test(text)) return undefined
  for (const one of [text, text.replace(/\r?\n/g, '\r\n')])
    try {
      return unserialize(one)
    } catch {}
  return undefined
}

function isDeep(text: string) {
  let depth = 0
  for (const [bracket] of text.matchAll(/[{}]/g)) {
    depth += bracket === '{' ? 1 : -1
    if (depth > limits.depth) return true
  }
  return false
}

/** A field of a serialized array. */
export const fieldOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : undefined

/** A text of it; undefined for an empty one. */
export const wordsIn = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
