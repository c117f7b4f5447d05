// Keyset pagination with opaque cursors.
import { hash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { HttpProblem } from '../problems.ts'
import { withParameter } from './query.ts'

/** The request of a list. */
export interface Listed {
  routeOptions: { url?: string }
  params: unknown
  query: unknown
}

/** Parameters that choose a page, or what is shown of each item: a cursor is valid whatever they are. */
const pageParameters = new Set(['cursor', 'limit', 'count', 'fields', 'include'])

/** A fingerprint of a list with its filters and its order: a cursor is only valid for that list. */
function fingerprintOf({ routeOptions: { url }, params, query }: Listed): string {
  const parameters = Object.entries({ edition: 'published', ...Object(query) } as Record<string, unknown>)
    .filter(([name, value]) => value !== undefined && !pageParameters.has(name))
    .map(([name, value]) => [name, [value].flat().map(String)])
    .sort(([one], [other]) => (String(one) < String(other) ? -1 : 1))
  return hash('sha256', JSON.stringify([url, params, parameters]), 'base64url').slice(0, 8)
}

/** The cursor of the next page of a list: the sort keys of the last item. */
export const encodeCursor = (list: Listed, ...keys: string[]) => encoded([fingerprintOf(list), ...keys])

const encoded = (parts: string[]) => Buffer.from(JSON.stringify(parts)).toString('base64url')

/** Decodes a cursor of `count` keys. Throws `invalid-cursor` for one of another list, and anything else. */
export function decodeCursor(list: Listed, cursor: string, count: number): string[] {
  const [fingerprint, ...keys] = partsOf(cursor)
  if (fingerprint !== fingerprintOf(list)) throw otherCursor()
  if (keys.length !== count) throw invalidCursor()
  return keys
}

function partsOf(cursor: string): string[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    const isOurs = (part: unknown) => typeof part === 'string' && !part.includes('\0')
    if (Array.isArray(parts) && parts.every(isOurs) && encoded(parts) === cursor) return parts
  } catch {
    // Not JSON: not a cursor of ours.
  }
  throw invalidCursor()
}

/** The 400 for an invalid cursor. */
export const invalidCursor = () =>
  refused('is not one that a page of this list gave: begin again without one.')

/** The 400 for a cursor of another list, or of the same one with other filters. */
const otherCursor = () =>
  refused(
    'is of another list, of other filters or of another order: send it with all that the page before was asked for, or begin again without one.'
  )

function refused(why: string) {
  const errors = [{ in: 'query' as const, pointer: '/cursor', detail: why }]
  return new HttpProblem('invalid-cursor', `This cursor ${why}`, errors)
}

/** The requested page of a list of drafts: its length, and the id after which it begins. */
export function pageRequest(list: Listed) {
  // The schema of every list has these two.
  const { limit = 20, cursor } = list.query as { limit?: number; cursor?: string }
  return { limit, after: cursor === undefined ? undefined : decodeCursor(list, cursor, 1)[0] }
}

/** The same for a list in descending order of a number: its length, and the number below which it begins. */
export function pageRequestBelow(list: Listed) {
  const { limit, after } = pageRequest(list)
  if (after !== undefined && !/^[1-9]\d{0,14}$/.test(after)) throw invalidCursor()
  return { limit, before: after === undefined ? undefined : Number(after) }
}

/** A page from the `limit + 1` rows that were read for it; sets its Link header (RFC 8288). */
export const paged = <T extends { id: string }>(
  request: FastifyRequest,
  reply: FastifyReply,
  rows: T[],
  limit: number
) => pagedBy(request, reply, { rows, limit, keyOf: ({ id }) => id })

interface PageRows<T> {
  rows: T[]
  limit: number
  keyOf(row: T): string | number
}

/** The same for a list that is not ordered by id. */
export function pagedBy<T>(
  request: FastifyRequest,
  reply: FastifyReply,
  { rows, limit, keyOf }: PageRows<T>
) {
  const data = rows.slice(0, limit)
  const next = rows.length > limit ? encodeCursor(request, String(keyOf(data.at(-1)!))) : null
  reply.headers(nextLink(request, next))
  return { data, next }
}

/** A longer Link is left out: proxies take 4 kB of response headers in all, and the page has `next` as well. */
export const maxLinkLength = 1000

/** The Link header to the next page, where there is one. */
export function nextLink(
  request: FastifyRequest,
  next: string | number | null,
  parameter = 'cursor'
): Record<string, string> {
  if (next === null) return {}
  const { pathname, search } = new URL(request.url, 'http://localhost')
  const link = `<${withParameter(pathname + search, parameter, String(next))}>; rel="next"`
  return link.length > maxLinkLength ? {} : { link }
}
