// Keyset cursors: where the next page begins. Opaque to clients.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { HttpProblem } from '../problems.ts'

export const encodeCursor = (...keys: string[]) => Buffer.from(JSON.stringify(keys)).toString('base64url')

/** The keys of a cursor. Throws `invalid-cursor` for anything that is not one of `count` keys. */
export function decodeCursor(cursor: string, count: number): string[] {
  try {
    const keys: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (Array.isArray(keys) && keys.length === count && keys.every((key) => typeof key === 'string')) {
      if (encodeCursor(...keys) === cursor) return keys
    }
  } catch {
    // Not JSON: not a cursor of ours.
  }
  throw invalidCursor()
}

/** The 400 for a cursor that no page of this list gave. */
export const invalidCursor = () =>
  new HttpProblem('invalid-cursor', 'This cursor is not one that a page of this list gave.')

interface Asked {
  limit?: number
  cursor?: string
}

/** Which page of a desk's list is asked for: its length, and the id it begins after. */
export function pageRequest({ limit = 20, cursor }: Asked) {
  return { limit, after: cursor === undefined ? undefined : decodeCursor(cursor, 1)[0] }
}

/** Which page of a list by falling numbers is asked for: its length, and the number it begins below. */
export function pageRequestBelow(query: Asked) {
  const { limit, after } = pageRequest(query)
  if (after !== undefined && !/^[1-9]\d{0,14}$/.test(after)) throw invalidCursor()
  return { limit, before: after === undefined ? undefined : Number(after) }
}

/** One page out of the `limit + 1` rows that were read for it, with its Link header (RFC 8288). */
export const paged = <T extends { id: string }>(
  request: FastifyRequest,
  reply: FastifyReply,
  rows: T[],
  limit: number
) => pagedBy(request, reply, { rows, limit, keyOf: ({ id }) => id })

interface Read<T> {
  rows: T[]
  limit: number
  keyOf(row: T): string | number
}

/** The same of a list that is in another order than that of its ids. */
export function pagedBy<T>(request: FastifyRequest, reply: FastifyReply, { rows, limit, keyOf }: Read<T>) {
  const data = rows.slice(0, limit)
  const next = rows.length > limit ? encodeCursor(String(keyOf(data.at(-1)!))) : null
  reply.headers(nextLink(request, next))
  return { data, next }
}

/** A longer Link is left out: proxies take 4 kB of response headers in all, and the page has `next` as well. */
const longestLink = 1000

/** The Link header to the next page, where there is one. */
export function nextLink(
  request: FastifyRequest,
  next: string | number | null,
  parameter = 'cursor'
): Record<string, string> {
  if (next === null) return {}
  const url = new URL(request.url, 'http://localhost')
  url.searchParams.set(parameter, String(next))
  const link = `<${url.pathname}${url.search}>; rel="next"`
  return link.length > longestLink ? {} : { link }
}
