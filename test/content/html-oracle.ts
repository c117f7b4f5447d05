// HTML of any origin as the blocks that a browser shows: a reader that shares nothing with ours.
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5'

type Node = DefaultTreeAdapterTypes.ChildNode
type Element = DefaultTreeAdapterTypes.Element

const isElement = (node: Node): node is Element => 'tagName' in node
const attribute = (element: Element, name: string) => element.attrs.find((one) => one.name === name)?.value
const childrenOf = (node: Node): Node[] => (isElement(node) ? node.childNodes : [])
const textOf = (node: Node): string => ('value' in node ? node.value : childrenOf(node).map(textOf).join(''))

const inlineMarks: Record<string, string> = {
  strong: 'strong',
  em: 'em',
  u: 'underline',
  del: 'strike',
  s: 'strike',
  code: 'code',
  sup: 'sup',
  sub: 'sub'
}
const inlines = new Set([...Object.keys(inlineMarks), 'a', 'br', 'span'])

interface Context {
  style: string
  lists: Element[]
}

type Run = [text: string, ...marks: string[]]

function runsOf(nodes: Node[]): Run[] {
  const letters: Run[] = []
  const walk = (node: Node, marks: string[]) => {
    if ('value' in node)
      for (const letter of node.value.replaceAll('\n', '')) letters.push([letter, ...marks])
    else if (isElement(node)) {
      if (node.tagName === 'br') letters.push(['\n', ...marks])
      const mark = inlineMarks[node.tagName] ?? (node.tagName === 'a' ? link(node) : undefined)
      for (const child of node.childNodes) walk(child, mark ? [...marks, mark] : marks)
    }
  }
  for (const node of nodes) walk(node, [])
  // A break at the end of a block is not shown.
  if (letters.at(-1)?.[0] === '\n') letters.pop()
  const runs: Run[] = []
  for (const [letter, ...marks] of letters) {
    const emphasis = ['strong', 'em', 'strike']
    const kept = [...new Set(marks)].filter((mark) => !(/\s/.test(letter) && emphasis.includes(mark))).sort()
    const last = runs.at(-1)
    if (last && JSON.stringify(last.slice(1)) === JSON.stringify(kept)) last[0] += letter
    else runs.push([letter, ...kept])
  }
  return runs
}

const link = (element: Element) => {
  const title = attribute(element, 'title')
  return JSON.stringify({
    _type: 'link',
    href: attribute(element, 'href'),
    ...(title !== undefined && { title })
  })
}

/** The blocks that these nodes show. */
function flowOf(nodes: Node[], context: Context): object[] {
  const found: object[] = []
  let inline: Node[] = []
  const flush = () => {
    if (inline.some((node) => isElement(node) || textOf(node).trim() !== '' || /[^\n]/.test(textOf(node))))
      found.push(block(inline, context))
    inline = []
  }
  for (const node of nodes) {
    if (!isElement(node) || inlines.has(node.tagName)) {
      if (node.nodeName !== '#comment') inline.push(node)
      continue
    }
    flush()
    found.push(...elementOf(node, context))
  }
  flush()
  return found
}

function block(nodes: Node[], { style, lists }: Context) {
  const list = lists.at(-1)
  const item = list && {
    listItem: list.tagName === 'ol' ? 'number' : 'bullet',
    level: lists.length,
    ...startOf(list)
  }
  return { style, ...item, runs: runsOf(nodes) }
}

/** What the first item of a list says of its number; said once. */
function startOf(list: Element) {
  const start = Number(attribute(list, 'start') ?? 1)
  if (list.tagName !== 'ol' || said.has(list)) return {}
  said.add(list)
  const siblings = list.parentNode!.childNodes.filter(isElement)
  const before = siblings[siblings.indexOf(list) - 1]
  return start !== 1 || before?.tagName === 'ol' ? { start } : {}
}
const said = new WeakSet<Element>()

function elementOf(element: Element, context: Context): object[] {
  const { tagName, childNodes } = element
  if (/^h[2-4]$/.test(tagName)) return [block(childNodes, { ...context, style: tagName })]
  if (tagName === 'p') {
    const picture = childNodes.find((node) => isElement(node) && node.tagName === 'img') as
      | Element
      | undefined
    return picture ? [{ _type: 'image', mediaId: attribute(picture, 'src') }] : [block(childNodes, context)]
  }
  if (tagName === 'img') return [{ _type: 'image', mediaId: attribute(element, 'src') }]
  if (tagName === 'hr') return [{ _type: 'rule' }]
  if (tagName === 'blockquote') return flowOf(childNodes, { ...context, style: 'blockquote' })
  if (tagName === 'ul' || tagName === 'ol')
    return flowOf(childNodes, { ...context, lists: [...context.lists, element] })
  if (tagName === 'figure') {
    const [url, mediaId] = [attribute(element, 'data-embed'), attribute(element, 'data-media')]
    return [url === undefined ? { _type: 'image', mediaId } : { _type: 'embed', url }]
  }
  if (tagName === 'pre') {
    const language = /language-(.*)/.exec(attribute(childNodes[0] as Element, 'class') ?? '')?.[1]
    return [{ _type: 'code', code: textOf(element).replace(/\n$/, ''), ...(language && { language }) }]
  }
  if (tagName === 'table') return [tableOf(element)]
  return flowOf(childNodes, context)
}

function tableOf(table: Element) {
  const rows: object[][] = []
  let caption: string | undefined
  const walk = (element: Element) => {
    if (element.tagName === 'caption') caption = textOf(element).replace(/\n$/, '')
    if (element.tagName === 'tr') rows.push(element.childNodes.filter(isElement).map(cellOf))
    else for (const child of element.childNodes.filter(isElement)) walk(child)
  }
  walk(table)
  return { _type: 'table', ...(caption !== undefined && { caption }), rows }
}

function cellOf(cell: Element) {
  const span = (name: string) => Number(attribute(cell, name) ?? 1)
  const value = flowOf(cell.childNodes, { style: 'normal', lists: [] })
  return {
    _type: 'cell',
    ...(cell.tagName === 'th' && { header: true }),
    ...(span('colspan') > 1 && { colspan: span('colspan') }),
    ...(span('rowspan') > 1 && { rowspan: span('rowspan') }),
    // An element without anything in it has no paragraph either.
    value: value.length > 0 || cell.childNodes.length === 0 ? value : [{ style: 'normal', runs: [] }]
  }
}

/** The blocks that a browser would show. */
export const shownBy = (html: string): object[] =>
  flowOf(parseFragment(html).childNodes, { style: 'normal', lists: [] })
