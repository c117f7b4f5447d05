// What is shown from elsewhere.
import { type Piece, truncate } from '../pieces.ts'
import type { Report } from './context.ts'
import { type Element, firstWithin, wordsIn } from './tree.ts'

/** The address as an embed may have it: absolute, http(s), of the characters of RFC 3986. */
export function embedUrl(raw: string | undefined): string | undefined {
  const address = raw?.trim() ?? ''
  if (!/^https?:\/\/[^/?#]/i.test(address) || !URL.canParse(address)) return undefined
  const url = /^https?:\/\/(?:[\w.~:/?#@!$&'()*+,;=-]|%[\da-f]{2})+$/.test(address)
    ? address
    : new URL(address).href.replace(/[^\w.~:/?#@!$&'()*+,;=%-]/g, encodeURIComponent)
  return url.length <= 2000 && !/%(?![\da-f]{2})/i.test(url) ? url : undefined
}

const sources: Record<string, string> = {
  iframe: 'src',
  embed: 'src',
  video: 'src',
  audio: 'src',
  object: 'data'
}

/** What an element shows from elsewhere; undefined where it is none that does. What it shows instead is reported. */
export function embedIn(element: Element, report: Report): Piece<never>[] | undefined {
  const { tag, attributes } = element
  if (tag === 'figure' && attributes['data-embed'] !== undefined) {
    const url = embedUrl(attributes['data-embed'])
    if (!url) return undefined
    const words = wordsIn(element).trim()
    // As bodies are written in HTML: with a link to what is embedded.
    if (words !== url) report('fallback-dropped', 'What is embedded is shown here, without words.', words)
    return [{ _type: 'embed', url }]
  }
  const source = sources[tag]
  if (source === undefined) return undefined
  const raw = attributes[source] ?? firstWithin(element, (inner) => inner.tag === 'source')?.attributes.src
  const url = embedUrl(raw)
  const words = wordsIn(element)
  if (!url) {
    // An object that shows nothing shows what stands in it.
    if (tag === 'object') return undefined
    const why = 'only an absolute http(s) address can be embedded'
    report(
      'embed-dropped',
      `<${tag}> of ${truncate(raw?.trim() || 'no address', 200)} was not kept: ${why}.`,
      words
    )
    return []
  }
  if (/[\p{L}\p{N}]/u.test(words))
    report('fallback-dropped', `What stands in <${tag}> is shown where it cannot be.`, words)
  return [{ _type: 'embed', url }]
}
