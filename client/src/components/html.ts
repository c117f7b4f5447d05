// A story as HTML, in strings: for servers, newsletters and static sites.
import { type PortableTextComponents, toHTML } from '@portabletext/to-html'
import { blocks, itemMarkup, leadMarkup, marks } from './blocks.ts'
import { correctionsMarkup } from './corrections.ts'
import { bodyOf, type Markup, type Story, type View, viewOf, type Words } from './markup.ts'
import { voicesMarkup } from './voices.ts'

export type { Story, Words } from './markup.ts'

type Components = Partial<PortableTextComponents>

export interface Options {
  words?: Partial<Words>
  /** Components of @portabletext/to-html that take the place of ours. */
  components?: Components
}

const empty = ['img', 'hr']

const references: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;'
}

/** Text as content or as the value of an attribute. `escapeHTML` of the library also makes &nbsp; of spaces in a row. */
const escapeHTML = (text: string) => text.replace(/[&<>"']/g, (letter) => references[letter] ?? letter)

/** Markup as HTML, around `children`; `inner` draws the Portable Text within it. */
function html(markup: Markup, children: string, inner: (blocks: unknown) => string): string {
  if (typeof markup === 'string') return escapeHTML(markup)
  if ('slot' in markup) return children
  if ('blocks' in markup) return inner(markup.blocks)
  const { tag, attributes } = markup
  const given = Object.entries(attributes).map(([name, value]) =>
    value === true ? ` ${name}` : ` ${name}="${escapeHTML(String(value))}"`
  )
  const open = `<${tag}${given.join('')}>`
  if (empty.includes(tag)) return open
  return `${open}${markup.children.map((child) => html(child, children, inner)).join('')}</${tag}>`
}

/** The components of a story for `toHTML` of @portabletext/to-html; yours take the place of ours. */
export function components(story: Story, { words, components: own = {} }: Options = {}): Components {
  const view = viewOf(story, words)
  const inner = (value: unknown) => toHTML(value as never, { components: all, onMissingComponent: false })
  // What each is called with is a block or mark of its own kind, which the libraries of Portable Text cannot say.
  const types = Object.entries(blocks).map(([name, draw]) => [
    name,
    ({ value }: { value: unknown }) => html(draw(view, value as never), '', inner)
  ])
  const marked = Object.entries(marks).map(([name, draw]) => [
    name,
    ({ value, children }: { value?: unknown; children: string }) =>
      html(draw(view, value as never), children, inner)
  ])
  const all: Components = {
    escapeHTML,
    unknownType: () => '',
    unknownMark: ({ children }) => children ?? '',
    listItem: ({ value, children }) => html(itemMarkup(view, value as never), children ?? '', inner),
    ...own,
    types: { ...Object.fromEntries(types), ...own.types },
    marks: { ...Object.fromEntries(marked), ...own.marks }
  }
  return all
}

/** The body of a story as HTML. */
export const bodyHtml = (story: Story, options?: Options): string =>
  toHTML(bodyOf(story) as never, { components: components(story, options), onMissingComponent: false })

const drawn =
  (draw: (view: View) => Markup | undefined) =>
  (story: Story, { words }: Options = {}): string => {
    const markup = draw(viewOf(story, words))
    return markup === undefined ? '' : html(markup, '', () => '')
  }

/** The picture, video or audio file that a story opens with, with caption and credits; empty without one. */
export const leadHtml = drawn(leadMarkup)

/** The corrections of a story; empty without any. */
export const correctionsHtml = drawn(correctionsMarkup)

/** Every quote and claim of a story with the chain of who says so; empty without any. */
export const voicesHtml = drawn(voicesMarkup)
