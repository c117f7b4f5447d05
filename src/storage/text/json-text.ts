// The JSON of long values, which is needed several times for one request: for the row, the draft that is kept, the ETag and
// the answer. It is written, or read from the database, once.

/** In characters: what is shorter is written again in less than a tenth of a millisecond. */
const longText = 50_000

/** The JSON of values that do not change any more. */
const textMemo = new WeakMap<object, string>()

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

function remember(value: unknown, text: string) {
  if (text.length > longText && isObject(value)) textMemo.set(value, text)
}

/** The value of a JSON text from the database, of which the text is remembered. */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text)
  remember(value, text)
  return value
}

/** What JSON.stringify makes of a value that is stored, and does not change any more. */
export function storedJson(value: unknown): string {
  const text = jsonOf(value)
  remember(value, text)
  return text
}

/** What JSON.stringify makes of a value, with the texts that are remembered of it or of its fields. */
export function jsonOf(value: unknown): string {
  if (!isObject(value)) return JSON.stringify(value)
  const known = textMemo.get(value)
  if (known !== undefined) return known
  if (Array.isArray(value)) return JSON.stringify(value)
  if (!Object.values(value).some((field) => isObject(field) && textMemo.has(field)))
    return JSON.stringify(value)
  const written = Object.entries(value).flatMap(([name, field]) =>
    field === undefined ? [] : `${JSON.stringify(name)}:${jsonOf(field)}`
  )
  return `{${written.join(',')}}`
}
