// Text blocks as HTML: paragraphs, headings, quotations and lists.
import type { TextBlock } from '../schema.ts'
import { inlineHtml, spacing } from './html-inline.ts'

const tags = { normal: 'p', h2: 'h2', h3: 'h3', h4: 'h4' }

/** Text blocks one after the other; neighbouring items are put into lists. */
export function* textsHtml(blocks: Iterable<TextBlock>): Generator<string> {
  const lists = listWriter()
  for (const block of blocks) yield block.listItem ? lists.add(block) : lists.end() + paragraph(block)
  yield lists.end()
}

export function paragraph(block: TextBlock): string {
  if (block.style === 'blockquote') return `<blockquote>${element('p', block)}</blockquote>`
  return element(tags[block.style], block)
}

const element = (tag: string, block: TextBlock) => `<${tag}${spacing(block)}>${inlineHtml(block)}</${tag}>`

interface List {
  tag: 'ul' | 'ol'
  /** Whether an item is open, within which deeper lists stand. */
  isOpen: boolean
}

/** Writes items into lists. A level that is skipped is a list without items of its own. */
export function listWriter() {
  const open: List[] = []

  const closedItem = (list: List) => (list.isOpen ? '</li>' : '')

  function closedTo(level: number): string {
    let html = ''
    while (open.length > level) {
      const list = open.pop()!
      html += `${closedItem(list)}</${list.tag}>`
    }
    return html
  }

  function add(item: TextBlock): string {
    const { level = 1, start } = item
    const tag = item.listItem === 'number' ? 'ol' : 'ul'
    let html = closedTo(level)
    const beside = open[level - 1]
    if (beside && (beside.tag !== tag || start !== undefined)) html += closedTo(level - 1)
    while (open.length < level - 1) html += opened({ tag: 'ul', isOpen: false })
    if (open.length < level) html += opened({ tag, isOpen: false }, start)
    const list = open[level - 1]!
    html += closedItem(list)
    list.isOpen = true
    return html + itemHtml(item)
  }

  function opened(list: List, start?: number): string {
    open.push(list)
    return start === undefined ? `<${list.tag}>` : `<${list.tag} start="${start}">`
  }

  return { add, end: () => closedTo(0) }
}

const itemHtml = (item: TextBlock) =>
  item.style === 'normal' ? `<li${spacing(item)}>${inlineHtml(item)}` : `<li>${paragraph(item)}`
