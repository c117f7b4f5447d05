// Including related records in a response (`include`): those that a document refers to, and those that refer to it.
import { encodeCursor } from '../../http/input/cursor.ts'
import type { Reader } from '../../storage/database.ts'
import { ofDocument, ofFacet, ofList } from '../documents/cache-tags.ts'
import { facetsNamed } from '../documents/facets.ts'
import { type Kind, kinds } from '../documents/kinds.ts'
import * as published from '../documents/published.ts'
import type { ShownRecord } from '../documents/surrogate-keys.ts'
import { joinCards, withProperty } from './card-json.ts'
import { findDocuments } from './query.ts'

/** Documents that refer to this one by a facet; or those that a facet of its own refers to. */
type Inclusion = { kind: Kind; facet: string; ascending?: boolean } | ReferenceInclusion
interface ReferenceInclusion {
  kind: Kind
  own: string
  /** Whether it refers to one at most. */
  one?: boolean
}

const article: Inclusion = { kind: 'article', own: 'article', one: true }
const sources: Inclusion = { kind: 'source', own: 'source' }
const ofArticle = (kind: Kind): Inclusion => ({ kind, facet: 'article', ascending: kind === 'comment' })

/** What may be included with each kind. */
export const includable: Record<Kind, Record<string, Inclusion>> = {
  article: {
    quotes: ofArticle('quote'),
    attributions: ofArticle('attribution'),
    corrections: ofArticle('correction'),
    sources: ofArticle('source'),
    media: ofArticle('media'),
    comments: ofArticle('comment')
  },
  quote: { article, sources },
  attribution: { article, sources, quote: { kind: 'quote', own: 'quote', one: true } },
  source: {
    articles: { kind: 'article', facet: 'source' },
    quotes: { kind: 'quote', facet: 'source' }
  },
  media: {},
  credit: { media: { kind: 'media', own: 'media', one: true } },
  correction: { article },
  comment: { article, replies: { kind: 'comment', facet: 'parent', ascending: true } }
}

/** How many records are included under each name. */
const maxIncluded = 20

interface Item {
  id: string
  card: string
}

/** An answer that depends on more depends on the lists of the included kinds instead. */
const maxTags = 100

/** The items with a property `included`; the included records, for surrogate keys; and the cache tags of these. */
export async function withInclusions<T extends Item>(
  db: Reader,
  kind: Kind,
  items: T[],
  names: string[]
): Promise<{ items: T[]; beside: ShownRecord[]; tags: number[] }> {
  const beside: ShownRecord[] = []
  const tags = new Set<number>()
  if (names.length === 0) return { items, beside, tags: [] }
  const whole: T[] = []
  for (const item of items) {
    const parts: string[] = []
    for (const name of new Set(names)) {
      const inclusion = includable[kind][name]!
      const { json, found, dependencies } = await include(db, kind, item.id, inclusion)
      parts.push(`${JSON.stringify(name)}:${json}`)
      for (const tag of dependencies) tags.add(tag)
      for (const { id, articleId } of found) beside.push({ kind: inclusion.kind, id, articleId })
    }
    whole.push({ ...item, card: withProperty(item.card, 'included', `{${parts.join()}}`) })
  }
  const lists = names.map((name) => ofList(includable[kind][name]!.kind))
  return { items: whole, beside, tags: tags.size > maxTags ? lists : [...tags] }
}

async function include(db: Reader, kind: Kind, id: string, inclusion: Inclusion) {
  if ('own' in inclusion) return includeReferenced(db, kind, id, inclusion)
  const { kind: of, facet, ascending = false } = inclusion
  const found = await findDocuments(db, {
    kind: of,
    facets: { [facet]: [id] },
    ascending,
    limit: maxIncluded + 1
  })
  const shown = found.slice(0, maxIncluded)
  const last = found.length > maxIncluded ? shown.at(-1) : undefined
  const next = last ? addressOf(of, { [facet]: id, cursor: cursorOf(of, { [facet]: id }, last) }) : null
  const dependencies = [ofFacet(of, { name: facet, value: id })]
  return { json: joinCards(shown, next), found: shown, dependencies }
}

/** The documents that a facet of this one refers to. */
async function includeReferenced(
  db: Reader,
  kind: Kind,
  id: string,
  { kind: of, own, one }: ReferenceInclusion
) {
  const facets = await facetsNamed(db, kind, id, own)
  const ids = facets.map(({ value }) => value).sort()
  const found = await published.cards(db, of, ids.slice(0, maxIncluded))
  // Which they are, the document itself says.
  const dependencies = ids.map((id) => ofDocument(of, id))
  if (one) return { json: found[0]?.card ?? 'null', found, dependencies }
  // Only a quote can refer to more; `next` leads to its attributions, each of which includes all of its sources.
  const all = addressOf('attribution', { quote: id, include: 'sources' })
  return { json: joinCards(found, ids.length > maxIncluded ? all : null), found, dependencies }
}

const cursorOf = (kind: Kind, query: object, { position, id }: { position: string; id: string }) =>
  encodeCursor({ routeOptions: { url: pathOf(kind) }, params: {}, query }, position, id)

const pathOf = (kind: Kind) => `/v1/${kinds[kind].collection}`
const addressOf = (kind: Kind, query: Record<string, string>) =>
  `${pathOf(kind)}?${new URLSearchParams(query)}`
