// Formulas in MathML as words in a line: what is raised, lowered or divided stays apart from the digits beside it.
import type { Decorator } from '../pieces.ts'
import { decorators } from '../schema.ts'
import type { Context, ReaderState } from './context.ts'
import { type Element, type Node, wordsIn } from './tree.ts'

type Read = (part: Node, context: Context) => void
type Reader = <Picture>(reading: ReaderState<Picture>, element: Element, context: Context, read: Read) => void

const marked = (context: Context, mark: Decorator): Context => ({
  ...context,
  marks: decorators.filter((one) => one === mark || context.marks.includes(one))
})

/** The parts of an element: white space between them is none of it. */
const partsOf = ({ children }: Element) =>
  children.filter((child) => typeof child !== 'string' || child.trim() !== '')

/** A base, and what is raised or lowered beside it. */
const scripted =
  (...marks: Decorator[]): Reader =>
  (_, element, context, read) => {
    const [base, ...scripts] = partsOf(element)
    if (base !== undefined) read(base, context)
    for (const [i, script] of scripts.entries()) read(script, marked(context, marks[i] ?? 'sup'))
  }

const isOneTerm = (part: Node) =>
  /^\s*[\p{L}\p{N}.,]*\s*$/u.test(typeof part === 'string' ? part : wordsIn(part))

/** Its parts with a stroke between them, several terms in parentheses. The half of "five and a half" is no digit. */
const fraction: Reader = ({ writer }, element, context, read) => {
  writer.gap(context)
  for (const [i, part] of partsOf(element).entries()) {
    const [open, close] = isOneTerm(part) ? ['', ''] : ['(', ')']
    writer.write(`${i > 0 ? '/' : ''}${open}`, context)
    read(part, context)
    writer.write(close, context)
  }
  writer.gap(context)
}

/** What stands under a root, after its index. */
const root =
  (hasIndex: boolean): Reader =>
  ({ writer }, element, context, read) => {
    const parts = partsOf(element)
    const [under, index] = hasIndex ? [parts.slice(0, 1), parts[1]] : [parts, undefined]
    writer.gap(context)
    if (index !== undefined) read(index, marked(context, 'sup'))
    writer.write('√(', context)
    for (const part of under) read(part, context)
    writer.write(')', context)
  }

const setApart: Reader = ({ writer }, element, context, read) => {
  for (const part of partsOf(element)) read(part, context)
  writer.gap(context)
}

const annotation: Reader = ({ report }, element) =>
  report('hidden-dropped', 'A browser does not show this.', wordsIn(element))

/** How the elements of a formula are read (MathML Core, 3.3 and 3.4); all others are read as every element is. */
export const formulas = new Map<string, Reader>([
  ['msup', scripted('sup')],
  ['mover', scripted('sup')],
  ['msub', scripted('sub')],
  ['munder', scripted('sub')],
  ['msubsup', scripted('sub', 'sup')],
  ['munderover', scripted('sub', 'sup')],
  ['mfrac', fraction],
  ['msqrt', root(false)],
  ['mroot', root(true)],
  ['mtd', setApart],
  ['mspace', setApart],
  ['annotation', annotation],
  ['annotation-xml', annotation]
])
