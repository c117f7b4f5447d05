// HTML parsed into a tree, by the parser of the HTML standard: what browsers see is what we read. What is simple is read
// before it, by the same rules (simple.ts).
import { createRequire } from 'node:module'
import type { DefaultTreeAdapterMap, Tokenizer } from 'parse5'
import { simpleTree } from './simple.ts'
import type { Element, Node } from './tree.ts'

const require = createRequire(import.meta.url)

/** How much of HTML is read. A parser's time grows with the depth, and with the attributes of one element. */
export interface Limits {
  elements: number
  depth: number
  attributes: number
}

/** HTML that has, or nests, more than `Limits` allow. */
export class TooLarge extends Error {
  readonly limit: keyof Limits

  constructor(limit: keyof Limits) {
    super(`more than the limit of ${limit}`)
    this.limit = limit
  }
}

type Parsed = DefaultTreeAdapterMap['childNode']

// A tag with many attributes is noticed before it ends: each is compared with all before it.
const chunk = 4096

/** The error of a document that is over a limit. */
type Refuse = (limit: keyof Limits) => Error

/** How much of the document that is being parsed was read so far, how much may be, and what is thrown where it is more. */
let [elements, depth] = [0, 0]
let currentLimits: Limits
let refuse: Refuse

const checkLimit = (limit: keyof Limits, size: number) => {
  if (size > currentLimits[limit]) throw refuse(limit)
}

/** parse5, loaded with the first HTML. The class and the adapter are made once: V8 compiles them for one shape each. */
function load() {
  const { Parser, Tokenizer, defaultTreeAdapter } = require('parse5') as typeof import('parse5')
  class Counting extends Tokenizer {
    /** How many attributes the tag has that is being read. */
    get attributes() {
      return this.currentToken && 'attrs' in this.currentToken ? this.currentToken.attrs.length : 0
    }
  }
  const treeAdapter: typeof defaultTreeAdapter = {
    ...defaultTreeAdapter,
    createElement(name, namespace, attributes) {
      checkLimit('elements', ++elements)
      return defaultTreeAdapter.createElement(name, namespace, attributes)
    },
    onItemPush: () => checkLimit('depth', ++depth),
    onItemPop: () => void depth--
  }
  return { Parser, Counting, treeAdapter }
}
let parse5: ReturnType<typeof load> | undefined

/** The elements of a document. Throws what `tooLarge` answers, or else TooLarge, for one that is over a limit. */
export function treeOf(
  html: string,
  limits: Limits,
  tooLarge: Refuse = (limit) => new TooLarge(limit)
): Element {
  return simpleTree(html, limits) ?? parsed(html, limits, tooLarge)
}

function parsed(html: string, limits: Limits, tooLarge: Refuse): Element {
  parse5 ??= load()
  const { Parser, Counting, treeAdapter } = parse5
  ;[elements, depth, currentLimits, refuse] = [0, 0, limits, tooLarge]
  const parser = new Parser({ scriptingEnabled: true, treeAdapter })
  const tokenizer = new Counting({ sourceCodeLocationInfo: false }, parser)
  parser.tokenizer = tokenizer as Tokenizer
  for (let at = 0; at === 0 || at < html.length; at += chunk) {
    tokenizer.write(html.slice(at, at + chunk), at + chunk >= html.length)
    checkLimit('attributes', tokenizer.attributes)
  }
  return { tag: 'html', attributes: {}, children: plain(parser.document.childNodes) }
}

function plain(nodes: Parsed[]): Node[] {
  const found: Node[] = []
  for (const node of nodes) {
    if (node.nodeName === '#text' && 'value' in node) found.push(node.value)
    else if ('tagName' in node) {
      const attributes = Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]))
      // What a template holds is no part of its document.
      found.push({ tag: node.tagName, attributes, children: plain(node.childNodes) })
    }
  }
  return found
}
