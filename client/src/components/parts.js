// Our components for @portabletext/svelte. Their view of the story comes in its `context`.
import { blocks, marks } from './blocks.js'
import Children from './Children.svelte'
import Nothing from './Nothing.svelte'
import Part from './Part.svelte'

const each = (kinds) => Object.fromEntries(Object.keys(kinds).map((name) => [name, Part]))

/** Our components, and those that take their place. */
export const withOurs = (own = {}) => ({
  unknownType: Nothing,
  unknownMark: Children,
  listItem: Part,
  ...own,
  types: { ...each(blocks), ...own.types },
  marks: { ...each(marks), ...own.marks }
})
