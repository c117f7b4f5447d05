// Surrogate-Key: the keys by which a CDN may purge a response. docs/frontends.md says which to purge after an event.
import { type Kind, kinds, shared } from './kinds.ts'

/** A record in a response. Shared records have no article. */
export interface ShownRecord {
  kind: Kind
  id: string
  articleId: string | null
}

/**
 * The longest header, in bytes. nginx accepts 4 kB of response headers in all; the others take about 1 kB, and a Link
 * to the next page up to 1 kB.
 */
const maxKeysLength = 1000

const collectionsOf = (list: Iterable<Kind>) => [...list].map((kind) => kinds[kind].collection)
const articleOf = ({ id, articleId }: ShownRecord) => articleId ?? id

/**
 * The keys of a response with these records. An article's id covers all records that belong to it; shared records
 * change when any article is published, so they add the key of their list. If the header would be too long it has only
 * the keys of the lists: each is purged whenever one of its records changes, is added or removed.
 */
export function surrogateKeys(lists: Kind[], records: ShownRecord[]): string[] {
  const ofShared = records.filter(({ kind }) => shared.includes(kind))
  const ofArticles = records.filter(({ kind }) => !shared.includes(kind))
  const named = collectionsOf(new Set([...lists, ...ofShared.map(({ kind }) => kind)]))
  const articles = ofArticles.map(articleOf)
  const precise = [...named, ...articles, ...ofShared.map(articleOf)]
  for (const keys of [precise, [...named, ...articles]]) {
    const each = [...new Set(keys)]
    if (each.join(' ').length <= maxKeysLength) return each
  }
  return collectionsOf(new Set([...lists, ...records.map(({ kind }) => kind)]))
}
