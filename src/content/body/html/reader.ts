// The elements of a piece of HTML, read into lines and what stands between them.
import { type Annotation, type Piece, type TextLine, truncate } from '../pieces.ts'
import { codeOf, holdsMoreThanCode } from './code.ts'
import type { Context, ReaderState, Report, Settings } from './context.ts'
import { isShownAsBlock, keepsSpace, marksOf } from './css.ts'
import { hasWords, isDropped } from './dropped.ts'
import { formulas } from './math.ts'
import { wordItem } from './ms-word.ts'
import { embedIn } from './objects.ts'
import { readTable } from './tables.ts'
import { blocks, controls, paragraphs, quotationMarksOf, styles } from './tags.ts'
import { type Element, firstWithin, type Node, wordsIn } from './tree.ts'
import { edgesWithoutLastBreak, edgesWithoutSpace, Writer } from './writer.ts'

const outermost: Context = {
  style: 'normal',
  level: 0,
  marks: [],
  annotations: [],
  spaced: false,
  quotes: 0,
  loose: true
}

/** Every line of words and every picture, table and so on in an element. */
export function readTree<Picture>(root: Element, settings: Settings<Picture>): Piece<Picture>[] {
  let outer: ReaderState<Picture>
  const begin = (): ReaderState<Picture> => {
    const report: Report = (code, detail, words) =>
      settings.report(
        code,
        detail,
        truncate(words.replace(/\s+/g, ' ').trim(), 300),
        outer.writer.pieces.length
      )
    const edges = settings.page ? edgesWithoutSpace : edgesWithoutLastBreak
    const writer = new Writer<Picture>(edges, (line) => splitItem(report, line))
    return {
      settings,
      writer,
      report,
      apart(nodes, context) {
        const inner = begin()
        for (const node of nodes) readNode(inner, node, root, context)
        return inner.writer.finish()
      }
    }
  }
  outer = begin()
  readChildren(outer, root, outermost)
  return outer.writer.finish()
}

const splitItem = (report: Report, { text }: TextLine) =>
  report(
    'list-item-split',
    'An item of a list is one paragraph: this stands after it, outside the list.',
    text
  )

const readChildren = <Picture>(reading: ReaderState<Picture>, parent: Element, context: Context) => {
  for (const child of parent.children) readNode(reading, child, parent, context)
}

function readNode<Picture>(reading: ReaderState<Picture>, node: Node, parent: Element, context: Context) {
  if (typeof node === 'string') return reading.writer.write(node, context)
  if (isDropped(reading, node)) {
    if (controls.has(node.tag) || (node.tag === 'o:p' && wordsIn(node) !== '')) reading.writer.gap(context)
    return
  }
  const { settings, writer } = reading
  const { tag } = node
  const pictures = settings.pictures(node, parent)
  const embedded = settings.page ? undefined : embedIn(node, reading.report)
  if (pictures) readPictures(reading, node, pictures)
  else if (embedded) readEmbed(writer, embedded)
  else if (tag === 'br') writer.lineBreak(context)
  else if (tag === 'hr') writer.put({ _type: 'rule' })
  else if (tag === 'rt') readRuby(reading, node, context)
  else if (tag === 'pre' || tag === 'listing') readCode(reading, node, context)
  else if (tag === 'table')
    readTable(reading, node, { ...context, item: undefined, list: undefined, level: 0 })
  else if (isBlock(node, parent)) readBlock(reading, node, context)
  else readInline(reading, node, within(node, context, settings.page))
}

function readPictures<Picture>(
  { writer, settings, report }: ReaderState<Picture>,
  element: Element,
  pictures: Piece<Picture>[]
) {
  for (const picture of pictures) writer.put(picture)
  const others = element.children.filter((child) => typeof child === 'string' || child.tag !== 'figcaption')
  const words = others.map(wordsIn).join('')
  if (settings.page || !hasWords(words)) return
  report('picture-words-dropped', 'A picture stands here, with the caption of its media record.', words)
}

function readEmbed<Picture>(writer: Writer<Picture>, embedded: Piece<Picture>[]) {
  writer.end()
  for (const piece of embedded) writer.put(piece)
}

/** `cite` below a quote stands on a line of its own; among words it is the title of a work. */
const isBlock = (element: Element, parent: Element) =>
  blocks.has(element.tag) ||
  (element.tag === 'cite' && parent.tag === 'blockquote') ||
  isShownAsBlock(element)

/** The context of what stands in an element. */
function within(element: Element, context: Context, page: boolean): Context {
  const { tag, attributes } = element
  const inLink = tag === 'a' || context.annotations.some(({ _type }) => _type === 'link')
  const annotations = page ? [] : anchorsOf(element)
  return {
    ...context,
    style: styles[tag] ?? context.style,
    marks: marksOf(element, context.marks, inLink),
    annotations: annotations.length > 0 ? [...context.annotations, ...annotations] : context.annotations,
    language: attributes.lang || context.language,
    spaced: keepsSpace(element) ?? context.spaced,
    loose: context.loose && (page || !paragraphs.has(tag))
  }
}

const recordName = /^(?:(?:quo|att)_[0-7][0-9a-hjkmnp-tv-z]{25}|[A-Za-z0-9][A-Za-z0-9-]{0,63})$/

/** The quote and the claim whose words an element holds, by their ids: as bodies are written in HTML. */
function anchorsOf({ attributes }: Element): Annotation[] {
  const [quoteId, attributionId] = [attributes['data-quote'], attributes['data-attribution']]
  return [
    ...(quoteId && recordName.test(quoteId) ? [{ _type: 'quote' as const, quoteId }] : []),
    ...(attributionId && recordName.test(attributionId)
      ? [{ _type: 'attribution' as const, attributionId }]
      : [])
  ]
}

function readBlock<Picture>(reading: ReaderState<Picture>, element: Element, context: Context) {
  const { writer, report } = reading
  const { tag, attributes } = element
  writer.end()
  if (!reading.settings.page) reportDirection(report, element)
  const inner = within(element, context, reading.settings.page)
  if (tag === 'ul' || tag === 'ol' || tag === 'menu' || tag === 'dir') beginList(inner, element, report)
  else if (tag === 'li') beginItem(inner, attributes.value)
  else inner.item = wordItem(element) ?? inner.item
  readChildren(reading, element, inner)
  writer.end()
}

/** Portable Text of ours has no direction and no language of a paragraph. */
function reportDirection(report: Report, element: Element) {
  const { dir, lang } = element.attributes
  if (/^rtl$/i.test(dir ?? ''))
    report('direction-dropped', 'The direction of a paragraph is not kept.', wordsIn(element))
  if (lang && element.tag !== 'html' && element.tag !== 'body')
    report(
      'language-dropped',
      `The language of a paragraph is not kept: ${truncate(lang, 35)}.`,
      wordsIn(element)
    )
}

function beginList(context: Context, { tag, attributes }: Element, report: Report) {
  const start = /^\s*\+?\d{1,9}\s*$/.test(attributes.start ?? '') ? Number(attributes.start) : 1
  context.list = { listItem: tag === 'ol' ? 'number' : 'bullet', next: start }
  context.level = Math.min(context.level + 1, 10)
  context.item = undefined
  if (tag !== 'ol') return
  const odd = attributes.start !== undefined && Number(attributes.start) < 0
  if ('reversed' in attributes || odd || /^[ai]$/i.test(attributes.type ?? ''))
    report('list-numbers-dropped', 'Numbered lists count up from 0 or more, in digits.', '')
}

function beginItem(context: Context, value: string | undefined) {
  const list = context.list ?? { listItem: 'bullet', next: 1 }
  if (/^\d{1,9}$/.test(value ?? '')) list.next = Number(value)
  const { listItem } = list
  const number = listItem === 'number' ? { number: list.next++ } : {}
  context.item = { listItem, level: Math.max(context.level, 1), list, ...number }
}

function readInline<Picture>(reading: ReaderState<Picture>, element: Element, context: Context) {
  if (element.tag === 'a') return readLink(reading, element, context)
  const formula = formulas.get(element.tag)
  if (formula)
    return formula(reading, element, context, (part, around) => readNode(reading, part, element, around))
  if (/^(?:abbr|acronym|dfn)$/.test(element.tag) && element.attributes.title) {
    const meaning = truncate(element.attributes.title, 200)
    reading.report('abbreviation-dropped', `What this stands for is not kept: ${meaning}.`, wordsIn(element))
  }
  if (element.tag === 'mark' && wordsIn(element).trim() !== '')
    reading.report('highlight-dropped', 'That these words were highlighted is not kept.', wordsIn(element))
  if (element.tag !== 'q') return readChildren(reading, element, context)
  const [open, close] = quotationMarksOf(context.language, context.quotes)
  // A browser adds them to all: here not to words that have their own.
  const marked = /^\s*["“”„«»‘’‚「『][\s\S]*["“”«»‘’」』][.,]?\s*$/u.test(wordsIn(element))
  if (!marked) reading.writer.write(open, context)
  readChildren(reading, element, { ...context, quotes: context.quotes + 1 })
  if (!marked) reading.writer.write(close, context)
}

function readLink<Picture>(reading: ReaderState<Picture>, element: Element, context: Context) {
  const { settings, writer, report } = reading
  const { href: raw, title } = element.attributes
  const href = raw === undefined ? undefined : settings.href(raw)
  const before = writer.written
  if (href !== undefined) {
    const titled = title ? { title: truncate(title, 1000) } : {}
    const around = context.annotations.filter(({ _type }) => _type !== 'link')
    readChildren(reading, element, {
      ...context,
      annotations: [...around, { _type: 'link', href, ...titled }]
    })
  } else readChildren(reading, element, context)
  if (raw === undefined || (href !== undefined && writer.written > before)) return
  const why = href === undefined ? 'its words stay, without a link' : 'there are no words to follow it from'
  report('link-dropped', `The link to ${truncate(raw.trim(), 200)} was not kept: ${why}.`, wordsIn(element))
}

/** What is written beside other characters, to say how they are read, follows them in brackets. */
function readRuby<Picture>({ writer }: ReaderState<Picture>, element: Element, context: Context) {
  const reading = wordsIn(element).trim()
  if (reading !== '') writer.write(` (${reading})`, context)
}

function readCode<Picture>(reading: ReaderState<Picture>, element: Element, context: Context) {
  const { writer, settings } = reading
  writer.end()
  // A page without "code" in it uses the element for words that are wrapped where they were typed.
  const isProse =
    settings.page && !element.children.some((child) => typeof child !== 'string' && child.tag === 'code')
  if (isProse || firstWithin(element, holdsMoreThanCode)) {
    const inner = within(element, context, settings.page)
    readChildren(reading, element, isProse ? inner : { ...inner, spaced: true })
    return writer.end()
  }
  const piece = codeOf(element, reading.report, (inner) => isDropped(reading, inner))
  if (piece) writer.put(piece)
}
