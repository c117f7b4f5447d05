// Provenance as JSON-LD: PROV-O (W3C, 2013) for who it is from, schema.org for what it is.
import { kinds } from '../../newsstand/documents/kinds.ts'
import type { Provenance, ProvenanceNode } from '../provenance/schema.ts'

const context = {
  prov: 'http://www.w3.org/ns/prov#',
  schema: 'https://schema.org/',
  name: 'schema:name',
  headline: 'schema:headline',
  text: 'schema:text',
  jobTitle: 'schema:jobTitle',
  description: 'schema:description',
  isPartOf: { '@id': 'schema:isPartOf', '@type': '@id' },
  wasAttributedTo: { '@id': 'prov:wasAttributedTo', '@type': '@id' },
  wasDerivedFrom: { '@id': 'prov:wasDerivedFrom', '@type': '@id' },
  hadPrimarySource: { '@id': 'prov:hadPrimarySource', '@type': '@id' },
  qualifiedAttribution: 'prov:qualifiedAttribution',
  agent: { '@id': 'prov:agent', '@type': '@id' },
  hadRole: 'prov:hadRole',
  identifier: 'schema:identifier',
  position: 'schema:position'
}

const sourceTypes = {
  person: ['schema:Person', 'prov:Person'],
  organization: ['schema:Organization', 'prov:Organization'],
  document: ['schema:CreativeWork', 'prov:Entity']
}

const collections = new Map(
  Object.entries({ art: kinds.article, quo: kinds.quote, att: kinds.attribution, src: kinds.source }).map(
    ([prefix, { collection }]) => [prefix, collection]
  )
)

/** The address of a node: that of its record, or a blank node for a source that is not named. */
function addressOf(id: string): string {
  const collection = collections.get(id.slice(0, id.indexOf('_')))
  return collection ? `/v1/${collection}/${id}` : `_:${id.replace(/^unnamed:/, '').replace(/\W/g, '-')}`
}

/** The parts of a graph by what they are looked up with: it may have thousands of them. */
function indexed({ edges, statements }: Provenance) {
  const from = Map.groupBy(edges, (edge) => edge.from)
  const chains = Map.groupBy(edges, (edge) => edge.attributionId)
  const roots = new Map(statements.map((statement) => [statement.id, statement.roots]))
  return {
    /** Where a node goes on in an article of ours. */
    onward: (id: string) => (from.get(id) ?? []).filter(({ relation }) => relation === 'continues'),
    /** The steps of all chains of a statement. */
    steps(id: string) {
      // From a statement lead the first steps of its chains and nothing else, and it is there because of one.
      const own = new Set(from.get(id)!.map(({ attributionId }) => attributionId))
      return [...own].flatMap((attributionId) => chains.get(attributionId)!)
    },
    roots: (id: string) => roots.get(id) ?? []
  }
}

function described(node: ProvenanceNode, graph: ReturnType<typeof indexed>): object {
  const { id, kind, label, articleId } = node
  const about = { '@id': addressOf(id) }
  if (kind === 'article') return { ...about, '@type': ['schema:NewsArticle', 'prov:Entity'], headline: label }
  if (kind === 'unnamed') return { ...about, '@type': 'prov:Agent', description: label }
  if (kind === 'source') {
    const type = sourceTypes[node.sourceKind!]
    return { ...about, '@type': type, name: label, ...(node.role && { jobTitle: node.role }) }
  }
  const steps = graph.steps(id)
  return {
    ...about,
    '@type': [kind === 'quote' ? 'schema:Quotation' : 'schema:Claim', 'prov:Entity'],
    text: label,
    isPartOf: addressOf(articleId!),
    wasAttributedTo: steps.filter(({ position }) => position === 0).map(({ to }) => addressOf(to)),
    hadPrimarySource: graph.roots(id).map(addressOf),
    qualifiedAttribution: steps.map((step) => ({
      '@type': 'prov:Attribution',
      agent: addressOf(step.to),
      hadRole: step.relation,
      identifier: step.attributionId,
      position: step.position
    }))
  }
}

/** The graph as JSON-LD, with its context within it, so that nothing else has to be fetched. */
export function jsonld(provenance: Provenance): object {
  const graph = indexed(provenance)
  return {
    '@context': context,
    '@id': addressOf(provenance.id),
    '@graph': provenance.nodes.map((node) => {
      const derived = graph.onward(node.id).map(({ to }) => addressOf(to))
      return { ...described(node, graph), ...(derived.length > 0 && { wasDerivedFrom: derived }) }
    })
  }
}
