// The words of a text, for those that look them up in tables.

/** A character beyond Latin 1 and the general punctuation of Unicode. */
const otherScript = /[^\0-\u00ff\u2000-\u206f]/
/** Small letters of Latin 1. */
const latin = /[a-zªµºß-öø-ÿ]+/g
const letters = /[\p{L}\p{M}]+/gu

/** The words of a text in lower case. Looking for letters of every script takes several times as long. */
export function lowerWords(text: string): string[] {
  const lower = text.toLowerCase()
  return lower.match(otherScript.test(lower) ? letters : latin) ?? []
}

/** Which characters of Latin 1 are small letters, by their codes. */
const isLatin = Uint8Array.from({ length: 256 }, (_, code) =>
  Number(/[a-zªµºß-öø-ÿ]/.test(String.fromCharCode(code)))
)

/** Whether a letter stands at this place of a text in lower case. */
function isLetter(lower: string, at: number): boolean {
  const code = lower.charCodeAt(at)
  return code < 256 ? isLatin[code] === 1 : isLetterBeyond(lower, at)
}

/** The same beyond Latin 1, where most characters are punctuation. */
function isLetterBeyond(lower: string, at: number): boolean {
  const code = lower.charCodeAt(at)
  if (code >= 0x2000 && code <= 0x206f) return false
  const isLowSurrogate = (code & 0xfc00) === 0xdc00
  return /^[\p{L}\p{M}]/u.test(lower.slice(isLowSurrogate ? at - 1 : at, at + 2))
}

/** The word before this place of a text in lower case; empty where there is none. */
export function wordBefore(lower: string, at: number): string {
  let end = at
  while (end > 0 && !isLetter(lower, end - 1)) end--
  let start = end
  while (start > 0 && isLetter(lower, start - 1)) start--
  return lower.slice(start, end)
}

/** How many hashes of shapes there are. */
const shapes = 2 ** 15

/** A hash of a word by its first and last letter and its length. */
export const shapeOf = (text: string, start: number, end: number) =>
  (text.charCodeAt(start) & 31) | ((text.charCodeAt(end - 1) & 31) << 5) | (Math.min(end - start, 31) << 10)

/** Words with what each stands for. Most words of a text are in no table, which their ends and lengths tell. */
export class WordTable<Value> {
  readonly #values: Map<string, Value>
  readonly #shapes = new Uint8Array(shapes)

  constructor(values: Map<string, Value>) {
    this.#values = values
    for (const word of values.keys()) this.#shapes[shapeOf(word, 0, word.length)] = 1
  }

  /** The first word of the table in a text in lower case, from the end of a word on. */
  next(lower: string, from: number): { start: number; end: number; value: Value } | undefined {
    const known = this.#shapes
    const { length } = lower
    let start = -1
    // One loop over the characters takes half the time of one over words.
    for (let end = from; end <= length; end++) {
      if (end < length && isLetter(lower, end)) {
        if (start < 0) start = end
        continue
      }
      if (start >= 0 && known[shapeOf(lower, start, end)] === 1) {
        const value = this.#values.get(lower.slice(start, end))
        if (value !== undefined) return { start, end, value }
      }
      start = -1
    }
    return undefined
  }
}
