// Bodies as clients write them (Portable Text, Markdown, HTML, plain text), read into Portable Text.
import { htmlToPortableText } from '@portabletext/html'
import { markdownToPortableText } from '@portabletext/markdown'
import { compileSchema, defineSchema } from '@portabletext/schema'
import { parseHTML } from 'linkedom'
import { unprocessable } from '../problems.ts'
import { normalized } from './anchors.ts'
import { sizeOf } from './html.ts'
import { type Block, type Body, decorators, type NewBody, styles } from './schema.ts'

const named = (names: readonly string[]) => names.map((name) => ({ name }))
const field = (name: string) => [{ name, type: 'string' as const }]

const schema = compileSchema(
  defineSchema({
    styles: named(styles),
    lists: named(['bullet', 'number']),
    decorators: named(decorators),
    annotations: [{ name: 'link', fields: field('href') }],
    blockObjects: [
      { name: 'image', fields: field('src') },
      { name: 'rule' },
      { name: 'embed', fields: field('url') }
    ]
  })
)

/** The body as it is stored. Throws 422 naming what a body cannot hold. */
export function read(body: NewBody): Body {
  if (Array.isArray(body)) return normalized(body)
  if ('markdown' in body) return fit(markdownToPortableText(body.markdown, markdownOptions))
  if ('html' in body) return fit(htmlToPortableText(body.html, htmlOptions))
  return fromText(body.text)
}

const fromText = (text: string) =>
  fit(
    text
      .split(/\n[^\S\n]*\n\s*/)
      .filter((paragraph) => paragraph.trim() !== '')
      .map((paragraph) => ({ _type: 'block', children: [{ _type: 'span', text: paragraph.trim() }] }))
  )

/** The title of an article is its only h1, and four levels are enough for a story. */
const headings = { h1: 'h2', h5: 'h4', h6: 'h4' }

const markdownOptions: Parameters<typeof markdownToPortableText>[1] = {
  schema,
  block: { h1: () => headings.h1, h5: () => headings.h5, h6: () => headings.h6 },
  marks: { strikeThrough: () => 'strike' },
  types: {
    horizontalRule: ({ context }) => ({ _type: 'rule', _key: context.keyGenerator() }),
    image: ({ context, value }) => ({ _type: 'image', _key: context.keyGenerator(), src: value.src })
  }
}

const htmlOptions: Parameters<typeof htmlToPortableText>[1] = {
  schema,
  parseHtml,
  types: {
    image: ({ context, value, isInline }) =>
      isInline ? undefined : { _type: 'image', _key: context.keyGenerator(), src: value.src }
  },
  rules: [
    {
      deserialize(element, _next, block) {
        const tag = element.nodeName.toLowerCase()
        if (tag === 'hr') return block({ _type: 'rule' })
        if (tag === 'iframe')
          return block({ _type: 'embed', url: (element as Element).getAttribute('src') ?? '' })
        return undefined
      }
    }
  ]
}

/** More than any story has, and far from what would exhaust the parser. */
const most = { elements: 20_000, depth: 200 }

/** The document of a fragment, without what is not content. Throws 422 for one that is too large. */
function parseHtml(html: string): Document {
  const { elements, depth } = sizeOf(html)
  if (elements > most.elements || depth > most.depth) {
    const detail = `The HTML has more than ${most.elements} elements or nests them deeper than ${most.depth}.`
    throw unprocessable('/body/html', detail)
  }
  const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`)
  for (const element of document.querySelectorAll('script, style, template, noscript, head')) element.remove()
  for (const [from, to] of Object.entries(headings)) {
    for (const element of document.querySelectorAll(from)) {
      const heading = document.createElement(to)
      heading.append(...element.childNodes)
      element.replaceWith(heading)
    }
  }
  // linkedom has no XPath. @portabletext/html asks for it only to recognise what was pasted from word processors.
  return Object.assign(document, { evaluate: () => ({ iterateNext: () => null, snapshotLength: 0 }) })
}

/** A block as a converter makes it. */
type Loose = { _type: string; src?: unknown; url?: unknown; children?: { _type?: string }[] }

/** What a converter made, as our blocks: unsafe links become plain words, what we cannot hold is refused. */
function fit(loose: Loose[]): Body {
  const blocks = loose.flatMap(apart)
  if (blocks.length > 5000) throw unprocessable('/body', 'The body has more than 5000 blocks.')
  return normalized(blocks.map(fitted))
}

/** A picture among the words of a block becomes a block of its own between them. */
function apart(block: Loose): Loose[] {
  const parts: Loose[] = []
  for (const child of block.children ?? []) {
    const last = parts.at(-1)
    if (child._type === 'image') parts.push(child as Loose)
    else if (last?.children) last.children.push(child)
    else parts.push({ ...block, children: [child] })
  }
  return parts.length > 0 ? parts : [block]
}

function fitted(loose: Loose): Block {
  if (loose._type === 'image') return { _type: 'image', mediaId: pictureOf(String(loose.src)) }
  if (loose._type === 'rule') return { _type: 'rule' }
  if (loose._type === 'embed') return { _type: 'embed', url: embedOf(String(loose.url)) }
  const block = loose as Extract<Block, { _type: 'block' }>
  const kept = (block.markDefs ?? []).filter((def) => def._type === 'link' && safeHref.test(def.href))
  if (block.children.length > 5000 || kept.length > 1000)
    throw unprocessable('/body', 'A paragraph has more than 5000 pieces or 1000 links.')
  const known = new Set<string>([...decorators, ...kept.map(({ _key }) => _key)])
  return {
    _type: 'block',
    style: block.style ?? 'normal',
    ...(block.listItem && { listItem: block.listItem, level: Math.min(block.level ?? 1, 10) }),
    markDefs: kept.map((def) =>
      def._type === 'link' ? { _type: 'link', _key: def._key, href: def.href } : def
    ),
    children: block.children.map(({ text, marks }) => ({
      _type: 'span',
      text,
      marks: [...new Set(marks)].filter((mark) => known.has(mark))
    }))
  }
}

const safeHref = /^(https?:\/\/|mailto:|\/(?!\/)|#).{0,1990}$/s
const pictureName = /^(med_[0-7][0-9a-z]{25}|[A-Za-z0-9][A-Za-z0-9-]{0,63})$/

function pictureOf(src: string): string {
  if (pictureName.test(src)) return src
  throw unprocessable(
    '/body',
    `The picture ${src.slice(0, 100)} is not a media record: show pictures by media id.`
  )
}

function embedOf(url: string): string {
  if (/^https?:\/\/([\w.~:/?#@!$&'()*+,;=-]|%[\da-f]{2}){1,1990}$/i.test(url)) return url
  throw unprocessable('/body', `Only http(s) addresses can be embedded, not ${url.slice(0, 100)}.`)
}
