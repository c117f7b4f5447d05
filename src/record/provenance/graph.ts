// Provenance as it is answered: the nodes and edges of a network, and what each statement rests on.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { quotedExcerpt } from '../../content/body/anchors/wording.ts'
import type { Source } from '../../content/sources/schema.ts'
import type { Edge } from '../edges/compile.ts'
import { continued, isArticle, isUnnamed, originOf, type Statement } from './network.ts'
import type { Surroundings } from './reading.ts'
import { type Basis, basisIn } from './roots.ts'
import type { Provenance, ProvenanceEdge, ProvenanceNode, ProvenanceWarning } from './schema.ts'

/** What a quote or claim says. */
export type WordsOf = (statementId: string) => string

/** How many steps of chains are followed in one turn of the event loop. */
const stepsPerTurn = 20_000

/** What provenance is asked for: an article, or statements of it. */
export interface Subject {
  id: string
  /** The article, where all of it is meant. */
  article?: ProvenanceNode
  statements: Statement[]
}

/** The provenance of statements that the network holds. */
export async function provenanceOf(
  { id, article, statements }: Subject,
  { network, cards }: Surroundings,
  wordsOf: WordsOf
): Promise<Provenance> {
  const shown = shownFrom(statements, (edge) => continued(network, edge))
  const nodes = [...(article ? [article] : []), ...nodesOf(shown, { network, cards }, wordsOf)].filter(
    (node, i) => i === 0 || node.id !== article?.id
  )
  const labels = new Map(nodes.map((node) => [node.id, node.label]))
  const labelOf = (origin: string) => quotedExcerpt(labels.get(origin)!)
  const basis = basisIn(network)
  const said: Provenance['statements'] = []
  let steps = 0
  for (const statement of statements) {
    const found = basis([statement])
    said.push({ id: statement.id, kind: kindOf(statement.id), ...judged(found, labelOf) })
    steps += shown.length
    if (steps > stepsPerTurn) {
      steps = 0
      await nextTurn()
    }
  }
  return {
    id,
    nodes,
    edges: [
      ...(article ? statements.map(({ id }) => ({ from: article.id, to: id, relation: 'contains' })) : []),
      ...edgesBetween(shown, (edge) => continued(network, edge))
    ],
    statements: said,
    ...judged(basis(statements), labelOf),
    cut: network.cut
  }
}

/** Whether a statement is quoted. */
export const kindOf = (statementId: string): 'quote' | 'claim' =>
  statementId.startsWith('quo_') ? 'quote' : 'claim'

/** These statements, and all in which their chains go on. */
function shownFrom(statements: Statement[], next: (edge: Edge) => Statement[]): Statement[] {
  const found = new Set(statements)
  for (const { chains } of found)
    for (const chain of chains) for (const statement of next(chain.at(-1)!)) found.add(statement)
  return [...found]
}

function nodesOf(shown: Statement[], { network, cards }: Surroundings, wordsOf: WordsOf): ProvenanceNode[] {
  const nodes = new Map<string, ProvenanceNode>()
  const add = (node: ProvenanceNode) => nodes.has(node.id) || nodes.set(node.id, node)
  for (const { id, articleId, chains } of shown) {
    add({ id, kind: kindOf(id), label: wordsOf(id), articleId })
    for (const edge of chains.flat()) {
      const { target, unnamed } = edge
      const origin = originOf(edge)
      const card = cards.get(origin)
      if (target === null) add({ id: origin, kind: 'unnamed', label: unnamed!, articleId })
      else if (isArticle(target)) {
        const label = String(card?.title ?? 'An article that was withdrawn')
        add({ id: target, kind: 'article', label, state: network.states.get(target)! })
      } else add(sourceNode(target, card as unknown as Source))
    }
  }
  return [...nodes.values()]
}

const sourceNode = (id: string, source: Source): ProvenanceNode => ({
  id,
  kind: 'source',
  label: source.name,
  sourceKind: source.kind,
  role: source.role
})

function edgesBetween(shown: Statement[], next: (edge: Edge) => Statement[]): ProvenanceEdge[] {
  return shown.flatMap(({ id, chains }) =>
    chains.flatMap((chain) => {
      const steps = stepsAlong(id, chain)
      const last = chain.at(-1)!
      const onward = next(last).map(
        (statement): ProvenanceEdge => ({ from: originOf(last), to: statement.id, relation: 'continues' })
      )
      return [...steps, ...onward]
    })
  )
}

/** The steps of a chain, from a statement on. */
export const stepsAlong = (statementId: string, chain: Edge[]) =>
  chain.map(
    (edge, i): ProvenanceEdge => ({
      from: i === 0 ? statementId : originOf(chain[i - 1]!),
      to: originOf(edge),
      relation: edge.relation,
      attributionId: edge.attributionId,
      position: edge.position,
      ...(edge.url && { url: edge.url }),
      ...(edge.at && { at: edge.at })
    })
  )

/** What a basis has against it. */
function judged(
  { roots, independent, unnamed, nearest, circle, fallen }: Basis,
  labelOf: (id: string) => string
) {
  const warnings: ProvenanceWarning[] = []
  const list = (ids: string[]) => new Intl.ListFormat('en').format(ids.map(labelOf))
  if (nearest.length > 1 && independent === 1)
    warnings.push({
      code: 'single-root',
      detail: `${nearest.length} say it, and all of it rests on one origin: ${list(roots)}.`,
      nodes: roots
    })
  if (circle.length > 0)
    warnings.push({
      code: 'circular',
      detail: `Articles rest on each other: ${list(circle)}.`,
      nodes: circle
    })
  if (roots.length > 0 && roots.every(isUnnamed))
    warnings.push({
      code: 'all-unnamed',
      detail: `Nobody at the end of the chains is named: ${list(roots)}.`,
      nodes: roots
    })
  if (fallen.length > 0)
    warnings.push({
      code: 'rests-on-retracted',
      detail: `It rests on what was retracted or withdrawn: ${list(fallen)}.`,
      nodes: fallen
    })
  return { roots, independent, unnamed, warnings }
}
