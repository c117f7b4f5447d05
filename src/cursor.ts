// Keyset cursors: where the next page begins. Opaque to clients.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { HttpProblem } from './problems.ts'

export const encode = (...keys: string[]) => Buffer.from(JSON.stringify(keys)).toString('base64url')

/** The keys of a cursor. Throws `invalid-cursor` for anything that is not one of `count` keys. */
export function decode(cursor: string, count: number): string[] {
  try {
    const keys: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (Array.isArray(keys) && keys.length === count && keys.every((key) => typeof key === 'string')) {
      if (encode(...keys) === cursor) return keys
    }
  } catch {
    // Not JSON: not a cursor of ours.
  }
  throw new HttpProblem('invalid-cursor', 'This cursor is not one that a page of this list gave.')
}

/** Which page of a desk's list is asked for: its length, and the id it begins after. */
export function asked({ limit = 20, cursor }: { limit?: number; cursor?: string }) {
  return { limit, after: cursor === undefined ? undefined : decode(cursor, 1)[0] }
}

/** One page out of the `limit + 1` rows that were read for it, with its Link header (RFC 8288). */
export function paged<T extends { id: string }>(
  request: FastifyRequest,
  reply: FastifyReply,
  rows: T[],
  limit: number
) {
  const data = rows.slice(0, limit)
  const last = data.at(-1)
  const next = rows.length > limit && last ? encode(last.id) : null
  reply.headers(nextLink(request, next))
  return { data, next }
}

/** The Link header to the next page, where there is one. */
export function nextLink(
  request: FastifyRequest,
  next: string | number | null,
  parameter = 'cursor'
): Record<string, string> {
  if (next === null) return {}
  const url = new URL(request.url, 'http://localhost')
  url.searchParams.set(parameter, String(next))
  return { link: `<${url.pathname}${url.search}>; rel="next"` }
}
