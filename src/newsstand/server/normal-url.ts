// Normalising URLs, so that equivalent ones share one cache entry.
import { normalQuery } from '../../http/input/query.ts'

/**
 * The path and query of a URL in their normal form. It is made of the URL alone, so that it is the same before a request is
 * validated and after.
 */
export function normalUrl(url: string): string {
  const end = url.indexOf('?')
  const path = samePath(end < 0 ? url : url.slice(0, end))
  if (end < 0) return path
  const query = normalQuery(url.slice(end + 1))
  return query === '' ? path : `${path}?${query}`
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
