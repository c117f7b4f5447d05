// Provenance as JSON-LD: PROV-O (W3C, 2013) for who it is from, schema.org for what it is.
import { kinds } from '../../newsstand/documents/kinds.ts'
import type { Provenance, ProvenanceEdge, ProvenanceNode } from '../provenance/schema.ts'

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

/** The address of a node: that of its record, or a blank node for a source that is not named. */
function addressOf(id: string): string {
  const collection = Object.entries({
    art_: kinds.article,
    quo_: kinds.quote,
    att_: kinds.attribution,
    src_: kinds.source
  }).find(([prefix]) => id.startsWith(prefix))?.[1].collection
  return collection ? `/v1/${collection}/${id}` : `_:${id.replace(/^unnamed:/, '').replace(/\W/g, '-')}`
}

function described(node: ProvenanceNode, { statements }: Provenance, edges: ProvenanceEdge[]): object {
  const { id, kind, label, articleId } = node
  const about = { '@id': addressOf(id) }
  if (kind === 'article') return { ...about, '@type': ['schema:NewsArticle', 'prov:Entity'], headline: label }
  if (kind === 'unnamed') return { ...about, '@type': 'prov:Agent', description: label }
  if (kind === 'source') {
    const type = sourceTypes[node.sourceKind!]
    return { ...about, '@type': type, name: label, ...(node.role && { jobTitle: node.role }) }
  }
  const chains = new Set(edges.filter(({ from }) => from === id).map((edge) => edge.attributionId))
  const steps = edges.filter(({ attributionId }) => attributionId && chains.has(attributionId))
  const roots = statements.find((statement) => statement.id === id)?.roots ?? []
  return {
    ...about,
    '@type': [kind === 'quote' ? 'schema:Quotation' : 'schema:Claim', 'prov:Entity'],
    text: label,
    isPartOf: addressOf(articleId!),
    wasAttributedTo: steps.filter(({ position }) => position === 0).map(({ to }) => addressOf(to)),
    hadPrimarySource: roots.map(addressOf),
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
  const { nodes, edges } = provenance
  const onward = edges.filter(({ relation }) => relation === 'continues')
  return {
    '@context': context,
    '@id': addressOf(provenance.id),
    '@graph': nodes.map((node) => {
      const derived = onward.filter(({ from }) => from === node.id).map(({ to }) => addressOf(to))
      return { ...described(node, provenance, edges), ...(derived.length > 0 && { wasDerivedFrom: derived }) }
    })
  }
}
