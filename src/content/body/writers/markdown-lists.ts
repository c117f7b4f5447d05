// Lists in Markdown: each item behind its marker, indented as deep as the items that it stands in.
import type { TextBlock } from '../schema.ts'

interface List {
  type: 'bullet' | 'number'
  /** Two numbered lists in a row are told apart by what ends their numbers. */
  ending: '.' | ')'
  number: number
  /** How far the words of its last item are indented from its own marker. */
  width: number
}

/** A paragraph without words. */
export const blank = '<p><br /></p>'

const bullet = (): List => ({ type: 'bullet', ending: '.', number: 0, width: 2 })

/** Writes items into lists. A level that is skipped is a list without items of its own. */
export function listWriter() {
  let open: List[] = []
  /** Whether HTML stands on the last line, which ends at an empty one only. */
  let endsInHtml = false

  function begin() {
    open = []
    endsInHtml = false
  }

  /** An item, with the line break that parts it from the one before. */
  function add(item: TextBlock, words: string): string {
    const { level = 1, listItem } = item
    const parents = open.slice(0, level - 1)
    const skipped = Array.from({ length: level - 1 - parents.length }, bullet)
    const list = listFor(item, open[level - 1])
    // Only a list that begins with 1 may interrupt a paragraph (CommonMark 0.31.2, 5.3).
    const interrupts = list !== open[level - 1] && listItem === 'number' && list.number !== 1
    const gap = open.length === 0 ? '' : endsInHtml || interrupts ? '\n\n' : '\n'
    const marker = listItem === 'number' ? `${list.number}${list.ending} ` : '- '
    list.width = marker.length
    open = [...parents, ...skipped, list]
    endsInHtml = words === blank
    const indented = words.replaceAll('\n', `\n${' '.repeat(widthOf(open))}`)
    return `${gap}${' '.repeat(widthOf(parents))}${'- '.repeat(skipped.length)}${marker}${indented}`
  }

  return { begin, add }
}

/** The list that an item stands in: the one that stands at its level already, or a new one. */
function listFor({ listItem, start }: TextBlock, beside: List | undefined): List {
  if (listItem !== 'number') return beside?.type === 'bullet' ? beside : bullet()
  if (beside?.type === 'number' && start === undefined) {
    // No number has more digits (CommonMark 0.31.2, 5.2).
    beside.number = Math.min(beside.number + 1, 999_999_999)
    return beside
  }
  const ending = beside?.type === 'number' && beside.ending === '.' ? ')' : '.'
  return { type: 'number', ending, number: start ?? 1, width: 3 }
}

const widthOf = (lists: List[]) => lists.reduce((width, list) => width + list.width, 0)
