// Where numbered lists do not count on by themselves.
import type { Item, Piece, TextLine } from '../pieces.ts'

interface Counter {
  list: unknown
  listItem: Item['listItem']
  count: number
}

const maxNumber = 999_999_999

/** Puts a `start` on every item whose number is not the one that a reader would count. */
export function setListStarts(pieces: Piece<unknown>[], items: Map<TextLine, Item>) {
  let counters: (Counter | undefined)[] = []
  for (const piece of pieces) {
    const item = piece._type === 'block' ? items.get(piece) : undefined
    if (!item) {
      counters = []
      continue
    }
    counters = counters.slice(0, item.level + 1)
    const before = counters[item.level]
    const follows = before?.listItem === item.listItem
    const expected = follows ? before.count + 1 : 1
    const count = Math.min(item.number ?? expected, maxNumber)
    const anew = follows && before.list !== item.list
    if (item.listItem === 'number' && (count !== expected || anew)) (piece as TextLine).start = count
    counters[item.level] = { list: item.list, listItem: item.listItem, count }
  }
}
