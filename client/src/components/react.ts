// A story as React elements.
import { PortableText, type PortableTextReactComponents } from '@portabletext/react'
import { createElement, type ReactNode, useMemo } from 'react'
import { blocks, itemMarkup, leadMarkup, marks } from './blocks.ts'
import { correctionsMarkup } from './corrections.ts'
import { bodyOf, type Markup, type Story, type View, viewOf, type Words } from './markup.ts'
import { voicesMarkup } from './voices.ts'

export type { Story, Words } from './markup.ts'

type Components = Partial<PortableTextReactComponents>

export interface Props {
  story: Story
  words?: Partial<Words>
}

export interface BodyProps extends Props {
  /** Components of @portabletext/react that take the place of ours. */
  components?: Components
}

/** Attributes that React calls otherwise. */
const names: Record<string, string> = {
  class: 'className',
  colspan: 'colSpan',
  rowspan: 'rowSpan',
  datetime: 'dateTime'
}

/** Markup as React elements, around `children`; `inner` draws the Portable Text within it. */
function draw(markup: Markup, children: ReactNode, inner: (blocks: unknown) => ReactNode): ReactNode {
  if (typeof markup === 'string') return markup
  if ('slot' in markup) return children
  if ('blocks' in markup) return inner(markup.blocks)
  const props = Object.entries(markup.attributes).map(([name, value]) => [names[name] ?? name, value])
  const parts = markup.children.map((child) => draw(child, children, inner))
  return createElement(markup.tag, Object.fromEntries(props), ...parts)
}

/** The components of a story for `PortableText` of @portabletext/react; yours take the place of ours. */
export function components(
  story: Story,
  { words, components: own = {} }: Omit<BodyProps, 'story'> = {}
): Components {
  const view = viewOf(story, words)
  const inner = (value: unknown) => portableText(value, all)
  // What each is called with is a block or mark of its own kind, which the libraries of Portable Text cannot say.
  const types = Object.entries(blocks).map(([name, one]) => [
    name,
    ({ value }: { value: unknown }) => draw(one(view, value as never), null, inner)
  ])
  const marked = Object.entries(marks).map(([name, one]) => [
    name,
    ({ value, children }: { value?: unknown; children: ReactNode }) =>
      draw(one(view, value as never), children, inner)
  ])
  const all: Components = {
    unknownType: () => null,
    unknownMark: ({ children }) => children,
    listItem: ({ value, children }) => draw(itemMarkup(view, value as never), children, inner),
    ...own,
    types: { ...Object.fromEntries(types), ...own.types },
    marks: { ...Object.fromEntries(marked), ...own.marks }
  }
  return all
}

const portableText = (value: unknown, components: Components) =>
  createElement(PortableText, { value: value as never, components, onMissingComponent: false })

/** The body of a story. */
export function Body({ story, words, components: own }: BodyProps): ReactNode {
  // Other components at each render would be mounted anew.
  const all = useMemo(() => components(story, { words, components: own }), [story, words, own])
  return portableText(bodyOf(story), all)
}

const drawn =
  (one: (view: View) => Markup | undefined) =>
  ({ story, words }: Props): ReactNode => {
    const markup = one(viewOf(story, words))
    return markup === undefined ? null : draw(markup, null, () => null)
  }

/** The picture, video or audio file that a story opens with, with caption and credits. */
export const Lead = drawn(leadMarkup)

/** The corrections of a story. */
export const Corrections = drawn(correctionsMarkup)

/** Every quote and claim of a story with the chain of who says so. */
export const Voices = drawn(voicesMarkup)
