// Cache tags: what a cached response depends on, and what a change of a document invalidates, as hashes of 32 bits. Two
// tags with one hash only drop a response that need not have been dropped.
import type { Writer } from '../../storage/database.ts'
import type { Facet } from './facets.ts'
import { type Kind, shared } from './kinds.ts'

/** A hash of a text (FNV-1a, 32 bits). */
export function hashOf(text: string): number {
  let number = 0x811c9dc5
  for (let i = 0; i < text.length; i++) number = Math.imul(number ^ text.charCodeAt(i), 0x01000193)
  return number >>> 0
}

/** A document: its bytes and its card. */
export const ofDocument = (kind: Kind, id: string) => hashOf(`${kind} ${id}`)
/** The list of a kind: its documents, their cards and order. */
export const ofList = (kind: Kind) => hashOf(kind)
/** The documents of a kind with this value of a facet, their cards and order. */
export const ofFacet = (kind: Kind, { name, value }: Facet) => hashOf(`${kind} ${name}=${value}`)
/** How many documents of a kind have each value of a facet. */
export const ofCounts = (kind: Kind, name: string) => hashOf(`${kind} ${name}`)
/** Which documents name a source, and when they were published. */
export const ofSeen = (sourceId: string) => hashOf(`seen ${sourceId}`)
/** Which article an address leads to. */
export const ofSlug = (slug: string) => hashOf(`slug ${slug}`)

/** The articles published in a month (UTC), by the position of one of them. */
export const ofMonth = (position: string) => hashOf(`month ${position.slice(0, 7)}`)

/** The addresses that articles had in other systems. */
export const ofRedirects = hashOf('redirects')

/** What the newsroom says of itself, and of machines that read: a change of it invalidates all answers. */
export const ofPublisher = hashOf('publisher')

/**
 * What a list with these filters depends on: one of its filters suffices, because all its documents have one of these
 * values, and a change of any of them invalidates all that it has. Shared records are an exception: of their articles,
 * which may be thousands, only those are invalidated that begin or cease to hold them.
 */
export function tagsOfList(kind: Kind, facets: Record<string, string[] | undefined>): number[] {
  const filters = Object.entries(facets).flatMap(([name, values]) =>
    values === undefined ? [] : [{ name, values }]
  )
  const tagsOf = (name: string, values: string[]) => values.map((value) => ofFacet(kind, { name, value }))
  const own = filters.filter(({ name }) => !(shared.includes(kind) && name === 'article'))
  const [shortest] = own.toSorted((one, other) => one.values.length - other.values.length)
  if (shortest) return tagsOf(shortest.name, shortest.values)
  return [ofList(kind), ...filters.flatMap(({ name, values }) => tagsOf(name, values))]
}

/** Invalidates a document, and the list of its kind. */
export function invalidateDocument({ invalidated }: Writer, kind: Kind, id: string) {
  invalidated.add(ofDocument(kind, id)).add(ofList(kind))
}

/** Invalidates what is made of the articles of the month in which this document stands, if it is one. */
export function invalidateMonth({ invalidated }: Writer, kind: Kind, position: string) {
  if (kind === 'article') invalidated.add(ofMonth(position))
}

/** Invalidates the lists by facets. */
export function invalidateFacets({ invalidated }: Writer, kind: Kind, facets: Facet[]) {
  for (const facet of facets) invalidated.add(ofFacet(kind, facet))
}

/** Invalidates the lists by facets that a document gains or loses, and the counts of these facets. */
export function invalidateMembership(tx: Writer, kind: Kind, facets: Facet[]) {
  invalidateFacets(tx, kind, facets)
  for (const { name, value } of facets) {
    tx.invalidated.add(ofCounts(kind, name))
    if (name === 'source') tx.invalidated.add(ofSeen(value))
  }
}
