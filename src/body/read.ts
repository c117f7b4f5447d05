// Bodies as clients write them (Portable Text, Markdown, HTML, plain text), read into Portable Text.
import { unprocessable } from '../problems.ts'
import { normalized } from './anchors.ts'
import { fit } from './fit.ts'
import { fromHtml, fromMarkdown } from './markup.ts'
import { type Body, decorators, type NewBody, type PortableText } from './schema.ts'

/** The body as it is stored. Throws 422 naming what a body cannot hold. */
export function read(body: NewBody): Body {
  if (Array.isArray(body)) return portableText(body)
  if ('markdown' in body) return fit(fromMarkdown(body.markdown))
  if ('html' in body) return fit(fromHtml(body.html))
  return fit(paragraphs(body.text))
}

const paragraphs = (text: string) =>
  text
    .split(/\n[^\S\n]*\n\s*/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => ({ _type: 'block', children: [{ _type: 'span', text: paragraph.trim() }] }))

/** Throws 422 where a mark means nothing, or two things. */
function portableText(body: PortableText): Body {
  for (const [b, block] of body.entries()) {
    if (block._type !== 'block') continue
    const known = new Set<string>(decorators)
    for (const [m, { _key }] of (block.markDefs ?? []).entries()) {
      if (known.has(_key)) throw unprocessable(`/body/${b}/markDefs/${m}/_key`, `The key ${_key} is taken.`)
      known.add(_key)
    }
    for (const [c, { marks = [] }] of block.children.entries()) {
      const m = marks.findIndex((mark) => !known.has(mark))
      if (m >= 0)
        throw unprocessable(`/body/${b}/children/${c}/marks/${m}`, `Nothing is marked ${marks[m]} here.`)
    }
  }
  return normalized(body)
}
