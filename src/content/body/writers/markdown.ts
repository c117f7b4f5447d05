// Bodies as CommonMark 0.31.2, with the tables and the strikethrough of GFM.
import type { Media } from '../../media/schema.ts'
import type { Body, CodeBlock, TableBlock, TableCell, TextBlock } from '../schema.ts'
import { isText } from '../text.ts'
import { escapedString, escapedText } from './escapes.ts'
import { blockHtml } from './html.ts'
import { inline, type Line, longestRun } from './inline.ts'
import { blank, listWriter } from './markdown-lists.ts'

const paragraph: Line = { oneLine: false, inTable: false, inHeading: false }
const heading: Line = { oneLine: true, inTable: false, inHeading: true }
const cell: Line = { oneLine: true, inTable: true, inHeading: false }

/** The body as Markdown, piece by piece. `media` are the pictures of the article. */
export function* markdownOf(body: Body, media: Media[]): Generator<string> {
  const shown = new Map(media.map((one) => [one.id, one]))
  const lists = listWriter()
  let before: Body[number] | undefined
  for (const block of body) {
    const isNext = before && isItem(before) && isItem(block)
    if (before && !isNext) yield isQuoted(before) && isQuoted(block) ? '\n>\n' : '\n\n'
    if (!isNext) lists.begin()
    if (isItem(block)) yield lists.add(block, textOf(block))
    else if (isText(block)) yield textOf(block)
    else yield* otherOf(block, shown)
    before = block
  }
}

const isItem = (block: Body[number]): block is TextBlock => isText(block) && block.listItem !== undefined

const isQuoted = (block: Body[number]) => isText(block) && block.style === 'blockquote' && !isItem(block)

const marks = { h2: '##', h3: '###', h4: '####' }

/** A text block on its own lines. */
function textOf(block: TextBlock): string {
  if (block.style === 'blockquote') return `> ${paragraphOf(block).replaceAll('\n', '\n> ')}`
  if (block.style !== 'normal') return `${marks[block.style]} ${inline(block, heading)}`
  return paragraphOf(block)
}

/** A blank paragraph is HTML: Markdown has none. */
function paragraphOf(block: TextBlock): string {
  const words = inline(block, paragraph)
  return words === '<br />' ? blank : words
}

type Other = Exclude<Body[number], TextBlock>

function* otherOf(block: Other, shown: Map<string, Media>): Generator<string> {
  if (block._type === 'image') yield `![${label(shown.get(block.mediaId)?.alt ?? '')}](${block.mediaId})`
  else if (block._type === 'code') yield fence(block)
  else if (block._type === 'table' && isSimple(block)) yield* table(block)
  // Three hyphens at the beginning of a text would open front matter.
  else if (block._type === 'rule') yield '***'
  else yield* blockHtml(block, shown)
}

const label = (text: string) =>
  escapedText(text.replace(/\s+/g, ' '), { ...heading, inLink: true, isFirst: false, isLast: false })

/** Code between fences longer than any in it (CommonMark 0.31.2, 4.5). */
function fence({ code, language = '' }: CodeBlock): string {
  const sign = language.includes('`') ? '~' : '`'
  const fence = sign.repeat(Math.max(3, longestRun(code, sign) + 1))
  return `${fence}${escapedString(language)}\n${code}\n${fence}`
}

/** Whether a table is one of those that GFM knows: a row of headers, and a line of words a cell. */
function isSimple({ caption, rows }: TableBlock): boolean {
  const columns = rows[0]!.cells.length
  return (
    caption === undefined &&
    columns > 0 &&
    rows.every(({ cells }, r) => cells.length === columns && cells.every((cell) => isPlain(cell, r === 0)))
  )
}

const isPlain = ({ header, colspan, rowspan, value }: TableCell, isHeader: boolean) =>
  (header === true) === isHeader &&
  colspan === undefined &&
  rowspan === undefined &&
  value.length === 1 &&
  value[0]!.style === 'normal' &&
  value[0]!.listItem === undefined

function* table({ rows }: TableBlock): Generator<string> {
  for (const [r, { cells }] of rows.entries()) {
    const line = row(cells.map(({ value }) => inline(value[0]!, cell)))
    yield r === 0 ? line : `\n${line}`
    if (r === 0) yield `\n${row(cells.map(() => '---'))}`
  }
}

const row = (cells: string[]) => `| ${cells.join(' | ')} |`
