// The block editor's bodies: HTML between comments that say what each block is. A scanner of our own, because WordPress'
// own parsers are under the GPL.
import { embed, paragraphs } from './paragraphs.ts'

const delimiter = /<!--\s+(\/)?wp:([a-z][a-z0-9-]*(?:\/[a-z][a-z0-9-]*)?)\s+(\{.*?\}\s+)?(\/)?-->/gs

/** Whether a body was written in the block editor. */
export const hasBlocks = (html: string) => /<!--\s+wp:/.test(html)

export interface Reading {
  /** The blocks that are kept apart, by their ids. */
  reusable: Map<string, string>
  lose(code: string, reason: string, words?: string): void
  /** Is told of each attachment that a block shows. */
  shows(id: string): void
}

/** What the blocks show, as HTML. */
export function fromBlocks(html: string, reading: Reading): string {
  const out: string[] = []
  const open: string[] = []
  let at = 0
  const between = (words: string) =>
    out.push(open.length > 0 || words.trim() === '' ? words : paragraphs(words))
  for (const match of html.matchAll(delimiter)) {
    between(html.slice(at, match.index))
    at = match.index + match[0].length
    const [, closes, name, json, isVoid] = match
    if (closes) {
      const from = open.lastIndexOf(name!)
      if (from >= 0) open.length = from
    } else if (isVoid) out.push(voidBlock(name!, attributesOf(json), reading))
    else {
      open.push(name!)
      const { url, id, mediaId } = attributesOf(json)
      const picture = id ?? mediaId
      if (typeof picture === 'number') reading.shows(String(picture))
      if (/^(?:core\/)?embed$|^core-embed\//.test(name!) && typeof url === 'string') out.push(embed(url))
    }
  }
  between(html.slice(at))
  return withoutEmbedded(out.join(''))
}

/** What an embed block holds beside its address is the address once more, and a caption. */
const withoutEmbedded = (html: string) =>
  html.replace(
    /<figure class="[^"]*wp-block-embed[^"]*">\s*<div class="wp-block-embed__wrapper">[^<]*<\/div>\s*(?:<figcaption[^>]*>(.*?)<\/figcaption>)?\s*<\/figure>/gs,
    (_, caption) => (caption ? `<p>${caption}</p>` : '')
  )

function attributesOf(json: string | undefined): Record<string, unknown> {
  try {
    return json ? JSON.parse(json) : {}
  } catch {
    return {}
  }
}

const furniture =
  /^(?:core\/)?(?:more|nextpage|spacer|separator|page-list|navigation|navigation-link|site-.*|post-.*)$/

function voidBlock(name: string, attributes: Record<string, unknown>, reading: Reading): string {
  const { reusable, lose } = reading
  if (/^(?:core\/)?block$/.test(name)) {
    const id = String(attributes.ref)
    const html = reusable.get(id)
    // One that shows itself would never end.
    const others = new Map([...reusable].filter(([other]) => other !== id))
    if (html !== undefined) return fromBlocks(html, { ...reading, reusable: others })
    lose('block-dropped', `The reusable block ${id} is not in the export.`)
  } else if (/^(?:core\/)?separator$/.test(name)) return '<hr>'
  else if (!furniture.test(name))
    lose('block-dropped', `The block ${name} is made when its page is shown: it has no words in the export.`)
  return ''
}
