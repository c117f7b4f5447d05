// A story as Vue components.
import { PortableText, type PortableTextComponents } from '@portabletext/vue'
import { computed, defineComponent, type FunctionalComponent, h, type Slots, type VNode } from 'vue'
import { blocks, itemMarkup, leadMarkup, marks } from './blocks.ts'
import { correctionsMarkup } from './corrections.ts'
import { bodyOf, type Element, type Markup, type Story, type View, viewOf, type Words } from './markup.ts'
import { voicesMarkup } from './voices.ts'

export type { Story, Words } from './markup.ts'

export interface Props {
  story: Story
  words?: Partial<Words>
}

export interface BodyProps extends Props {
  /** Components of @portabletext/vue that take the place of ours. */
  components?: PortableTextComponents
}

type Child = string | VNode | VNode[] | undefined

/** Markup as nodes, around `children`; `inner` draws the Portable Text within it. */
function draw(
  { tag, attributes, children: parts }: Element,
  children: Child,
  inner: (blocks: unknown) => VNode
): VNode {
  const child = (markup: Markup): Child => {
    if (typeof markup === 'string') return markup
    if ('slot' in markup) return children
    return 'blocks' in markup ? inner(markup.blocks) : draw(markup, children, inner)
  }
  // An attribute without a value is the empty text; Vue writes `true` for those it does not know.
  const given = Object.entries(attributes).map(([name, value]) => [name, value === true ? '' : value])
  return h(tag, Object.fromEntries(given), parts.map(child))
}

interface Drawn {
  value?: unknown
}

/** The components of a story for `PortableText` of @portabletext/vue; yours take the place of ours. */
export function components(
  story: Story,
  { words, components: own = {} }: Omit<BodyProps, 'story'> = {}
): PortableTextComponents {
  const view = viewOf(story, words)
  const inner = (value: unknown) => portableText(value, all)
  // What each is called with is a block or mark of its own kind, which the libraries of Portable Text cannot say.
  const component =
    (one: (view: View, value: never) => Element) =>
    ({ value }: Drawn, { slots }: { slots: Slots }) =>
      draw(one(view, value as never), slots.default?.(), inner)
  const each = (kinds: Record<string, (view: View, value: never) => Element>) =>
    Object.fromEntries(Object.entries(kinds).map(([name, one]) => [name, component(one)]))
  const all: PortableTextComponents = {
    unknownType: () => null,
    unknownMark: (_: Drawn, { slots }: { slots: Slots }) => slots.default?.(),
    listItem: component(itemMarkup),
    ...own,
    types: { ...each(blocks), ...own.types },
    marks: { ...each(marks), ...own.marks }
  }
  return all
}

const portableText = (value: unknown, components: PortableTextComponents): VNode =>
  h(PortableText, { value: value as never, components, onMissingComponent: false })

/** The body of a story. */
export const Body = defineComponent(
  (props: BodyProps) => {
    // Other components at each render would be mounted anew.
    const all = computed(() => components(props.story, { words: props.words, components: props.components }))
    return () => portableText(bodyOf(props.story), all.value)
  },
  { props: ['story', 'words', 'components'] }
)

function drawn(one: (view: View) => Element | undefined): FunctionalComponent<Props> {
  const component: FunctionalComponent<Props> = ({ story, words }) => {
    const markup = one(viewOf(story, words))
    return markup && draw(markup, undefined, () => h('span'))
  }
  component.props = ['story', 'words']
  return component
}

/** The picture, video or audio file that a story opens with, with caption and credits. */
export const Lead = drawn(leadMarkup)

/** The corrections of a story. */
export const Corrections = drawn(correctionsMarkup)

/** Every quote and claim of a story with the chain of who says so. */
export const Voices = drawn(voicesMarkup)
