// HTML, and Markdown as the HTML that it means, as blocks.
import { unprocessable } from '../../http/problems.ts'
import type { Warning } from '../../http/schemas.ts'
import { linkHref } from './addresses.ts'
import { blocksOf } from './blocks.ts'
import { type Limits, treeOf } from './html/parse.ts'
import { readTree } from './html/reader.ts'
import type { Element } from './html/tree.ts'
import { htmlOf } from './markdown.ts'
import { type Piece, truncate } from './pieces.ts'
import type { Body } from './schema.ts'
import { warningCollector } from './warnings.ts'

/** More than any story has. */
const limits: Limits = { elements: 100_000, depth: 200, attributes: 256 }

/** The blocks of a piece of HTML. Throws 422 for one that has, or nests, more than can be read. */
export const fromHtml = (html: string) => read(html, '/body/html', [])

/** The blocks of a Markdown text. Throws 422 for one that has, or nests, more than can be read. */
export function fromMarkdown(markdown: string) {
  const { html, asides } = htmlOf(markdown)
  return read(html, '/body/markdown', asides)
}

function read(html: string, pointer: string, asides: Warning[]): { body: Body; warnings: Warning[] } {
  const found = warningCollector()
  const root = parse(html, pointer)
  const pieces = readTree<string>(root, {
    page: false,
    href: linkHref,
    pictures,
    report: (code, detail, words, at) => found.add({ code, detail, words, at })
  })
  for (const aside of asides) found.add(aside)
  return { body: blocksOf(pieces), warnings: found.list(pieces.length) }
}

const parse = (html: string, pointer: string): Element =>
  treeOf(html, limits, (limit) => {
    const most = limits[limit]
    const what = {
      elements: `has more than ${most} elements: divide the story`,
      depth: `nests elements deeper than ${most}: take out those that only lay it out`,
      attributes: `has an element with more than ${most} attributes: take them out`
    }[limit]
    return unprocessable(pointer, `The body ${what}.`)
  })

const mediaName = /^(?:med_[0-7][0-9a-hjkmnp-tv-z]{25}|[A-Za-z0-9][A-Za-z0-9-]{0,63})$/

/** A picture is shown by its media record: as bodies are written in HTML, or by `src`. */
function pictures({ tag, attributes }: Element): Piece<string>[] | undefined {
  const own = attributes['data-media']
  if (own !== undefined && mediaName.test(own)) return [{ _type: 'image', picture: own }]
  if (tag !== 'img') return undefined
  // Pictures one pixel wide count readers and show nothing.
  if (/^[01](?:px)?$/.test(attributes.width ?? '')) return []
  const src = attributes.src ?? ''
  if (mediaName.test(src)) return [{ _type: 'image', picture: src }]
  const detail = `The picture ${truncate(src, 100) || 'without an address'} is not a media record: add one (POST /v1/media), and show it by its id, \`![](med_...)\` or \`<img src="med_...">\`.`
  throw unprocessable('/body', detail)
}
