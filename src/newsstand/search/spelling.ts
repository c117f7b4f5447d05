// Normalising URLs, so that equivalent ones share one cache entry.
import { parse } from 'fast-querystring'

/**
 * The normalised path and query of a URL: percent-encoding is unified, and parameters are sorted by name. Values of the
 * same name keep their order. It is made of the URL alone, so that it is the same before a request is validated and after.
 */
export function addressOf(url: string): string {
  const end = url.indexOf('?')
  const path = samePath(end < 0 ? url : url.slice(0, end))
  if (end < 0) return path
  const values = parse(url.slice(end + 1)) as Record<string, string | string[]>
  const parameters = Object.keys(values)
    .sort()
    .flatMap((name) =>
      [values[name]!].flat().map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    )
  return parameters.length === 0 ? path : `${path}?${parameters.join('&')}`
}

/** Decodes percent-encoded unreserved characters, and writes hex digits in upper case (RFC 3986, 6.2.2). */
const samePath = (path: string) =>
  path.includes('%')
    ? path.replace(/%([\da-f]{2})/gi, (octet, digits) => plain(digits) ?? octet.toUpperCase())
    : path

function plain(digits: string): string | undefined {
  const character = String.fromCharCode(Number.parseInt(digits, 16))
  return /[\w.~-]/.test(character) ? character : undefined
}
