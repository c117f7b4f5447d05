// Provenance as a picture: laid out by dagre, in SVG without script, link or outside reference.
import { Graph, layout } from '@dagrejs/dagre'
import { escapeMarkup } from '../../storage/text/xml-text.ts'
import type { Provenance, ProvenanceNode } from '../provenance/schema.ts'
import { labelOf, linesOf, relationOf, titleOf } from './lines.ts'

/** More nodes make a picture that nobody can read; the time to lay them out grows faster than their number. */
const maxDrawn = 150

const lineHeight = 18
const letterWidth = 7.4
const padding = 12

/** Colours for light and dark pages; text and lines have a contrast of at least 4.5 and 3 (WCAG 2.2, 1.4.3 and 1.4.11). */
const style = `
svg { background: #fff; font: 13px system-ui, sans-serif; }
text { fill: #1b1b1b; unicode-bidi: plaintext; }
.kind { font-size: 11px; fill: #595959; }
.box { fill: #f6f6f6; stroke: #6b6b6b; }
.article .box { fill: #e8f0fb; }
.quote .box, .claim .box { fill: #fdf6e3; }
.unnamed .box { stroke-dasharray: 5 4; }
.fallen .box { stroke: #b00020; stroke-width: 2.5; }
.edge { fill: none; stroke: #6b6b6b; }
.arrow { fill: #6b6b6b; }
.relation { font-size: 11px; fill: #595959; paint-order: stroke; stroke: #fff; stroke-width: 4px; }
@media (prefers-color-scheme: dark) {
  svg { background: #16181c; }
  text { fill: #ececec; }
  .kind, .relation { fill: #b5b5b5; }
  .box { fill: #24272d; stroke: #9a9a9a; }
  .article .box { fill: #1f2d42; }
  .quote .box, .claim .box { fill: #3a3220; }
  .fallen .box { stroke: #ff8a93; }
  .edge { stroke: #9a9a9a; }
  .arrow { fill: #9a9a9a; }
  .relation { stroke: #16181c; }
}`

/** What an arrow says; that an article contains what it contains needs no words. */
const captionOf = (relation: string) => (relation === 'contains' ? '' : relationOf(relation))

interface Box {
  node: ProvenanceNode
  lines: string[]
  width: number
  height: number
}

/** Where dagre put a box: its centre. */
interface Placed {
  x: number
  y: number
}

function boxOf(node: ProvenanceNode): Box {
  const lines = linesOf(labelOf(node))
  const longest = Math.max(titleOf(node).length, ...lines.map(({ length }) => length))
  return {
    node,
    lines,
    width: Math.round(longest * letterWidth + 2 * padding),
    height: (lines.length + 1) * lineHeight + 2 * padding
  }
}

/**
 * The graph as SVG, from the reader on the left to the origins on the right: an article has many statements and short
 * chains, so that a phone shows it at its size and scrolls down.
 */
export function svg(provenance: Provenance): string {
  const drawn = provenance.nodes.slice(0, maxDrawn)
  const boxes = new Map(drawn.map((node) => [node.id, boxOf(node)]))
  const edges = provenance.edges.filter(({ from, to }) => boxes.has(from) && boxes.has(to))
  const graph = new Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'LR', nodesep: 20, ranksep: 24, marginx: 16, marginy: 16 })
  for (const [id, { width, height }] of boxes) graph.setNode(id, { width, height })
  for (const [i, { from, to, relation }] of edges.entries())
    graph.setEdge(
      from,
      to,
      { width: captionOf(relation).length * letterWidth, height: lineHeight, labelpos: 'c' },
      String(i)
    )
  layout(graph)
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number }
  const left = provenance.nodes.length - drawn.length
  const size = { width: Math.max(Math.ceil(width), 240), height: Math.ceil(height) + (left > 0 ? 30 : 0) }
  const more = left > 0 ? [`<text x="16" y="${size.height - 12}">${left} more are not drawn.</text>`] : []
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" height="${size.height}" role="img" aria-labelledby="title description">`,
    `<title id="title">${escapeMarkup(headingOf(provenance))}</title>`,
    `<desc id="description">${escapeMarkup(sentencesOf(provenance))}</desc>`,
    `<style>${style}</style>`,
    ...edges.map((edge, i) => arrow(captionOf(edge.relation), graph.edge(edge.from, edge.to, String(i)))),
    ...[...boxes].map(([id, box]) => drawnBox(box, graph.node(id) as Placed)),
    ...more,
    '</svg>',
    ''
  ].join('\n')
}

const round = (n: number) => Math.round(n * 10) / 10

function drawnBox({ node, lines, width, height }: Box, { x, y }: Placed): string {
  const [left, top] = [round(x - width / 2), round(y - height / 2)]
  const isFallen = node.state !== undefined && node.state !== 'published'
  const corner = node.kind === 'source' || node.kind === 'unnamed' ? Math.min(height / 2, 28) : 4
  const text = lines.map(
    (line, i) =>
      `<text x="${left + padding}" y="${top + padding + (i + 2) * lineHeight - 5}">${escapeMarkup(line)}</text>`
  )
  return [
    `<g class="${node.kind}${isFallen ? ' fallen' : ''}">`,
    `<rect class="box" x="${left}" y="${top}" width="${width}" height="${height}" rx="${corner}"/>`,
    `<text class="kind" x="${left + padding}" y="${top + padding + lineHeight - 7}">${titleOf(node)}</text>`,
    ...text,
    '</g>'
  ].join('')
}

interface Route extends Placed {
  points: Placed[]
}

/** An edge with its arrowhead, and its relation in the middle. */
function arrow(relation: string, edge: unknown): string {
  const { points, x, y } = edge as Route
  const [end, before] = [points.at(-1)!, points.at(-2)!]
  const angle = Math.atan2(end.y - before.y, end.x - before.x)
  const corner = (turn: number) =>
    `${round(end.x - 9 * Math.cos(angle + turn))} ${round(end.y - 9 * Math.sin(angle + turn))}`
  const line = points.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('')
  return [
    `<path class="edge" d="${line}"/>`,
    `<path class="arrow" d="M${round(end.x)} ${round(end.y)}L${corner(0.4)}L${corner(-0.4)}Z"/>`,
    ...(relation
      ? [
          `<text class="relation" text-anchor="middle" x="${round(x)}" y="${round(y + 4)}">${escapeMarkup(relation)}</text>`
        ]
      : [])
  ].join('')
}

const headingOf = ({ id, nodes }: Provenance) => {
  const node = nodes.find((one) => one.id === id)
  return node ? `What this rests on: ${labelOf(node)}` : 'What this rests on'
}

/** How many statements the description reads out. */
const maxRead = 50

/** The graph in sentences, for those who do not see it. */
function sentencesOf({ nodes, statements, warnings }: Provenance): string {
  const labels = new Map(nodes.map((node) => [node.id, labelOf(node)]))
  const said = statements.slice(0, maxRead).map(({ id, kind, roots, independent }) => {
    const origins = roots.map((root) => labels.get(root)).join('; ') || 'nobody'
    return `${kind === 'quote' ? 'The quote' : 'The claim'} ${labels.get(id)} rests on ${origins} (independent origins: ${independent}).`
  })
  return [...said, ...warnings.map(({ detail }) => detail)].join(' ')
}
