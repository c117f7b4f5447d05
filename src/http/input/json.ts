// Faults of a JSON text that JSON.parse accepts: duplicate keys, too many keys or items, too deep nesting.
import { runToEnd } from './cooperative.ts'

/** Deeper than any story, and far from exhausting the stack. */
const maxDepth = 64

/** More keys than any real story of 2 MB has. */
const maxKeys = 100_000

/** V8 takes microseconds for each distinct key: JSON.parse would take a tenth of a second for 100,000. */
const maxDifferentKeys = 10_000

/** More objects and arrays, which take memory and time even if empty, than any real story has. */
const maxParts = 200_000

/** Twice as many items as the longest array in our schemas: reporting errors of more takes too long. */
const maxItems = 10_000

/** How many characters are scanned in one turn of the event loop: some milliseconds. */
const slice = 100_000

/** A fault and its place (a JSON Pointer, RFC 6901). */
export interface JsonFault {
  pointer: string
  detail: string
  /** Whether JSON.parse would take too long on the text. */
  isExcessive?: boolean
}

/** An open object or array on the stack: the current position in it, and the keys of the object so far. */
interface Open {
  at: string | number
  keys?: Set<string>
}

const excessive = (detail: string, pointer = ''): JsonFault => ({ pointer, detail, isExcessive: true })

/** The first fault of a text that JSON.parse accepts, or undefined. Runs in linear time. */
export const jsonFault = (text: string) => runToEnd(jsonFaultInSlices(text))

/**
 * The same in slices, so that the event loop can take turns. In malformed JSON it finds what it can, and leaves the
 * rest to JSON.parse.
 */
export function* jsonFaultInSlices(text: string): Generator<void, JsonFault | undefined> {
  const open: Open[] = []
  const different = new Set<string>()
  let [keys, parts, next] = [0, 0, slice]
  let isKey = false
  for (let i = 0; i < text.length; i++) {
    if (i >= next) {
      yield
      next = i + slice
    }
    const character = text[i]
    const inside = open.at(-1)
    if (character === '"') {
      const end = endOf(text, i)
      if (end === undefined) return undefined
      if (isKey) {
        const key = keyOf(text.slice(i + 1, end))
        if (isRepeated(inside!, key)) return { pointer: pointerTo(open), detail: 'is there twice.' }
        if (++keys > maxKeys) return excessive(`has more than ${maxKeys} keys.`)
        if (different.add(key).size > maxDifferentKeys)
          return excessive(`has more than ${maxDifferentKeys} different keys: put such data into lists.`)
      }
      isKey = false
      i = end
    } else if (character === '{' || character === '[') {
      isKey = character === '{'
      open.push(isKey ? { at: '', keys: new Set() } : { at: 0 })
      if (open.length > maxDepth + 1) return excessive(`nests deeper than ${maxDepth} levels.`)
      if (++parts > maxParts) return excessive(`has more than ${maxParts} objects and lists.`)
    } else if (character === '}' || character === ']') {
      isKey = false
      open.pop()
    } else if (character === ',' && inside) {
      isKey = inside.keys !== undefined
      if (!isKey) inside.at = Number(inside.at) + 1
      if (inside.at === maxItems)
        return excessive(`has more than ${maxItems} items.`, pointerTo(open.slice(0, -1)))
    }
  }
  return undefined
}

/** Whether a key is a duplicate; adds it to the keys of the object. */
function isRepeated(object: Open, key: string): boolean {
  object.at = key
  const before = object.keys!.size
  return object.keys!.add(key).size === before
}

/** The key in a JSON string literal: "\u0061" is "a". */
function keyOf(written: string): string {
  if (!written.includes('\\')) return written
  try {
    return JSON.parse(`"${written}"`) as string
  } catch {
    return written
  }
}

/** The closing quote of the string that begins here: the next one after an even number of backslashes. */
function endOf(text: string, start: number): number | undefined {
  let end = start
  let before: number
  do {
    end = text.indexOf('"', end + 1)
    if (end < 0) return undefined
    before = end
    while (text[before - 1] === '\\') before -= 1
  } while ((end - before) % 2 === 1)
  return end
}

const pointerTo = (open: Open[]) => open.map(({ at }) => `/${escaped(String(at))}`).join('')

/** A key as a part of a JSON Pointer. */
export const escaped = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1')
