// XML exports, streamed: one element of a level after the other, in bounded memory.
import { SaxesParser } from 'saxes'
import { cutter } from './cutter.ts'
import { type ExportFile, type Loss, RefusedExport } from './item.ts'
import { elementNames } from './xml-names.ts'

export interface Element {
  name: string
  attributes: Record<string, string>
  /** All its text, without that of its children. */
  text: string
  children: Element[]
  /** Text and children in their order, for what has both. */
  nodes: (string | Element)[]
}

/** The most that one element of an export may be, and how much may come without a tag. */
export const limits = {
  characters: 16 * 1024 * 1024,
  depth: 64,
  errors: 1000,
  entities: 100
}

/** The code of a file that ends before its root does. */
const breaksOff = 'breaks-off'

/** What an element takes beside its text, in characters. */
const overhead = 50

/**
 * Yields each element at this depth (the root is 1), and what is not well-formed. Throws RefusedExport, at last for a
 * file that breaks off.
 */
export async function* elementsAt(depth: number, file: ExportFile): AsyncGenerator<Element | Loss> {
  const reading = readingOf(depth, file.name)
  const { parser, found } = reading
  let decoder: TextDecoder | undefined
  for await (const chunk of file.chunks()) {
    decoder ??= decoderFor(chunk)
    reading.take(decoder.decode(chunk, { stream: true }))
    yield* found.splice(0)
  }
  if (decoder) reading.take(decoder.decode())
  reading.end()
  yield* found.splice(0)
  reading.checkEnd()
  parser.close()
  yield* found.splice(0)
}

/** The error of a file that broke off; any other is thrown. */
export function brokeOff(error: unknown): RefusedExport {
  if (error instanceof RefusedExport && error.code === breaksOff) return error
  throw error
}

/** Reads one file after the other, also where one breaks off, which is thrown at last. */
export async function* eachFile<T>(
  files: ExportFile[],
  read: (file: ExportFile) => AsyncIterable<T>
): AsyncGenerator<T> {
  let broken: RefusedExport | undefined
  for (const file of files)
    try {
      yield* read(file)
    } catch (error) {
      broken ??= brokeOff(error)
    }
  if (broken) throw broken
}

/** By the byte order mark, or the declaration (XML 1.0, appendix F). */
export function decoderFor(head: Buffer): TextDecoder {
  if (head[0] === 0xff && head[1] === 0xfe) return new TextDecoder('utf-16le')
  if (head[0] === 0xfe && head[1] === 0xff) return new TextDecoder('utf-16be')
  const named = /^[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["']/.exec(head.toString('latin1', 0, 200))?.[1]
  try {
    return new TextDecoder(named ?? 'utf-8')
  } catch {
    throw new RefusedExport('unknown-encoding', `It says that it is written in ${named}, which is not known.`)
  }
}

function readingOf(depth: number, name: string) {
  const found: (Element | Loss)[] = []
  const open: Element[] = []
  /** What the elements of each level above hand down. */
  const outer: Record<string, string>[] = []
  const parser = new SaxesParser({ xmlns: true, position: false })
  let [level, characters, errors, silent] = [0, 0, 0, 0]
  const grow = (length: number) => {
    silent = 0
    characters += length
    if (characters > limits.characters)
      throw new RefusedExport('element-too-large', 'One entry of it is larger than 16 MB.')
  }
  const nameOf = elementNames()
  const text = (words: string) => {
    grow(words.length)
    const last = open.at(-1)
    if (last === undefined || words === '') return
    last.text += words
    last.nodes.push(words)
  }
  parser.on('doctype', (doctype) => declareEntities(parser.ENTITIES, doctype))
  const deeper = () => {
    level++
    if (level > limits.depth) throw new RefusedExport('too-deep', 'Its elements nest more than 64 deep.')
  }
  const begin = (element: Element) => {
    const parent = open.at(-1)
    parent?.children.push(element)
    parent?.nodes.push(element)
    open.push(element)
  }
  const end = () => {
    level--
    const element = open.pop()
    if (element === undefined || open.length > 0) return
    found.push(element)
    characters = 0
  }
  parser.on('opentag', (tag) => {
    deeper()
    if (level <= depth) outer[level] = inherited(tag.attributes, outer[level - 1] ?? {})
    if (level < depth) return grow(0)
    const attributes: Record<string, string> = {}
    for (const [key, { value }] of Object.entries(tag.attributes)) {
      attributes[key] = value
      grow(value.length)
    }
    if (level === depth) Object.assign(attributes, outer[level])
    begin({ name: nameOf(tag), attributes, text: '', children: [], nodes: [] })
    grow(tag.name.length + overhead)
  })
  parser.on('text', text)
  parser.on('cdata', text)
  parser.on('comment', () => grow(0))
  parser.on('processinginstruction', () => grow(0))
  parser.on('closetag', end)
  parser.on('error', ({ message }) => {
    // Fragments of exports leave declarations out: such a name is read by its prefix.
    if (message.includes('unbound namespace prefix')) return
    errors++
    if (errors > limits.errors) throw new RefusedExport('not-xml', `It is not XML: ${message}`)
    if (errors > 20) return
    found.push({ kind: 'loss', place: name, code: 'not-well-formed', reason: message.slice(0, 300) })
  })
  const leaf = (name: string, words: string) => {
    deeper()
    const colon = name.indexOf(':')
    const prefix = name.slice(0, Math.max(0, colon))
    const local = name.slice(colon + 1)
    if (level >= depth) {
      const tag = { uri: parser.resolve(prefix) ?? prefix, local, prefix }
      const attributes = level === depth ? { ...outer[level - 1] } : {}
      begin({ name: nameOf(tag), attributes, text: words, children: [], nodes: words ? [words] : [] })
    }
    grow(name.length + overhead + words.length)
    end()
  }
  const { take, end: finish } = cutter({
    ...{ parse: (xml) => void parser.write(xml), text, leaf },
    isInside: () => level > 0
  })
  return {
    parser,
    found,
    take(words: string) {
      silent += words.length
      if (silent > limits.characters)
        throw new RefusedExport('endless-text', 'More than 16 MB of it come without a tag.')
      take(words)
    },
    end: finish,
    checkEnd() {
      if (level === 0) return
      const title = open[0] && textOf(open[0], 'title').trim().slice(0, 100)
      const where = title ? ` in the entry “${title}”` : ''
      throw new RefusedExport(
        breaksOff,
        `${name} breaks off${where}: what comes after that is missing. Export it anew and import that; what is here already stays.`
      )
    }
  }
}

/** The attributes that hold for all that an element contains (XML 1.0, 2.12; XML Base, 3). */
function inherited(attributes: Record<string, { value: string }>, outer: Record<string, string>) {
  const [language, base] = [attributes['xml:lang']?.value, attributes['xml:base']?.value]
  const address = base && (URL.parse(base, outer['xml:base'])?.href ?? base)
  return { ...outer, ...(language && { 'xml:lang': language }), ...(address && { 'xml:base': address }) }
}

/** Puts the entities that the document declares itself among those that are expanded. None may stand in another. */
function declareEntities(known: Record<string, string>, doctype: string) {
  let count = 0
  for (const [, name, , value] of doctype.matchAll(/<!ENTITY\s+([\w.:-]+)\s+(["'])(.*?)\2\s*>/gs)) {
    const plain = value!.replace(/&#(?:x([\da-f]+)|(\d+));/gi, (_, hex, decimal) => {
      const code = hex ? Number.parseInt(hex, 16) : Number(decimal)
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
    })
    if (++count > limits.entities)
      throw new RefusedExport('too-many-entities', 'It declares more than 100 entities.')
    if (/&[\w.:-]+;/.test(value!) || plain.length > 1000)
      throw new RefusedExport(
        'nested-entities',
        `Its entity ${name!.slice(0, 50)} is made of others, or longer than 1,000 characters.`
      )
    known[name!] ??= plain
  }
}

/** The first child of this name. */
export const child = (element: Element, name: string) => element.children.find((one) => one.name === name)

/** The text of the first child of this name; empty where there is none. */
export const textOf = (element: Element, name: string): string => child(element, name)?.text ?? ''

/** All within it of this name, in the order of the document. */
export const within = (element: Element, name: string): Element[] =>
  element.children.flatMap((one) => [...(one.name === name ? [one] : []), ...within(one, name)])

/** All its words, those of its children where they stand. */
export const wordsOfElement = ({ nodes }: Element): string =>
  nodes.map((one) => (typeof one === 'string' ? one : wordsOfElement(one))).join('')

export const isElement = (one: Element | Loss): one is Element => 'children' in one
