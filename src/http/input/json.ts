// What a JSON text may not be although JSON.parse takes it: say a key twice, have too many keys or items, or nest without
// end.
import { atOnce } from './slices.ts'

/** Nested deeper than any story is, and far from what would exhaust the stack. */
const deepest = 64

/** More keys than 2 MB of any honest story have. */
const mostKeys = 100_000

/** V8 takes microseconds for each key that it has not met before: JSON.parse would take a tenth of a second for 100,000. */
const mostDifferentKeys = 10_000

/** More objects and lists, which take memory and time even where they are empty, than any honest story has. */
const mostParts = 200_000

/** Twice as many items as the longest list we take: what is wrong with more takes long to say. */
const mostItems = 10_000

/** How many characters are looked at in one turn of the event loop: some milliseconds. */
const slice = 100_000

/** What is wrong, and with which place (a JSON Pointer, RFC 6901). */
export interface JsonFault {
  pointer: string
  detail: string
  /** Whether JSON.parse would take too long for the text. */
  isExcessive?: boolean
}

/** An object or array that is not closed yet: where in it we are, and the keys of the object so far. */
interface Open {
  at: string | number
  keys?: Set<string>
}

const excessive = (detail: string, pointer = ''): JsonFault => ({ pointer, detail, isExcessive: true })

/** What is odd about a text that JSON.parse takes, or undefined. Takes time in proportion to its length. */
export const jsonFault = (text: string) => atOnce(jsonFaultInSlices(text))

/**
 * The same in slices, so that others may have a turn in between. Of a text that is no JSON it finds what it can: JSON.parse
 * says what is wrong with it.
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
        if (++keys > mostKeys) return excessive(`has more than ${mostKeys} keys.`)
        if (different.add(key).size > mostDifferentKeys)
          return excessive(`has more than ${mostDifferentKeys} different keys: put such data into lists.`)
      }
      isKey = false
      i = end
    } else if (character === '{' || character === '[') {
      isKey = character === '{'
      open.push(isKey ? { at: '', keys: new Set() } : { at: 0 })
      if (open.length > deepest + 1) return excessive(`nests deeper than ${deepest} levels.`)
      if (++parts > mostParts) return excessive(`has more than ${mostParts} objects and lists.`)
    } else if (character === '}' || character === ']') {
      isKey = false
      open.pop()
    } else if (character === ',' && inside) {
      isKey = inside.keys !== undefined
      if (!isKey) inside.at = Number(inside.at) + 1
      if (inside.at === mostItems)
        return excessive(`has more than ${mostItems} items.`, pointerTo(open.slice(0, -1)))
    }
  }
  return undefined
}

/** Whether this object has the key already; from now on it does. */
function isRepeated(object: Open, key: string): boolean {
  object.at = key
  const before = object.keys!.size
  return object.keys!.add(key).size === before
}

/** What a key is that was written so: "\u0061" is "a". */
function keyOf(written: string): string {
  if (!written.includes('\\')) return written
  try {
    return JSON.parse(`"${written}"`) as string
  } catch {
    return written
  }
}

/** The quote that ends the string beginning here: the next before which an even number of backslashes stands. */
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
