// The parts of a page: which lines are its headline, date, bylines and pictures, which are its story, which neither.
import { isLine, sliceLine, type TextLine, truncate } from '../../content/body/pieces.ts'
import type { Warning } from '../../http/schemas.ts'
import { datelineOf } from '../metadata/bylines.ts'
import { fewer, shortened } from '../proposals/shorten.ts'
import { isBoilerplate, startsComments, startsOtherStories } from './boilerplate.ts'
import { type Item, isClassified, type Parts, placePicture, setDate, titleOf } from './line-classifier.ts'
import type { Line, Loss, Page, Warn } from './lines.ts'

// A body has room for 5,000 blocks.
export const maxBlocks = 5000
const longestLine = 20_000

/** Every line of the page put where it belongs. */
export function partsOf(page: Page, warn: Warn): Parts {
  const parts: Parts = { bylines: [], origin: {}, media: [], items: [] }
  const at = (pointer: string) => (warning: Warning) => warn({ ...warning, pointer })
  const cut = (words: string, length: number, field: string, pointer: string) =>
    shortened(words, length, `Its ${field}`, at(pointer))
  if (page.title !== undefined) parts.title = titleOf(page.title, warn)
  if (page.published !== undefined) setDate(parts, page.published, warn)
  if (page.publisher !== undefined)
    parts.origin.publisher = cut(page.publisher, 300, 'publisher', '/origin/publisher')
  if (page.canonical !== undefined) parts.canonicalUrl = parts.origin.url = page.canonical
  if (page.dek !== undefined) parts.dek = cut(page.dek, 5000, 'dek', '/dek')
  if (page.section !== undefined) parts.section = cut(page.section, 200, 'section', '/section')
  if (page.tags !== undefined && page.tags.length > 0) parts.tags = fewer(page.tags, 100, 'tags', at('/tags'))
  const places: number[] = []
  let others: number | undefined
  for (const line of page.lines) {
    if (parts.items.length > maxBlocks) break
    places.push(parts.items.length)
    if (isLine(line) && startsOtherStories(line.text)) others = parts.items.length
    if (line._type === 'image') placePicture(parts, line.picture, warn)
    else if (line._type === 'table' || line._type === 'code' || line._type === 'embed') parts.items.push(line)
    else if (isLine(line) && !isClassified(parts, line, warn)) parts.items.push(...splitLongLine(line))
  }
  if (others !== undefined && lengthOf(parts.items.slice(others)) < lengthOf(parts.items) * maxShareOfLinks)
    parts.items.length = others
  for (const loss of page.losses) warn(lossWarning(loss, places, parts.items.length))
  withoutComments(page.comments, warn)
  const bylines = parts.bylines.length > 0 ? parts.bylines : page.authors.map((name) => ({ name }))
  const names = fewer(
    bylines.map(({ name }) => name),
    50,
    'authors',
    at('/bylines')
  )
  parts.bylines = names.map((name, i) => ({ ...bylines[i], name: cut(name, 300, 'author', `/bylines/${i}`) }))
  takeDateline(parts)
  return parts
}

/** How much of a story may be a list of other stories at its end. */
const maxShareOfLinks = 0.3

const lengthOf = (items: Item[]) => items.filter(isLine).reduce((sum, { text }) => sum + text.length, 0)

/** What was lost of a line, at the block that holds the line or stands after it. */
function lossWarning(
  { line = Number.POSITIVE_INFINITY, ...loss }: Loss,
  places: number[],
  blocks: number
): Warning {
  const at = places[line] ?? blocks
  return { ...loss, pointer: at < Math.min(blocks, maxBlocks) ? `/body/${at}` : '/body' }
}

/** Tells the editor when readers' comments were left out. */
function withoutComments(comments: Line[], warn: Warn) {
  const first = comments.filter(isLine).find(({ text }) => !isBoilerplate(text) && !startsComments(text))
  if (!first) return
  warn({
    code: 'comments-left-out',
    detail: 'What readers wrote below the story was left out.',
    words: truncate(first.text, 300)
  })
}

/** A line as one block of the story, or as several where it is longer than any prose. */
function splitLongLine(line: TextLine): TextLine[] {
  const found: TextLine[] = []
  for (let at = 0; at < line.text.length; ) {
    const length = truncate(line.text.slice(at), longestLine).length
    found.push(sliceLine(line, at, at + length))
    at += length
  }
  return found
}

/** Takes the dateline off the first paragraph. */
function takeDateline(parts: Parts) {
  const [first] = parts.items
  if (!first || !isLine(first)) return
  const found = datelineOf(first.text)
  if (!found) return
  parts.dateline = found.place
  parts.items[0] = sliceLine(first, found.length)
}
