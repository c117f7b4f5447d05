// Bodies as HTML that is read back as the same Portable Text.
import type { Media } from '../../media/schema.ts'
import type { Body, CodeBlock, TableBlock, TableCell, TextBlock } from '../schema.ts'
import { isText } from '../text.ts'
import { escaped, inlineHtml, spacing, spacingOf } from './html-inline.ts'
import { listWriter, paragraph, textsHtml } from './html-texts.ts'

/** The body as HTML, piece by piece. `media` are the pictures of the article. */
export function* htmlOf(body: Body, media: Media[]): Generator<string> {
  const shown = new Map(media.map((one) => [one.id, one]))
  const lists = listWriter()
  for (const block of body) {
    if (isText(block) && block.listItem) yield lists.add(block)
    else {
      yield lists.end()
      if (isText(block)) yield paragraph(block)
      else yield* blockHtml(block, shown)
    }
  }
  yield lists.end()
}

type Other = Exclude<Body[number], TextBlock>

/** A block that is no text, on one line. */
export function* blockHtml(block: Other, shown: Map<string, Media>): Generator<string> {
  if (block._type === 'table') yield* table(block)
  else if (block._type === 'image') yield figure(block.mediaId, shown.get(block.mediaId))
  else if (block._type === 'embed') yield embed(block.url)
  else yield block._type === 'code' ? code(block) : '<hr />'
}

const credited = ({ credits }: Media) => credits.map(({ creditLine }) => creditLine).join('; ')

function figure(id: string, media: Media | undefined): string {
  if (media === undefined) return `<figure data-media="${id}"></figure>`
  const caption = [media.caption, credited(media)].filter(Boolean).join(' ')
  return `<figure data-media="${id}">${element(media)}<figcaption>${escaped(caption)}</figcaption></figure>`
}

/** What shows a file, or leads to it; nothing where its rights have ended. */
function element({ kind, url, alt, width, height }: Media): string {
  if (!url) return ''
  const source = ` src="${escaped(url)}"`
  const size = `${width ? ` width="${width}"` : ''}${height ? ` height="${height}"` : ''}`
  const label = alt ? ` aria-label="${escaped(alt)}"` : ''
  if (kind === 'video') return `<video controls preload="metadata"${source}${size}${label}></video>`
  if (kind === 'audio') return `<audio controls preload="metadata"${source}${label}></audio>`
  if (kind === 'document') return `<a href="${escaped(url)}">${escaped(alt ?? url)}</a>`
  return `<img${source} alt="${escaped(alt ?? '')}"${size} />`
}

function embed(url: string): string {
  const address = escaped(url)
  return `<figure data-embed="${address}"><a href="${address}">${address}</a></figure>`
}

/** The line break at the very end is that of the last line: one that belongs to the text needs another. */
const endedLine = (text: string) => (text.endsWith('\n') ? `${text}\n` : text)

function code({ code, language }: CodeBlock): string {
  const named = language === undefined ? '' : ` class="language-${escaped(language)}"`
  return `<pre><code${named}>${escaped(endedLine(code))}</code></pre>`
}

function* table({ caption, rows }: TableBlock): Generator<string> {
  yield caption === undefined ? '<table>' : `<table>${captionHtml(caption)}`
  for (const { cells } of rows) yield `<tr>${cells.map(cell).join('')}</tr>`
  yield '</table>'
}

/** A line break in it is no element, so that it must be kept as white space. */
const captionHtml = (text: string) =>
  `<caption${spacingOf(text.replaceAll('\n', '\t'))}>${escaped(endedLine(text))}</caption>`

function cell({ header, colspan, rowspan, value }: TableCell): string {
  const tag = header ? 'th' : 'td'
  const spans = `${colspan ? ` colspan="${colspan}"` : ''}${rowspan ? ` rowspan="${rowspan}"` : ''}`
  const [only] = value
  if (value.length === 1 && only!.style === 'normal' && !only!.listItem)
    return `<${tag}${spans}${spacing(only!)}>${inlineHtml(only!)}</${tag}>`
  return `<${tag}${spans}>${[...textsHtml(value)].join('')}</${tag}>`
}
