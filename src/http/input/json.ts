// What a JSON text may not be although JSON.parse takes it: say a key twice, have too many keys or items, or nest without
// end.

/** Nested deeper than any story is, and far from what would exhaust the stack. */
const deepest = 64

/** More keys than 2 MB of any honest story have. */
const mostKeys = 100_000

/** Twice as many items as the longest list we take: what is wrong with more takes long to say. */
const mostItems = 10_000

/** What is wrong, and with which place (a JSON Pointer, RFC 6901). */
export interface JsonFault {
  pointer: string
  detail: string
}

/** An object or array that is not closed yet: where in it we are, and the keys of the object so far. */
interface Open {
  at: string | number
  keys?: Set<string>
}

/** What is odd about a text that JSON.parse takes, or undefined. Takes time in proportion to its length. */
export function jsonFault(text: string): JsonFault | undefined {
  const open: Open[] = []
  let keys = 0
  let isKey = false
  for (let i = 0; i < text.length; i++) {
    const character = text[i]
    const inside = open.at(-1)
    if (character === '"') {
      const end = endOf(text, i)
      if (isKey && isRepeated(inside!, text.slice(i, end + 1)))
        return { pointer: pointerTo(open), detail: 'is there twice.' }
      if (isKey && ++keys > mostKeys) return { pointer: '', detail: `has more than ${mostKeys} keys.` }
      isKey = false
      i = end
    } else if (character === '{' || character === '[') {
      isKey = character === '{'
      open.push(isKey ? { at: '', keys: new Set() } : { at: 0 })
      if (open.length > deepest + 1) return { pointer: '', detail: `nests deeper than ${deepest} levels.` }
    } else if (character === '}' || character === ']') {
      isKey = false
      open.pop()
    } else if (character === ',') {
      isKey = inside!.keys !== undefined
      if (!isKey) inside!.at = Number(inside!.at) + 1
      if (inside!.at === mostItems)
        return { pointer: pointerTo(open.slice(0, -1)), detail: `has more than ${mostItems} items.` }
    }
  }
  return undefined
}

/** Whether this object has the key already; from now on it does. */
function isRepeated(object: Open, written: string): boolean {
  // "\u0061" is "a".
  const key = written.includes('\\') ? (JSON.parse(written) as string) : written.slice(1, -1)
  object.at = key
  const before = object.keys!.size
  return object.keys!.add(key).size === before
}

/** The quote that ends the string beginning here: the next before which an even number of backslashes stands. */
function endOf(text: string, start: number): number {
  let end = start
  let before: number
  do {
    end = text.indexOf('"', end + 1)
    before = end
    while (text[before - 1] === '\\') before -= 1
  } while ((end - before) % 2 === 1)
  return end
}

const pointerTo = (open: Open[]) => open.map(({ at }) => `/${escaped(String(at))}`).join('')

/** A key as a part of a JSON Pointer. */
export const escaped = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1')
