// Provenance as a graph description: DOT of Graphviz, and Mermaid.
import type { Provenance } from '../provenance/schema.ts'
import { labelOf, linesOf, relationOf, titleOf } from './lines.ts'

const shapes = { article: 'note', quote: 'box', claim: 'box', source: 'ellipse', unnamed: 'ellipse' }

/** A quoted string of DOT: in it, only backslashes and quotation marks have a meaning. */
const quoted = (text: string) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

/** Lines in a string of DOT; `\n` is how it breaks them. */
const broken = (lines: string[]) => `"${lines.map((line) => quoted(line).slice(1, -1)).join('\\n')}"`

/** The graph in DOT, from the reader on the left to the origins on the right. */
export function dot({ nodes, edges }: Provenance): string {
  const drawn = nodes.map((node) => {
    const style = node.kind === 'unnamed' ? ', style=dashed' : ''
    const label = broken([titleOf(node), ...linesOf(labelOf(node))])
    return `  ${quoted(node.id)} [shape=${shapes[node.kind]}, label=${label}${style}];`
  })
  const arrows = edges.map(
    ({ from, to, relation }) => `  ${quoted(from)} -> ${quoted(to)} [label=${quoted(relationOf(relation))}];`
  )
  return ['digraph provenance {', '  rankdir=LR;', ...drawn, ...arrows, '}', ''].join('\n')
}

/** Letters with a meaning in Mermaid's quoted strings, as the entities that it has for them. */
const entities: Record<string, string> = {
  '#': '#35;',
  '"': '#quot;',
  '&': '#amp;',
  '<': '#lt;',
  '>': '#gt;',
  '`': '#96;',
  '\\': '#92;'
}
const escaped = (text: string) => text.replace(/[#"&<>`\\]/g, (letter) => entities[letter]!)

const brackets = {
  article: ['[[', ']]'],
  quote: ['[', ']'],
  claim: ['[', ']'],
  source: ['([', '])'],
  unnamed: ['([', '])']
} as const

/** The graph as a flowchart of Mermaid. */
export function mermaid({ nodes, edges }: Provenance): string {
  const names = new Map(nodes.map(({ id }, i) => [id, `n${i}`]))
  const drawn = nodes.map((node) => {
    const [open, close] = brackets[node.kind]
    return `  ${names.get(node.id)}${open}"${escaped(`${titleOf(node)}: ${labelOf(node)}`)}"${close}`
  })
  const arrows = edges.map(
    ({ from, to, relation }) =>
      `  ${names.get(from)} -->|"${escaped(relationOf(relation))}"| ${names.get(to)}`
  )
  return ['flowchart LR', ...drawn, ...arrows, ''].join('\n')
}
