// Markup that is escaped by construction: a template of ours is the only way to make it, and every value in it is
// escaped for the place where it stands.
import { escapeMarkup } from '../../storage/text/xml-text.ts'

/** Text that is markup. Only `html` makes it. */
class Html {
  readonly #text: string
  constructor(text: string) {
    this.#text = text
  }
  toString() {
    return this.#text
  }
}

export type { Html }

export type Value = string | number | Html | null | undefined | false | Value[]

/** Schemes that run nothing; and paths, queries and fragments of this site. */
const harmless = /^(https?:\/\/|mailto:|tel:|sms:|\/(?![/\\])|[?#])/i

/** An address for `href` or `src`. One that might run something leads nowhere. */
const address = (url: string) => escapeMarkup(harmless.test(url) ? url : '#')

/** Whether each value of a template is a whole address. */
const contexts = new WeakMap<TemplateStringsArray, boolean[]>()

/** Throws for a template with a value where escaping for text and quoted attributes would not do. */
function contextsOf(parts: TemplateStringsArray): boolean[] {
  return parts.slice(0, -1).map((before) => {
    if (/=$|<[^\s>]*$|<(script|style)\b[^>]*>[^<]*$|\s(on\w+|style|srcdoc|srcset)="[^"]*$/i.test(before))
      throw new Error(`No value may stand here: ${before}`)
    return /\s(href|src|action)="$/.test(before)
  })
}

/** Markup with values. Texts are escaped; markup, and lists of both, stand as they are; nothing is written as nothing. */
export function html(parts: TemplateStringsArray, ...values: Value[]): Html {
  const isAddress = contexts.get(parts) ?? contextsOf(parts)
  contexts.set(parts, isAddress)
  let text = parts[0]!
  for (const [i, value] of values.entries())
    text += (isAddress[i] ? address(String(value)) : written(value)) + parts[i + 1]
  return new Html(text)
}

function written(value: Value): string {
  if (value instanceof Html) return value.toString()
  if (Array.isArray(value)) return value.map(written).join('')
  return value === null || value === undefined || value === false ? '' : escapeMarkup(String(value))
}
