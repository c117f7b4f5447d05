// What pages are made of: published documents, as the API answers them.
import type { FastifyRequest } from 'fastify'
import { decodeCursor, encodeCursor } from '../../http/input/cursor.ts'
import { ofCounts } from '../../newsstand/documents/cache-tags.ts'
import type { Kind } from '../../newsstand/documents/kinds.ts'
import * as published from '../../newsstand/documents/published.ts'
import type { ShownRecord } from '../../newsstand/documents/surrogate-keys.ts'
import { withInclusions } from '../../newsstand/lists/inclusions.ts'
import { findDocuments } from '../../newsstand/lists/query.ts'
import { topics } from '../../newsstand/lists/topics.ts'
import type { Reader } from '../../storage/database.ts'

/** A stored document: it was compiled by the schema of its kind. */
export const parsed = <T>(document: Buffer | string) => JSON.parse(document.toString()) as T

/** The sections with the most articles, for navigation, and the cache tag of their list. */
export const sections = (db: Reader) => topics(db, { name: 'section', largest: true, limit: 8 })
export const ofSections = ofCounts('article', 'section')

/** The one value of a parameter. */
export function parameter({ query }: FastifyRequest, name: string): string | undefined {
  const value = (query as Record<string, string | string[]>)[name]
  return Array.isArray(value) ? value[0] : value
}

interface ListOf {
  kind: Kind
  facets?: Record<string, string[]>
  include?: string[]
  limit: number
  ascending?: boolean
  /** The parameter that its cursor is in: a page with several lists has one for each. */
  cursorIn?: string
}

export interface ListPage<T> {
  items: T[]
  /** The cursor of the next page. */
  next: string | null
  /** What is shown, and the cache tags of what is included. */
  records: ShownRecord[]
  tags: number[]
}

/** A page of a list, in the order of the API. Throws `invalid-cursor`. */
export async function listPage<T>(
  db: Reader,
  request: FastifyRequest,
  { kind, facets = {}, include = [], limit, ascending = false, cursorIn = 'cursor' }: ListOf
): Promise<ListPage<T>> {
  const list = {
    routeOptions: { url: request.routeOptions.url! },
    params: request.params,
    query: { kind, ...facets }
  }
  const cursor = parameter(request, cursorIn)
  const after = cursor === undefined ? undefined : (decodeCursor(list, cursor, 2) as [string, string])
  const rows = await findDocuments(db, { kind, facets, ascending, after, limit: limit + 1 })
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  const { items, beside, tags } = await withInclusions(db, kind, shown, include)
  return {
    items: items.map(({ card }) => parsed<T>(card)),
    next: last ? encodeCursor(list, last.position, last.id) : null,
    records: [...shown.map((one) => ({ kind, ...one })), ...beside],
    tags
  }
}

/** The slugs of published articles, by id. */
export async function slugsOf(db: Reader, ids: Iterable<string>) {
  const rows = await Promise.all([...new Set(ids)].map((id) => published.byId(db, 'article', id, 'head')))
  return new Map(rows.flatMap((row) => (row ? [[row.id, row.slug!] as const] : [])))
}
