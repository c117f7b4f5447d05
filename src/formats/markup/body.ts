// The body of an article as markup: Portable Text, with a reference after what somebody said.
import type { Body, TableCell, TextBlock } from '../../content/body/schema.ts'
import { isText } from '../../content/body/text.ts'
import { oneLink } from '../../content/body/writers/html-inline.ts'
import { type Mark, tokensOf } from '../../content/body/writers/marks.ts'
import type { Media } from '../../content/media/schema.ts'
import { yieldIfDue } from '../../storage/commits/turns.ts'
import { figure } from './figure.ts'
import { type Html, html, type Value } from './html.ts'
import type { Links } from './phrases.ts'

/** What markup of a body refers to. */
interface Referred {
  media: Media[]
  links: Pick<Links, 'file'>
  /** The number under which who said it is told, by the id of a quote or claim. */
  numbers: Map<string, number>
}

/** The body as markup; a long one takes several turns of the event loop. */
export async function bodyHtml(body: Body, { media, links, numbers }: Referred): Promise<Html[]> {
  const pictures = new Map(media.map((one) => [one.id, one]))
  const left = await anchorCounts(body)
  const written = new Map<TextBlock, Html>()
  for (const block of textBlocksOf(body)) {
    await yieldIfDue()
    written.set(block, wordsOf(block))
  }
  const words = (block: TextBlock) => written.get(block)!

  /** A reference to who said it, after the last words of a quote or claim. */
  function reference(id: string): Value {
    left.set(id, left.get(id)! - 1)
    const number = numbers.get(id)
    if (left.get(id)! > 0 || number === undefined) return null
    return html`<sup class="ref"><a id="ref-${id}" href="#said-${id}" aria-label="Who said this: note ${number}">${number}</a></sup>`
  }

  function wordsOf(block: TextBlock): Html {
    const open: { mark: Mark; inside: Value[] }[] = []
    const all: Value[] = []
    for (const token of tokensOf(block, oneLink)) {
      const inside = open.at(-1)?.inside ?? all
      if ('text' in token) inside.push(lines(token.text))
      else if ('open' in token) open.push({ mark: token.open, inside: [] })
      else {
        const { mark, inside: marked } = open.pop()!
        const around = open.at(-1)?.inside ?? all
        around.push(markHtml(mark, marked))
        const id = anchorOf(mark)
        if (id) around.push(reference(id))
      }
    }
    return html`${all}`
  }

  function text(block: TextBlock): Html {
    const inside = words(block)
    if (block.style === 'h2') return html`<h2>${inside}</h2>`
    if (block.style === 'h3') return html`<h3>${inside}</h3>`
    if (block.style === 'h4') return html`<h4>${inside}</h4>`
    return block.style === 'blockquote'
      ? html`<blockquote><p>${inside}</p></blockquote>`
      : html`<p>${inside}</p>`
  }

  /** Items that follow one another; deeper ones stand in the item before them. */
  function list(items: TextBlock[], level = 1): Html {
    const inside: Html[] = []
    for (let i = 0; i < items.length; ) {
      const deeper = items.findIndex((one, at) => at > i && levelOf(one) <= level)
      const end = deeper < 0 ? items.length : deeper
      const below = items.slice(i + 1, end)
      inside.push(html`<li>${words(items[i]!)}${below.length > 0 && list(below, level + 1)}</li>`)
      i = end
    }
    if (items[0]!.listItem !== 'number') return html`<ul>${inside}</ul>`
    return html`<ol start="${items[0]!.start ?? 1}">${inside}</ol>`
  }

  function texts(blocks: TextBlock[]): Html[] {
    return runs(blocks).map((run) => (run[0]!.listItem ? list(run) : text(run[0]!)))
  }

  function cell({ header, colspan = 1, rowspan = 1, value }: TableCell): Html {
    const [only] = value
    const inside =
      value.length === 1 && !only!.listItem && only!.style === 'normal' ? words(only!) : texts(value)
    return header
      ? html`<th colspan="${colspan}" rowspan="${rowspan}">${inside}</th>`
      : html`<td colspan="${colspan}" rowspan="${rowspan}">${inside}</td>`
  }

  function block(one: Exclude<Body[number], TextBlock>): Html {
    if (one._type === 'image') return figure(pictures.get(one.mediaId)!, links)
    if (one._type === 'embed')
      return html`<p class="embed"><a href="${one.url}" rel="noopener">${one.url}</a></p>`
    if (one._type === 'rule') return html`<hr>`
    if (one._type === 'code') return html`<pre tabindex="0"><code>${one.code}</code></pre>`
    const rows = one.rows.map(({ cells }) => html`<tr>${cells.map(cell)}</tr>`)
    return html`<div class="table" tabindex="0"><table>${one.caption && html`<caption>${one.caption}</caption>`}${rows}</table></div>`
  }

  return runs(body).flatMap((run) => {
    const [first] = run
    return isText(first!) ? texts(run.filter(isText)) : [block(first!)]
  })
}

const levelOf = ({ level = 1 }: TextBlock) => level

/** Blocks one by one, and neighbouring items of one kind of list together. */
function runs<T extends Body[number]>(blocks: T[]): T[][] {
  const all: T[][] = []
  const listOf = (one: T | undefined) => (one && isText(one) ? one.listItem : undefined)
  for (const one of blocks) {
    const last = all.at(-1)
    const isSame =
      last && listOf(one) && (listOf(last[0]) === listOf(one) || (isText(one) && levelOf(one) > 1))
    if (isSame) last.push(one)
    else all.push([one])
  }
  return all
}

const anchorOf = (mark: Mark) => {
  if (!('def' in mark)) return undefined
  if (mark.def._type === 'quote') return mark.def.quoteId
  return mark.def._type === 'attribution' ? mark.def.attributionId : undefined
}

/** Into how many pieces of markup each quote and claim falls, in the order of the text. */
export async function anchorCounts(body: Body): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for (const block of textBlocksOf(body)) {
    await yieldIfDue()
    for (const token of tokensOf(block, oneLink)) {
      const id = 'close' in token ? anchorOf(token.close) : undefined
      if (id) counts.set(id, (counts.get(id) ?? 0) + 1)
    }
  }
  return counts
}

/** The blocks of text, those of tables too, in the order of the text. */
const textBlocksOf = (body: Body) =>
  body.flatMap((one): TextBlock[] => {
    if (one._type === 'table') return one.rows.flatMap(({ cells }) => cells.flatMap(({ value }) => value))
    return isText(one) ? [one] : []
  })

const lines = (text: string): Value[] =>
  text.split('\n').flatMap((line, i) => (i === 0 ? [line] : [html`<br>`, line]))

const decorated: Record<string, (inside: Value[]) => Html> = {
  strong: (inside) => html`<strong>${inside}</strong>`,
  em: (inside) => html`<em>${inside}</em>`,
  underline: (inside) => html`<u>${inside}</u>`,
  strike: (inside) => html`<s>${inside}</s>`,
  code: (inside) => html`<code>${inside}</code>`,
  sup: (inside) => html`<sup>${inside}</sup>`,
  sub: (inside) => html`<sub>${inside}</sub>`
}

function markHtml(mark: Mark, inside: Value[]): Html {
  if (!('def' in mark)) return decorated[mark.type]!(inside)
  if (mark.def._type === 'link') return html`<a href="${mark.def.href}" rel="noopener">${inside}</a>`
  return html`<span class="said">${inside}</span>`
}
