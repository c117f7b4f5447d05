// The elements of an HTML page, read into lines.
import type { TextBlock } from '../body/schema.ts'
import { httpUrl } from './addresses.ts'
import { type Line, type Link, part, type Span, storable, type TextLine } from './lines.ts'
import { isFigure, picturesIn } from './pictures.ts'
import { decorators, isBlock, isDropped, styles } from './tags.ts'

// More decorated stretches than this in one paragraph are read as plain words: a block has room for 2,000 spans.
const mostSpans = 500

interface Settings {
  base: string | undefined
  deepest: number
  tooDeep: () => Error
}

/** What surrounds an element: what its words are shown as. */
interface Context {
  depth: number
  style: TextLine['style']
  list?: TextBlock['listItem']
  level: number
  listItem?: TextBlock['listItem']
  marks: string[]
}

/** The line being written. */
interface Writing extends Settings {
  lines: Line[]
  text: string
  /** The last character of the text, kept apart: reading it from a growing string copies the string. */
  end: string
  spans: Span[]
  links: Link[]
  link?: { href: string; start: number }
}

/** Every line of the words and pictures in this part of a page. */
export function linesOf(root: ParentNode, settings: Settings): Line[] {
  const writing: Writing = { ...settings, lines: [], text: '', end: '', spans: [], links: [] }
  const context: Context = { depth: 0, style: 'normal', level: 0, marks: [] }
  readChildren(writing, root, context)
  endLine(writing, context)
  return writing.lines
}

function readChildren(writing: Writing, parent: ParentNode, context: Context) {
  if (context.depth > writing.deepest) throw writing.tooDeep()
  for (let node = parent.firstChild; node; node = node.nextSibling) {
    if (node.nodeType === 3) write(writing, node.textContent!.replace(/[\t\n\r\f ]+/g, ' '), context)
    else if (node.nodeType === 1) readElement(writing, node as Element, context)
  }
}

function readElement(writing: Writing, element: Element, context: Context) {
  const tag = element.tagName.toUpperCase()
  if (isDropped(element)) return
  const pictures = isFigure(element) ? picturesIn(element, writing.base) : []
  if (pictures.length > 0) {
    endLine(writing, context)
    writing.lines.push(...pictures.map((picture) => ({ picture })))
  } else if (tag === 'BR') lineBreak(writing, context)
  else if (tag === 'A') readLink(writing, element, context)
  else if (isBlock(tag)) readBlock(writing, element, context)
  else readChildren(writing, element, inner(tag, context))
}

/** "<br><br>" ends a paragraph as "</p>" does. */
function lineBreak(writing: Writing, context: Context) {
  if (writing.end === '\n') endLine(writing, context)
  else if (writing.end !== '') write(writing, '\n', context)
}

function readBlock(writing: Writing, element: Element, context: Context) {
  endLine(writing, context)
  const within = inner(element.tagName.toUpperCase(), context)
  readChildren(writing, element, within)
  endLine(writing, within)
}

function readLink(writing: Writing, element: Element, context: Context) {
  const href = httpUrl(element.getAttribute('href'), writing.base)
  if (href && !writing.link) {
    writing.link = { href, start: writing.text.length }
    readChildren(writing, element, inner('A', context))
    endLink(writing)
    writing.link = undefined
  } else readChildren(writing, element, inner('A', context))
}

/** The context of what stands in an element with this tag. */
function inner(tag: string, context: Context): Context {
  const { depth, style, list, level, listItem, marks } = context
  const mark = decorators[tag]
  return {
    depth: depth + 1,
    style: styles[tag] ?? style,
    list: tag === 'UL' ? 'bullet' : tag === 'OL' ? 'number' : list,
    level: tag === 'UL' || tag === 'OL' ? Math.min(level + 1, 10) : level,
    listItem: tag === 'LI' ? (list ?? 'bullet') : listItem,
    marks: mark && !marks.includes(mark) ? [...marks, mark] : marks
  }
}

function write(writing: Writing, words: string, { marks }: Context) {
  const clean = storable(/^\s?$/.test(writing.end) ? words.replace(/^ /, '') : words)
  if (clean === '') return
  const last = writing.spans.at(-1)
  if (last && last.marks.join() === marks.join()) last.text += clean
  else writing.spans.push({ text: clean, marks })
  writing.text += clean
  writing.end = clean.at(-1)!
}

function endLink({ link, links, text }: Writing) {
  if (link && text.length > link.start) links.push({ ...link, end: text.length })
}

/** Ends the line: what was written is one line, without the white space at its ends. */
function endLine(writing: Writing, { style, listItem, level }: Context) {
  endLink(writing)
  const { text, links } = writing
  const spans = writing.spans.length > mostSpans ? [{ text, marks: [] }] : writing.spans
  Object.assign(writing, { text: '', end: '', spans: [], links: [] })
  if (writing.link) writing.link.start = 0
  if (text.trim() === '') return
  const line: TextLine = {
    text,
    style,
    spans,
    links,
    ...(listItem && { listItem, level: Math.max(level, 1) })
  }
  writing.lines.push(part(line, text.length - text.trimStart().length, text.trimEnd().length))
}
