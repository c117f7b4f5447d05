// One spelling of an address, however it is written: what is kept for one is found for all.
import type { FastifyRequest } from 'fastify'

/**
 * The path and the parameters of a request, percent-encoded alike and the parameters in the order of their names. The
 * values of one name stay in theirs.
 */
export function addressOf({ url, query }: Pick<FastifyRequest, 'url' | 'query'>): string {
  const end = url.indexOf('?')
  const path = samePath(end < 0 ? url : url.slice(0, end))
  if (end < 0) return path
  const values = query as Record<string, string | string[]>
  const parameters = Object.keys(values)
    .sort()
    .flatMap((name) =>
      [values[name]!].flat().map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    )
  return parameters.length === 0 ? path : `${path}?${parameters.join('&')}`
}

/** Unreserved characters mean the same encoded and not, and digits in either case; all else may not (RFC 3986, 6.2.2). */
const samePath = (path: string) =>
  path.includes('%')
    ? path.replace(/%([\da-f]{2})/gi, (octet, digits) => plain(digits) ?? octet.toUpperCase())
    : path

function plain(digits: string): string | undefined {
  const character = String.fromCharCode(Number.parseInt(digits, 16))
  return /[\w.~-]/.test(character) ? character : undefined
}
