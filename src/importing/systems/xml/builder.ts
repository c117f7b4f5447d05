// The elements of an export, put together of what a parser tells, within bounds.
import type { SaxesTagNS } from 'saxes'
import { type Loss, RefusedExport } from '../item.ts'
import type { Element } from './element.ts'
import { elementNames } from './names.ts'

/** The most that one element of an export may be, and how much may come without a tag. */
export const limits = {
  characters: 16 * 1024 * 1024,
  depth: 64,
  errors: 1000,
  errorsTold: 20,
  entities: 100
}

/** What an element takes beside its text, in characters. */
const overhead = 50

/** Puts the elements of a depth together, and counts what they take. */
export class ElementBuilder {
  /** What is whole, and what is not well-formed. */
  readonly found: (Element | Loss)[] = []
  /** How many elements are open, from the root on. */
  level = 0
  /** Whether there was an element, without which it is not XML (1.0, 2.1). */
  hasElement = false
  readonly #depth: number
  readonly #file: string
  /** Those that are open from the depth on. */
  readonly #open: Element[] = []
  /** What the elements of each level above hand down. */
  readonly #handedDown: Record<string, string>[] = []
  readonly #nameOf = elementNames()
  #characters = 0
  #errors = 0
  #hasBareAmpersand = false
  /** How many characters came since the last tag. */
  #silent = 0

  constructor(depth: number, file: string) {
    this.#depth = depth
    this.#file = file
  }

  /** The element of the depth that is open. */
  get first(): Element | undefined {
    return this.#open[0]
  }

  /** So many characters come, which may hold no tag. */
  await(length: number) {
    this.#silent += length
    if (this.#silent > limits.characters)
      throw new RefusedExport('endless-text', 'More than 16 MB of it come without a tag.')
  }

  /** The element of the depth takes so many characters more. */
  count(length: number) {
    this.#silent = 0
    this.#characters += length
    if (this.#characters > limits.characters)
      throw new RefusedExport('element-too-large', 'One entry of it is larger than 16 MB.')
  }

  text(words: string) {
    this.count(words.length)
    const last = this.#open.at(-1)
    if (last === undefined || words === '') return
    last.text += words
    last.nodes.push(words)
  }

  open(tag: SaxesTagNS) {
    this.#deeper()
    const { level } = this
    const above = this.#handedDown[level - 1] ?? {}
    if (level <= this.#depth) this.#handedDown[level] = inherited(tag.attributes, above)
    if (level < this.#depth) return this.count(0)
    const attributes: Record<string, string> = {}
    for (const [key, { value }] of Object.entries(tag.attributes)) {
      attributes[key] = value
      this.count(value.length)
    }
    if (level === this.#depth) Object.assign(attributes, this.#handedDown[level])
    this.#begin({ name: this.#nameOf(tag), attributes, text: '', children: [], nodes: [] })
    this.count(tag.name.length + overhead)
  }

  /** An element without attributes that holds words alone. */
  leaf(name: string, words: string, resolve: (prefix: string) => string | undefined) {
    this.#deeper()
    if (this.level >= this.#depth) {
      const colon = name.indexOf(':')
      const prefix = name.slice(0, Math.max(0, colon))
      const tag = { uri: resolve(prefix) ?? prefix, local: name.slice(colon + 1), prefix }
      const attributes = this.level === this.#depth ? { ...this.#handedDown[this.level - 1] } : {}
      const nodes = words ? [words] : []
      this.#begin({ name: this.#nameOf(tag), attributes, text: words, children: [], nodes })
    }
    this.count(name.length + overhead + words.length)
    this.close()
  }

  close() {
    this.level--
    const element = this.#open.pop()
    if (element === undefined || this.#open.length > 0) return
    this.found.push(element)
    this.#characters = 0
  }

  error(message: string) {
    // Fragments of exports leave declarations out: such a name is read by its prefix.
    if (message.includes('unbound namespace prefix')) return
    this.#errors++
    if (this.#errors > limits.errors) throw new RefusedExport('not-xml', `It is not XML: ${message}`)
    if (this.#errors > limits.errorsTold) return
    const reason = message.slice(0, 300)
    this.found.push({ kind: 'loss', place: this.#file, code: 'not-well-formed', reason })
  }

  /** Tells once of ampersands that stand for themselves. */
  ampersand() {
    if (this.#hasBareAmpersand) return
    this.#hasBareAmpersand = true
    this.error('an & that begins no reference, such as &amp;, is taken as it stands.')
  }

  #deeper() {
    this.hasElement = true
    this.level++
    if (this.level > limits.depth) throw new RefusedExport('too-deep', 'Its elements nest more than 64 deep.')
  }

  #begin(element: Element) {
    const parent = this.#open.at(-1)
    parent?.children.push(element)
    parent?.nodes.push(element)
    this.#open.push(element)
  }
}

/** The attributes that hold for all that an element contains (XML 1.0, 2.12; XML Base, 3). */
function inherited(attributes: Record<string, { value: string }>, outer: Record<string, string>) {
  const [language, base] = [attributes['xml:lang']?.value, attributes['xml:base']?.value]
  const address = base && (URL.parse(base, outer['xml:base'])?.href ?? base)
  return { ...outer, ...(language && { 'xml:lang': language }), ...(address && { 'xml:base': address }) }
}
