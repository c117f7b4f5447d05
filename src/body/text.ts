// A body read as running text, with the way back from a place in the text to a place in a block.
import type { Block, Body, TextBlock } from './schema.ts'

/** A stretch of one block's text, in UTF-16 units; `end` is exclusive. */
export interface Range {
  block: number
  start: number
  end: number
}

export const isText = (block: Block): block is TextBlock => block._type === 'block'

export const textOf = (block: TextBlock) => block.children.map(({ text }) => text).join('')

/** The words of a body: one line a text block, white space within it as it stands. */
export const plainText = (body: Body) => body.filter(isText).map(textOf).join('\n\n')

/** White space counts as one space: what a line break or a double space does to a text is not a change. */
export const folded = (text: string) => text.replace(/\s+/gu, ' ').trim()

/** A body as one folded string, and where each of its characters stands. */
interface Running {
  text: string
  places: { block: number; at: number }[]
}

function running(body: Body): Running {
  let text = ''
  const places: Running['places'] = []
  body.forEach((block, index) => {
    if (!isText(block)) return
    const words = `${textOf(block)}\n`
    for (let at = 0; at < words.length; at++) {
      const space = /\s/u.test(words[at]!)
      if (space && (text === '' || text.endsWith(' '))) continue
      text += space ? ' ' : words[at]
      places.push({ block: index, at })
    }
  })
  return { text, places }
}

const letter = /[\p{L}\p{N}]/u

/** Whether the words at this place are whole words, not the middle of longer ones. */
function wholeWords(text: string, start: number, end: number) {
  const inside = (edge: number) => letter.test(text[edge - 1] ?? '') && letter.test(text[edge] ?? '')
  return !inside(start) && !inside(end)
}

function find(text: string, words: string, from: number): number {
  for (let at = text.indexOf(words, from); at >= 0; at = text.indexOf(words, at + 1)) {
    if (wholeWords(text, at, at + words.length)) return at
  }
  return -1
}

/** One range a block for the characters from `start` to `end` of the running text. */
function ranges({ places }: Running, start: number, end: number): Range[] {
  const found: Range[] = []
  for (const { block, at } of places.slice(start, end)) {
    const last = found.at(-1)
    if (last?.block === block) last.end = at + 1
    else found.push({ block, start: at, end: at + 1 })
  }
  return found
}

/**
 * Where these words stand in the body: every part of `text` (joined by " ... ") in order, one after the other.
 * `free` says which places may be used. Undefined when they do not stand there.
 */
export function locate(body: Body, text: string, free: (ranges: Range[]) => boolean): Range[] | undefined {
  const whole = running(body)
  for (const parts of [[text], text.split(' ... ')]) {
    const found = inOrder(whole, parts.map(folded), free)
    if (found) return found
  }
  return undefined
}

function inOrder(whole: Running, parts: string[], free: (ranges: Range[]) => boolean): Range[] | undefined {
  if (parts.some((part) => part === '')) return undefined
  const found: Range[] = []
  let from = 0
  for (const part of parts) {
    let at = find(whole.text, part, from)
    while (at >= 0 && !free(ranges(whole, at, at + part.length))) at = find(whole.text, part, at + 1)
    if (at < 0) return undefined
    found.push(...ranges(whole, at, at + part.length))
    from = at + part.length
  }
  return found
}
