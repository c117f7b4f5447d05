// Who said what according to whom, in the words of schema.org.
import type { Article } from '../../../content/articles/schema.ts'
import type { Attribution, Hop } from '../../../content/attributions/schema.ts'
import type { Quote } from '../../../content/quotes/schema.ts'
import type { Source } from '../../../content/sources/schema.ts'
import { urnOf } from '../../publisher/addresses.ts'

const types = { person: 'Person', organization: 'Organization', document: 'CreativeWork' }

export type Sources = Map<string, Source>

/** The sources of an article, by id. */
export const sourcesOf = ({ sources }: Article): Sources => new Map(sources.map((one) => [one.id, one]))

/** A source as the article names it. */
export function agentOf(
  { id, kind, name, role, url, sameAs, affiliationId }: Source,
  known: Sources
): object {
  const affiliation = affiliationId === null ? undefined : known.get(affiliationId)
  return {
    '@type': types[kind],
    '@id': urnOf(id),
    name,
    ...(kind === 'person' && role && { jobTitle: role }),
    ...(kind === 'person' && affiliation && { affiliation: agentOf(affiliation, known) }),
    ...(url && { url }),
    ...(sameAs.length > 0 && { sameAs })
  }
}

/** Who or what a hop leads to; a source that is not named has a description and no name. */
function nodeOf({ sourceId, articleId, unnamed }: Hop, known: Sources): object {
  if (articleId) return { '@type': 'NewsArticle', '@id': urnOf(articleId) }
  if (sourceId) return agentOf(known.get(sourceId)!, known)
  return { '@type': 'Person', description: unnamed!.description }
}

/**
 * Where a chain leads: its last hop is whose words they are. Those nearer the reader are works that the next one stands
 * in, which is what schema.org has for "according to".
 */
function chainOf({ hops }: Attribution, known: Sources) {
  const origin = hops.at(-1)!
  const carriers = hops.slice(0, -1).map((hop) => ({
    '@type': 'CreativeWork',
    publisher: nodeOf(hop, known),
    ...(hop.url && { url: hop.url }),
    ...(hop.at && { datePublished: hop.at })
  }))
  return {
    creator: nodeOf(origin, known),
    ...(carriers.length > 0 && { isBasedOn: carriers }),
    ...(origin.url && { citation: origin.url })
  }
}

/** One of a property that may have several values, or all of them. */
const several = (values: object[]) => (values.length === 1 ? values[0] : values)

/** The chains of one statement as the properties of it. */
function attributed(attributions: Attribution[], known: Sources): object {
  const chains = attributions.map((attribution) => chainOf(attribution, known))
  if (chains.length === 0) return {}
  const carriers = chains.flatMap(({ isBasedOn = [] }) => isBasedOn)
  const citations = chains.flatMap(({ citation = [] }) => citation)
  return {
    creator: several(chains.map(({ creator }) => creator)),
    ...(carriers.length > 0 && { isBasedOn: carriers }),
    ...(citations.length > 0 && { citation: citations })
  }
}

export const quotationOf = ({ id, text, language, attributions }: Quote, known: Sources) => ({
  '@type': 'Quotation',
  '@id': urnOf(id),
  text,
  ...(language && { inLanguage: language }),
  ...attributed(attributions, known)
})

export const claimOf = (attribution: Attribution, known: Sources) => ({
  '@type': 'Claim',
  '@id': urnOf(attribution.id),
  text: attribution.claim,
  ...attributed([attribution], known)
})
