// Surrogate-Key: by which names a CDN may purge an answer. What an event asks to purge is said in docs/frontends.md.
import { shared } from './document.ts'
import { type Kind, kinds } from './kinds.ts'

/** A published record that an answer shows. Shared records are of no article. */
export interface Shown {
  kind: Kind
  id: string
  articleId: string | null
}

/**
 * How long the keys may be together, in bytes. nginx takes 4 kB of response headers in all, Node's client 16 kB: the
 * others need about 1 kB, a Link to the next page may need another.
 */
const longest = 1000

const collectionsOf = (list: Iterable<Kind>) => [...list].map((kind) => kinds[kind].collection)
const articleOf = ({ id, articleId }: Shown) => articleId ?? id

/**
 * The keys of an answer that shows these records, as items of these lists or beside them. An article's id stands for
 * all that belongs to it; shared records change when any article is published, so their list is named as well. What is
 * too long for a header names the lists alone: each is purged whenever one of its records changes, joins or leaves.
 */
export function surrogateKeys(lists: Kind[], records: Shown[]): string[] {
  const ofShared = records.filter(({ kind }) => shared.includes(kind))
  const ofArticles = records.filter(({ kind }) => !shared.includes(kind))
  const named = collectionsOf(new Set([...lists, ...ofShared.map(({ kind }) => kind)]))
  const articles = ofArticles.map(articleOf)
  const precise = [...named, ...articles, ...ofShared.map(articleOf)]
  for (const keys of [precise, [...named, ...articles]]) {
    const each = [...new Set(keys)]
    if (each.join(' ').length <= longest) return each
  }
  return collectionsOf(new Set([...lists, ...records.map(({ kind }) => kind)]))
}
