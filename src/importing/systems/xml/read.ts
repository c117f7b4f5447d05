// XML exports, streamed: one element of a level after the other, in bounded memory.
import { SaxesParser } from 'saxes'
import { type ExportFile, type Loss, RefusedExport } from '../item.ts'
import { ElementBuilder, limits } from './builder.ts'
import { cutter } from './cutter.ts'
import { type Element, textOf } from './element.ts'

/** The code of a file that ends before its root does. */
const breaksOff = 'breaks-off'
/** The code of a file that is something else. */
const notXml = 'not-xml'

/**
 * Yields each element at this depth (the root is 1), and what is not well-formed. Throws RefusedExport, at last for a
 * file that breaks off, or has no element.
 */
export async function* elementsAt(depth: number, file: ExportFile): AsyncGenerator<Element | Loss> {
  const reading = readingOf(depth, file.name)
  const { found } = reading
  let decoder: TextDecoder | undefined
  for await (const chunk of file.chunks()) {
    decoder ??= decoderFor(chunk)
    reading.take(decoder.decode(chunk, { stream: true }))
    yield* found.splice(0)
  }
  if (decoder) reading.take(decoder.decode())
  reading.end()
  yield* found.splice(0)
  reading.close()
  yield* found.splice(0)
}

/** The error of a file that broke off, or is not XML; any other is thrown. */
export function ofBrokenFile(error: unknown): RefusedExport {
  if (error instanceof RefusedExport && [breaksOff, notXml].includes(error.code)) return error
  throw error
}

/** Reads one file after the other, also where one breaks off or is not XML, which is thrown at last. */
export async function* eachFile<T>(
  files: ExportFile[],
  read: (file: ExportFile) => AsyncIterable<T>
): AsyncGenerator<T> {
  let broken: RefusedExport | undefined
  for (const file of files)
    try {
      yield* read(file)
    } catch (error) {
      broken ??= ofBrokenFile(error)
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

/** A file that is read: the parser and the cutter tell the builder what it is made of. */
function readingOf(depth: number, file: string) {
  const parser = new SaxesParser({ xmlns: true, position: false })
  const builder = new ElementBuilder(depth, file)
  parser.on('doctype', (doctype) => declareEntities(parser.ENTITIES, doctype))
  parser.on('opentag', (tag) => builder.open(tag))
  parser.on('text', (words) => builder.text(words))
  parser.on('cdata', (words) => builder.text(words))
  parser.on('comment', () => builder.count(0))
  parser.on('processinginstruction', () => builder.count(0))
  parser.on('closetag', () => builder.close())
  parser.on('error', ({ message }) => builder.error(message))
  const { take, end } = cutter({
    parse: (xml) => void parser.write(xml),
    ampersand: () => builder.ampersand(),
    text: (words) => builder.text(words),
    leaf: (name, words) => builder.leaf(name, words, (prefix) => parser.resolve(prefix)),
    isInside: () => builder.level > 0
  })
  return {
    found: builder.found,
    take(words: string) {
      builder.await(words.length)
      take(words)
    },
    end,
    /** Throws where the file breaks off, or has no element. */
    close() {
      if (builder.level > 0) throw brokenOff(file, builder.first)
      if (!builder.hasElement)
        throw new RefusedExport(
          notXml,
          `${file} is not XML: it has no element. Name the file that was exported.`
        )
      parser.close()
    }
  }
}

function brokenOff(file: string, element: Element | undefined) {
  const title = element && textOf(element, 'title').trim().slice(0, 100)
  const where = title ? ` in the entry “${title}”` : ''
  return new RefusedExport(
    breaksOff,
    `${file} breaks off${where}: what comes after that is missing. Export it anew and import that; what is here already stays.`
  )
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
