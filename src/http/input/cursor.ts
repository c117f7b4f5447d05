// Keyset cursors: where the next page begins. Opaque to clients.
import { hash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { HttpProblem } from '../problems.ts'

/** A list as it is asked for. What chooses a page of it, or what of each item is shown, makes no other list. */
export interface Listed {
  routeOptions: { url?: string }
  params: unknown
  query: unknown
}

const ofPages = new Set(['cursor', 'limit', 'count', 'fields', 'include'])

/** What tells a list, with its filters and its order, from others. */
function markOf({ routeOptions: { url }, params, query }: Listed): string {
  const asked = Object.entries({ edition: 'published', ...Object(query) } as Record<string, unknown>)
    .filter(([name, value]) => value !== undefined && !ofPages.has(name))
    .map(([name, value]) => [name, [value].flat().map(String)])
    .sort(([one], [other]) => (String(one) < String(other) ? -1 : 1))
  return hash('sha256', JSON.stringify([url, params ?? {}, asked]), 'base64url').slice(0, 8)
}

/** Where the next page of this list begins. */
export const encodeCursor = (list: Listed, ...keys: string[]) => encoded([markOf(list), ...keys])

const encoded = (parts: string[]) => Buffer.from(JSON.stringify(parts)).toString('base64url')

/** The keys of a cursor. Throws `invalid-cursor` for anything but what a page of this list gave, with `count` keys. */
export function decodeCursor(list: Listed, cursor: string, count: number): string[] {
  const [mark, ...keys] = partsOf(cursor)
  if (mark !== markOf(list)) throw otherCursor()
  if (keys.length !== count) throw invalidCursor()
  return keys
}

function partsOf(cursor: string): string[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (Array.isArray(parts) && parts.every((part) => typeof part === 'string') && encoded(parts) === cursor)
      return parts
  } catch {
    // Not JSON: not a cursor of ours.
  }
  throw invalidCursor()
}

/** The 400 for a cursor that no page gave. */
export const invalidCursor = () => refused('is not one that a page of this list gave.')

/** The 400 for a cursor that a page gave which was asked for in other words. */
const otherCursor = () =>
  refused(
    'is of another list, of other filters or of another order: send it with all that the page before was asked for, or begin again without one.'
  )

function refused(why: string) {
  const errors = [{ in: 'query' as const, pointer: '/cursor', detail: why }]
  return new HttpProblem('invalid-cursor', `This cursor ${why}`, errors)
}

/** Which page of a desk's list is asked for: its length, and the id it begins after. */
export function pageRequest(list: Listed) {
  // The schema of every list has these two.
  const { limit = 20, cursor } = list.query as { limit?: number; cursor?: string }
  return { limit, after: cursor === undefined ? undefined : decodeCursor(list, cursor, 1)[0] }
}

/** Which page of a list by falling numbers is asked for: its length, and the number it begins below. */
export function pageRequestBelow(list: Listed) {
  const { limit, after } = pageRequest(list)
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
  const next = rows.length > limit ? encodeCursor(request, String(keyOf(data.at(-1)!))) : null
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
