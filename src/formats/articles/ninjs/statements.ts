// Who said what according to whom, as items that an article is associated with.
import type { Article } from '../../../content/articles/schema.ts'
import type { Attribution, Hop } from '../../../content/attributions/schema.ts'
import type { Source } from '../../../content/sources/schema.ts'
import { urnOf } from '../../publisher/addresses.ts'

interface Statement {
  id: string
  rel: 'quote' | 'claim'
  words: string
  attributions: Attribution[]
}

/** The quotes and claims of an article. */
export const partsOf = ({ quotes, attributions }: Article): Statement[] => [
  ...quotes.map(({ id, text, attributions }) => ({ id, rel: 'quote' as const, words: text, attributions })),
  ...attributions.map((one) => ({
    id: one.id,
    rel: 'claim' as const,
    words: one.claim!,
    attributions: [one]
  }))
]

const known = ({ sources }: Article) => new Map(sources.map((one) => [one.id, one]))
const entity = ({ id, name }: Source, rel: string) => ({ name, rel, uri: urnOf(id) })

/** The people and organizations that an article names as its sources, and who wrote it. */
export function agents(article: Article): object {
  const of = (kind: Source['kind'], rel: string) =>
    article.sources.filter((one) => one.kind === kind).map((one) => entity(one, rel))
  const people = [
    ...article.bylines.map(({ name, sourceId }) => ({
      name,
      rel: 'author',
      ...(sourceId && { uri: urnOf(sourceId) })
    })),
    ...of('person', 'source')
  ]
  const organisations = of('organization', 'source')
  const objects = of('document', 'source')
  return {
    ...(people.length > 0 && { people }),
    ...(organisations.length > 0 && { organisations }),
    ...(objects.length > 0 && { objects })
  }
}

/** A quote or claim: whose words they are (`people`), and through whom they came (`infoSources`, nearest the reader first). */
export function statementItem({ id, rel, words, attributions }: Statement, i: number, article: Article) {
  const sources = known(article)
  const origins = attributions.flatMap(({ hops }) => hops.at(-1)!)
  const speakers = origins.flatMap(({ sourceId }) => {
    const source = sourceId ? sources.get(sourceId)! : undefined
    return source?.kind === 'person' ? [entity(source, 'speaker')] : []
  })
  const chain = attributions.flatMap(({ hops }) => hops.map((hop) => stepOf(hop, sources)))
  return {
    name: `${rel}${i + 1}`,
    rel,
    uri: urnOf(id),
    type: 'component',
    bodies: [{ role: rel, contentType: 'text/plain', value: words }],
    ...(speakers.length > 0 && { people: speakers }),
    ...(chain.length > 0 && { infoSources: chain })
  }
}

/** A source that is not named has its description, which is all that is known of it. */
function stepOf({ sourceId, articleId, unnamed, relation }: Hop, sources: Map<string, Source>) {
  if (unnamed) return { name: unnamed.description, role: relation }
  if (articleId) return { name: 'an article of ours', role: relation, uri: urnOf(articleId) }
  const source = sources.get(sourceId!)!
  return { name: source.name, role: relation, uri: urnOf(source.id) }
}
