// Bodies as clients write them (Portable Text, Markdown, HTML, plain text), read into Portable Text.
import { unprocessable } from '../../http/problems.ts'
import type { Warning } from '../../http/schemas.ts'
import { blocksOf } from './blocks.ts'
import { fromHtml, fromMarkdown } from './markup.ts'
import { normalize } from './normalize.ts'
import { plainLine, truncate } from './pieces.ts'
import { isHardWrapped, paragraphsOf } from './plain-text.ts'
import { type Body, decorators, type NewBody, type PortableText, type TextBlock } from './schema.ts'
import { placedTexts } from './text.ts'
import { warningCollector } from './warnings.ts'

/** Something in a body that could not be kept as it was sent. */
export type BodyWarning = Warning

/** A body as it is stored, and what of the one that was sent is not in it. */
export interface ReadBody {
  body: Body
  warnings: BodyWarning[]
}

/**
 * The body as it is stored. Pure and synchronous, with plain data in and out, so that it can run in a worker thread.
 * Throws 422 naming what a body cannot hold.
 */
export function read(body: NewBody): ReadBody {
  if (Array.isArray(body)) return { body: portableText(body), warnings: [] }
  if ('markdown' in body) return fromMarkdown(body.markdown)
  if ('html' in body) return fromHtml(body.html)
  return fromText(body.text)
}

function fromText(text: string): ReadBody {
  const found = warningCollector()
  const lines = paragraphsOf(text).map((paragraph, at) => {
    if (!isHardWrapped(paragraph)) return plainLine(paragraph.join('\n'))
    const joined = paragraph.join(' ')
    const detail = 'Lines of about one length were taken as one paragraph that a mail program had wrapped.'
    found.add({ code: 'lines-joined', detail, words: truncate(joined, 300), at })
    return plainLine(joined)
  })
  return { body: blocksOf(lines), warnings: found.list(lines.length) }
}

/** Throws 422 where a mark means nothing, or two things. */
function portableText(sent: PortableText): Body {
  const body = normalize(sent)
  for (const { block, pointer } of placedTexts(body)) checkMarks(block, pointer)
  return body
}

function checkMarks({ children, markDefs }: TextBlock, pointer: string) {
  const known = new Set<string>(decorators)
  for (const [m, { _key }] of markDefs.entries()) {
    if (known.has(_key)) throw unprocessable(`${pointer}/markDefs/${m}/_key`, `The key ${_key} is taken.`)
    known.add(_key)
  }
  for (const [c, { marks }] of children.entries()) {
    const m = marks.findIndex((mark) => !known.has(mark))
    if (m >= 0)
      throw unprocessable(`${pointer}/children/${c}/marks/${m}`, `Nothing is marked ${marks[m]} here.`)
  }
}
