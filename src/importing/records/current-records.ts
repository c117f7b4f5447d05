// The records of an import as they are now, in the form in which proposals and decisions are compared.
import type { DraftArticle } from '../../content/articles/schema.ts'
import { hopForm, hopsOfArticle } from '../../content/attributions/hops.ts'
import type { Hop } from '../../content/attributions/schema.ts'
import { rowsIn } from '../../storage/columns/rows.ts'
import type { Reader, Tables } from '../../storage/database.ts'
import type { ReviewedRecord } from './schema.ts'

type Row = Tables['imports']['$inferSelect']
export type Proposal = Row['proposals'][number]
export type Kind = Proposal['kind']

/** A record as it is now. */
export interface CurrentRecord {
  kind: Kind
  version: number
  record: ReviewedRecord
}

const sourceOf = ({ kind, name, role }: { kind: string; name: string; role: string | null }) => ({
  kind,
  name,
  ...(role && { role })
})

type Speaker = Pick<Hop, 'sourceId' | 'articleId' | 'unnamed' | 'relation'>

/** The chain of a quote or claim in the form of a review. `names` are those of sources, and the titles of articles of ours. */
const speakersOf = (hops: Speaker[], names: Map<string, string>) =>
  hops.map(({ sourceId, articleId, unnamed, relation }) => {
    const id = sourceId ?? articleId
    return {
      ...(sourceId && { sourceId }),
      ...(articleId && { articleId }),
      // An article that a chain goes on in may be gone.
      name: id === undefined ? unnamed!.description : (names.get(id) ?? id),
      relation
    }
  })

/** The titles of the articles that chains go on in. */
async function titlesOf(db: Reader, hops: Speaker[]) {
  const ids = hops.flatMap(({ articleId }) => articleId ?? [])
  const articles = ids.length === 0 ? [] : await rowsIn(db, db.t.articles, 'id', ids)
  return articles.map(({ id, title }) => [id, title] as const)
}

/**
 * The records that were just written with a draft, by their ids: its quotes and claims, and the sources that it names.
 * Credits and other sources are looked up.
 */
export async function recordsOfDraft(
  db: Reader,
  { quotes, attributions, sources }: Pick<DraftArticle, 'quotes' | 'attributions' | 'sources'>,
  ids: { sources: string[]; credits: string[] }
): Promise<Map<string, ReviewedRecord>> {
  const named = new Set(sources.map(({ id }) => id))
  const others = await rowsIn(
    db,
    db.t.sources,
    'id',
    ids.sources.filter((id) => !named.has(id))
  )
  const found = new Map<string, ReviewedRecord>(
    [...sources, ...others].map((source) => [source.id, sourceOf(source)])
  )
  const chains = [...attributions, ...quotes.flatMap((quote) => quote.attributions)].flatMap(
    ({ hops }) => hops
  )
  const names = new Map([
    ...sources.map(({ id, name }) => [id, name] as const),
    ...(await titlesOf(db, chains))
  ])
  const speakers = (hops: Hop[] = []) => speakersOf(hops, names)
  for (const { id, text, kind, attributions: of } of quotes)
    found.set(id, { text, kind, speakers: speakers(of[0]?.hops) })
  for (const { id, claim, hops } of attributions) found.set(id, { claim: claim!, speakers: speakers(hops) })
  for (const { id, creditLine, creators, suppliers } of await rowsIn(
    db,
    db.t.mediaCredits,
    'id',
    ids.credits
  ))
    found.set(id, { creditLine, creators, suppliers })
  return found
}

/** Every quote and claim of the article, and the sources and credits with these ids, each by its id. */
export async function currentRecords(
  db: Reader,
  articleId: string,
  ids: { sources: string[]; credits: string[] }
): Promise<Map<string, CurrentRecord>> {
  const { t } = db
  const quotes = await rowsIn(db, t.quotes, 'articleId', [articleId])
  const attributions = (await rowsIn(db, t.attributions, 'articleId', [articleId])).sort(
    (a, b) => Number(a.id > b.id) - Number(a.id < b.id)
  )
  const hops = (await hopsOfArticle(db, articleId)).map((row) => ({
    attributionId: row.attributionId,
    ...hopForm(row)
  }))
  const named = hops.flatMap(({ sourceId }) => sourceId ?? [])
  const sources = await rowsIn(db, t.sources, 'id', [...ids.sources, ...named])
  const credits = await rowsIn(db, t.mediaCredits, 'id', ids.credits)
  const names = new Map([
    ...sources.map(({ id, name }) => [id, name] as const),
    ...(await titlesOf(db, hops))
  ])
  const chains = Map.groupBy(hops, ({ attributionId }) => attributionId)
  const ofQuotes = Map.groupBy(attributions, ({ quoteId }) => quoteId)
  const speakers = (attributionId: string | undefined) =>
    attributionId === undefined ? [] : speakersOf(chains.get(attributionId)!, names)
  const found = new Map<string, CurrentRecord>()
  for (const { id, version, text, kind } of quotes) {
    const first = ofQuotes.get(id)?.[0]
    found.set(id, { kind: 'quote', version, record: { text, kind, speakers: speakers(first?.id) } })
  }
  for (const { id, version, claim } of attributions)
    if (claim !== null) found.set(id, { kind: 'claim', version, record: { claim, speakers: speakers(id) } })
  for (const one of sources)
    found.set(one.id, { kind: 'source', version: one.version, record: sourceOf(one) })
  for (const { id, version, creditLine, creators, suppliers } of credits)
    found.set(id, { kind: 'credit', version, record: { creditLine, creators, suppliers } })
  return found
}

/** The ids of the sources and credits among proposals. */
export const idsOf = (proposals: { id: string; kind: Kind }[]) => ({
  sources: proposals.flatMap(({ id, kind }) => (kind === 'source' ? [id] : [])),
  credits: proposals.flatMap(({ id, kind }) => (kind === 'credit' ? [id] : []))
})

/** How many proposals wait that are of low confidence. */
export const countDoubtful = (proposals: Proposal[]) =>
  proposals.filter(({ state, confidence }) => state === 'waiting' && confidence === 'low').length
