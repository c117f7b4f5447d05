// What those who read HTML pass to each other.
import type { Item, Piece } from '../pieces.ts'
import type { Element, Node } from './tree.ts'
import type { TextStyle, Writer } from './writer.ts'

/** Something that is not kept as it was: what, why, and the words. */
export type Report = (code: string, detail: string, words: string) => void

export interface Settings<Picture> {
  /** Whether it is a page with a story in it, or a story. */
  page: boolean
  /** The address of a link as it is kept; undefined for one that is not. */
  href: (raw: string) => string | undefined
  /** The pictures that an element stands for; undefined where it is read like the others. */
  pictures: (element: Element, parent: Element) => Piece<Picture>[] | undefined
  /** `at` is the number of pieces before. */
  report: (code: string, detail: string, words: string, at: number) => void
}

/** A list of items. */
interface List {
  listItem: Item['listItem']
  /** The number of the next item. */
  next: number
}

/** What surrounds what is read. */
export interface Context extends TextStyle {
  list?: List
  level: number
  language?: string
  /** How many quotes are open around the words. */
  quotes: number
}

export interface ReaderState<Picture> {
  settings: Settings<Picture>
  writer: Writer<Picture>
  report: Report
  /** Reads something into pieces of its own. */
  apart: (nodes: Node[], context: Context) => Piece<Picture>[]
}
