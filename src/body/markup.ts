// Markdown and HTML into blocks, by the converters of Portable Text.
import { htmlToPortableText } from '@portabletext/html'
import { markdownToPortableText } from '@portabletext/markdown'
import { compileSchema, defineSchema } from '@portabletext/schema'
import { unprocessable } from '../problems.ts'
import { documentOf, sizeOf } from './html.ts'
import { decorators, styles } from './schema.ts'

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

/** The blocks of a Markdown text. Throws 422 for one that has, or nests, more than the converter can take. */
export function fromMarkdown(markdown: string) {
  const pieces = markdown.match(/[[*_~`|<\n]/g)?.length ?? 0
  if (pieces > most.markup || endless.test(markdown)) {
    const detail = `The Markdown has more than ${most.markup} pieces of markup or nests too deep.`
    throw unprocessable('/body/markdown', detail)
  }
  return markdownToPortableText(markdown, markdownOptions)
}

/** Quotes or lists nested deeper than the converter follows: it would drop their words. */
const endless = /(?:(?:>|[-*+] ) *){60}/

/** The blocks of a piece of HTML. Throws 422 for one that has, or nests, more than the converter can take. */
export const fromHtml = (html: string) => htmlToPortableText(html, htmlOptions)

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

/** More than any story has. The converters' time grows with the square of these, and everybody waits for it. */
const most = { elements: 3000, depth: 200, markup: 6000 }

/** The document of a fragment, without what is not content. Throws 422 for one that is too large. */
function parseHtml(html: string): Document {
  const { elements, depth } = sizeOf(html)
  if (elements > most.elements || depth > most.depth) {
    throw unprocessable(
      '/body/html',
      `The HTML has more than ${most.elements} elements or nests them deeper than ${most.depth}.`
    )
  }
  const document = documentOf(`<!doctype html><html><body>${html}</body></html>`)
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
